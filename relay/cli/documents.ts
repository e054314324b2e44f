import * as Y from 'yjs'
import { readUpdate } from '../../shared/protocol/incoming.ts'
import { readRecords } from '../room/record.ts'
import { newsIn, readStored } from '../room/stored-snapshots.ts'
import type { SnapshotStore } from '../storage/snapshot-store.ts'
import type { UpdateLog } from '../storage/update-log.ts'
import type { Format } from './command.ts'

/** First byte of an update in V2: a flag that is always 0. In V1 it counts clients, and an empty update has two bytes. */
const V2_FLAG = 0
const EMPTY_V1_BYTES = 2

/** A document as a file of the format. */
export function encodeDocument(doc: Y.Doc, format: Format): Uint8Array {
  switch (format) {
    case 'v1':
      return Y.encodeStateAsUpdate(doc)
    case 'v2':
      return Y.encodeStateAsUpdateV2(doc)
    case 'json':
      return Buffer.from(`${JSON.stringify(jsonOf(doc), withBase64, 2)}\n`)
  }
}

const jsonOf = (doc: Y.Doc): object =>
  Object.fromEntries(['meta', 'shapes', 'comments'].map(root => [root, doc.getMap(root).toJSON()]))

const withBase64 = (_key: string, value: unknown): unknown =>
  value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value

/** The update of a file, which must be a whole board, as V1. Throws Error, in words for the operator. */
export function updateOfFile(file: string, bytes: Uint8Array): Uint8Array {
  const update = asV1(bytes)
  if (!update)
    throw new Error(`${file} is no update of Yjs, in V1 or V2. Give a file that export wrote as v1 or v2.`)
  if (!isWhole(file, update))
    throw new Error(`${file} builds on changes that it does not hold. Export the whole board again.`)
  return update
}

function asV1(bytes: Uint8Array): Uint8Array | null {
  const isV2 = bytes[0] === V2_FLAG && bytes.length > EMPTY_V1_BYTES
  try {
    const update = isV2 ? Y.convertUpdateFormatV2ToV1(bytes) : bytes
    Y.decodeUpdate(update)
    return update
  } catch {
    return null
  }
}

function isWhole(file: string, update: Uint8Array): boolean {
  try {
    return readUpdate(new Y.Doc(), update).isComplete
  } catch (error) {
    throw new Error(`${file} is no board: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Whether nothing was ever written to it. */
export const isBlank = (doc: Y.Doc): boolean => doc.store.clients.size === 0

/** A board as the log has it. Rejects with StorageError. */
export async function loggedBoard(log: UpdateLog, board: string): Promise<Y.Doc> {
  const { records } = await log.open(board)
  return readRecords(board, records).doc
}

/** Adds to a board what only its stored snapshots have. Rejects with StorageError. */
export async function addStored(doc: Y.Doc, board: string, snapshots: SnapshotStore): Promise<void> {
  await readStored(
    snapshots,
    board,
    () => false,
    (id, state) => Y.applyUpdate(doc, newsIn(state, doc, board, id)),
  )
}

/** Throws StorageError when a stored document cannot be read. One that is gone was merged into another. */
export function checkStored(state: Uint8Array | null, board: string, id: string): void {
  if (state) newsIn(state, new Y.Doc(), board, id)
}
