import { createReadStream, type Dirent } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat, unlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type Clock, systemClock } from '../../shared/util/clock.ts'
import { newId } from '../../shared/util/ids.ts'
import { secureRandom } from '../../shared/util/random.ts'
import { codeOf, directoryError } from './directory-error.ts'
import { byKey, checkFolder, checkKey, checkPrefix } from './object-key.ts'
import type { ObjectInfo, ObjectStore, ObjectStream } from './object-store.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { StorageError } from './update-log.ts'

/** Where objects are written before they get their names. No key starts with a point, so it is never listed. */
const UNFINISHED = '.unfinished'

/** ms. Older ones were left by a crash; younger ones another process may be writing this moment. */
const LEFTOVER_AFTER = 3_600_000

/** Times that a folder is made again when removing its last object meanwhile took it away. */
const FOLDER_ATTEMPTS = 20

/**
 * Objects as files, each under its key. A file is written and synced elsewhere, then renamed, so that whatever has a name
 * is whole. Conditional writes are safe among the callers of one store; the lock of the update log beside it keeps a
 * second relay away. A folder that a crash left empty is listed by `folders` until it is used or removed.
 */
export async function openDirectoryStore(
  directory: string,
  clock: Clock = systemClock,
): Promise<ObjectStore> {
  try {
    const unfinished = join(resolve(directory), UNFINISHED)
    const made = await mkdir(unfinished, { recursive: true })
    if (made) await syncFolders(dirname(unfinished), dirname(made))
    await removeLeftovers(unfinished, clock.now() - LEFTOVER_AFTER)
  } catch (error) {
    throw directoryError(directory, 'keep objects', error)
  }
  return new DirectoryStore(resolve(directory))
}

class DirectoryStore implements ObjectStore {
  readonly #directory: string
  readonly #alone = oneAtATime()

  constructor(directory: string) {
    this.#directory = directory
  }

  put(key: string, content: Uint8Array): Promise<void> {
    return this.#change(key, () => this.#write(key, content))
  }

  putIfAbsent(key: string, content: Uint8Array): Promise<boolean> {
    return this.#change(key, async () => {
      if ((await this.#read(key)) !== null) return false
      await this.#write(key, content)
      return true
    })
  }

  replace(key: string, expected: Uint8Array, content: Uint8Array): Promise<boolean> {
    return this.#change(key, async () => {
      const present = await this.#read(key)
      if (present === null || Buffer.compare(present, expected) !== 0) return false
      await this.#write(key, content)
      return true
    })
  }

  get(key: string): Promise<Uint8Array | null> {
    return this.#try(`read ${key}`, () => this.#read(key))
  }

  stream(key: string): Promise<ObjectStream | null> {
    return this.#try(`read ${key}`, async () => {
      const found = await orNull(stat(this.#file(key)))
      return found?.isFile() ? { bytes: found.size, content: this.#pieces(key) } : null
    })
  }

  list(prefix: string): Promise<ObjectInfo[]> {
    return this.#try(`list ${prefix}`, async () => {
      const folder = checkPrefix(prefix).slice(0, prefix.lastIndexOf('/') + 1)
      return (await this.#below(folder, prefix)).sort(byKey)
    })
  }

  folders(prefix: string): Promise<string[]> {
    return this.#try(`list ${prefix}`, async () => {
      const entries = await this.#entries(checkFolder(prefix))
      return entries
        .filter(entry => entry.isDirectory())
        .map(entry => entry.name)
        .sort()
    })
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.#change(key, async () => {
        await orNull(unlink(this.#file(key)))
        await this.#removeEmptyFolders(dirname(key))
      })
    }
  }

  probe(): Promise<void> {
    const key = 'probe'
    return this.#change(key, async () => {
      const written = Buffer.from(newId(secureRandom))
      await this.#write(key, written)
      const read = await this.#read(key)
      await unlink(this.#file(key))
      if (read && Buffer.compare(read, written) === 0) return
      throw new StorageError(
        `DATA_DIR: ${this.#directory} did not give back what was written to it. Check the disk.`,
      )
    })
  }

  async close(): Promise<void> {}

  #file(key: string): string {
    return join(this.#directory, checkKey(key))
  }

  #change<T>(key: string, task: () => Promise<T>): Promise<T> {
    return this.#alone(key, () => this.#try(`write ${key}`, task))
  }

  async #try<T>(doing: string, task: () => Promise<T>): Promise<T> {
    try {
      return await task()
    } catch (error) {
      throw error instanceof RangeError ? error : directoryError(this.#directory, doing, error)
    }
  }

  async #read(key: string): Promise<Uint8Array | null> {
    const content = await orNull(readFile(this.#file(key)))
    return content && new Uint8Array(content.buffer, content.byteOffset, content.byteLength)
  }

  async #write(key: string, content: Uint8Array): Promise<void> {
    const target = this.#file(key)
    const unfinished = join(this.#directory, UNFINISHED, newId(secureRandom))
    try {
      const file = await open(unfinished, 'wx')
      try {
        await file.writeFile(content)
        await file.sync()
      } finally {
        await file.close()
      }
      await this.#name(unfinished, target)
    } catch (error) {
      await rm(unfinished, { force: true })
      throw error
    }
  }

  async #name(unfinished: string, target: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      await mkdir(dirname(target), { recursive: true })
      try {
        await rename(unfinished, target)
      } catch (error) {
        if (codeOf(error) === 'ENOENT' && attempt < FOLDER_ATTEMPTS) continue
        throw error
      }
      // All of them, whoever made them: it may not have come to syncing them yet.
      return syncFolders(dirname(target), this.#directory)
    }
  }

  async *#pieces(key: string): AsyncIterable<Uint8Array> {
    try {
      yield* createReadStream(this.#file(key))
    } catch (error) {
      throw directoryError(this.#directory, `read ${key}`, error)
    }
  }

  async #below(folder: string, prefix: string): Promise<ObjectInfo[]> {
    const found: ObjectInfo[] = []
    for (const entry of await this.#entries(folder)) {
      const key = folder + entry.name
      if (entry.isDirectory()) {
        const inside = `${key}/`
        // The prefix may end within a folder's name: then all that is in it starts so.
        if (inside.startsWith(prefix)) found.push(...(await this.#below(inside, prefix)))
      } else if (entry.isFile() && key.startsWith(prefix)) {
        const size = (await orNull(stat(this.#file(key))))?.size
        if (size !== undefined) found.push({ key, bytes: size })
      }
    }
    return found
  }

  async #entries(folder: string): Promise<Dirent[]> {
    const entries = await orNull(readdir(join(this.#directory, folder), { withFileTypes: true }))
    return entries?.filter(entry => !entry.name.startsWith('.')) ?? []
  }

  /** So that `folders` need not look into each. */
  async #removeEmptyFolders(innermost: string): Promise<void> {
    for (let folder = innermost; folder !== '.'; folder = dirname(folder)) {
      try {
        await rmdir(join(this.#directory, folder))
      } catch (error) {
        if (codeOf(error) === 'ENOENT') continue
        // Not empty: the usual end. Anything else leaves an empty folder behind, which harms nobody.
        return
      }
    }
  }
}

/** Null for a file that is not there. */
async function orNull<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error))) return null
    throw error
  }
}

/** A name is durable when the folder that holds it is synced: `innermost`, and all above it up to `outermost`. */
async function syncFolders(innermost: string, outermost: string): Promise<void> {
  // Windows cannot sync a folder, and needs none.
  if (process.platform === 'win32') return
  for (let folder = innermost; ; folder = dirname(folder)) {
    const handle = await open(folder)
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
    if (folder === outermost) return
  }
}

async function removeLeftovers(folder: string, before: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name)
    const found = await orNull(stat(file))
    if (found && found.mtimeMs < before) await rm(file, { force: true })
  }
}
