import type { Box } from '../geometry/box.ts'
import type { Vec } from '../geometry/vec.ts'
import { prop } from '../schema/prop.ts'
import { type Boxed, boxedProps, boxOf, resizedBox, roomPlace, touchesPolygon } from './boxed.ts'
import type { ShapeSpec } from './common.ts'

/** A closed figure whose outline is the same in every box but for its proportions. */
export interface Figure extends Boxed {
  /** Mirrored from left to right, and from top to bottom. */
  readonly flip: readonly [x: boolean, y: boolean]
}

/** What all types of figures share; the corners and the room are in a box from 0, 0 to 1, 1. */
interface Plan {
  /** The outline, clockwise, not closed. It touches all four sides of the box. */
  readonly corners: readonly Vec[]
  /** What a label may take. */
  readonly room: Box
}

/** The corners of a figure's outline, clockwise, not closed; world space, rotation left out. */
export function figureCorners(
  corners: readonly Vec[],
  { pos, size, flip: [flipX, flipY] }: Figure,
): readonly Vec[] {
  const out = corners.map(
    ([u, v]): Vec => [pos[0] + (flipX ? 1 - u : u) * size[0], pos[1] + (flipY ? 1 - v : v) * size[1]],
  )
  return flipX === flipY ? out : out.reverse()
}

/** The room for a label, mirrored as the figure is. */
const roomOf = ({ room }: Plan, { flip: [flipX, flipY] }: Figure): Box => ({
  ...room,
  x: flipX ? 1 - room.x - room.w : room.x,
  y: flipY ? 1 - room.y - room.h : room.y,
})

/** All that a type of figure is, given its name and its plan. */
export const figure = <T extends string>(type: T, plan: Plan): ShapeSpec<Figure & { readonly type: T }> => ({
  type,
  props: { type: prop.type(type), ...boxedProps, flip: prop.flags },
  box: boxOf,
  outline: shape => figureCorners(plan.corners, shape),
  touches: (shape, p, tolerance) => touchesPolygon(shape, figureCorners(plan.corners, shape), p, tolerance),
  resized(shape, resize) {
    const flip: Figure['flip'] = [shape.flip[0] !== resize.flipX, shape.flip[1] !== resize.flipY]
    return { ...resizedBox(shape, resize), ...(resize.flipX || resize.flipY ? { flip } : {}) }
  },
  textPlace: shape => roomPlace(shape, roomOf(plan, shape)),
})

/** `points` stretched so that they touch all sides of the box from 0, 0 to 1, 1. */
export function fitted(points: readonly Vec[]): readonly Vec[] {
  const xs = points.map(p => p[0])
  const ys = points.map(p => p[1])
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  const [w, h] = [Math.max(...xs) - left, Math.max(...ys) - top]
  return points.map(([x, y]): Vec => [(x - left) / w, (y - top) / h])
}

/** Points on a circle from one angle to another (radians, clockwise as seen), both ends included. */
export const arcPoints = (centre: Vec, radius: number, from: number, to: number, steps: number): Vec[] =>
  Array.from({ length: steps + 1 }, (_, i): Vec => {
    const angle = from + ((to - from) * i) / steps
    return [centre[0] + Math.cos(angle) * radius, centre[1] + Math.sin(angle) * radius]
  })
