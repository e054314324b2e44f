import type { Ink } from '../../../shared/geometry/ink.ts'
import { lerp, type Vec } from '../../../shared/geometry/vec.ts'
import { bytesOfBase64 } from '../base64.ts'
import { type Props, pointOf } from './records.ts'

interface Sample {
  readonly at: Vec
  readonly pressure: number
}

/** World units between points along a straight part of a stroke, so that it stays straight when it is smoothed. */
const STRAIGHT_STEP = 8
/** Points of one straight part at most. */
const STRAIGHT_MOST = 500
const EVEN = 0.5

/** The stroke of a `draw` or `highlight` shape in its own space; undefined when it cannot be read. */
export function strokeOf(p: Props): Ink | undefined {
  if (!Array.isArray(p.segments)) return undefined
  const samples: Sample[] = []
  for (const segment of p.segments as readonly unknown[]) {
    const own = typeof segment === 'object' && segment !== null ? samplesOf(segment as Props) : undefined
    if (!own) return undefined
    const isStraight = (segment as Props).type === 'straight'
    for (const sample of isStraight ? straightened(own) : own) samples.push(sample)
  }
  if (samples.length === 0) return undefined
  // Without a pen, the file says 0.5 of every point.
  const isEven = p.isPen === false || samples.every(({ pressure }) => pressure === EVEN || pressure === 0)
  const scale: Vec = [scaleOf(p.scaleX), scaleOf(p.scaleY)]
  return {
    points: samples.map(({ at }): Vec => [at[0] * scale[0], at[1] * scale[1]]),
    pressures: isEven ? null : samples.map(({ pressure }) => Math.max(0, Math.min(1, pressure))),
  }
}

const scaleOf = (value: unknown): number =>
  typeof value === 'number' && value !== 0 && Math.abs(value) < 1e4 ? value : 1

/** In the first files a list of objects, then a text of half floats, and now one of differences. */
function samplesOf({ points, path, dim }: Props): readonly Sample[] | undefined {
  if (typeof path === 'string') return differences(path, dim === 2 ? 2 : 3)
  if (typeof points === 'string') return halves(points)
  if (!Array.isArray(points)) return undefined
  const samples = points.map((point: unknown): Sample | undefined => {
    const at = pointOf(point)
    const z = (point as Props | null)?.z
    return at && { at, pressure: typeof z === 'number' && Number.isFinite(z) ? z : EVEN }
  })
  return samples.every(sample => sample !== undefined) ? samples : undefined
}

/** x, y and pressure of each point as half floats. */
function halves(base64: string): readonly Sample[] | undefined {
  const view = viewOf(base64)
  if (!view || view.byteLength % 6 !== 0) return undefined
  const samples: Sample[] = []
  for (let at = 0; at < view.byteLength; at += 6) {
    samples.push({ at: [half(view, at), half(view, at + 2)], pressure: half(view, at + 4) })
  }
  return checked(samples)
}

/** The first point as floats, each other as half floats that say how far it is from the one before; without pressure in 2D. */
function differences(base64: string, fields: 2 | 3): readonly Sample[] | undefined {
  const view = viewOf(base64)
  const first = fields * 4
  const step = fields * 2
  if (!view || view.byteLength < first || (view.byteLength - first) % step !== 0) return undefined
  let x = view.getFloat32(0, true)
  let y = view.getFloat32(4, true)
  let pressure = fields === 3 ? view.getFloat32(8, true) : EVEN
  const samples: Sample[] = [{ at: [x, y], pressure }]
  for (let at = first; at < view.byteLength; at += step) {
    x += half(view, at)
    y += half(view, at + 2)
    if (fields === 3) pressure += half(view, at + 4)
    samples.push({ at: [x, y], pressure })
  }
  return checked(samples)
}

const checked = (samples: readonly Sample[]): readonly Sample[] | undefined =>
  samples.every(({ at, pressure }) => pointOf({ x: at[0], y: at[1] }) && Number.isFinite(pressure))
    ? samples
    : undefined

function viewOf(base64: string): DataView | undefined {
  const bytes = bytesOfBase64(base64)
  return bytes && new DataView(bytes.buffer)
}

/** IEEE 754 binary16. */
function half(view: DataView, at: number): number {
  const bits = view.getUint16(at, true)
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

function straightened(samples: readonly Sample[]): readonly Sample[] {
  const first = samples[0]
  const last = samples[samples.length - 1]
  if (!first || !last || samples.length > 2) return samples
  const length = Math.hypot(last.at[0] - first.at[0], last.at[1] - first.at[1])
  const steps = Math.max(1, Math.min(STRAIGHT_MOST, Math.round(length / STRAIGHT_STEP)))
  return Array.from({ length: steps + 1 }, (_, i) => ({
    at: lerp(first.at, last.at, i / steps),
    pressure: first.pressure,
  }))
}
