import * as Y from 'yjs'
import { LockedError, type Sealer } from '../../shared/util/sealer.ts'
import type { StoredRecord } from './indexeddb-records.ts'
import { LOADED } from './local-store.ts'

/** The array of the small document that each record is an update of. */
const CHUNKS = 'chunks'

/** How the update in a chunk is encoded: the first byte of what is sealed. */
export const V1 = 1
/** Half the size for a whole board; larger for a single gesture. */
export const V2 = 2
type UpdateFormat = typeof V1 | typeof V2

/** What a chunk of the board `name` is sealed as. */
export const chunkContext = (name: string): string => `chunk of ${name}`

/** What is sealed in a chunk. */
export function plainChunk(format: UpdateFormat, update: Uint8Array): Uint8Array {
  const plain = new Uint8Array(1 + update.length)
  plain[0] = format
  plain.set(update, 1)
  return plain
}

/**
 * A chunk as a record of y-indexeddb's: the whole of a document that holds it in an array. Each is a document of its own, so
 * that none builds on another, any may be removed, and nothing is left of it.
 */
export function recordOf(sealed: Uint8Array): Uint8Array {
  const doc = new Y.Doc()
  doc.getArray(CHUNKS).push([sealed])
  return Y.encodeStateAsUpdate(doc)
}

export interface OpenedRecord {
  readonly key: number
  readonly bytes: number
  readonly plains: readonly Uint8Array[]
}

/** What could be opened of the records. Rejects with a LockedError. */
export async function openRecords(
  records: readonly StoredRecord[],
  sealer: Sealer,
  name: string,
): Promise<readonly OpenedRecord[]> {
  const opened = await Promise.all(records.map(record => openRecord(record, sealer, name)))
  return opened.filter(record => record !== null)
}

/** Brings into the document, in one transaction, what the records hold, and returns those it could take in whole. */
export const takeIn = (doc: Y.Doc, records: readonly OpenedRecord[]): readonly OpenedRecord[] =>
  Y.transact(doc, () => records.filter(({ plains }) => canApply(doc, plains)), LOADED, false)

/** Null for what is none of ours, or does not open. */
async function openRecord(
  { key, value }: StoredRecord,
  sealer: Sealer,
  name: string,
): Promise<OpenedRecord | null> {
  try {
    if (!(value instanceof Uint8Array)) return null
    const sealed = chunksOf(value)
    if (sealed.length === 0) return null
    const plains = await Promise.all(sealed.map(chunk => sealer.openLarge(chunk, chunkContext(name))))
    return { key, bytes: value.length, plains }
  } catch (error) {
    if (error instanceof LockedError) throw error
    return null
  }
}

/** Not by a Y.Doc: what another program merged may build on what is gone, and counts all the same. */
const chunksOf = (record: Uint8Array): readonly Uint8Array[] =>
  Y.decodeUpdate(record).structs.flatMap(struct =>
    struct instanceof Y.Item && struct.content instanceof Y.ContentBinary ? [struct.content.content] : [],
  )

function canApply(doc: Y.Doc, plains: readonly Uint8Array[]): boolean {
  try {
    for (const plain of plains) applyChunk(doc, plain)
    return true
  } catch {
    return false
  }
}

function applyChunk(doc: Y.Doc, plain: Uint8Array): void {
  const update = plain.subarray(1)
  switch (plain[0]) {
    case V1:
      return Y.applyUpdate(doc, update)
    case V2:
      return Y.applyUpdateV2(doc, update)
    default:
      throw new RangeError(`A chunk has the unknown format ${plain[0]}.`)
  }
}
