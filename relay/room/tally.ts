import * as Y from 'yjs'
import type { Incoming } from '../../shared/protocol/incoming.ts'
import type { RelayLimits } from '../../shared/protocol/limits.ts'
import { tooLarge } from '../../shared/protocol/refusal.ts'

/** Measuring a document anew takes as long as sending it: not before a share of 1/16 of its limit has come in since. */
const MEASURE_SHARE = 16

const tallies = new WeakMap<Y.Doc, Tally>()

/**
 * How much a document holds, kept up to date with each change. The shapes are exact. The bytes, those of a sync step 2, are
 * never less than what they stand for, as what Yjs saves by merging neighbours is not known until they are measured.
 */
export class Tally {
  readonly #doc: Y.Doc
  #shapes: number
  #bytes: number
  /** Bytes that have come in since the document was measured. */
  #since = 0
  /** Shapes that the running transaction brings. */
  #coming = 0

  static of(doc: Y.Doc): Tally {
    const known = tallies.get(doc)
    if (known) return known
    const tally = new Tally(doc)
    tallies.set(doc, tally)
    return tally
  }

  private constructor(doc: Y.Doc) {
    this.#doc = doc
    this.#shapes = doc.getMap('shapes').size
    this.#bytes = Y.encodeStateAsUpdate(doc).length
    doc.getMap('shapes').observe(({ keys }) => {
      for (const { action } of keys.values()) {
        if (action === 'add') this.#shapes += 1
        else if (action === 'delete') this.#shapes -= 1
      }
    })
    doc.on('afterTransaction', this.#settle)
  }

  /** Throws ProtocolError when the document would get larger than it may. What only deletes always fits. */
  admit(
    { structs, bytes }: Incoming,
    shapes: number,
    limits: Pick<RelayLimits, 'shapes' | 'documentBytes'>,
  ): void {
    if (structs.length > 0) {
      if (shapes > 0) this.#admitShapes(shapes, limits.shapes)
      this.#admitBytes(bytes, limits.documentBytes)
    }
    this.#coming += shapes
    this.#bytes += bytes
    this.#since += bytes
  }

  #admitShapes(more: number, limit: number): void {
    if (this.#shapes + this.#coming + more <= limit) return
    // What the running transaction has deleted is not counted off yet.
    const hasDeleted = (this.#doc._transaction?.deleteSet.clients.size ?? 0) > 0
    if (hasDeleted && this.#doc.getMap('shapes').size + more <= limit) return
    throw tooLarge(`A board takes ${limit} shapes.`, 'shapes')
  }

  #admitBytes(more: number, limit: number): void {
    if (this.#bytes + more <= limit) return
    const freed = this.#doc._transaction ? bytesFreedBy(this.#doc._transaction) : 0
    if (this.#bytes - freed + more <= limit) return
    if (this.#since * MEASURE_SHARE >= limit) {
      this.#bytes = Y.encodeStateAsUpdate(this.#doc).length
      this.#since = 0
      if (this.#bytes - freed + more <= limit) return
    }
    throw tooLarge(`A board takes ${limit} bytes.`)
  }

  readonly #settle = (transaction: Y.Transaction): void => {
    this.#coming = 0
    this.#bytes -= bytesFreedBy(transaction)
  }
}

/** What a transaction deletes is there until it ends. */
function bytesFreedBy(transaction: Y.Transaction): number {
  let bytes = 0
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, struct => {
    if (struct instanceof Y.Item) bytes += bytesOf(struct.content)
  })
  return bytes
}

/** Bytes that go with the content at the least. */
function bytesOf(content: Y.Item['content']): number {
  if (content instanceof Y.ContentBinary) return content.content.length
  if (content instanceof Y.ContentString) return content.str.length
  if (content instanceof Y.ContentAny)
    return content.arr.reduce<number>((sum, value) => sum + bytesOfValue(value), 0)
  return 0
}

const bytesOfValue = (value: unknown): number =>
  typeof value === 'string' || Array.isArray(value) ? value.length : 1
