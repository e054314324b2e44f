import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { cutAhead, mergeAtEnd } from '../../shared/protocol/bulk.ts'
import { leaveFormats } from '../../shared/protocol/leave-formats.ts'
import { type LogSize, StorageError } from '../storage/update-log.ts'
import { hasPending } from './apply.ts'

/** First byte of a record: how the rest is encoded. */
const KIND = { updateV1: 1, stateV2: 2, snapshottedStateV2: 3 } as const

/** What a board's records add up to. */
interface Recorded {
  doc: Y.Doc
  /** Ids of the snapshots whose content the records are known to hold. */
  snapshots: readonly string[]
}

/** The change of one tick, as it was published. */
export function updateRecord(update: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(update.length + 1)
  bytes[0] = KIND.updateV1
  bytes.set(update, 1)
  return bytes
}

/** A whole board in V2, about half the size of V1 and loaded in half the time, and the snapshots whose content it holds. */
export function stateRecord(state: Uint8Array, snapshots: Iterable<string>): Uint8Array {
  return encoding.encode(encoder => {
    encoding.writeVarUint(encoder, KIND.snapshottedStateV2)
    const ids = [...snapshots]
    encoding.writeVarUint(encoder, ids.length)
    for (const id of ids) encoding.writeVarString(encoder, id)
    encoding.writeUint8Array(encoder, state)
  })
}

/** The document that a board's records add up to. Throws StorageError when one cannot be read. */
export const docOf = (board: string, records: readonly Uint8Array[]): Y.Doc => readRecords(board, records).doc

/** Throws StorageError when a record cannot be read. */
export function readRecords(board: string, records: readonly Uint8Array[]): Recorded {
  const doc = new Y.Doc()
  leaveFormats(doc)
  let snapshots: readonly string[] = []
  let position = 0
  try {
    doc.transact(() => {
      for (const bytes of records) {
        snapshots = applyRecord(doc, bytes) ?? snapshots
        position += 1
      }
    })
  } catch (cause) {
    throw new StorageError(
      `Record ${position} of board ${board} cannot be read (${String(cause)}). Every other board is unharmed. Restore DATA_DIR from a backup, or run the version of the relay that wrote it.`,
    )
  }
  if (!hasPending(doc)) return { doc, snapshots }
  throw new StorageError(
    `Board ${board} builds on changes that its log no longer has. Every other board is unharmed. Restore DATA_DIR from a backup.`,
  )
}

/** The whole board (V2), where the records are one that holds nothing else: what was deleted is not in there either. */
export function onlyState(records: readonly Uint8Array[]): Uint8Array | null {
  const [only, ...others] = records
  if (!only || others.length > 0) return null
  try {
    const { kind, content } = readRecord(only)
    return isState(kind) ? content : null
  } catch {
    // Whoever reads them all says what is wrong.
    return null
  }
}

/** Returns the snapshots that the record names, if it names any. */
export function applyRecord(doc: Y.Doc, bytes: Uint8Array): readonly string[] | undefined {
  const { kind, snapshots, content } = readRecord(bytes)
  if (kind === KIND.updateV1) applyChange(doc, content)
  else if (isState(kind)) Y.applyUpdateV2(doc, content)
  else throw new Error(`unknown kind ${kind}`)
  return snapshots
}

const isState = (kind: number): boolean => kind === KIND.stateV2 || kind === KIND.snapshottedStateV2

function readRecord(bytes: Uint8Array) {
  const decoder = decoding.createDecoder(bytes)
  const kind = decoding.readVarUint(decoder)
  const snapshots = kind === KIND.snapshottedStateV2 ? readIds(decoder) : undefined
  return { kind, snapshots, content: decoding.readTailAsUint8Array(decoder) }
}

/** As Y.applyUpdate does; what was quickly written on a large board is as quickly read. */
function applyChange(doc: Y.Doc, update: Uint8Array): void {
  doc.transact(transaction => {
    if (update.length > SMALL_CHANGE) {
      const { structs, ds } = Y.decodeUpdate(update)
      cutAhead(transaction, structs, ds)
    }
    mergeAtEnd(transaction)
    Y.applyUpdate(doc, update)
  })
}

function readIds(decoder: decoding.Decoder): string[] {
  const ids: string[] = []
  for (let left = decoding.readVarUint(decoder); left > 0; left -= 1)
    ids.push(decoding.readVarString(decoder))
  return ids
}

/** Bytes. In so few, no change has so many parts that it were slow. */
const SMALL_CHANGE = 200

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
