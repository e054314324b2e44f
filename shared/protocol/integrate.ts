import * as Y from 'yjs'
import { cutAhead, deleteAll, mergeAtEnd } from './bulk.ts'
import type { Incoming } from './incoming.ts'
import { tooLarge } from './refusal.ts'

/**
 * Steps in which Yjs finds the places of one update's items among those that others put in the same place at once. Who
 * makes items so that every one must be compared with thousands stops a relay for seconds with 50 KB.
 */
const STEPS = 20_000
const STEPS_PER_BYTE = 2

/**
 * Structs that Yjs moves, in the time of one such step, when one is split. Only those are counted that come with the update:
 * whoever wrote it had them split already, unless to make this slow.
 */
const MOVES_PER_STEP = 100

/**
 * Puts an update into the document that it was read for, as Y.applyUpdate does, but without reading it a second time, and
 * without keeping what builds on something missing. Throws ProtocolError when that would take too long: then the part that
 * was put there stays, without the shapes and comments that it began.
 */
export function integrate(doc: Y.Doc, { structs, deletions, bytes }: Incoming, origin?: unknown): void {
  doc.transact(transaction => {
    transaction.local = false
    cutAhead(transaction, structs, deletions)
    if (deletions.clients.size > 0) mergeAtEnd(transaction)
    let steps = STEPS + STEPS_PER_BYTE * bytes
    const ends = new Map<number, number>()
    for (const [at, struct] of structs.entries()) {
      const end = Y.getState(doc.store, struct.id.client)
      if (!ends.has(struct.id.client)) ends.set(struct.id.client, end)
      const known = end - struct.id.clock
      if (struct instanceof Y.Item) {
        const splits = transaction._mergeStructs.length
        find(doc, transaction, struct)
        if (transaction._mergeStructs.length > splits) steps -= movesOf(doc, struct, ends) / MOVES_PER_STEP
        steps -= stepsOf(doc, struct, known, steps)
        if (steps < 0) {
          for (const begun of structs.slice(0, at)) if (isEntry(begun)) begun.delete(transaction)
          throw tooLarge('An update puts too many things in one place.')
        }
      }
      struct.integrate(transaction, known)
    }
    deleteAll(transaction, deletions)
  }, origin)
}

/** Finds the item's parent and neighbours by their ids. */
function find(doc: Y.Doc, transaction: Y.Transaction, item: Y.Item): void {
  const parent: unknown = item.parent
  if (typeof parent === 'string') item.parent = doc.getMap(parent)
  item.getMissing(transaction, doc.store)
}

/** How many structs a split for this item may have moved, of what the update brought. @param ends where each client's ended */
function movesOf({ store }: Y.Doc, item: Y.Item, ends: ReadonlyMap<number, number>): number {
  const moves = (id: Y.ID | null): number =>
    id && id.clock >= (ends.get(id.client) ?? Number.POSITIVE_INFINITY)
      ? (store.clients.get(id.client)?.length ?? 0)
      : 0
  return moves(item.origin) + moves(item.rightOrigin)
}

/** Whether an item is a shape or a comment: a map in a root type. */
const isEntry = (struct: Y.Item | Y.GC): struct is Y.Item =>
  struct instanceof Y.Item &&
  struct.content instanceof Y.ContentType &&
  struct.parent instanceof Y.AbstractType &&
  struct.parent._item === null

/**
 * How many items Yjs looks at to find the place of an item of whose clocks the first `known` are there (`Item.integrate`),
 * as long as it is not many more than `most`. Zero where both neighbours are neighbours still.
 */
function stepsOf(doc: Y.Doc, item: Y.Item, known: number, most: number): number {
  const { right, parent, id } = item
  if (!(parent instanceof Y.AbstractType)) return 0
  const before = Y.createID(id.client, id.clock + known - 1)
  const left = known > 0 ? Y.getItem(doc.store, before) : item.left
  const origin = known > 0 ? before : item.origin
  if (left ? left.right === right : right && right.left === null) return 0
  let steps = 0
  let other = left ? left.right : parent._start
  if (!left && item.parentSub !== null) {
    other = parent._map.get(item.parentSub) ?? null
    for (; other?.left && steps <= most; other = other.left) steps += 1
  }
  const passed = new Set<Y.Item | Y.GC>()
  for (; other && other !== right && steps <= most; other = other.right) {
    steps += 1
    passed.add(other)
    const isRival = Y.compareIDs(origin, other.origin)
    if (isRival && other.id.client >= id.client && Y.compareIDs(item.rightOrigin, other.rightOrigin)) break
    if (!isRival && !(other.origin && passed.has(Y.getItem(doc.store, other.origin)))) break
  }
  return steps
}
