import type { Vec } from '../geometry/vec.ts'
import type { ShapeSpec } from './common.ts'
import { type Figure, figure, fitted } from './figure.ts'

export interface Star extends Figure {
  readonly type: 'star'
}

/** How far the inner corners are from the middle, as a share of the outer ones: that of a five-pointed star drawn in one line. */
const INNER = 0.382
const POINTS = 5

const spikes = Array.from({ length: 2 * POINTS }, (_, i): Vec => {
  const angle = (i / POINTS - 0.5) * Math.PI
  const radius = i % 2 === 0 ? 1 : INNER
  return [Math.cos(angle) * radius, Math.sin(angle) * radius]
})

export const star: ShapeSpec<Star> = figure('star', {
  corners: fitted(spikes),
  room: { x: 0.3, y: 0.36, w: 0.4, h: 0.36 },
})
