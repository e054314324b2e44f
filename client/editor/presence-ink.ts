import * as v from 'valibot'
import type { Ink } from '../../shared/geometry/ink.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import { LIMITS } from '../../shared/schema/limits.ts'
import { prop } from '../../shared/schema/prop.ts'
import { BRUSHES } from '../../shared/shapes/ink.ts'
import type { Beam, StrokeInProgress } from './types.ts'

/**
 * Points of a stroke in one message. Messages may be lost or merged, so each repeats the last second of a stroke;
 * what lies before is known already.
 */
const WINDOW = 64
/** Points of a laser's trail in one message: it fades within a second. */
const BEAM_WINDOW = 32
/** Steps of pressure; finer than any pen reports usefully. */
const PRESSURE_STEPS = 255

export const wireId = v.pipe(v.string(), v.minLength(1), v.maxLength(LIMITS.idLength))
export const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))
const whole = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(-Number.MAX_SAFE_INTEGER),
  v.maxValue(Number.MAX_SAFE_INTEGER),
)

/** Points on the wire: the newest ones, as whole steps from the one before. */
const run = (most: number) => ({
  /** Index of the first point here. */
  start: count,
  /** Steps per world unit, as a power of two. */
  precision: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(16)),
  /** x, y of the first point, then steps from point to point. */
  steps: v.pipe(
    v.array(whole),
    v.minLength(2),
    v.maxLength(2 * most),
    v.check(steps => steps.length % 2 === 0),
  ),
})

/** A stroke on the wire. */
export const StrokeWindow = v.object({
  kind: v.literal('ink'),
  id: wireId,
  stroke: prop.colour('').schema,
  width: v.pipe(v.number(), v.minValue(0.1), v.maxValue(200)),
  opacity: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  z: prop.orderKey.schema,
  /** Versions before brushes send neither of these. */
  brush: v.fallback(v.picklist(BRUSHES), 'pen'),
  steady: v.fallback(v.boolean(), false),
  ...run(WINDOW),
  pressures: v.nullable(
    v.pipe(
      v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(PRESSURE_STEPS))),
      v.maxLength(WINDOW),
    ),
  ),
})

export type StrokeWindow = v.InferOutput<typeof StrokeWindow>

/** A laser's trail on the wire. */
export const BeamWindow = v.object({ kind: v.literal('laser'), id: wireId, ...run(BEAM_WINDOW) })

type BeamWindow = v.InferOutput<typeof BeamWindow>

/** The end of a stroke, for a message. */
export function strokeWindow(stroke: StrokeInProgress, precision: number): StrokeWindow {
  const { ink, ...rest } = stroke
  const start = Math.max(0, ink.points.length - WINDOW)
  return {
    kind: 'ink',
    ...rest,
    ...{ start, precision, steps: stepsOf(ink.points.slice(start), precision) },
    pressures: ink.pressures?.slice(start).map(pressure => Math.round(pressure * PRESSURE_STEPS)) ?? null,
  }
}

/** The points of a window; world space. */
export function windowInk({ steps, precision, pressures }: StrokeWindow): Ink {
  const points = pointsOf(steps, precision)
  return { points, pressures: pressures && points.map((_, i) => (pressures[i] ?? 127) / PRESSURE_STEPS) }
}

/** The end of a laser's trail, for a message. */
export function beamWindow({ id, start, points }: Beam, precision: number): BeamWindow {
  const left = Math.max(0, points.length - BEAM_WINDOW)
  return { kind: 'laser', id, start: start + left, precision, steps: stepsOf(points.slice(left), precision) }
}

export const windowBeam = ({ id, start, steps, precision }: BeamWindow): Beam => ({
  ...{ id, start },
  points: pointsOf(steps, precision),
})

function stepsOf(points: readonly Vec[], precision: number): number[] {
  const unit = 2 ** precision
  const steps: number[] = []
  let last: Vec = [0, 0]
  for (const [x, y] of points) {
    const next: Vec = [Math.round(x * unit), Math.round(y * unit)]
    steps.push(next[0] - last[0], next[1] - last[1])
    last = next
  }
  return steps
}

function pointsOf(steps: readonly number[], precision: number): readonly Vec[] {
  const unit = 2 ** precision
  const points: Vec[] = []
  let x = 0
  let y = 0
  for (let i = 0; i + 1 < steps.length; i += 2) {
    x += steps[i] as number
    y += steps[i + 1] as number
    points.push([clamp(x / unit), clamp(y / unit)])
  }
  return points
}

const clamp = (n: number): number => Math.max(-LIMITS.coordinate, Math.min(LIMITS.coordinate, n))
