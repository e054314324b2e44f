import * as v from 'valibot'
import type { ShapeId } from '../../shared/shapes/index.ts'

/**
 * Characters of each id. Ids are random, 6 bits a character: on a board of 10,000 shapes, one in seven million has a
 * beginning that another has too.
 */
const KEPT = 6
/** Ids in one text: 4.2 KB. Of more shapes than this, others see the first ones. */
const MAX_IDS = 700

/** Many ids in a short text: of each its beginning, one after the other. An id that is shorter is left out. */
export const packIds = (ids: readonly ShapeId[]): string =>
  ids
    .filter(id => id.length >= KEPT)
    .slice(0, MAX_IDS)
    .map(id => id.slice(0, KEPT))
    .join('')

/** What `packIds` may have made. */
export const packedIds = v.pipe(
  v.string(),
  v.maxLength(MAX_IDS * KEPT),
  v.check(packed => packed.length % KEPT === 0),
)

/** Those of `ids` that `packed` means. Where several begin alike it is unknown which is meant, and none is taken. */
export function unpackIds(packed: string, ids: Iterable<ShapeId>): readonly ShapeId[] {
  const wanted = new Map<string, ShapeId | null | undefined>()
  for (let at = 0; at < packed.length; at += KEPT) wanted.set(packed.slice(at, at + KEPT), undefined)
  for (const id of ids) {
    const start = id.slice(0, KEPT)
    if (wanted.has(start)) wanted.set(start, wanted.get(start) === undefined ? id : null)
  }
  return [...wanted.values()].filter(id => id !== null && id !== undefined)
}
