import * as Y from 'yjs'
import type { Clock } from '../../../shared/util/clock.ts'
import { openExisting, openInTime, resultOf, UPDATES } from '../indexeddb-database.ts'

/** What version 1 stored of one board. */
export interface PlainBoard {
  /** The highest key; 0 for none. It only grows. */
  readonly lastKey: number
  /** Brings what can be read into the document, and returns how many records cannot. */
  applyTo(doc: Y.Doc): number
}

/** Null where there is no such database, or it is none of version 1. Changes nothing. */
export async function readPlainBoard(
  indexedDB: IDBFactory | undefined,
  name: string,
  clock: Clock,
): Promise<PlainBoard | null> {
  const db = await openInTime(clock, openExisting(indexedDB, name))
  if (!db) return null
  try {
    // Whoever deletes it meanwhile has moved it.
    db.onversionchange = () => db.close()
    if (!db.objectStoreNames.contains(UPDATES)) return null
    const store = db.transaction(UPDATES).objectStore(UPDATES)
    const [keys, updates] = await Promise.all([resultOf(store.getAllKeys()), resultOf(store.getAll())])
    return {
      lastKey: Number(keys.at(-1) ?? 0),
      applyTo: doc => Y.transact(doc, () => updates.filter(update => !canApply(doc, update)).length),
    }
  } finally {
    db.close()
  }
}

function canApply(doc: Y.Doc, update: unknown): boolean {
  try {
    if (!(update instanceof Uint8Array)) return false
    Y.applyUpdate(doc, update)
    return true
  } catch {
    return false
  }
}
