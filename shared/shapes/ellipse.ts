import { prop } from '../schema/prop.ts'
import { type Boxed, boxedProps, boxOf, labelPlace, resizedBox, touchesEllipse } from './boxed.ts'
import type { ShapeSpec } from './common.ts'

export interface Ellipse extends Boxed {
  readonly type: 'ellipse'
}

export const ellipse: ShapeSpec<Ellipse> = {
  type: 'ellipse',
  props: { type: prop.type('ellipse'), ...boxedProps },
  box: boxOf,
  touches: touchesEllipse,
  resized: resizedBox,
  textPlace: labelPlace(Math.SQRT1_2),
}
