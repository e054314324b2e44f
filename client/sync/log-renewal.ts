import type { Clock } from '../../shared/util/clock.ts'
import { completed, deleteDatabase, openDatabase, UPDATES } from './indexeddb-database.ts'
import { StorageFailure } from './indexeddb-failure.ts'

/** No name of a board's or the device's database. */
const NAME = 'log-renewal'

/**
 * Chromium starts a new log when the one in use has 4 MB. Records, bytes each: values of 64 KB and more would go to files of
 * their own, beside the log.
 */
const FILL = { records: 90, bytes: 60_000 }

/** Bytes that have to be free: the log, and what the browser makes of it. */
const ROOM = 4 * FILL.records * FILL.bytes

/** In the files of this site, which are no part of its databases. */
const ROOM_FILE = 'room'

/**
 * Has Chromium put away the log of this site's databases. A write that a full disk cuts off leaves half a record at its end, and
 * Chromium goes on writing behind that; when it opens the log once more, it takes it for damaged and deletes every database of
 * the site, with all that was stored since. What was renewed is safe from that; other browsers do a little work for nothing.
 * Rejects with a StorageFailure while there is no room, and then has written no second half of a record.
 */
export function renewLog(indexedDB: IDBFactory | undefined, clock: Clock): Promise<void> {
  underWay ??= renew(indexedDB, clock).finally(() => {
    underWay = null
  })
  return underWay
}

/** All boards of a page lose their databases at once: one renewal is for all of them. */
let underWay: Promise<void> | null = null

async function renew(indexedDB: IDBFactory | undefined, clock: Clock): Promise<void> {
  await tryRoom()
  const db = await openDatabase(indexedDB, NAME)
  try {
    const transaction = db.transaction(UPDATES, 'readwrite')
    const store = transaction.objectStore(UPDATES)
    for (let i = 0; i < FILL.records; i += 1) store.put(new Uint8Array(FILL.bytes), i)
    await completed(transaction)
  } finally {
    db.close()
  }
  await deleteDatabase(indexedDB, NAME, clock)
}

/** Rejects with a StorageFailure where a file says that there is no room. The browser's own figure for it is made up. */
async function tryRoom(): Promise<void> {
  const root = await globalThis.navigator?.storage?.getDirectory?.()
  if (!root) return
  try {
    const file = await root.getFileHandle(ROOM_FILE, { create: true })
    const writable = await file.createWritable()
    await writable.write(new Uint8Array(ROOM))
    await writable.close()
  } catch {
    // Or another tab tries, too: then there is a next time.
    throw new StorageFailure('quota')
  } finally {
    await root.removeEntry(ROOM_FILE).catch(() => {})
  }
}
