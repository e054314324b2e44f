import { type Box, boxContainsPoint, centreOf, grow } from '../geometry/box.ts'
import { distanceToPolyline, polygonContains } from '../geometry/polyline.ts'
import type { Vec } from '../geometry/vec.ts'
import {
  type Common,
  commonProps,
  type Filled,
  filledProps,
  type Lettered,
  letteredProps,
  mapBox,
  type Resize,
  type Sized,
  type Stroked,
  sizedProps,
  strokedProps,
} from './common.ts'

/** A closed figure that fills its box and may carry a label in its middle. */
export interface Boxed extends Common, Sized, Stroked, Filled, Lettered {}

export const boxedProps = {
  ...commonProps,
  ...sizedProps,
  ...strokedProps,
  ...filledProps,
  ...letteredProps,
}

export const boxOf = (shape: Common & Sized): Box => ({
  x: shape.pos[0],
  y: shape.pos[1],
  w: shape.size[0],
  h: shape.size[1],
})

export const resizedBox = (shape: Common & Sized, resize: Resize) => mapBox(boxOf(shape), resize)

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
