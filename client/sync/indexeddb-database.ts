import type { Clock } from '../../shared/util/clock.ts'
import { failureOf, StorageFailure } from './indexeddb-failure.ts'

/** The object store in which y-indexeddb keeps updates, by growing key. */
export const UPDATES = 'updates'

/** The object store of y-indexeddb's layout for whatever else belongs to a document. */
export const CUSTOM = 'custom'

/** ms. A database that takes longer is stuck behind another tab. */
export const OPEN_WITHIN = 4_000

/** The version that y-indexeddb gives its databases. A later one is of a newer version of the app, which may have changed anything. */
const LAYOUT = 1

/**
 * Opens a database of y-indexeddb's layout, so that anything which reads y-indexeddb finds its way in it. Rejects with 'newer' for one
 * that a newer version of the app has changed.
 */
export function openDatabase(factory: IDBFactory | undefined, name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    if (!factory) throw new StorageFailure('unavailable')
    const request = factory.open(name)
    request.onupgradeneeded = () => {
      request.result.createObjectStore(UPDATES, { autoIncrement: true })
      request.result.createObjectStore(CUSTOM)
    }
    request.onsuccess = () => settle(request.result, resolve, reject)
    request.onerror = () => reject(failureOf(request.error, 'unavailable'))
  })
}

function settle(
  db: IDBDatabase,
  resolve: (db: IDBDatabase) => void,
  reject: (failure: StorageFailure) => void,
): void {
  if (db.version <= LAYOUT) return resolve(db)
  db.close()
  reject(new StorageFailure('newer'))
}

/** As `openDatabase`, but makes none: null where there is no such database. */
export function openExisting(factory: IDBFactory | undefined, name: string): Promise<IDBDatabase | null> {
  return new Promise((resolve, reject) => {
    if (!factory) throw new StorageFailure('unavailable')
    const request = factory.open(name)
    let isNew = false
    request.onupgradeneeded = () => {
      isNew = true
      request.transaction?.abort()
    }
    request.onsuccess = () => settle(request.result, resolve, reject)
    request.onerror = () => (isNew ? resolve(null) : reject(failureOf(request.error, 'unavailable')))
  })
}

/** Rejects with 'blocked' when a tab keeps the database open too long; the browser deletes it as soon as that tab is gone. */
export function deleteDatabase(factory: IDBFactory | undefined, name: string, clock: Clock): Promise<void> {
  const deletion = new Promise<void>((resolve, reject) => {
    if (!factory) throw new StorageFailure('unavailable')
    const request = factory.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(failureOf(request.error, 'unavailable'))
  })
  return inTime(clock, deletion, () => {})
}

/** The database that is being opened, or a rejection with 'blocked' when that takes too long. Then it is closed again. */
export const openInTime = <D extends IDBDatabase | null>(clock: Clock, opening: Promise<D>): Promise<D> =>
  inTime(clock, opening, late => late?.close())

function inTime<T>(clock: Clock, task: Promise<T>, onLate: (result: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    let isLate = false
    const stop = clock.after(OPEN_WITHIN, () => {
      isLate = true
      reject(new StorageFailure('blocked'))
    })
    task
      .then(result => (isLate ? onLate(result) : resolve(result)))
      .catch(reject)
      .finally(stop)
  })
}

/** What a request brings; usable within its transaction. Rejects with a StorageFailure. */
export function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(failureOf(request.error, 'aborted'))
  })
}

/** Resolves when all that the transaction wrote is stored. Rejects with a StorageFailure. */
export function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(failureOf(transaction.error, 'aborted'))
  })
}
