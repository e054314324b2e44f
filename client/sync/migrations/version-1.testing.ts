import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { completed, openDatabase, UPDATES } from '../indexeddb-database.ts'

/**
 * Devices as version 1 left them, one file each: the records of every database, beside what that version read out of them.
 * They are never written again: what is on people's devices does not change either.
 */
const FOLDER = fileURLToPath(new URL('./fixtures/', import.meta.url))

export interface DeviceFixture {
  readonly file: string
  readonly what: string
  readonly databases: readonly DatabaseFixture[]
}

export interface DatabaseFixture {
  readonly name: string
  /** Records that nobody can read. */
  readonly unreadable: number
  /** The root types as JSON; bytes are `{ base64 }`. */
  readonly content: Readonly<Record<string, unknown>>
  readonly records: readonly { readonly key: number; readonly base64: string }[]
}

export const version1Devices = (): readonly DeviceFixture[] =>
  readdirSync(FOLDER).map(file => ({ file, ...JSON.parse(readFileSync(`${FOLDER}${file}`, 'utf8')) }))

/** Makes the databases of a device of version 1. */
export async function restore({ databases }: DeviceFixture, indexedDB: IDBFactory): Promise<void> {
  for (const { name, records } of databases) {
    const db = await openDatabase(indexedDB, name)
    const transaction = db.transaction(UPDATES, 'readwrite')
    for (const { key, base64 } of records) {
      transaction.objectStore(UPDATES).put(Uint8Array.from(Buffer.from(base64, 'base64')), key)
    }
    await completed(transaction)
    db.close()
  }
}
