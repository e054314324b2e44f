import { type Box, boxContainsBox, centreOf } from '../../shared/geometry/box.ts'
import { rotateAbout, type Vec } from '../../shared/geometry/vec.ts'

/** Texels. What every device that runs WebGL 2 can hold, and what Safari allows a 2D canvas. */
export const MAX_TEXTURE = 4096
/** Texels. A text within this is drawn as a whole: at most 16 MB, and panning never draws it again. */
const WHOLE_WITHIN = 2048

/** The part of a text that one texture holds, and how finely. */
export interface TextRegion {
  readonly box: Box
  /** Texels per world unit. */
  readonly density: number
}

/** Whether a text of this size is drawn all at once, wherever the view is. */
export const isDrawnWhole = (text: Box, density: number): boolean =>
  Math.max(text.w, text.h) * density <= WHOLE_WITHIN

/** How far around the view a text that is larger than a texture is drawn, in view sizes. */
const MARGIN = 0.25

/**
 * The region to draw of the text that fills `text`: all of it when that is small enough, else what is in view and
 * some more around it; null when nothing of it is in view. The boxes are in the text's own, unrotated space.
 * A view that is larger than a texture gets a coarser density rather than a gap.
 */
export function textRegion(text: Box, view: Box, density: number): TextRegion | null {
  if (isDrawnWhole(text, density)) return { box: text, density }
  const seen = overlap(text, view)
  if (!seen) return null
  const fitting = Math.min(density, MAX_TEXTURE / Math.max(seen.w, seen.h))
  const room = MAX_TEXTURE / fitting
  const padX = Math.min(view.w * MARGIN, (room - seen.w) / 2)
  const padY = Math.min(view.h * MARGIN, (room - seen.h) / 2)
  const padded = { x: seen.x - padX, y: seen.y - padY, w: seen.w + 2 * padX, h: seen.h + 2 * padY }
  return { box: overlap(text, padded) ?? seen, density: fitting }
}

/** Whether what `region` holds is all that is needed of `text` in `view`. */
export function regionCovers(region: TextRegion, text: Box, view: Box): boolean {
  const seen = overlap(text, view)
  return !seen || boxContainsBox(region.box, seen)
}

/** The box around `view` (world space) in the space of a shape that is turned by `rot` about `centre`. */
export function turnedBack(view: Box, centre: Vec, rot: number): Box {
  if (rot === 0) return view
  const [cx, cy] = rotateAbout(centreOf(view), centre, -rot)
  const cos = Math.abs(Math.cos(rot))
  const sin = Math.abs(Math.sin(rot))
  const w = view.w * cos + view.h * sin
  const h = view.w * sin + view.h * cos
  return { x: cx - w / 2, y: cy - h / 2, w, h }
}

function overlap(a: Box, b: Box): Box | undefined {
  const x = Math.max(a.x, b.x)
  const y = Math.max(a.y, b.y)
  const w = Math.min(a.x + a.w, b.x + b.w) - x
  const h = Math.min(a.y + a.h, b.y + b.h) - y
  return w > 0 && h > 0 ? { x, y, w, h } : undefined
}
