import { mkdir, readdir } from 'node:fs/promises'
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
  await refuseStrayObjects(dataDir, s3)
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

/**
 * A relay that is switched to a bucket, or back from one, would find its boards without owners, versions and images: whoever
 * came first would own them.
 */
async function refuseStrayObjects(dataDir: string, s3: Config['s3']): Promise<void> {
  const objects = join(dataDir, 'objects')
  const keys = join(dataDir, 'keys')
  if (s3 && (await holdsBoards(objects))) {
    throw new StorageError(
      `S3_BUCKET: ${objects} has the owners, versions and images of boards from before it was set. Copy what is in there into the bucket (aws s3 sync ${objects} s3://${s3.bucket}/${s3.prefix} --exclude '.unfinished/*'), then move it out of DATA_DIR.`,
    )
  }
  if (!s3 && (await holdsBoards(keys))) {
    throw new StorageError(
      `S3_BUCKET: is not set, but ${dataDir} was used with a bucket, which has the owners, versions and images of its boards. Set it; or copy the bucket, or at least ${keys}, to ${objects}, then move ${keys} out of DATA_DIR.`,
    )
  }
}

const holdsBoards = (store: string): Promise<boolean> =>
  readdir(join(store, 'boards')).then(
    boards => boards.length > 0,
    () => false,
  )

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
