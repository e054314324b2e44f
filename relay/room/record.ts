import * as Y from 'yjs'
import { type LogSize, StorageError } from '../storage/update-log.ts'
import { hasPending } from './apply.ts'

/** First byte of a record: how the rest is encoded. */
const KIND = { updateV1: 1, stateV2: 2 } as const

/** The change of one tick, as it was published. */
export const updateRecord = (update: Uint8Array): Uint8Array => record(KIND.updateV1, update)

/** A whole board. V2 is about half the size of V1, and loads in half the time. */
export const stateRecord = (doc: Y.Doc): Uint8Array => record(KIND.stateV2, Y.encodeStateAsUpdateV2(doc))

function record(kind: number, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(content.length + 1)
  bytes[0] = kind
  bytes.set(content, 1)
  return bytes
}

/** The document that a board's records add up to. Throws StorageError when one cannot be read. */
export function docOf(board: string, records: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  let position = 0
  try {
    doc.transact(() => {
      for (const bytes of records) {
        applyRecord(doc, bytes)
        position += 1
      }
    })
  } catch (cause) {
    throw new StorageError(
      `Record ${position} of board ${board} cannot be read (${String(cause)}). Every other board is unharmed. Restore DATA_DIR from a backup, or run the version of the relay that wrote it.`,
    )
  }
  if (!hasPending(doc)) return doc
  throw new StorageError(
    `Board ${board} builds on changes that its log no longer has. Every other board is unharmed. Restore DATA_DIR from a backup.`,
  )
}

function applyRecord(doc: Y.Doc, bytes: Uint8Array): void {
  const [kind] = bytes
  const content = bytes.subarray(1)
  if (kind === KIND.updateV1) Y.applyUpdate(doc, content)
  else if (kind === KIND.stateV2) Y.applyUpdateV2(doc, content)
  else throw new Error(`unknown kind ${kind}`)
}

/** Bytes. Below this a log loads in no time and is not worth rewriting. */
const SMALL_TAIL = 256 * 1024

/** Records. Even tiny ones cost a read and an integration each when a board is opened. */
const LONG_TAIL = 2_000

/** Records that make an idle board worth rewriting before it is evicted. */
const IDLE_TAIL = 64

/** Whether to merge the log of a board in use: the tail has outgrown what merging will write. */
export const shouldCompact = ({ tail, tailBytes, mergedBytes }: LogSize): boolean =>
  tail >= LONG_TAIL || tailBytes > Math.max(SMALL_TAIL, mergedBytes)

/** Whether to merge the log of a board that nobody uses. */
export const shouldCompactIdle = ({ tail, tailBytes, mergedBytes }: LogSize): boolean =>
  tail >= IDLE_TAIL || (tail > 1 && tailBytes > mergedBytes)
