import { type Box, boxContainsBox } from '../../shared/geometry/box.ts'

/**
 * Shapes are attached for more than is in view, so that most frames of a pan attach nothing: attaching makes Pixi
 * build its instructions again. In view sizes, on each side.
 */
const MARGIN = 0.5
/** New shapes are fetched when less than this is left between the view and the edge of what is covered. */
const LEAST_LEFT = 0.15
/** A cover this many times as wide as the one wanted holds too much: the camera has zoomed in. */
const TOO_LARGE = 2

const grownBy = (view: Box, share: number): Box => ({
  x: view.x - view.w * share,
  y: view.y - view.h * share,
  w: view.w * (1 + 2 * share),
  h: view.h * (1 + 2 * share),
})

/** The part of the world to attach for `view`. */
export const coverOf = (view: Box): Box => grownBy(view, MARGIN)

/** Whether `cover` still does for `view`. */
export function isCovered(cover: Box | null, view: Box): cover is Box {
  if (!cover || cover.w > TOO_LARGE * (1 + 2 * MARGIN) * view.w) return false
  return boxContainsBox(cover, grownBy(view, LEAST_LEFT))
}
