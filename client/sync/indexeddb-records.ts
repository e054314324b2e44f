import { resultOf, UPDATES } from './indexeddb-database.ts'
import { failureOf, StorageFailure } from './indexeddb-failure.ts'

export type Loss = 'deleted' | 'upgraded' | 'taken'

/** What the person is told of it. */
export function lossOf(why: Loss): StorageFailure {
  switch (why) {
    case 'deleted':
      return new StorageFailure('blocked', 'This board was deleted from this device in another tab.')
    case 'upgraded':
      return new StorageFailure('newer')
    case 'taken':
      return new StorageFailure('aborted')
  }
}

/** What the owner of an open database hears. */
export interface RecordsEvents {
  /** An append has been stored, or not. */
  ended(): void
  failed(failure: StorageFailure): void
  /** The database is closed and stays so: another tab deletes it, or changes its layout, or the browser took it away. */
  lost(why: Loss): void
}

export interface StoredRecord {
  readonly key: number
  readonly value: unknown
}

/**
 * The records of one open database of y-indexeddb's layout. Each is appended by a transaction of its own that is made
 * before `append` returns, so that closing the page at once loses nothing.
 */
export class IndexedDbRecords {
  readonly #db: IDBDatabase
  readonly #events: RecordsEvents
  /** The stored records that are in the document, with their bytes: those that may go when the whole of it is stored. */
  readonly #known = new Map<number, number>()
  #bytes = 0
  #pending = 0
  #isLost = false
  #onIdle: () => void = () => {}

  constructor(db: IDBDatabase, events: RecordsEvents) {
    this.#db = db
    this.#events = events
    db.onversionchange = ({ newVersion }) => this.#lose(newVersion === null ? 'deleted' : 'upgraded')
    db.onclose = () => this.#lose('taken')
  }

  /** Appends that have not ended. */
  get pending(): number {
    return this.#pending
  }

  get count(): number {
    return this.#known.size
  }

  /** Of the known records. */
  get bytes(): number {
    return this.#bytes
  }

  get isLost(): boolean {
    return this.#isLost
  }

  async read(): Promise<readonly StoredRecord[]> {
    const store = this.#db.transaction(UPDATES).objectStore(UPDATES)
    const [keys, values] = await Promise.all([resultOf(store.getAllKeys()), resultOf(store.getAll())])
    return values.map((value: unknown, at) => ({ key: Number(keys[at]), value }))
  }

  /** The content of a record that was read is in the document. */
  know(key: number, bytes: number): void {
    this.#known.set(key, bytes)
    this.#bytes += bytes
  }

  append(record: Uint8Array): void {
    try {
      const transaction = this.#db.transaction(UPDATES, 'readwrite')
      const request = transaction.objectStore(UPDATES).add(record)
      this.#pending += 1
      transaction.oncomplete = () => this.#ended(() => this.know(Number(request.result), record.length))
      transaction.onabort = () =>
        this.#ended(() => this.#events.failed(failureOf(transaction.error, 'aborted')))
      transaction.commit()
    } catch (error) {
      this.#events.failed(failureOf(error, 'aborted'))
    }
  }

  /** Stores `record`, which holds all that the records of `keys` do, in their place. Rejects with a StorageFailure. */
  replace(keys: readonly number[], record: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      const transaction = this.#db.transaction(UPDATES, 'readwrite')
      const store = transaction.objectStore(UPDATES)
      const request = store.add(record)
      for (const key of keys) store.delete(key)
      transaction.oncomplete = () => {
        for (const key of keys) this.#forget(key)
        this.know(Number(request.result), record.length)
        resolve()
      }
      transaction.onabort = () => reject(failureOf(transaction.error, 'aborted'))
    })
  }

  knownKeys(): readonly number[] {
    return [...this.#known.keys()]
  }

  /** Resolves when every append under way has ended. */
  async close(): Promise<void> {
    if (this.#pending > 0) await new Promise<void>(resolve => (this.#onIdle = resolve))
    this.#db.close()
  }

  #forget(key: number): void {
    this.#bytes -= this.#known.get(key) ?? 0
    this.#known.delete(key)
  }

  #ended(then: () => void): void {
    this.#pending -= 1
    then()
    this.#events.ended()
    if (this.#pending === 0) this.#onIdle()
  }

  #lose(why: Loss): void {
    if (this.#isLost) return
    this.#isLost = true
    this.#db.close()
    this.#events.lost(why)
  }
}
