import { PREFERRED_TRIM_SIZE } from 'y-indexeddb'
import * as Y from 'yjs'
import { retryDelay } from '../../shared/util/backoff.ts'
import type { Clock } from '../../shared/util/clock.ts'
import type { Random } from '../../shared/util/random.ts'
import {
  failureOf,
  fetchInto,
  type Handle,
  MESSAGES,
  openDatabase,
  StorageFailure,
  salvageInto,
  UPDATES,
} from './indexeddb-database.ts'
import type { LocalState, StoredBoard } from './local-store.ts'
import { Cell, sameFlat } from './readable.ts'

export interface BoardFile {
  readonly doc: Y.Doc
  readonly name: string
  readonly clock: Clock
  readonly random: Random
  /** Undefined where the browser has none. */
  readonly indexedDB: IDBFactory | undefined
}

/** ms. A database that takes longer is stuck behind another tab; the board opens, and what it holds joins later. */
const OPEN_WITHIN = 4_000

/** ms of quiet before updates are merged, so that a merge never runs while somebody draws. */
const TRIM_AFTER = 1_000

const RETRY = { first: 1_000, max: 30_000 }

/**
 * One board in IndexedDB: loaded by y-indexeddb, written by us, since y-indexeddb never looks at how its
 * transactions end and loses writes without a word on a full disk.
 *
 * 1. Each update is put in its own transaction before its event returns; saved means that all have completed.
 * 2. While there is no database or a write has failed, updates are only noted as unsaved; a retry then stores the
 *    whole state in place of what it contains.
 * 3. A database with an unreadable part is never merged, so that nothing is removed from it.
 */
export class IndexedDbBoard implements StoredBoard {
  readonly loaded: Promise<void>
  readonly #file: BoardFile
  readonly #handle: Handle
  readonly #cell = new Cell<LocalState>({ at: 'loading' }, sameFlat)
  #isLoaded = false
  #isClosed = false
  /** Write transactions that have not ended. */
  #pending = 0
  /** Whether the document holds what no transaction was made for. */
  #unsaved = false
  #failure: StorageFailure | null = null
  #damage: StorageFailure | null = null
  #attempt = 0
  #retryWaits = false
  #stopRetry: () => void = () => {}
  #stopTrim: () => void = () => {}
  #onIdle: () => void = () => {}

  constructor(file: BoardFile) {
    this.#file = file
    this.#handle = { doc: file.doc, db: null, _dbref: 0, _dbsize: 0, _destroyed: false }
    file.doc.on('update', this.#onUpdate)
    this.loaded = this.#load()
  }

  get state(): LocalState {
    return this.#cell.state
  }

  subscribe(listener: (state: LocalState) => void): () => void {
    return this.#cell.subscribe(listener)
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#handle._destroyed = true
    this.#file.doc.off('update', this.#onUpdate)
    this.#stopRetry()
    this.#stopTrim()
    this.#cell.clear()
    if (this.#pending > 0) await new Promise<void>(resolve => (this.#onIdle = resolve))
    this.#handle.db?.close()
  }

  readonly #onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === this.#handle) return
    const { db } = this.#handle
    if (db && !this.#failure) this.#put(db, update)
    else this.#unsaved = true
    this.#evaluate()
  }

  /** Rule 1. */
  #put(db: IDBDatabase, update: Uint8Array): void {
    try {
      const transaction = db.transaction(UPDATES, 'readwrite')
      this.#watch(transaction)
      transaction.objectStore(UPDATES).add(update)
      transaction.commit()
      if (++this.#handle._dbsize >= PREFERRED_TRIM_SIZE) this.#trimSoon()
    } catch (error) {
      this.#fail(failureOf(error, 'aborted'))
    }
  }

  #watch(transaction: IDBTransaction, onComplete: () => void = () => {}): void {
    this.#pending += 1
    const ended = (then: () => void) => () => {
      this.#pending -= 1
      then()
      this.#evaluate()
      if (this.#pending === 0) this.#onIdle()
    }
    transaction.oncomplete = ended(onComplete)
    transaction.onabort = ended(() => this.#fail(failureOf(transaction.error, 'aborted')))
  }

  async #load(): Promise<void> {
    const opening = this.#open()
    const late = new Promise<void>(resolve => {
      const stop = this.#file.clock.after(OPEN_WITHIN, () => {
        this.#fail(new StorageFailure('blocked', MESSAGES.blocked), 'no retry')
        this.#evaluate()
        resolve()
      })
      void opening.finally(stop)
    })
    await Promise.race([opening, late])
  }

  /** Opens and reads the database, at start and again after it was lost. Never rejects. */
  async #open(): Promise<void> {
    try {
      const { indexedDB, name } = this.#file
      if (!indexedDB) throw new StorageFailure('unavailable', MESSAGES.unavailable)
      const db = await openDatabase(indexedDB, name)
      if (this.#isClosed) return db.close()
      this.#adopt(db)
      await this.#read(db)
      this.#failure = null
    } catch (error) {
      if (!this.#isClosed) this.#fail(failureOf(error, 'unavailable'))
    }
    this.#isLoaded = true
    this.#evaluate()
    if (this.#unsaved && !this.#failure) void this.#storeAll()
  }

  #adopt(db: IDBDatabase): void {
    this.#handle.db = db
    db.onversionchange = () => {
      this.#lose(db)
      this.#fail(
        new StorageFailure('blocked', 'This board was deleted from this device in another tab.'),
        'no retry',
      )
      this.#evaluate()
    }
    db.onclose = () => {
      this.#lose(db)
      this.#fail(new StorageFailure('aborted', MESSAGES.aborted))
      this.#evaluate()
    }
  }

  #lose(db: IDBDatabase): void {
    db.close()
    if (this.#handle.db === db) this.#handle.db = null
    this.#unsaved = true
  }

  async #read(db: IDBDatabase): Promise<void> {
    this.#handle._dbref = 0
    try {
      await fetchInto(this.#handle)
    } catch {
      const unreadable = await salvageInto(this.#handle, db)
      if (unreadable > 0) this.#damage = new StorageFailure('corrupt', MESSAGES.corrupt)
    }
  }

  #trimSoon(): void {
    this.#stopTrim()
    if (this.#damage) return
    this.#stopTrim = this.#file.clock.after(TRIM_AFTER, () => void this.#storeAll())
  }

  /** Stores the whole state and removes what it contains (rule 3 aside): merges updates, and mends a failure. */
  async #storeAll(): Promise<void> {
    const { db } = this.#handle
    if (this.#isClosed || !db) return
    try {
      this.#unsaved = false
      const store = this.#damage
        ? db.transaction(UPDATES, 'readwrite').objectStore(UPDATES)
        : await fetchInto(this.#handle)
      // A closed board reads nothing in, so it must not remove either.
      if (this.#isClosed) return
      this.#watch(store.transaction, () => this.#onStoredAll())
      store.add(Y.encodeStateAsUpdate(this.#file.doc))
      if (this.#damage) return
      store.delete(IDBKeyRange.upperBound(this.#handle._dbref, true))
      this.#handle._dbsize = 1
    } catch (error) {
      this.#fail(failureOf(error, 'aborted'))
    }
    this.#evaluate()
  }

  #onStoredAll(): void {
    this.#failure = null
    this.#attempt = 0
    if (this.#unsaved) void this.#storeAll()
  }

  #fail(failure: StorageFailure, retry: 'retry' | 'no retry' = 'retry'): void {
    this.#failure = failure
    this.#unsaved = true
    if (retry === 'no retry') this.#stopRetry()
    else this.#retrySoon()
  }

  #retrySoon(): void {
    if (this.#isClosed || this.#retryWaits || !this.#file.indexedDB) return
    this.#retryWaits = true
    const wait = retryDelay(RETRY, this.#attempt++, this.#file.random)
    this.#stopRetry = this.#file.clock.after(wait, () => {
      this.#retryWaits = false
      void (this.#handle.db ? this.#storeAll() : this.#open())
    })
  }

  #evaluate(): void {
    if (this.#isClosed) return
    const failure = this.#failure ?? this.#damage
    if (failure) this.#cell.set({ at: 'failed', reason: failure.reason, message: failure.message })
    else if (!this.#isLoaded) this.#cell.set({ at: 'loading' })
    else this.#cell.set({ at: this.#pending > 0 || this.#unsaved ? 'saving' : 'saved' })
  }
}
