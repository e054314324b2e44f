import { readFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'
import * as Y from 'yjs'
import { readArchive } from '../files/archive/index.ts'

/**
 * Adds an update to a board, or to the list of boards, as the first version of the app kept it: in the clear. At its next
 * start the app takes it over.
 */
export async function addPlain(page: Page, name: string, update: Uint8Array): Promise<void> {
  await page.evaluate(
    async ([database, bytes]) => {
      const open = indexedDB.open(database)
      open.onupgradeneeded = () => {
        open.result.createObjectStore('updates', { autoIncrement: true })
        open.result.createObjectStore('custom')
      }
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
    [name, [...update]] as const,
  )
}

/** The document of the open board, as its saved copy holds it. */
export async function savedCopy(page: Page): Promise<Y.Doc> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('menuitem', { name: 'Save a copy…' }).click()
  const file = await (await download).path()
  const archive = readArchive('copy', await readFile(file))
  expect(archive.boards).toHaveLength(1)
  const doc = new Y.Doc()
  Y.applyUpdateV2(doc, archive.board(0).document)
  return doc
}
