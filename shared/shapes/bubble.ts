import type { Vec } from '../geometry/vec.ts'
import type { ShapeSpec } from './common.ts'
import { arcPoints, type Figure, figure } from './figure.ts'

/** A speech bubble; its tail is at the bottom left unless it is mirrored. */
export interface Bubble extends Figure {
  readonly type: 'bubble'
}

/** The part of the height that the bubble takes; the tail has the rest. */
const BODY = 0.8
const RADIUS = 0.14
const STEPS = 8

const corner = (x: number, y: number, quarter: number): readonly Vec[] =>
  arcPoints([x, y], RADIUS, (quarter * Math.PI) / 2, ((quarter + 1) * Math.PI) / 2, STEPS)

const corners: readonly Vec[] = [
  ...corner(RADIUS, RADIUS, 2),
  ...corner(1 - RADIUS, RADIUS, 3),
  ...corner(1 - RADIUS, BODY - RADIUS, 0),
  [0.42, BODY],
  [0.16, 1],
  [0.22, BODY],
  ...corner(RADIUS, BODY - RADIUS, 1),
]

export const bubble: ShapeSpec<Bubble> = figure('bubble', {
  corners,
  room: { x: 0.04, y: 0.03, w: 0.92, h: BODY - 0.06 },
})
