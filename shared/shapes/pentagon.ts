import type { ShapeSpec } from './common.ts'
import { type Figure, figure } from './figure.ts'

export interface Pentagon extends Figure {
  readonly type: 'pentagon'
}

export const pentagon: ShapeSpec<Pentagon> = figure('pentagon', {
  corners: [
    [0.5, 0],
    [1, 0.382],
    [0.809, 1],
    [0.191, 1],
    [0, 0.382],
  ],
  room: { x: 0.15, y: 0.26, w: 0.7, h: 0.7 },
})
