import * as Y from 'yjs'
import type { SnapshotStore } from '../storage/snapshot-store.ts'
import type { BoardLog, UpdateLog } from '../storage/update-log.ts'
import { onlyState, readRecords, stateRecord } from './record.ts'
import { newsIn, readStored } from './stored-snapshots.ts'

export interface LoadedBoard {
  doc: Y.Doc
  log: BoardLog
  /** Ids of stored snapshots whose content the document holds. */
  contained: readonly string[]
  /** Whether the store was asked: the log had nothing. */
  isCompared: boolean
}

/**
 * Loads a board, all of it durable in the log. What the log holds is the whole board, so it opens without the store of
 * snapshots; where the log is empty that store decides what the board is. Rejects with StorageError: what cannot be read
 * is never taken for an empty board.
 *
 * @param onStored is told of the whole board (V2) before it is decoded, where that is at hand, and waited for
 */
export async function loadBoard(
  board: string,
  log: UpdateLog,
  snapshots: SnapshotStore,
  onStored: (state: Uint8Array) => Promise<void>,
): Promise<LoadedBoard> {
  const opened = await log.open(board)
  const state = onlyState(opened.records)
  if (state) await onStored(state)
  const recorded = readRecords(board, opened.records)
  if (opened.records.length > 0)
    return { doc: recorded.doc, log: opened.log, contained: recorded.snapshots, isCompared: false }
  const { doc } = recorded
  const known = new Set<string>()
  const contained = await readStored(
    snapshots,
    board,
    id => known.has(id),
    (id, state) => {
      Y.applyUpdate(doc, newsIn(state, doc, board, id))
      known.add(id)
    },
  )
  if (contained.length > 0) await opened.log.settle(stateRecord(Y.encodeStateAsUpdateV2(doc), contained))
  return { doc, log: opened.log, contained, isCompared: true }
}
