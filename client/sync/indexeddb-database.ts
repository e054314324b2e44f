import { fetchUpdates, type IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'
import type { LocalFailure } from './local-store.ts'

/** The object store in which y-indexeddb keeps updates, by growing key. */
export const UPDATES = 'updates'

/** The part of y-indexeddb's provider that its loader reads and writes. */
export type Handle = Pick<IndexeddbPersistence, 'doc' | 'db' | '_dbref' | '_dbsize' | '_destroyed'>

/** Why the database cannot be used, for the program and for the person. */
export class StorageFailure extends Error {
  override readonly name = 'StorageFailure'
  readonly reason: LocalFailure

  constructor(reason: LocalFailure, message: string) {
    super(message)
    this.reason = reason
  }
}

/** Opens a database of y-indexeddb's layout, so that anything which reads y-indexeddb reads it. */
export function openDatabase(factory: IDBFactory, name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(name)
    request.onupgradeneeded = () => {
      request.result.createObjectStore(UPDATES, { autoIncrement: true })
      request.result.createObjectStore('custom')
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(failureOf(request.error, 'unavailable'))
  })
}

export function deleteDatabase(factory: IDBFactory, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = factory.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(failureOf(request.error, 'unavailable'))
  })
}

/** Brings into the document what the database holds and the document lacks. Resolves inside its transaction. */
export function fetchInto(handle: Handle): Promise<IDBObjectStore> {
  return fetchUpdates(handle as IndexeddbPersistence)
}

/**
 * Brings in every stored update that can be read, one by one, and returns how many cannot.
 * Removes nothing: what this version cannot read another may.
 */
export async function salvageInto(handle: Handle, db: IDBDatabase): Promise<number> {
  const store = db.transaction(UPDATES).objectStore(UPDATES)
  const [updates, keys] = await Promise.all([resultOf(store.getAll()), resultOf(store.getAllKeys())])
  const unreadable = updates.filter(update => !canApply(handle, update)).length
  handle._dbref = Number(keys.at(-1) ?? 0) + 1
  return unreadable
}

function canApply(handle: Handle, update: unknown): boolean {
  try {
    if (!(update instanceof Uint8Array)) return false
    Y.applyUpdate(handle.doc, update, handle)
    return true
  } catch {
    return false
  }
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(failureOf(request.error, 'aborted'))
  })
}

/** What went wrong, for the person. `otherwise` is the reason of an error that says nothing better. */
export function failureOf(error: unknown, otherwise: LocalFailure): StorageFailure {
  if (error instanceof StorageFailure) return error
  const isFull = error instanceof DOMException && error.name === 'QuotaExceededError'
  const reason = isFull ? 'quota' : otherwise
  const detail = error instanceof Error && error.message ? ` (${error.message})` : ''
  return new StorageFailure(reason, `${MESSAGES[reason]}${detail}`)
}

export const MESSAGES: Readonly<Record<LocalFailure, string>> = {
  quota:
    'This device is out of space for this site. Free some space; your changes are kept in this tab until then.',
  blocked: 'Another tab holds this board’s database. Close the other tabs of this site.',
  aborted: 'The browser did not store the latest changes. They are kept in this tab, and it is tried again.',
  unavailable:
    'This browser gives the site no storage, as private windows do. The board is only in this tab.',
  corrupt: 'A part of what this device stored of the board cannot be read. Nothing was removed.',
}
