import * as Y from 'yjs'
import type { Deletions, Struct } from './incoming.ts'

/**
 * Yjs keeps the structs of a client in one array, and moves all that follow whenever it splits one or merges two: with
 * hundreds of thousands of them, and thousands of places, 150 KB stop a relay for a minute. Here an array is written anew
 * once, whatever the number of places.
 */

/** Places in one client's structs, and structs that are moved for all of them: within that Yjs is as quick, or done in 1 ms. */
const FEW_PLACES = 50
const FEW_MOVES = 500_000

const isMuch = (structs: readonly Struct[], places: number): boolean =>
  places > FEW_PLACES && structs.length * places > FEW_MOVES

type Decoded = ReturnType<typeof Y.decodeUpdate>['structs'][number]

/** Splits what the document has where the items and the deletions of an update begin and end within it. */
export function cutAhead(
  transaction: Y.Transaction,
  structs: readonly Decoded[],
  deletions: Deletions,
): void {
  const { store } = transaction.doc
  for (const [client, clocks] of cutsOf(structs, deletions)) {
    const own = store.clients.get(client)
    if (own && isMuch(own, clocks.length)) store.clients.set(client, cut(transaction, own, clocks))
  }
}

/** Deletes what the document has of this. What is deleted already is not split for it. */
export function deleteAll(transaction: Y.Transaction, deletions: Deletions): void {
  const { store } = transaction.doc
  for (const [client, ranges] of deletions.clients) {
    const structs = store.clients.get(client) ?? []
    const end = Y.getState(store, client)
    for (const { clock, len } of ranges) {
      if (clock >= end) break
      deleteRange(transaction, structs, clock, clock + len)
    }
  }
}

/** To be called in a transaction that deletes: at its end Yjs finds merged what it would merge one by one. */
export function mergeAtEnd({ doc, meta }: Y.Transaction): void {
  if (meta.has(mergeAtEnd)) return
  meta.set(mergeAtEnd, true)
  doc.once('afterTransaction', ({ deleteSet }: Y.Transaction) => {
    for (const [client, ranges] of deleteSet.clients) {
      const structs = doc.store.clients.get(client)
      if (!structs || !isMuch(structs, ranges.length)) continue
      collect(doc, structs, ranges)
      doc.store.clients.set(client, merged(structs))
    }
  })
}

/** By client, the clocks at which something has to begin; in no order. */
function cutsOf(structs: readonly Decoded[], deletions: Deletions): ReadonlyMap<number, readonly number[]> {
  const cuts = new Map<number, number[]>()
  const add = (client: number, clock: number): void => {
    const known = cuts.get(client)
    if (known) known.push(clock)
    else cuts.set(client, [clock])
  }
  for (const struct of structs) {
    if (!(struct instanceof Y.Item)) continue
    if (struct.origin) add(struct.origin.client, struct.origin.clock + 1)
    if (struct.rightOrigin) add(struct.rightOrigin.client, struct.rightOrigin.clock)
  }
  for (const [client, ranges] of deletions.clients) {
    for (const { clock, len } of ranges) {
      add(client, clock)
      add(client, clock + len)
    }
  }
  return cuts
}

function cut(transaction: Y.Transaction, structs: readonly Struct[], clocks: readonly number[]): Struct[] {
  const sorted = Float64Array.from(clocks).sort()
  const whole: Struct[] = []
  let next = 0
  for (const struct of structs) {
    let last = struct
    const end = struct.id.clock + struct.length
    while (next < sorted.length && (sorted[next] as number) <= struct.id.clock) next += 1
    for (; next < sorted.length && (sorted[next] as number) < end; next += 1) {
      const length = (sorted[next] as number) - last.id.clock
      if (length === 0 || !(last instanceof Y.Item)) continue
      whole.push(last)
      last = split(transaction, last, length)
    }
    whole.push(last)
  }
  return whole
}

/** As `splitItem` of Yjs, which it keeps to itself. Returns the right part, which is in no array yet. */
function split(transaction: Y.Transaction, left: Y.Item, length: number): Y.Item {
  const { client, clock } = left.id
  const right = new Y.Item(
    Y.createID(client, clock + length),
    left,
    Y.createID(client, clock + length - 1),
    left.right,
    left.rightOrigin,
    left.parent,
    left.parentSub,
    left.content.splice(length),
  )
  if (left.deleted) right.markDeleted()
  if (left.keep) right.keep = true
  if (left.redone !== null) right.redone = Y.createID(left.redone.client, left.redone.clock + length)
  left.right = right
  if (right.right !== null) right.right.left = right
  transaction._mergeStructs.push(right)
  if (right.parentSub !== null && right.right === null) mapOf(right).set(right.parentSub, right)
  left.length = length
  return right
}

function deleteRange(transaction: Y.Transaction, structs: Struct[], clock: number, end: number): void {
  for (let at = Y.findIndexSS(structs, clock); at < structs.length; at += 1) {
    let struct = structs[at] as Struct
    if (struct.id.clock >= end) return
    if (!(struct instanceof Y.Item) || struct.deleted) continue
    if (struct.id.clock < clock) {
      struct = split(transaction, struct, clock - struct.id.clock)
      at += 1
      structs.splice(at, 0, struct)
    }
    if (end < struct.id.clock + struct.length)
      structs.splice(at + 1, 0, split(transaction, struct as Y.Item, end - struct.id.clock))
    ;(struct as Y.Item).delete(transaction)
  }
}

/** Lets go of the content of what was deleted, as Yjs does before it merges. */
function collect(
  doc: Y.Doc,
  structs: readonly Struct[],
  ranges: Iterable<{ clock: number; len: number }>,
): void {
  if (!doc.gc) return
  for (const { clock, len } of ranges) {
    for (let at = Y.findIndexSS(structs as Struct[], clock); at < structs.length; at += 1) {
      const struct = structs[at] as Struct
      if (struct.id.clock >= clock + len) break
      if (struct instanceof Y.Item && struct.deleted && !struct.keep && doc.gcFilter(struct))
        struct.gc(doc.store, false)
    }
  }
}

/** The same with what is deleted merged where Yjs would merge it. */
function merged(structs: readonly Struct[]): Struct[] {
  const rest: Struct[] = []
  for (const right of structs) {
    const left = rest.at(-1)
    if (!left || !merge(left, right)) rest.push(right)
    else if (right instanceof Y.Item && right.parentSub !== null) {
      const map = mapOf(right)
      if (map.get(right.parentSub) === right) map.set(right.parentSub, left as Y.Item)
    }
  }
  return rest
}

/** Returns whether they could be merged, and are. */
function merge(left: Struct, right: Struct): boolean {
  if (left instanceof Y.GC) return right instanceof Y.GC && left.mergeWith(right)
  return left.deleted && right instanceof Y.Item && right.deleted && left.mergeWith(right)
}

const mapOf = ({ parent }: Y.Item): Map<string, Y.Item> => (parent as Y.AbstractType<unknown>)._map
