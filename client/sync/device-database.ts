import * as v from 'valibot'
import type { Clock } from '../../shared/util/clock.ts'
import { completed, openInTime, resultOf } from './indexeddb-database.ts'
import { failureOf, StorageFailure } from './indexeddb-failure.ts'
import { DATABASE_STEPS, type DatabaseStep } from './migrations/database-steps.ts'

const DEVICE_DATABASE = 'driftboard'

const VAULT = 'vault'
const PREVIEWS = 'previews'

/** The vault's record is the only one of its store. */
const RECORD = 'record'

/** ms between tries to open again what the browser closed, and how many there are. */
const REOPEN_AFTER = 1_000
const REOPEN_TRIES = 5

const revisionSchema = v.object({ revision: v.number() })

export interface DeviceDatabaseOptions {
  /** Undefined where the browser has none. */
  readonly indexedDB: IDBFactory | undefined
  readonly clock: Clock
  /** Called when it can no longer be used as it was: another tab updates it, or the browser deleted it ('evicted'). */
  readonly onFailure?: (failure: StorageFailure) => void
  readonly steps?: readonly DatabaseStep[]
}

/** Values of which the device knows nothing, by opaque names. */
export interface Rows {
  put(key: string, value: unknown): Promise<void>
  /** Undefined for none. */
  get(key: string): Promise<unknown>
  all(): Promise<ReadonlyMap<string, unknown>>
  delete(key: string): Promise<void>
}

/** What belongs to the device and to no one board. All promises reject with a StorageFailure. */
export interface DeviceDatabase {
  /** The one record of the vault: a VaultFile. */
  readonly vaultFile: {
    read(): Promise<unknown>
    replace(next: { readonly revision: number }, over: number | null): Promise<boolean>
  }
  readonly previews: Rows
  close(): void
}

/**
 * Opens the device's database, and brings it to this version's layout. Rejects with a StorageFailure: 'blocked' while another
 * tab keeps an older one open, 'newer' for one that a newer version of the app has changed, 'quota', 'unavailable'.
 */
export async function openDeviceDatabase(options: DeviceDatabaseOptions): Promise<DeviceDatabase> {
  const connection = new Connection(options)
  await connection.open()
  return {
    vaultFile: vaultFile(connection),
    previews: rows(connection),
    close: () => connection.close(),
  }
}

/** One connection, opened anew when the browser took it away. */
class Connection {
  readonly #options: DeviceDatabaseOptions
  #db: Promise<IDBDatabase> | null = null
  /** Why there is none any more. */
  #end: StorageFailure | null = null
  /** Whether a record of the vault was seen. */
  hasVault = false

  constructor(options: DeviceDatabaseOptions) {
    this.#options = options
  }

  open(): Promise<IDBDatabase> {
    if (this.#end) return Promise.reject(this.#end)
    this.#db ??= this.#connect()
    return this.#db
  }

  close(): void {
    this.#end = new StorageFailure('unavailable', 'The storage of this device was closed. Reload the page.')
    void this.#db?.then(
      db => db.close(),
      () => {},
    )
  }

  async #connect(): Promise<IDBDatabase> {
    try {
      const db = await openInTime(this.#options.clock, request(this.#options))
      if (this.#end) {
        db.close()
        throw this.#end
      }
      db.onversionchange = event => this.#onVersionChange(db, event)
      db.onclose = () => void this.#onTaken()
      return db
    } catch (error) {
      this.#db = null
      throw error
    }
  }

  #onVersionChange(db: IDBDatabase, { newVersion }: IDBVersionChangeEvent): void {
    db.close()
    this.#db = null
    if (newVersion === null) {
      this.#options.onFailure?.(evicted())
      return
    }
    this.#end = new StorageFailure('newer')
    this.#options.onFailure?.(this.#end)
  }

  /** The browser closed it: perhaps because it deleted it, which takes a while. */
  async #onTaken(tries = REOPEN_TRIES): Promise<void> {
    this.#db = null
    try {
      const db = await this.open()
      const record = await resultOf(db.transaction(VAULT).objectStore(VAULT).get(RECORD))
      if (record === undefined && this.hasVault) this.#options.onFailure?.(evicted())
    } catch (error) {
      if (this.#end) return
      if (tries > 1) this.#options.clock.after(REOPEN_AFTER, () => void this.#onTaken(tries - 1))
      else this.#options.onFailure?.(failureOf(error, 'unavailable'))
    }
  }
}

/** What the person is told when the browser has deleted everything of this site. */
export const EVICTED = 'The browser deleted what this site had stored. What is open is stored anew.'

const evicted = () => new StorageFailure('evicted', EVICTED)

function request({ indexedDB, steps = DATABASE_STEPS }: DeviceDatabaseOptions): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    if (!indexedDB) throw new StorageFailure('unavailable')
    const request = indexedDB.open(DEVICE_DATABASE, steps.at(-1)?.to)
    request.onupgradeneeded = ({ oldVersion }) => {
      for (const step of steps) if (step.to > oldVersion) step.run(request.result)
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(failureOf(request.error, 'unavailable'))
  })
}

function vaultFile(connection: Connection): DeviceDatabase['vaultFile'] {
  return {
    async read() {
      const record = await reading(connection, VAULT, store => store.get(RECORD))
      connection.hasVault ||= record !== undefined
      return record
    },
    async replace(next, over) {
      const isDone = await writing(connection, VAULT, async store => {
        const stored: unknown = await resultOf(store.get(RECORD))
        if (revisionOf(stored) !== over) return false
        store.put(next, RECORD)
        return true
      })
      connection.hasVault ||= isDone
      return isDone
    },
  }
}

/** Null for nothing; NaN, which nothing equals, for a record without one. */
function revisionOf(stored: unknown): number | null {
  if (stored === undefined) return null
  const parsed = v.safeParse(revisionSchema, stored)
  return parsed.success ? parsed.output.revision : Number.NaN
}

function rows(connection: Connection): Rows {
  return {
    put: (key, value) => writing(connection, PREVIEWS, async store => void store.put(value, key)),
    get: key => reading(connection, PREVIEWS, store => store.get(key)),
    delete: key => writing(connection, PREVIEWS, async store => store.delete(key)).then(() => {}),
    async all() {
      const db = await connection.open()
      const store = db.transaction(PREVIEWS).objectStore(PREVIEWS)
      const [keys, values] = await Promise.all([resultOf(store.getAllKeys()), resultOf(store.getAll())])
      return new Map(keys.map((key, at): [string, unknown] => [String(key), values[at]]))
    },
  }
}

async function reading(
  connection: Connection,
  name: string,
  ask: (store: IDBObjectStore) => IDBRequest<unknown>,
): Promise<unknown> {
  try {
    const db = await connection.open()
    return await resultOf(ask(db.transaction(name).objectStore(name)))
  } catch (error) {
    throw failureOf(error, 'unavailable')
  }
}

/** Resolves when the transaction has completed. */
async function writing<T>(
  connection: Connection,
  name: string,
  write: (store: IDBObjectStore) => Promise<T>,
): Promise<T> {
  try {
    const db = await connection.open()
    // What all boards hang on has to be on the disk itself, also when the power fails in the next second.
    const transaction = db.transaction(name, 'readwrite', name === VAULT ? { durability: 'strict' } : {})
    const [result] = await Promise.all([write(transaction.objectStore(name)), completed(transaction)])
    return result
  } catch (error) {
    throw failureOf(error, 'aborted')
  }
}
