import { type Keychain, SealError, type Sealer } from '../../shared/util/sealer.ts'
import { CUSTOM, completed, resultOf } from './indexeddb-database.ts'
import { StorageFailure } from './indexeddb-failure.ts'

/** The record of a board's wrapped data key. */
const KEY = 'key'

export interface BoardKey {
  readonly sealer: Sealer
  readonly wrapped: Uint8Array
}

/** The database in which the board `name` lies. No board id and no name of version 1 has a colon. */
export const databaseName = (keychain: Keychain, name: string): string =>
  `board:${keychain.storageName(name)}`

/** The board's data key. Makes one for a board that has none, and resolves when it is stored: there is never a second. */
export async function keyOf(db: IDBDatabase, keychain: Keychain): Promise<BoardKey> {
  const held = await heldKey(db, keychain)
  if (held) return held
  const transaction = db.transaction(CUSTOM, 'readwrite')
  const store = transaction.objectStore(CUSTOM)
  // Another tab may have been faster.
  const found: unknown = await resultOf(store.get(KEY))
  if (found !== undefined) return unwrap(found, keychain)
  const made = keychain.newKey()
  store.put(made.wrapped, KEY)
  await completed(transaction)
  return made
}

/** The board's data key, or null where there is none. */
export async function heldKey(db: IDBDatabase, keychain: Keychain): Promise<BoardKey | null> {
  const found: unknown = await resultOf(db.transaction(CUSTOM).objectStore(CUSTOM).get(KEY))
  return found === undefined ? null : unwrap(found, keychain)
}

function unwrap(wrapped: unknown, keychain: Keychain): BoardKey {
  if (!(wrapped instanceof Uint8Array)) throw new StorageFailure('corrupt', UNREADABLE_KEY)
  try {
    return { sealer: keychain.openKey(wrapped), wrapped }
  } catch (error) {
    throw error instanceof SealError ? new StorageFailure('corrupt', UNREADABLE_KEY) : error
  }
}

const UNREADABLE_KEY =
  'The key of this board cannot be read, so neither can what this device stored of it. Nothing was removed. The board is only in this tab: save a copy before you close it.'
