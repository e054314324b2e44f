import { equalFlat } from 'lib0/array'
import * as Y from 'yjs'
import type { Clock } from '../../shared/util/clock.ts'
import type { Random } from '../../shared/util/random.ts'
import { Cell, sameFlat } from '../../shared/util/readable.ts'
import type { Keychain, Sealer } from '../../shared/util/sealer.ts'
import { OPEN_WITHIN, openDatabase } from './indexeddb-database.ts'
import { disturbed, failureOf, StorageFailure } from './indexeddb-failure.ts'
import { IndexedDbRecords, lossOf } from './indexeddb-records.ts'
import { LOADED, type LocalFailure, type LocalState, type StoredBoard } from './local-store.ts'
import { renewLog } from './log-renewal.ts'
import { UpdateBatch } from './sealed-batch.ts'
import { chunkContext, openRecords, plainChunk, recordOf, takeIn, V1, V2 } from './sealed-chunk.ts'
import { databaseName, keyOf } from './sealed-key.ts'
import type { OnLeave } from './sealed-leave.ts'
import { MergeTimer, type Merging } from './sealed-merging.ts'
import { Retries } from './sealed-retries.ts'
import type { UnsavedStates } from './unsaved-states.ts'

export interface SealedBoardOptions {
  readonly doc: Y.Doc
  readonly name: string
  /** Undefined where the browser has none. */
  readonly indexedDB: IDBFactory | undefined
  readonly keychain: Keychain
  readonly clock: Clock
  readonly random: Random
  readonly onLeave: OnLeave
  readonly merging: Merging
  readonly unsaved: UnsavedStates
}

/** Bytes. What others sent is sealed beside the main thread from this size on: here it would take over 2 ms. */
const LARGE = 65_536

/** What no other try mends. */
const LASTING: ReadonlySet<LocalFailure> = new Set(['corrupt', 'newer'])

type Place =
  | { readonly at: 'opening' }
  | { readonly at: 'open'; readonly records: IndexedDbRecords; readonly sealer: Sealer }
  | { readonly at: 'lost' }

type OpenPlace = Extract<Place, { at: 'open' }>

/**
 * One board in IndexedDB, as chunks of sealed updates.
 *
 * 1. The person's own update is sealed and put in its own transaction before its event returns, after what waited of others.
 *    Others' updates wait a moment for each other, but not for the page to go.
 * 2. While there is no database or a write has failed, updates are only counted as missed. The whole document is then stored
 *    in place of the chunks it contains; the same merges many chunks into one.
 * 3. Only a chunk that this document has taken in, or made, is ever removed, in the transaction that stores the whole of it.
 *    So tabs may merge at once, and what cannot be read stays.
 * 4. Saved means that nothing waits, nothing was missed, and every transaction with a change in it has completed.
 */
export class SealedBoard implements StoredBoard {
  readonly loaded: Promise<void>
  readonly #options: SealedBoardOptions
  readonly #cell = new Cell<LocalState>({ at: 'loading' }, sameFlat)
  readonly #batch: UpdateBatch
  readonly #context: string
  readonly #merges: MergeTimer
  readonly #retries: Retries
  readonly #stopLeave: () => void
  /** Work that closing waits for. */
  readonly #tasks = new Set<Promise<void>>()
  #place: Place = { at: 'opening' }
  #isLoaded = false
  #isClosed = false
  #closing: Promise<void> | null = null
  #isStoring = false
  /** Updates, or losses, that only storing the whole document mends. */
  #missed = 0
  /** Batches that are being sealed. */
  #sealing = 0
  #failure: StorageFailure | null = null
  #damage: StorageFailure | null = null
  /** What was in this tab alone when the board was opened. */
  #brought: Uint8Array | null = null
  /** Whether another tab deleted it: then it must not come back. */
  #isDeleted = false
  /** The wrapped key under which this tab stored before. */
  #wrapped: Uint8Array | null = null

  constructor(options: SealedBoardOptions) {
    this.#options = options
    this.#context = chunkContext(options.name)
    this.#batch = new UpdateBatch(options.clock, () => this.#flush('beside'))
    this.#merges = new MergeTimer(options, () => this.#storeAll())
    this.#retries = new Retries(options, () => this.#retry())
    this.#stopLeave = options.onLeave(() => this.#flush('now'))
    options.doc.on('update', this.#onUpdate)
    this.loaded = this.#load()
  }

  get state(): LocalState {
    return this.#cell.state
  }

  subscribe(listener: (state: LocalState) => void): () => void {
    return this.#cell.subscribe(listener)
  }

  /** `state` afterwards says whether everything was saved. */
  close(unsaved: 'kept' | 'lost' = 'lost'): Promise<void> {
    this.#closing ??= this.#close(unsaved)
    return this.#closing
  }

  async #close(unsaved: 'kept' | 'lost'): Promise<void> {
    const { doc, name } = this.#options
    doc.off('update', this.#onUpdate)
    this.#flush('beside')
    // Of what builds on something missing, documents tell nobody.
    if (doc.store.pendingStructs || doc.store.pendingDs) this.#missed += 1
    this.#isClosed = true
    this.#stopLeave()
    this.#retries.stop()
    this.#merges.stop()
    this.#cell.clear()
    if (this.#missed > 0) this.#storeAll()
    while (this.#tasks.size > 0) await Promise.all(this.#tasks)
    if (this.#missed > 0 && unsaved === 'kept' && !this.#isDeleted) this.#options.unsaved.keep(name, doc)
    if (this.#place.at === 'open') await this.#place.records.close()
  }

  readonly #onUpdate = (update: Uint8Array, origin: unknown, _: Y.Doc, { local }: Y.Transaction): void => {
    if (origin === LOADED) return
    if (this.#place.at !== 'open' || this.#failure) this.#missed += 1
    else if (local) {
      this.#flush('beside')
      this.#append(this.#place, update)
    } else this.#batch.add(update)
    this.#evaluate()
  }

  /** Stores what waits of others: a large part of the whole as the whole, what is just large sealed beside, unless `now`. */
  #flush(when: 'now' | 'beside'): void {
    const update = this.#batch.take()
    if (!update) return
    const place = this.#place
    if (place.at !== 'open' || this.#failure) this.#missed += 1
    else if (when === 'now' || update.length < LARGE) this.#append(place, update)
    else if (update.length < place.records.bytes / 2) this.#track(this.#appendBeside(place, update))
    else {
      this.#missed += 1
      this.#storeAll()
    }
    this.#evaluate()
  }

  #append({ sealer, records }: OpenPlace, update: Uint8Array): void {
    try {
      records.append(recordOf(sealer.seal(plainChunk(V1, update), this.#context)))
    } catch (error) {
      this.#fail(failureOf(error, 'aborted'))
    }
  }

  async #appendBeside({ sealer, records }: OpenPlace, update: Uint8Array): Promise<void> {
    this.#sealing += 1
    try {
      records.append(recordOf(await sealer.sealLarge(plainChunk(V1, update), this.#context)))
    } catch (error) {
      this.#fail(failureOf(error, 'aborted'))
    }
    this.#sealing -= 1
    this.#evaluate()
  }

  async #load(): Promise<void> {
    const opening = this.#open()
    const late = new Promise<void>(resolve => {
      const stop = this.#options.clock.after(OPEN_WITHIN, () => {
        // It is still being opened: what the board misses until then is stored, and what is stored joins it.
        this.#fail(new StorageFailure('blocked'), 'no retry')
        this.#bringUnsaved()
        this.#evaluate()
        resolve()
      })
      void opening.finally(stop)
    })
    await Promise.race([opening, late])
  }

  /** Opens and reads the database, at start and again after it was lost. Never rejects. */
  async #open(): Promise<void> {
    const { clock, indexedDB, keychain, name } = this.#options
    this.#place = { at: 'opening' }
    let records: IndexedDbRecords | null = null
    try {
      // The browser took it away before, as it does when a disk is full.
      if (this.#wrapped) await renewLog(indexedDB, clock)
      const db = await openDatabase(indexedDB, databaseName(keychain, name))
      if (this.#isClosed) return db.close()
      records = this.#recordsIn(db)
      const { sealer, wrapped } = await keyOf(db, keychain)
      await this.#read(records, sealer)
      if (this.#isClosed || records.isLost) return db.close()
      this.#place = { at: 'open', records, sealer }
      this.#failure = null
      // The key that this tab stored under before is gone, and with it all that lay beside it.
      if (this.#wrapped && !equalFlat(this.#wrapped, wrapped))
        this.#fail(new StorageFailure('evicted'), 'no retry')
      this.#wrapped = wrapped
    } catch (error) {
      void records?.close()
      // A loss was told when it came.
      if (this.#isClosed || records?.isLost) return
      this.#place = { at: 'lost' }
      const failure = this.#wrapped ? disturbed(error) : failureOf(error, 'unavailable')
      this.#fail(failure, indexedDB && !LASTING.has(failure.reason) ? 'retry' : 'no retry')
    }
    this.#bringUnsaved()
    this.#isLoaded = true
    this.#evaluate()
    if (this.#missed > 0) this.#storeAll()
    else this.#mergeSoon()
  }

  #recordsIn(db: IDBDatabase): IndexedDbRecords {
    return new IndexedDbRecords(db, {
      ended: () => {
        this.#evaluate()
        this.#mergeSoon()
      },
      failed: failure => {
        this.#fail(failure)
        this.#evaluate()
      },
      lost: why => {
        this.#place = { at: 'lost' }
        this.#isDeleted = why === 'deleted'
        this.#fail(lossOf(why), why === 'taken' ? 'retry' : 'no retry')
        this.#evaluate()
      },
    })
  }

  /** Brings all that can be read into the document. */
  async #read(records: IndexedDbRecords, sealer: Sealer): Promise<void> {
    const { doc, name } = this.#options
    const stored = await records.read()
    const taken = takeIn(doc, await openRecords(stored, sealer, name))
    for (const { key, bytes } of taken) {
      records.know(key, bytes)
      this.#merges.saw(bytes)
    }
    this.#damage = taken.length === stored.length ? null : new StorageFailure('corrupt')
  }

  /** What this tab could not store when it had the board open before. */
  #bringUnsaved(): void {
    const { doc, name, unsaved } = this.#options
    this.#brought = unsaved.bring(name, doc)
    if (this.#brought) this.#missed += 1
  }

  #mergeSoon(): void {
    if (this.#isClosed || this.#failure || this.#isStoring || this.#place.at !== 'open') return
    this.#merges.consider(this.#place.records)
  }

  /** Stores the whole document in place of the chunks that are in it: merges them, and mends a failure. */
  #storeAll(): void {
    const place = this.#place
    if (this.#isStoring || place.at !== 'open') return
    this.#isStoring = true
    this.#track(this.#store(place))
  }

  async #store({ sealer, records }: OpenPlace): Promise<void> {
    const missed = this.#missed
    const brought = this.#brought
    const keys = records.knownKeys()
    try {
      const plain = plainChunk(V2, Y.encodeStateAsUpdateV2(this.#options.doc))
      const record = recordOf(await sealer.sealLarge(plain, this.#context))
      await records.replace(keys, record)
      this.#merges.merged(record.length)
      this.#missed -= missed
      if (brought) this.#options.unsaved.forget(this.#options.name, brought)
      if (!records.isLost) this.#failure = null
      this.#retries.succeeded()
    } catch (error) {
      // A merge that fails has lost nothing.
      if (missed > 0) this.#fail(failureOf(error, 'aborted'))
      else this.#merges.gaveUp()
    }
    this.#isStoring = false
    this.#evaluate()
    if (this.#missed > 0 && !this.#failure) this.#storeAll()
  }

  #retry(): void {
    if (this.#place.at === 'lost') void this.#open()
    else if (this.#missed > 0) this.#storeAll()
  }

  #fail(failure: StorageFailure, retry: 'retry' | 'no retry' = 'retry'): void {
    this.#failure = failure
    this.#missed += 1
    if (retry === 'no retry') this.#retries.stop()
    else if (!this.#isClosed) this.#retries.soon()
  }

  #track(task: Promise<void>): void {
    this.#tasks.add(task)
    void task.finally(() => this.#tasks.delete(task))
  }

  #evaluate(): void {
    const failure = this.#failure ?? this.#damage
    if (failure) this.#cell.set({ at: 'failed', reason: failure.reason, message: failure.message })
    else if (!this.#isLoaded) this.#cell.set({ at: 'loading' })
    else this.#cell.set({ at: this.#isSaving ? 'saving' : 'saved' })
  }

  get #isSaving(): boolean {
    const pending = this.#place.at === 'open' ? this.#place.records.pending : 0
    return pending > 0 || this.#missed > 0 || this.#sealing > 0 || !this.#batch.isEmpty
  }
}
