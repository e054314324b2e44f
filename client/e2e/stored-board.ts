import type { Page } from '@playwright/test'
import * as Y from 'yjs'

/** Adds an update to a board as the device keeps it; nothing has it open. */
export async function addStored(page: Page, id: string, update: Uint8Array): Promise<void> {
  await page.evaluate(
    async ([name, bytes]) => {
      const open = indexedDB.open(name)
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        open.onsuccess = () => resolve(open.result)
        open.onerror = () => reject(open.error)
      })
      const transaction = db.transaction('updates', 'readwrite')
      transaction.objectStore('updates').add(Uint8Array.from(bytes))
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve
        transaction.onabort = () => reject(transaction.error)
      })
      db.close()
    },
    [id, [...update]] as const,
  )
}

/** The document that the device keeps of a board. */
export async function readStored(page: Page, id: string): Promise<Y.Doc> {
  const updates = await page.evaluate(async name => {
    const open = indexedDB.open(name)
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      open.onsuccess = () => resolve(open.result)
      open.onerror = () => reject(open.error)
    })
    const all = db.transaction('updates').objectStore('updates').getAll()
    await new Promise((resolve, reject) => {
      all.onsuccess = resolve
      all.onerror = () => reject(all.error)
    })
    db.close()
    return (all.result as Uint8Array[]).map(bytes => [...bytes])
  }, id)
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, Uint8Array.from(update))
  return doc
}
