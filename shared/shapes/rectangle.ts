import { cornersOf } from '../geometry/box.ts'
import { prop } from '../schema/prop.ts'
import { type Boxed, boxedProps, figureGeometry, labelPlace } from './boxed.ts'
import type { ShapeSpec } from './common.ts'

export interface Rectangle extends Boxed {
  readonly type: 'rectangle'
  /** Corner radius in world units; drawn at most half the shorter side. */
  readonly corner: number
}

export const rectangle: ShapeSpec<Rectangle> = {
  type: 'rectangle',
  props: { type: prop.type('rectangle'), ...boxedProps, corner: prop.number(0, 10_000, 0) },
  ...figureGeometry(cornersOf),
  textPlace: labelPlace(1),
}
