import { distanceToPolyline } from '../../shared/geometry/polyline.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import type { Filled } from '../../shared/shapes/common.ts'
import { arc, type Contour, strokeContour } from './contour.ts'
import { linesAreas } from './paint-areas.ts'
import type { Area, Drawing } from './shape-view.ts'
import { type Curve, flattened, hatchedLines, seedOf } from './sketch.ts'
import { type Edged, isSketched } from './stroke-lines.ts'

type Patterned = Edged & Filled

/** Hatched lines in one shape, and rows of dots, at most. */
const MOST_LINES = 150
const MOST_ROWS = 60
/** Of the gap. */
const DOT_RADIUS = 0.18
/** Tolerances. Lines closer than this are drawn as an even shade. */
const LEAST_SEEN = 25

interface Hatch {
  readonly gap: number
  readonly curves: readonly Curve[]
}

/** By shape: a zoom draws the same lines more finely. */
const hatches = new WeakMap<Patterned, { readonly sketched: boolean; readonly hatch: Hatch }>()

/** The pattern that fills the closed `outline`; it may reach under the stroke. */
export function patternAreas(shape: Patterned, outline: Contour, drawing: Drawing): readonly Area[] {
  const gap = gapOf(shape, outline)
  const weight = Math.max(0.5, shape.width / 2)
  if (gap < LEAST_SEEN * drawing.tolerance) {
    return [{ contour: outline, colour: paled(shape.fill, shadeOf(shape, weight / gap)), overlaps: true }]
  }
  const { curves } = hatchOf(shape, outline, gap, isSketched(shape, drawing))
  const pieces =
    shape.fillStyle === 'dots'
      ? curves.flatMap(curve => dotsAlong(curve, gap, outline, drawing.tolerance))
      : curves.map(curve =>
          band(flattened(curve, drawing.tolerance), Math.max(weight, drawing.leastWidth), drawing),
        )
  return linesAreas(
    pieces.filter(piece => piece.length > 0),
    shape.fill,
  ).map(area => ({ ...area, overlaps: true as const }))
}

function gapOf({ width, fillStyle }: Patterned, outline: Contour): number {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of outline) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return Math.max(
    4 + 2 * width,
    Math.hypot(right - left, bottom - top) / (fillStyle === 'dots' ? MOST_ROWS : MOST_LINES),
  )
}

function hatchOf(shape: Patterned, outline: Contour, gap: number, sketched: boolean): Hatch {
  const known = hatches.get(shape)
  if (known?.sketched === sketched) return known.hatch
  const lines = (turn: 'slanted' | 'crossing' | 'upright', seed: number) =>
    hatchedLines(outline, gap, turn, sketched && turn !== 'upright' ? shape.roughness : 0, seed)
  const seed = seedOf(shape.id)
  const curves =
    shape.fillStyle === 'dots'
      ? lines('upright', seed)
      : [...lines('slanted', seed), ...(shape.fillStyle === 'cross' ? lines('crossing', seed + 1) : [])]
  const hatch = { gap, curves }
  hatches.set(shape, { sketched, hatch })
  return hatch
}

/** Four corners for a straight line, whose ends stay inside the outline; round ends for one drawn by hand. */
function band(line: readonly Vec[], width: number, { tolerance }: Drawing): Contour {
  const [a, b] = [line[0], line[line.length - 1]]
  if (!a || !b) return []
  if (line.length > 2) return strokeContour(line, width, false, tolerance)
  const length = Math.hypot(b[0] - a[0], b[1] - a[1])
  if (length === 0) return []
  const [nx, ny] = [((b[1] - a[1]) / length) * (width / 2), ((a[0] - b[0]) / length) * (width / 2)]
  return [
    [a[0] + nx, a[1] + ny],
    [b[0] + nx, b[1] + ny],
    [b[0] - nx, b[1] - ny],
    [a[0] - nx, a[1] - ny],
  ]
}

/** Dots on an upright line, those of every other one in between, each wholly inside the outline. */
function dotsAlong(curve: Curve, gap: number, outline: Contour, tolerance: number): readonly Contour[] {
  const [from, to] = [curve[0], curve[curve.length - 1]]
  if (!from || !to) return []
  const radius = gap * DOT_RADIUS
  const [top, bottom] = [Math.min(from[1], to[1]), Math.max(from[1], to[1])]
  const offset = Math.round(from[0] / gap) % 2 === 0 ? 0 : gap / 2
  const closed = [...outline, outline[0] as Vec]
  const out: Contour[] = []
  for (let y = Math.ceil((top - offset) / gap) * gap + offset; y <= bottom; y += gap) {
    const centre: Vec = [from[0], y]
    if (distanceToPolyline(centre, closed) < radius) continue
    out.push(arc(centre, radius, radius, 0, 2 * Math.PI, tolerance).slice(1))
  }
  return out
}

/** How much of the inside the pattern covers, `share` being that of lines in one direction. */
function shadeOf({ fillStyle }: Patterned, share: number): number {
  if (fillStyle === 'dots') return Math.PI * DOT_RADIUS * DOT_RADIUS
  return Math.min(1, fillStyle === 'cross' ? 2 * share : share)
}

/** The colour seen through as if it covered only `share` of what it covers. */
function paled(colour: string, share: number): string {
  const alpha = colour.length > 7 ? Number.parseInt(colour.slice(7, 9), 16) : 255
  return `${colour.slice(0, 7)}${Math.round(alpha * share)
    .toString(16)
    .padStart(2, '0')}`
}
