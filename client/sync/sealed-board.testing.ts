import 'fake-indexeddb/auto'
import { vi } from 'vitest'
import * as Y from 'yjs'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { memoryKeychain } from '../vault/keychain.ts'
import { openDeviceDatabase } from './device-database.ts'
import { completed, openDatabase, resultOf } from './indexeddb-database.ts'
import type { LocalState } from './local-store.ts'
import { databaseName } from './sealed-key.ts'
import { sealedStore } from './sealed-store.ts'

export const random = seededRandom(7)
export const keychain = memoryKeychain(random)
export const database = await openDeviceDatabase({ indexedDB, clock: fakeClock() })
export const isSaved = (state: LocalState) => state.at === 'saved'
export const isFailed = (state: LocalState): state is Extract<LocalState, { at: 'failed' }> =>
  state.at === 'failed'

export function makeStore(clock = fakeClock(), factory: IDBFactory | undefined = indexedDB) {
  const leaves = new Set<() => void>()
  const store = sealedStore({
    database,
    indexedDB: factory,
    keychain,
    clock,
    random,
    onLeave: task => {
      leaves.add(task)
      return () => leaves.delete(task)
    },
  })
  const leave = () => {
    for (const task of leaves) task()
  }
  return { store, leave, leaves }
}

export async function opened(name: string, factory: IDBFactory = indexedDB) {
  const clock = fakeClock()
  const made = makeStore(clock, factory)
  const doc = new Y.Doc()
  const board = made.store.open(doc, name)
  await board.loaded
  return { ...made, clock, doc, board, shapes: doc.getMap<unknown>('shapes') }
}

/** Every write of a chunk from now on is undone by the browser, as on a full disk (`error`) or by the browser's own will. */
export function abortWrites(error: DOMException | null): () => void {
  const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore) {
    const { transaction } = this
    if (error) vi.spyOn(transaction, 'error', 'get').mockReturnValue(error)
    queueMicrotask(() => transaction.abort())
    return undefined as unknown as IDBRequest<IDBValidKey>
  })
  const commit = vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementation(() => {})
  return () => {
    add.mockRestore()
    commit.mockRestore()
  }
}

export const diskFull = () => new DOMException('disk full', 'QuotaExceededError')

export async function inDatabase<T>(name: string, use: (db: IDBDatabase) => Promise<T>): Promise<T> {
  const db = await openDatabase(indexedDB, databaseName(keychain, name))
  try {
    return await use(db)
  } finally {
    db.close()
  }
}

export const records = (name: string): Promise<readonly Uint8Array[]> =>
  inDatabase(name, db => resultOf(db.transaction('updates').objectStore('updates').getAll()))

export const addRecord = (name: string, record: unknown): Promise<void> =>
  inDatabase(name, db => {
    const transaction = db.transaction('updates', 'readwrite')
    transaction.objectStore('updates').add(record)
    return completed(transaction)
  })

/** All that the device holds, as text in which every byte is a character. */
export async function dump(): Promise<string> {
  const texts: string[] = []
  for (const { name = '' } of await indexedDB.databases()) {
    const request = indexedDB.open(name)
    const db = await resultOf(request)
    for (const store of db.objectStoreNames) {
      const all = db.transaction(store).objectStore(store)
      for (const value of [...(await resultOf(all.getAllKeys())), ...(await resultOf(all.getAll()))])
        texts.push(
          value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : JSON.stringify(value),
        )
    }
    texts.push(name)
    db.close()
  }
  return texts.join('\n')
}
