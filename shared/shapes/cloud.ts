import type { Vec } from '../geometry/vec.ts'
import type { ShapeSpec } from './common.ts'
import { arcPoints, type Figure, figure, fitted } from './figure.ts'

export interface Cloud extends Figure {
  readonly type: 'cloud'
}

/** Where two puffs meet, clockwise from the lower left. */
const NOTCHES: readonly Vec[] = [
  [0.12, 0.86],
  [0.09, 0.44],
  [0.31, 0.16],
  [0.66, 0.15],
  [0.89, 0.4],
  [0.9, 0.83],
  [0.64, 0.93],
  [0.37, 0.94],
]
/** How far a puff rises over the line between its notches, as a share of that line. */
const RISE = 0.36
const STEPS = 16

/** The arc of a puff from one notch to the next, the last point left out. */
function puff(a: Vec, b: Vec): readonly Vec[] {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const chord = Math.hypot(dx, dy)
  const rise = RISE * chord
  const radius = (chord * chord) / (8 * rise) + rise / 2
  const back = radius - rise
  const centre: Vec = [(a[0] + b[0]) / 2 - (dy / chord) * back, (a[1] + b[1]) / 2 + (dx / chord) * back]
  const from = Math.atan2(a[1] - centre[1], a[0] - centre[0])
  const turn = 2 * Math.asin(chord / (2 * radius))
  return arcPoints(centre, radius, from, from + turn, STEPS).slice(0, -1)
}

const puffs = NOTCHES.flatMap((notch, i) => puff(notch, NOTCHES[(i + 1) % NOTCHES.length] as Vec))

export const cloud: ShapeSpec<Cloud> = figure('cloud', {
  corners: fitted(puffs),
  room: { x: 0.15, y: 0.2, w: 0.7, h: 0.6 },
})
