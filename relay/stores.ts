import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from './config.ts'
import { openDirectoryStore } from './storage/directory-store.ts'
import { openLevelLog } from './storage/level-log.ts'
import type { ObjectStore } from './storage/object-store.ts'
import { openS3Store } from './storage/s3-store.ts'
import { StorageError, type UpdateLog } from './storage/update-log.ts'

/** Everything that outlives the process. */
export interface Stores {
  /** Every change of every board that this relay took. */
  readonly log: UpdateLog
  /** Snapshots, versions, images, and who owns a board. */
  readonly objects: ObjectStore
  /** A copy of who owns what, for when `objects` cannot be reached; null where they are on this machine. */
  readonly keyCopy: ObjectStore | null
  /** What an operator must know, in words, of what was found when they were opened. */
  readonly warnings: readonly string[]
  /** The log last: its lock keeps other relays out of DATA_DIR. */
  close(): Promise<void>
}

/** Opens what the settings name. Rejects with StorageError; nothing is left open then. */
export async function openStores({ dataDir, s3 }: Config): Promise<Stores> {
  await makeDirectory(dataDir)
  const log = await openLevelLog(join(dataDir, 'updates'))
  const { warnings } = log
  const open: { close(): Promise<void> }[] = [log]
  const close = async (): Promise<void> => {
    for (const store of [...open].reverse()) await store.close()
  }
  try {
    const keep = <T extends ObjectStore>(store: T): T => {
      open.push(store)
      return store
    }
    if (!s3) {
      const objects = keep(await openDirectoryStore(join(dataDir, 'objects')))
      return { log, objects, keyCopy: null, warnings, close }
    }
    const objects = keep(openS3Store(s3))
    const keyCopy = keep(await openDirectoryStore(join(dataDir, 'keys')))
    return { log, objects, keyCopy, warnings, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Readable by its owner alone: everybody's boards are in it. */
async function makeDirectory(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new StorageError(
      `DATA_DIR: ${dataDir} cannot be written (${error instanceof Error ? error.message : String(error)}). Set DATA_DIR to a directory that this user may write to.`,
    )
  }
}
