import * as v from 'valibot'
import type { Clock } from '../../shared/util/clock.ts'
import { type Keychain, LockedError, SealError, type Sealer } from '../../shared/util/sealer.ts'
import { CUSTOM, completed, openDatabase, openExisting, openInTime, resultOf } from './indexeddb-database.ts'
import { failureOf, StorageFailure } from './indexeddb-failure.ts'
import type { BoardFiles } from './local-store.ts'
import { databaseName, heldKey, keyOf } from './sealed-key.ts'

export interface SealedFilesOptions {
  readonly indexedDB: IDBFactory | undefined
  readonly keychain: Keychain
  readonly clock: Clock
  /** The board. */
  readonly name: string
}

/** A file is two records under one opaque name: what it is called and how large it is, and its bytes. */
const INFO = 'info:'
const BYTES = 'file:'

/** All records of files' infos: `;` is what follows `:`. */
const INFOS = () => IDBKeyRange.bound(INFO, 'info;', false, true)

const infoSchema = v.object({ name: v.string(), bytes: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) })
export type FileInfo = v.InferOutput<typeof infoSchema>

/** The files of one board, sealed, beside its chunks. Each call has a connection of its own. */
export class SealedFiles implements BoardFiles {
  readonly #options: SealedFilesOptions

  constructor(options: SealedFilesOptions) {
    this.#options = options
  }

  put(name: string, bytes: Uint8Array): Promise<void> {
    const { indexedDB, keychain, clock } = this.#options
    return this.#using(
      () => openInTime(clock, openDatabase(indexedDB, this.#database)),
      async db => {
        const { sealer } = await keyOf(db, keychain)
        const id = this.#id(name)
        const info: FileInfo = { name, bytes: bytes.length }
        const sealedInfo = sealer.seal(
          new TextEncoder().encode(JSON.stringify(info)),
          this.#context(INFO, id),
        )
        const sealed = await sealer.sealLarge(bytes, this.#context(BYTES, id))
        const transaction = db.transaction(CUSTOM, 'readwrite')
        const store = transaction.objectStore(CUSTOM)
        store.put(sealedInfo, INFO + id)
        store.put(sealed, BYTES + id)
        await completed(transaction)
      },
    )
  }

  get(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.#inExisting(null, async (db, sealer) => {
      const id = this.#id(name)
      const sealed: unknown = await resultOf(
        db
          .transaction(CUSTOM)
          .objectStore(CUSTOM)
          .get(BYTES + id),
      )
      if (sealed === undefined) return null
      if (!(sealed instanceof Uint8Array)) throw unreadable()
      return sealer.openLarge(sealed, this.#context(BYTES, id))
    })
  }

  delete(name: string): Promise<void> {
    return this.#inExisting(undefined, async db => {
      const id = this.#id(name)
      const transaction = db.transaction(CUSTOM, 'readwrite')
      const store = transaction.objectStore(CUSTOM)
      store.delete(INFO + id)
      store.delete(BYTES + id)
      await completed(transaction)
    })
  }

  async names(): Promise<readonly string[]> {
    return (await this.infos()).map(info => info.name)
  }

  /** What there is, without reading any of it. One that cannot be read is left out. */
  infos(): Promise<readonly FileInfo[]> {
    return this.#inExisting([], async (db, sealer) => {
      const store = db.transaction(CUSTOM).objectStore(CUSTOM)
      const [keys, values] = await Promise.all([
        resultOf(store.getAllKeys(INFOS())),
        resultOf(store.getAll(INFOS())),
      ])
      return keys.flatMap((key, at) => this.#readInfo(sealer, String(key).slice(INFO.length), values[at]))
    })
  }

  #readInfo(sealer: Sealer, id: string, sealed: unknown): FileInfo[] {
    try {
      if (!(sealed instanceof Uint8Array)) return []
      const text = new TextDecoder().decode(sealer.open(sealed, this.#context(INFO, id)))
      return [v.parse(infoSchema, JSON.parse(text))]
    } catch (error) {
      if (error instanceof LockedError) throw error
      return []
    }
  }

  get #database(): string {
    return databaseName(this.#options.keychain, this.#options.name)
  }

  /** Tells nothing of the name, which may be the hash of a picture, and is the same each time. */
  #id(name: string): string {
    return this.#options.keychain.storageName(`file ${JSON.stringify([this.#options.name, name])}`)
  }

  #context(kind: string, id: string): string {
    return `${kind}${id} of ${this.#options.name}`
  }

  /** `otherwise` where the board has nothing stored. */
  #inExisting<T>(otherwise: T, use: (db: IDBDatabase, sealer: Sealer) => Promise<T>): Promise<T> {
    const { indexedDB, keychain, clock } = this.#options
    return this.#using(
      () => openInTime(clock, openExisting(indexedDB, this.#database)),
      async db => {
        const key = db && (await heldKey(db, keychain))
        return db && key ? use(db, key.sealer) : otherwise
      },
    )
  }

  async #using<D extends IDBDatabase | null, T>(
    open: () => Promise<D>,
    use: (db: D) => Promise<T>,
  ): Promise<T> {
    let db: D | undefined
    try {
      db = await open()
      return await use(db)
    } catch (error) {
      throw error instanceof SealError ? unreadable() : failureOf(error, 'unavailable')
    } finally {
      db?.close()
    }
  }
}

const unreadable = () =>
  new StorageFailure('corrupt', 'A file of this board cannot be read on this device. Nothing was removed.')
