import { getStroke } from 'perfect-freehand'
import type { Ink } from './ink.ts'
import { distance, lerp, type Vec } from './vec.ts'

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
 * nominal pen width in the same space. It ends at the last point exactly: a stroke that is being drawn reaches the pen.
 * A steady stroke is as wide everywhere as a pen at even pressure.
 */
export function strokeOutline(ink: Ink, width: number, steady = false): readonly Vec[] {
  const { points, pressures } = ink
  const size = width * WIDTH_PER_NOMINAL
  const k = REFERENCE_SIZE / size
  const samples = points.map(([x, y], i): Sample => ({ at: [x * k, y * k], pressure: pressures?.[i] ?? 0.5 }))
  const input = withSupports(samples).map(({ at, pressure }) => (pressures ? [...at, pressure] : [...at]))
  // A single point would get a second one, a whole unit away.
  const outline = getStroke(input.length === 1 ? [...input, ...input] : input, {
    size: REFERENCE_SIZE,
    thinning: steady ? 0 : 0.55,
    smoothing: 0.5,
    streamline: STREAMLINE,
    simulatePressure: pressures === null && !steady,
    last: true,
  })
  return outline.map(([x, y]): Vec => [x / k, y / k])
}

interface Sample {
  /** In units of which a stroke is REFERENCE_SIZE wide. */
  readonly at: Vec
  readonly pressure: number
}

/** The cosine of the turn from which on a change of direction is a corner, not a curve. */
const CORNER = Math.SQRT1_2

/**
 * The stroke with another point on each side of every corner, a width away, where the samples are further apart: a
 * fast hand leaves few, and smoothing goes by points, so that it would cut the corner off.
 */
function withSupports(samples: readonly Sample[]): readonly Sample[] {
  return samples.flatMap((sample, i) => {
    const before = samples[i - 1]
    const after = samples[i + 1]
    if (!before || !after || !isCorner(before.at, sample.at, after.at)) return [sample]
    return [...support(sample, before), sample, ...support(sample, after)]
  })
}

function isCorner(a: Vec, b: Vec, c: Vec): boolean {
  const along = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1])
  return along < CORNER * distance(a, b) * distance(b, c)
}

function support(corner: Sample, towards: Sample): readonly Sample[] {
  const away = distance(corner.at, towards.at)
  if (away < 2 * REFERENCE_SIZE) return []
  const t = REFERENCE_SIZE / away
  const pressure = corner.pressure + (towards.pressure - corner.pressure) * t
  return [{ at: lerp(corner.at, towards.at, t), pressure }]
}
