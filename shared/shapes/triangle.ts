import type { ShapeSpec } from './common.ts'
import { type Figure, figure } from './figure.ts'

/** The tip is in the middle of the top. */
export interface Triangle extends Figure {
  readonly type: 'triangle'
}

export const triangle: ShapeSpec<Triangle> = figure('triangle', {
  corners: [
    [0.5, 0],
    [1, 1],
    [0, 1],
  ],
  room: { x: 0.25, y: 0.5, w: 0.5, h: 0.5 },
})
