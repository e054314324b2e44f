import { getStroke } from 'perfect-freehand'
import type { Ink } from './ink.ts'
import type { Vec } from './vec.ts'

/** A nominal pen width draws a stroke this many times as wide, where the pressure is full. */
const WIDTH_PER_NOMINAL = 2.2

/**
 * The closed outline of a freehand stroke, by perfect-freehand. `points` are in any one space, `width` is the
 * nominal pen width in the same space. `done` is false while the stroke is still being drawn.
 */
export function strokeOutline(ink: Ink, width: number, done: boolean): readonly Vec[] {
  const { points, pressures } = ink
  const input = pressures
    ? points.map(([x, y], i) => [x, y, pressures[i] ?? 0.5])
    : points.map(([x, y]) => [x, y])
  return getStroke(input, {
    size: width * WIDTH_PER_NOMINAL,
    thinning: 0.55,
    smoothing: 0.5,
    streamline: 0.4,
    simulatePressure: pressures === null,
    last: done,
  })
}
