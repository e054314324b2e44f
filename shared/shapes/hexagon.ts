import type { ShapeSpec } from './common.ts'
import { type Figure, figure } from './figure.ts'

export interface Hexagon extends Figure {
  readonly type: 'hexagon'
}

export const hexagon: ShapeSpec<Hexagon> = figure('hexagon', {
  corners: [
    [0.25, 0],
    [0.75, 0],
    [1, 0.5],
    [0.75, 1],
    [0.25, 1],
    [0, 0.5],
  ],
  room: { x: 0.14, y: 0.14, w: 0.72, h: 0.72 },
})
