import { type Box, boxContainsPoint, centreOf, grow } from '../geometry/box.ts'
import { distanceToPolyline, polygonContains } from '../geometry/polyline.ts'
import type { Vec } from '../geometry/vec.ts'
import { prop } from '../schema/prop.ts'
import {
  ALIGNS,
  type Common,
  commonProps,
  type Filled,
  filledProps,
  type Lettered,
  letteredProps,
  mapBox,
  type Outlined,
  outlinedProps,
  type Resize,
  type Sized,
  sizedProps,
  type TextAlign,
  type TextPlace,
  VALIGNS,
  type VerticalAlign,
} from './common.ts'

/** A closed figure that fills its box and may carry a label in its middle. */
export interface Boxed extends Common, Sized, Outlined, Filled, Lettered {
  /** Where the label stands in the figure. */
  readonly align: TextAlign
  readonly valign: VerticalAlign
}

export const boxedProps = {
  ...commonProps,
  ...sizedProps,
  ...outlinedProps,
  ...filledProps,
  ...letteredProps,
  align: prop.oneOf(ALIGNS, 'center'),
  valign: prop.oneOf(VALIGNS, 'middle'),
}

export const boxOf = (shape: Common & Sized): Box => ({
  x: shape.pos[0],
  y: shape.pos[1],
  w: shape.size[0],
  h: shape.size[1],
})

/** The geometry of a figure in a box whose edge is `cornersIn` that box, in order, not closed. */
export const figureGeometry = (cornersIn: (box: Box) => readonly Vec[]) => ({
  box: boxOf,
  outline: (shape: Boxed): readonly Vec[] => cornersIn(boxOf(shape)),
  touches: (shape: Boxed, p: Vec, tolerance: number): boolean =>
    touchesPolygon(shape, cornersIn(boxOf(shape)), p, tolerance),
  resized: resizedBox,
})

export const resizedBox = (shape: Common & Sized, resize: Resize) => mapBox(boxOf(shape), resize)

/** World units kept free between a label and the edge of its figure. */
const LABEL_PADDING = 6

/** A label in the figure, which leaves it `share` of its width and height in the middle. */
export const labelPlace =
  (share: number) =>
  (shape: Boxed): TextPlace =>
    roomPlace(shape, { x: (1 - share) / 2, y: (1 - share) / 2, w: share, h: share })

/** A label in the part `room` of the figure, in a box from 0, 0 to 1, 1. */
export function roomPlace(shape: Boxed, room: Box): TextPlace {
  const [w, h] = shape.size
  // Never narrower than a letter.
  const wrap = Math.max(shape.fontSize, w * room.w - 2 * LABEL_PADDING)
  const height = Math.max(0, h * room.h - 2 * LABEL_PADDING)
  const x = w * (room.x + room.w / 2) - wrap / 2
  const y = h * (room.y + room.h / 2) - height / 2
  return {
    box: { x, y, w: wrap, h: height },
    wrap,
    align: shape.align,
    valign: shape.valign,
    colour: shape.stroke,
  }
}

/** Whether the inside of the figure takes the pointer too, not just its edge. */
const isSolid = (shape: Boxed): boolean => shape.fill !== 'transparent' || shape.text !== ''

/** Hit test of a figure with straight edges: `corners` in order, not closed. */
export function touchesPolygon(shape: Boxed, corners: readonly Vec[], p: Vec, tolerance: number): boolean {
  if (isSolid(shape) && polygonContains(corners, p)) return true
  const closed = [...corners, corners[0] as Vec]
  return distanceToPolyline(p, closed) <= tolerance + shape.width / 2
}

/** Hit test of an axis-aligned ellipse: exact inside, and on the edge by scaling towards the unit circle. */
export function touchesEllipse(shape: Boxed, p: Vec, tolerance: number): boolean {
  const box = boxOf(shape)
  const reach = tolerance + shape.width / 2
  if (!boxContainsPoint(grow(box, reach), p)) return false
  const [cx, cy] = centreOf(box)
  const within = (by: number) => {
    const rx = box.w / 2 + by
    const ry = box.h / 2 + by
    return rx > 0 && ry > 0 && ((p[0] - cx) / rx) ** 2 + ((p[1] - cy) / ry) ** 2 <= 1
  }
  return within(reach) && (isSolid(shape) || !within(-reach))
}
