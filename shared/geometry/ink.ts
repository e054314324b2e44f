import { type ByteReader, readVarint, unzigzag, writeVarint, zigzag } from './varint.ts'
import type { Vec } from './vec.ts'

/**
 * A freehand stroke: points relative to its box's top left, and a pressure of 0 to 1 for each, or none when
 * the device reports no pressure and it is simulated from speed.
 */
export interface Ink {
  readonly points: readonly Vec[]
  readonly pressures: readonly number[] | null
}

const FORMAT = 1
const HAS_PRESSURE = 1
/** Pressure steps; finer than any pen reports usefully. */
const PRESSURE_STEPS = 255

/**
 * Packs a stroke: format, flags, precision, count, then zigzag varint deltas of x, y (and pressure).
 * Coordinates are rounded to 2^-precision world units: 4 is enough at zoom 1, each doubling of the zoom
 * at which it was drawn asks for one more.
 */
export function packInk(ink: Ink, precision = 4): Uint8Array {
  const out: number[] = [FORMAT, ink.pressures ? HAS_PRESSURE : 0, precision]
  const unit = 2 ** precision
  let x = 0
  let y = 0
  let pressure = 0
  writeVarint(out, ink.points.length)
  for (let i = 0; i < ink.points.length; i++) {
    const point = ink.points[i] as Vec
    const nextX = Math.round(point[0] * unit)
    const nextY = Math.round(point[1] * unit)
    writeVarint(out, zigzag(nextX - x))
    writeVarint(out, zigzag(nextY - y))
    x = nextX
    y = nextY
    if (!ink.pressures) continue
    const next = Math.round(Math.max(0, Math.min(1, ink.pressures[i] ?? 0.5)) * PRESSURE_STEPS)
    writeVarint(out, zigzag(next - pressure))
    pressure = next
  }
  return Uint8Array.from(out)
}

/** The precision that keeps a stroke drawn at `zoom` exact to a sixteenth of a screen pixel. */
export const inkPrecision = (zoom: number): number =>
  Math.max(2, Math.min(10, 4 + Math.ceil(Math.log2(Math.max(zoom, 1e-3)))))

/** Unpacks a stroke; undefined when the bytes are not one, whole and without a rest. */
export function unpackInk(bytes: Uint8Array): Ink | undefined {
  const known = unpacked.get(bytes)
  if (known !== undefined) return known ?? undefined
  const ink = read(bytes)
  unpacked.set(bytes, ink ?? null)
  return ink
}

/** Packed strokes are never changed, so each is unpacked once. */
const unpacked = new WeakMap<Uint8Array, Ink | null>()

function read(bytes: Uint8Array): Ink | undefined {
  const points: Vec[] = []
  const pressures: number[] = []
  const hasPressure = scan(bytes, (x, y, pressure) => {
    points.push([x, y])
    if (pressure !== null) pressures.push(pressure)
  })
  if (hasPressure === undefined) return undefined
  return { points, pressures: hasPressure ? pressures : null }
}

/** Whether bytes are a packed stroke, whole and without a rest; found without unpacking it. */
export const isInk = (bytes: Uint8Array): boolean => scan(bytes, () => {}) !== undefined

/** Goes through the points of a stroke. Returns whether it has pressures, or undefined when the bytes are none. */
function scan(
  bytes: Uint8Array,
  visit: (x: number, y: number, pressure: number | null) => void,
): boolean | undefined {
  const flags = bytes[1] ?? 255
  const precision = bytes[2] ?? 255
  if (bytes[0] !== FORMAT || flags > HAS_PRESSURE || precision > 16) return undefined
  const reader: ByteReader = { bytes, at: 3 }
  const count = readVarint(reader)
  const fields = flags & HAS_PRESSURE ? 3 : 2
  if (count === undefined || count < 1 || count > (bytes.length - reader.at) / fields) return undefined
  const unit = 2 ** precision
  let x = 0
  let y = 0
  let pressure = 0
  for (let i = 0; i < count; i++) {
    const dx = readVarint(reader)
    const dy = readVarint(reader)
    const dp = fields === 3 ? readVarint(reader) : 0
    if (dx === undefined || dy === undefined || dp === undefined) return undefined
    x += unzigzag(dx)
    y += unzigzag(dy)
    pressure += unzigzag(dp)
    if (pressure < 0 || pressure > PRESSURE_STEPS) return undefined
    visit(x / unit, y / unit, fields === 3 ? pressure / PRESSURE_STEPS : null)
  }
  return reader.at === bytes.length ? fields === 3 : undefined
}
