import type { Clock } from '../../shared/util/clock.ts'
import type { Random } from '../../shared/util/random.ts'
import { IndexedDbBoard } from './indexeddb-board.ts'
import { deleteDatabase } from './indexeddb-database.ts'
import type { LocalStore } from './local-store.ts'

export interface IndexedDbStoreOptions {
  readonly clock: Clock
  readonly random: Random
  /** The browser's, or undefined where it has none. */
  readonly indexedDB: IDBFactory | undefined
}

/** Boards in IndexedDB, one database each, unencrypted. */
export function indexedDbStore({ clock, random, indexedDB }: IndexedDbStoreOptions): LocalStore {
  return {
    open: (doc, name) => new IndexedDbBoard({ doc, name, clock, random, indexedDB }),
    delete: async name => {
      if (indexedDB) await deleteDatabase(indexedDB, name)
    },
  }
}
