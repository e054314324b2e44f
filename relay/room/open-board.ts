import * as Y from 'yjs'
import type { BoardLog } from '../storage/update-log.ts'
import type { Durability } from './durability.ts'
import type { LoadedBoard } from './load.ts'
import { shouldCompact, shouldCompactIdle, stateRecord, updateRecord } from './record.ts'
import type { RoomParts } from './seams.ts'

/** A board that is loaded: its document, its log, and what of it the stored snapshots hold. */
export class OpenBoard {
  readonly doc: Y.Doc
  readonly #log: BoardLog
  readonly #durability: Durability
  readonly #parts: Pick<RoomParts, 'metrics' | 'seconds'>
  readonly #onChange: (bytes: number) => void
  /** Ids of stored snapshots whose content the document holds. */
  #contained: Set<string>
  /** Counts changes. */
  #version = 0
  /** The snapshot that holds a whole version, if one is known to. */
  #whole: { id: string; version: number } | null

  /** @param onChange is told of the bytes of each change. */
  constructor(
    loaded: LoadedBoard,
    durability: Durability,
    parts: Pick<RoomParts, 'metrics' | 'seconds'>,
    onChange: (bytes: number) => void,
  ) {
    this.doc = loaded.doc
    this.#log = loaded.log
    this.#contained = new Set(loaded.contained)
    const [only, ...others] = loaded.contained
    const isWhole = loaded.log.isSettled && only !== undefined && others.length === 0
    this.#whole = isWhole ? { id: only, version: 0 } : null
    this.#durability = durability
    this.#parts = parts
    this.#onChange = onChange
  }

  get version(): number {
    return this.#version
  }

  /** Whether the log says that everything is in a snapshot. */
  get isSettled(): boolean {
    return this.#log.isSettled
  }

  /** Whether a stored snapshot holds all of it: as far as is known, which the store may know better. */
  get isWhole(): boolean {
    return this.#whole?.version === this.#version
  }

  /** Makes a change durable that the document has taken. */
  store(change: Uint8Array): void {
    const { metrics, seconds } = this.#parts
    this.#version += 1
    const begun = seconds()
    const written = this.#log.append(updateRecord(change)).then(
      () => metrics.appended(seconds() - begun),
      error => {
        metrics.appendFailed()
        throw error
      },
    )
    this.#durability.follow(written)
    if (shouldCompact(this.#log.size)) this.#compact()
    this.#onChange(change.length)
  }

  /** To be called before the board leaves memory. */
  tidy(): void {
    if (shouldCompactIdle(this.#log.size)) this.#compact()
  }

  /** Whether the document is known to hold what this snapshot holds. */
  contains(id: string): boolean {
    return this.#contained.has(id)
  }

  contain(id: string): void {
    this.#contained.add(id)
  }

  /** Whether one snapshot, the only one of those stored, holds everything; or there is nothing to hold. */
  isSnapshottedBy(stored: readonly string[]): boolean {
    if (stored.length === 0) return this.doc.store.clients.size === 0
    return this.isWhole && stored.length === 1 && stored[0] === this.#whole?.id
  }

  /** One snapshot, of this state and version, is all that is stored: the log need not keep how it came about. */
  snapshotted(id: string, version: number, state: Uint8Array): void {
    this.#contained = new Set([id])
    this.#whole = { id, version }
    if (version === this.#version) this.#durability.follow(this.#log.settle(stateRecord(state, [id])))
  }

  #compact(): void {
    const record = stateRecord(Y.encodeStateAsUpdateV2(this.doc), this.#contained)
    this.#durability.follow(this.#log.compact(record))
  }
}
