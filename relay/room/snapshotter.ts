import * as Y from 'yjs'
import type { SnapshotStore } from '../storage/snapshot-store.ts'
import { StorageError } from '../storage/update-log.ts'
import type { OpenBoard } from './open-board.ts'
import { newsIn, readStored } from './stored-snapshots.ts'

/** What a snapshotter asks of the room whose board it is. */
export interface SnapshotSubject {
  /** Whether the room still holds this board: an await may have ended it. */
  isCurrent(): boolean
  /** Takes in what a stored snapshot has and the document lacks, as a change of the relay's own. */
  merge(update: Uint8Array): void
  /** To be called with the document as it goes into a snapshot. What is returned, once the snapshot is stored. */
  covers(stateVector: Uint8Array): () => void
}

/**
 * Brings the stored snapshots of one board and its document together.
 *
 * 1. What the stored ones hold enters the document before anything is put.
 * 2. Only what the new one holds is removed, and only when that is durable.
 * 3. The log is trimmed last.
 * Stopped anywhere, or done by two relays at once, this leaves more snapshots than needed, and never less in them.
 */
export class Snapshotter {
  readonly #id: string
  readonly #board: OpenBoard
  readonly #store: SnapshotStore
  readonly #subject: SnapshotSubject

  constructor(id: string, board: OpenBoard, store: SnapshotStore, subject: SnapshotSubject) {
    this.#id = id
    this.#board = board
    this.#store = store
    this.#subject = subject
  }

  /** Resolves to the bytes that were put, null when one stored snapshot held everything already. Rejects with StorageError. */
  async run(): Promise<number | null> {
    const stored = await readStored(
      this.#store,
      this.#id,
      id => this.#board.contains(id),
      (id, state) => this.#merge(id, state),
    )
    this.#ensureCurrent()
    const { version, doc } = this.#board
    const tell = this.#subject.covers(Y.encodeStateVector(doc))
    if (this.#board.isSnapshottedBy(stored)) {
      tell()
      return null
    }
    const state = Y.encodeStateAsUpdateV2(doc)
    const id = await this.#store.put(this.#id, state)
    tell()
    await this.#store.retain(this.#id, state)
    await this.#store.remove(this.#id, stored)
    this.#ensureCurrent()
    this.#board.snapshotted(id, version, state)
    return state.length
  }

  #merge(id: string, state: Uint8Array): void {
    this.#ensureCurrent()
    this.#subject.merge(newsIn(state, this.#board.doc, this.#id, id))
    this.#board.contain(id)
  }

  #ensureCurrent(): void {
    if (!this.#subject.isCurrent())
      throw new StorageError(`Board ${this.#id} left memory while it was being snapshotted.`)
  }
}
