import type { Box } from '../geometry/box.ts'
import type { Vec } from '../geometry/vec.ts'
import { prop } from '../schema/prop.ts'
import { type Boxed, boxedProps, boxOf, labelPlace, resizedBox, touchesEllipse } from './boxed.ts'
import type { ShapeSpec } from './common.ts'

export interface Ellipse extends Boxed {
  readonly type: 'ellipse'
}

/** Corners of the outline: one of 1,000 units across misses the true one by half a unit. */
const CORNERS = 72

const ellipseCorners = ({ x, y, w, h }: Box): readonly Vec[] =>
  Array.from({ length: CORNERS }, (_, i) => {
    const angle = (i / CORNERS) * 2 * Math.PI
    return [x + (w * (1 + Math.cos(angle))) / 2, y + (h * (1 + Math.sin(angle))) / 2]
  })

export const ellipse: ShapeSpec<Ellipse> = {
  type: 'ellipse',
  props: { type: prop.type('ellipse'), ...boxedProps },
  box: boxOf,
  outline: shape => ellipseCorners(boxOf(shape)),
  touches: touchesEllipse,
  resized: resizedBox,
  textPlace: labelPlace(Math.SQRT1_2),
}
