import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'

/** What must not be found, by the name to tell of it. */
export type Secrets = ReadonlyMap<string, string | Uint8Array>

export interface Found {
  readonly secret: string
  readonly where: string
}

/** Where files of a folder hold a secret: as it is, as browsers write texts, and as bytes are written as texts. */
export async function searchFolder(folder: string, secrets: Secrets): Promise<readonly Found[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const found: Found[] = []
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    found.push(...searchBytes(await readFile(path), secrets, path))
  }
  return found
}

export function searchBytes(bytes: Buffer, secrets: Secrets, where: string): readonly Found[] {
  return [...secrets].flatMap(([secret, value]) =>
    spellings(value).some(spelling => bytes.includes(spelling)) ? [{ secret, where }] : [],
  )
}

function spellings(value: string | Uint8Array): readonly Buffer[] {
  if (typeof value === 'string') return [Buffer.from(value), Buffer.from(value, 'utf16le')]
  const bytes = Buffer.from(value)
  const texts = (['hex', 'base64', 'base64url'] as const).map(encoding => bytes.toString(encoding))
  return [bytes, ...texts.flatMap(spellings)]
}

/** All that this site has stored, read as its own page reads it. */
export interface Stored {
  readonly databases: readonly string[]
  readonly records: number
  /** Every text and every byte of the records, their keys, and of what is stored beside the databases. */
  readonly content: Buffer
}

/** `page` is on the site, at an address at which the app does not run. */
export async function readStored(page: Page): Promise<Stored> {
  const { databases, records, parts } = await page.evaluate(async () => {
    const all: string[] = []
    const add = (bytes: Uint8Array) =>
      all.push(btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join('')))
    const walk = (value: unknown): void => {
      if (typeof value === 'string') add(new TextEncoder().encode(value))
      else if (value instanceof ArrayBuffer) add(new Uint8Array(value))
      else if (ArrayBuffer.isView(value))
        add(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
      else if (value instanceof Map || value instanceof Set) walk([...value])
      else if (typeof value === 'object' && value !== null)
        for (const [key, inner] of Object.entries(value)) {
          add(new TextEncoder().encode(key))
          walk(inner)
        }
    }
    const resultOf = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    walk({ ...localStorage })
    walk({ ...sessionStorage })
    const names = (await indexedDB.databases()).flatMap(({ name }) => name ?? [])
    let count = 0
    for (const name of names) {
      const db = await resultOf(indexedDB.open(name))
      for (const store of db.objectStoreNames) {
        const place = db.transaction(store).objectStore(store)
        const [keys, values] = [await resultOf(place.getAllKeys()), await resultOf(place.getAll())]
        count += values.length
        walk([store, keys, values])
      }
      db.close()
    }
    return { databases: names, records: count, parts: all }
  })
  return { databases, records, content: Buffer.concat(parts.map(part => Buffer.from(part, 'base64'))) }
}
