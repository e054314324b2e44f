import * as v from 'valibot'
import { packPoints } from '../../geometry/packed-points.ts'
import { LIMITS } from '../limits.ts'
import { type Migration, NOTHING } from './migration.ts'

const coordinate = v.pipe(v.number(), v.minValue(-LIMITS.coordinate), v.maxValue(LIMITS.coordinate))

/** What version 1 kept under `points`: x, y pairs relative to `pos`, at least two points. */
export const listOfPoints: v.GenericSchema<unknown, readonly number[]> = v.pipe(
  v.array(coordinate),
  v.minLength(4),
  v.maxLength(2 * LIMITS.linePoints),
  v.check(flat => flat.length % 2 === 0),
)

/** Lists are never changed, so each is packed once, however often its shape is read. */
const packed = new WeakMap<object, Uint8Array>()

function pack(list: readonly number[]): Uint8Array {
  const known = packed.get(list)
  if (known) return known
  const bytes = packPoints(list)
  packed.set(list, bytes)
  return bytes
}

/**
 * The points of lines and arrows become packed bytes: a list takes five to nine bytes a coordinate, and up to 90 KB, where they take two or three. New in
 * version 2 are also the key `by` and the type `image`, which no older document has.
 */
export const v1ToV2: Migration = {
  to: 2,
  shape(keys) {
    const type = keys.get('type')
    if (type !== 'line' && type !== 'arrow') return NOTHING
    const points = keys.get('points')
    if (!Array.isArray(points) || !v.is(listOfPoints, points)) return NOTHING
    return new Map([['points', pack(points)]])
  },
  meta(keys) {
    const version = keys.get('schema')
    return typeof version === 'number' && version >= 2 ? NOTHING : new Map([['schema', 2]])
  },
}
