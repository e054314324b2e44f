import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { openDeviceDatabase } from '../sync/device-database.ts'
import { resultOf } from '../sync/indexeddb-database.ts'
import { sealedStore } from '../sync/sealed-store.ts'
import type { Vault } from './seams.ts'
import { Browser, keychainOf } from './vault.testing.ts'

const FIRST = { kind: 'passphrase', passphrase: 'otters hold hands' } as const
const SECOND = { kind: 'passphrase', passphrase: 'beavers build dams' } as const
const DONE = { done: true }

test('a lock that is set, changed and removed writes no byte of any board, and the boards open each time', async () => {
  const browser = new Browser()
  const clock = fakeClock()
  const database = await openDeviceDatabase({ indexedDB, clock })
  const tab = () => browser.tab({ file: database.vaultFile })
  const storeOf = (vault: Vault) =>
    sealedStore({ database, indexedDB, keychain: keychainOf(vault), clock, random: seededRandom(3) })
  const shapesIn = async (vault: Vault): Promise<unknown> => {
    const doc = new Y.Doc()
    const board = storeOf(vault).open(doc, 'board')
    await board.loaded
    await board.close()
    return doc.getMap('shapes').toJSON()
  }

  const vault = await tab()
  await vault.create({ kind: 'device' })
  const doc = new Y.Doc()
  const board = storeOf(vault).open(doc, 'board')
  await board.loaded
  doc.getMap('shapes').set('a', 1)
  await board.close()
  await storeOf(vault)
    .files('board')
    .put('image', Uint8Array.of(1, 2, 3))
  const before = await boardRecords()
  expect(before.length).toBeGreaterThanOrEqual(3)

  expect(await vault.setLock(FIRST)).toEqual(DONE)
  expect((await vault.newRecoveryCode()).done).toBe(true)
  expect(await vault.setLock(SECOND)).toEqual(DONE)
  expect(await boardRecords()).toEqual(before)
  const locked = await tab()
  expect((await locked.unlock(FIRST)).done).toBe(false)
  expect(await locked.unlock(SECOND)).toEqual(DONE)
  expect(await shapesIn(locked)).toEqual({ a: 1 })

  const locks = locked.state.at === 'open' ? locked.state.locks : []
  const lock = locks.find(({ kind }) => kind === 'passphrase')
  expect(await locked.removeLock(lock?.id ?? '')).toEqual(DONE)
  expect(await boardRecords()).toEqual(before)
  expect(await shapesIn(await tab())).toEqual({ a: 1 })
  expect(await storeOf(locked).files('board').get('image')).toEqual(Uint8Array.of(1, 2, 3))
})

/** The key and the value of each record in the databases of boards. */
async function boardRecords(): Promise<readonly unknown[]> {
  const all: unknown[] = []
  for (const { name = '' } of await indexedDB.databases()) {
    if (!name.startsWith('board:')) continue
    const db = await resultOf(indexedDB.open(name))
    for (const store of db.objectStoreNames) {
      const place = db.transaction(store).objectStore(store)
      const [keys, values] = await Promise.all([resultOf(place.getAllKeys()), resultOf(place.getAll())])
      all.push(...keys.map((key, i) => [name, store, key, values[i]]))
    }
    db.close()
  }
  return all
}
