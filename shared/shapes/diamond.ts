import type { Box } from '../geometry/box.ts'
import type { Vec } from '../geometry/vec.ts'
import { prop } from '../schema/prop.ts'
import { type Boxed, boxedProps, figureGeometry, labelPlace } from './boxed.ts'
import type { ShapeSpec } from './common.ts'

export interface Diamond extends Boxed {
  readonly type: 'diamond'
}

/** The middles of the box's sides, clockwise from the top. */
export const diamondCorners = ({ x, y, w, h }: Box): readonly [Vec, Vec, Vec, Vec] => [
  [x + w / 2, y],
  [x + w, y + h / 2],
  [x + w / 2, y + h],
  [x, y + h / 2],
]

export const diamond: ShapeSpec<Diamond> = {
  type: 'diamond',
  props: { type: prop.type('diamond'), ...boxedProps },
  ...figureGeometry(diamondCorners),
  textPlace: labelPlace(0.5),
}
