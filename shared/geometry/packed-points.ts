import { type ByteReader, readVarint, unzigzag, writeVarint, zigzag } from './varint.ts'

const FORMAT = 1

/**
 * Steps per world unit, as a power of two, that points are rounded to at most. At the largest zoom, 30, half a step is a
 * seventieth of a screen pixel, and all that gestures are rounded to by then stays exact.
 */
const FINEST = 10

/**
 * Packs x, y pairs: format, precision, count, then zigzag varint deltas. The precision is the coarsest that keeps every
 * coordinate as it is, once it is rounded to the finest: points on whole units take little, and the same points always
 * give the same bytes.
 */
export function packPoints(flat: readonly number[]): Uint8Array {
  const finest = flat.map(n => Math.round(n * 2 ** FINEST))
  const precision = precisionOf(finest)
  const step = 2 ** (FINEST - precision)
  const out: number[] = [FORMAT, precision]
  writeVarint(out, flat.length / 2)
  for (const [i, n] of finest.entries()) writeVarint(out, zigzag((n - (finest[i - 2] ?? 0)) / step))
  return Uint8Array.from(out)
}

/** The least precision at which all of these, in the finest steps, are whole numbers of steps. */
function precisionOf(finest: readonly number[]): number {
  let precision = 0
  for (const n of finest) {
    while (precision < FINEST && n % 2 ** (FINEST - precision) !== 0) precision += 1
  }
  return precision
}

/** The x, y pairs that bytes hold; undefined when the bytes are none, whole and without a rest. */
export function unpackPoints(bytes: Uint8Array): readonly number[] | undefined {
  const flat: number[] = []
  return scanPoints(bytes, n => flat.push(n)) === undefined ? undefined : flat
}

/** Goes through the coordinates that bytes hold. Returns how many points they are, or undefined when the bytes are none. */
export function scanPoints(bytes: Uint8Array, visit: (coordinate: number) => void): number | undefined {
  const precision = bytes[1] ?? 255
  if (bytes[0] !== FORMAT || precision > FINEST) return undefined
  const reader: ByteReader = { bytes, at: 2 }
  const count = readVarint(reader)
  if (count === undefined || count < 1 || count > (bytes.length - reader.at) / 2) return undefined
  const unit = 2 ** precision
  let [x, y] = [0, 0]
  for (let i = 0; i < count; i++) {
    const dx = readVarint(reader)
    const dy = readVarint(reader)
    if (dx === undefined || dy === undefined) return undefined
    x += unzigzag(dx)
    y += unzigzag(dy)
    visit(x / unit)
    visit(y / unit)
  }
  return reader.at === bytes.length ? count : undefined
}
