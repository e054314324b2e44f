import type { Box } from '../../shared/geometry/box.ts'
import type { Vec } from '../../shared/geometry/vec.ts'

export interface View {
  /** CSS pixels. */
  readonly viewport: { readonly w: number; readonly h: number }
  readonly zoom: number
}

/** Share of the view that one image by itself takes at most. */
const ALONE = 0.6
/** Share of the view's height that each of several takes at most. */
const TOGETHER = 0.3
/** CSS pixels between two images. */
const GAP = 16
/** More images than these go into several rows. */
const ONE_ROW = 4

/**
 * Where images of these sizes (CSS pixels) go, around `at` (world space): each as large as it is, or so large that it can be
 * overlooked; several side by side, in rows.
 */
export function placeImages(sizes: readonly Vec[], at: Vec, { viewport, zoom }: View): readonly Box[] {
  const most: Vec = [viewport.w * ALONE, viewport.h * (sizes.length > 1 ? TOGETHER : ALONE)]
  const shown = sizes.map(size => fitted(size, most))
  const columns = sizes.length <= ONE_ROW ? sizes.length : Math.ceil(Math.sqrt(sizes.length))
  const rows: (readonly Vec[])[] = []
  for (let i = 0; i < shown.length; i += columns) rows.push(shown.slice(i, i + columns))
  const heights = rows.map(row => Math.max(...row.map(([, h]) => h)))
  let y = -lengthOf(heights) / 2
  return rows.flatMap((row, i) => {
    const height = heights[i] ?? 0
    let x = -lengthOf(row.map(([w]) => w)) / 2
    const boxes = row.map(([w, h]): Box => {
      const box = { x: at[0] + x / zoom, y: at[1] + (y + (height - h) / 2) / zoom, w: w / zoom, h: h / zoom }
      x += w + GAP
      return box
    })
    y += height + GAP
    return boxes
  })
}

function fitted([w, h]: Vec, most: Vec): Vec {
  const k = Math.min(1, most[0] / w, most[1] / h)
  return [w * k, h * k]
}

const lengthOf = (parts: readonly number[]): number =>
  parts.reduce((sum, part) => sum + part, 0) + GAP * (parts.length - 1)
