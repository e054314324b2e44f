import * as Y from 'yjs'
import { leaveFormats } from '../../shared/protocol/leave-formats.ts'
import type { SnapshotStore } from '../storage/snapshot-store.ts'
import { StorageError } from '../storage/update-log.ts'
import { hasPending } from './apply.ts'

/** Times that a board's snapshots may be replaced by another relay while they are read, before that is called a fault. */
const MAX_ROUNDS = 10

/**
 * Hands over every stored snapshot of a board that is not known yet.
 * @returns the ids of all, each of which is now known. Rejects with StorageError.
 */
export async function readStored(
  store: SnapshotStore,
  board: string,
  isKnown: (id: string) => boolean,
  take: (id: string, state: Uint8Array) => void,
): Promise<string[]> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const ids = await store.list(board)
    if (await takeAll(ids)) return ids
  }
  throw new StorageError(`The snapshots of board ${board} are replaced faster than they can be read.`)

  /** Returns false when one has gone: it was merged into another, which the next list has. */
  async function takeAll(ids: readonly string[]): Promise<boolean> {
    for (const id of ids) {
      if (isKnown(id)) continue
      const state = await store.get(board, id)
      if (state === null) return false
      take(id, state)
    }
    return true
  }
}

/**
 * What a snapshot holds and a document lacks, as an update in V1. The snapshot is read into a document of its own: a
 * damaged one would damage the document that it is applied to. Throws StorageError when it cannot be read.
 */
export function newsIn(state: Uint8Array, doc: Y.Doc, board: string, id: string): Uint8Array {
  const apart = new Y.Doc()
  leaveFormats(apart)
  try {
    Y.applyUpdateV2(apart, state)
    if (hasPending(apart)) throw new Error('it builds on changes that it does not hold')
    return Y.encodeStateAsUpdate(apart, Y.encodeStateVector(doc))
  } catch (cause) {
    throw new StorageError(
      `Snapshot ${id} of board ${board} cannot be read (${String(cause)}). Every other board is unharmed. Restore that object from a backup, or remove it if a relay's DATA_DIR still has the board.`,
    )
  } finally {
    apart.destroy()
  }
}
