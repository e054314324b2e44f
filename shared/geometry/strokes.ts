import { getStroke } from 'perfect-freehand'
import type { Ink } from './ink.ts'
import type { Vec } from './vec.ts'

/** A nominal pen width draws a stroke this many times as wide, where the pressure is full. */
export const WIDTH_PER_NOMINAL = 2.2

/** How far each point is pulled towards the one before it, by perfect-freehand's measure. */
export const STREAMLINE = 0.4

/**
 * perfect-freehand's default size, which its fixed distances are made for: it takes 3 units for noise at the end of a
 * stroke, and draws whole strokes shorter than that as wild arcs. So each stroke is drawn as large as this and
 * scaled back.
 */
const REFERENCE_SIZE = 16

/**
 * The closed outline of a freehand stroke, by perfect-freehand. `points` are in any one space, `width` is the
 * nominal pen width in the same space. `done` is false while the stroke is still being drawn.
 */
export function strokeOutline(ink: Ink, width: number, done: boolean): readonly Vec[] {
  const { points, pressures } = ink
  const size = width * WIDTH_PER_NOMINAL
  const k = REFERENCE_SIZE / size
  const input = points.map(([x, y], i) => (pressures ? [x * k, y * k, pressures[i] ?? 0.5] : [x * k, y * k]))
  // A single point would get a second one, a whole unit away.
  const outline = getStroke(input.length === 1 ? [...input, ...input] : input, {
    size: REFERENCE_SIZE,
    thinning: 0.55,
    smoothing: 0.5,
    streamline: STREAMLINE,
    simulatePressure: pressures === null,
    last: done,
  })
  return outline.map(([x, y]): Vec => [x / k, y / k])
}
