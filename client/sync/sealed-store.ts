import type * as Y from 'yjs'
import type { Clock } from '../../shared/util/clock.ts'
import { isBoardId } from '../../shared/util/ids.ts'
import type { Random } from '../../shared/util/random.ts'
import type { Keychain } from '../../shared/util/sealer.ts'
import type { DeviceDatabase } from './device-database.ts'
import { deleteDatabase, openExisting, openInTime, resultOf, UPDATES } from './indexeddb-database.ts'
import { failureOf, type StorageFailure } from './indexeddb-failure.ts'
import type { BoardFiles, LocalState, LocalStore, StoredBoard } from './local-store.ts'
import { SealedBoard } from './sealed-board.ts'
import { SealedFiles } from './sealed-files.ts'
import { databaseName } from './sealed-key.ts'
import { type OnLeave, onPageLeave } from './sealed-leave.ts'
import { MERGING, type Merging } from './sealed-merging.ts'
import { sealedPreviews } from './sealed-previews.ts'
import { UnsavedStates } from './unsaved-states.ts'

export interface SealedStoreOptions {
  readonly database: DeviceDatabase
  /** Undefined where the browser has none. */
  readonly indexedDB: IDBFactory | undefined
  readonly keychain: Keychain
  readonly clock: Clock
  readonly random: Random
  readonly onLeave?: OnLeave
  readonly merging?: Merging
}

/** Boards in IndexedDB, one database each; all that is in them is sealed, and so are their names. */
export function sealedStore({
  database,
  onLeave = onPageLeave,
  merging = MERGING,
  ...deps
}: SealedStoreOptions): LocalStore {
  const { indexedDB, keychain, clock } = deps
  const previews = sealedPreviews(database.previews, keychain)
  const unsaved = new UnsavedStates()
  const files = (name: string) => new SealedFiles({ ...deps, name })

  async function updateBytes(name: string): Promise<number> {
    const db = await openInTime(clock, openExisting(indexedDB, databaseName(keychain, name)))
    if (!db) return 0
    try {
      const records: unknown[] = await resultOf(db.transaction(UPDATES).objectStore(UPDATES).getAll())
      return sum(records.map(record => (record instanceof Uint8Array ? record.length : 0)))
    } finally {
      db.close()
    }
  }

  return {
    open: (doc: Y.Doc, name: string) => new SealedBoard({ ...deps, doc, name, onLeave, merging, unsaved }),
    files,
    async usage(name) {
      try {
        const [updates, infos, preview] = await Promise.all([
          updateBytes(name),
          files(name).infos(),
          previews.usage(name),
        ])
        return updates + sum(infos.map(info => info.bytes)) + preview
      } catch (error) {
        throw failureOf(error, 'unavailable')
      }
    },
    async delete(name) {
      unsaved.drop(name)
      try {
        await deleteDatabase(indexedDB, databaseName(keychain, name), clock)
        await previews.delete(name)
        // What version 1 left of it, where that could not be moved.
        if (isBoardId(name)) await deleteDatabase(indexedDB, name, clock)
      } catch (error) {
        throw failureOf(error, 'unavailable')
      }
    },
    previews,
    unsaved: unsaved.count,
  }
}

/** Boards in memory alone, where nothing can be stored for the reason given; each says so. */
export function memoryStore(failure: StorageFailure): LocalStore {
  const refuse = () => Promise.reject(failure)
  const files: BoardFiles = {
    put: refuse,
    get: async () => null,
    delete: async () => {},
    names: async () => [],
  }
  const unsaved = new UnsavedStates()
  return {
    open: (doc, name) => new MemoryBoard(doc, name, failure, unsaved),
    files: () => files,
    usage: async () => 0,
    delete: async name => unsaved.drop(name),
    previews: { put: refuse, all: async () => new Map() },
    unsaved: unsaved.count,
  }
}

class MemoryBoard implements StoredBoard {
  readonly loaded = Promise.resolve()
  readonly state: LocalState
  readonly #doc: Y.Doc
  readonly #name: string
  readonly #unsaved: UnsavedStates

  constructor(doc: Y.Doc, name: string, { reason, message }: StorageFailure, unsaved: UnsavedStates) {
    this.state = { at: 'failed', reason, message }
    this.#doc = doc
    this.#name = name
    this.#unsaved = unsaved
    unsaved.bring(name, doc)
  }

  subscribe(): () => void {
    return () => {}
  }

  async close(unsaved: 'kept' | 'lost' = 'lost'): Promise<void> {
    if (unsaved === 'kept') this.#unsaved.keep(this.#name, this.#doc)
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
