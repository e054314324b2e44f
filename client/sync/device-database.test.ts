import 'fake-indexeddb/auto'
import { describe, expect, test } from 'vitest'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { type DeviceDatabaseOptions, openDeviceDatabase } from './device-database.ts'
import { resultOf } from './indexeddb-database.ts'
import type { StorageFailure } from './indexeddb-failure.ts'
import { DATABASE_STEPS } from './migrations/database-steps.ts'
import { eventually } from './wait.testing.ts'

const clock = fakeClock()
const open = (options: Partial<DeviceDatabaseOptions> & Pick<DeviceDatabaseOptions, 'indexedDB'>) =>
  openDeviceDatabase({ clock, ...options })

/** The layout of a later version. */
const later = [...DATABASE_STEPS, { to: 3, run: (db: IDBDatabase) => void db.createObjectStore('later') }]

describe('the record of the vault', () => {
  test('is written over the revision that was read, and over no other', async () => {
    const { vaultFile } = await open({ indexedDB: new IDBFactory() })
    expect(await vaultFile.read()).toBe(undefined)
    expect(await vaultFile.replace({ revision: 1 }, 4)).toBe(false)
    expect(await vaultFile.replace({ revision: 1 }, null)).toBe(true)
    expect(await vaultFile.replace({ revision: 2 }, null)).toBe(false)
    expect(await vaultFile.replace({ revision: 2 }, 1)).toBe(true)
    expect(await vaultFile.read()).toEqual({ revision: 2 })
  })

  test('of two tabs that write over the same revision at once, one does', async () => {
    const indexedDB = new IDBFactory()
    const [one, two] = [await open({ indexedDB }), await open({ indexedDB })]
    const done = await Promise.all([
      one.vaultFile.replace({ revision: 1 }, null),
      two.vaultFile.replace({ revision: 1 }, null),
    ])
    expect(done.sort()).toEqual([false, true])
  })

  test('that has no revision is not overwritten', async () => {
    const indexedDB = new IDBFactory()
    const { vaultFile } = await open({ indexedDB })
    const db = await resultOf(indexedDB.open('driftboard'))
    const transaction = db.transaction('vault', 'readwrite')
    transaction.objectStore('vault').put('from another world', 'record')
    await new Promise(resolve => (transaction.oncomplete = resolve))
    db.close()
    expect(await vaultFile.replace({ revision: 1 }, null)).toBe(false)
    expect(await vaultFile.read()).toBe('from another world')
  })

  test('keeps a key that no script can read', async () => {
    const { vaultFile } = await open({ indexedDB: new IDBFactory() })
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt'])
    await vaultFile.replace(Object.assign({ revision: 1 }, { key }), null)
    expect(await vaultFile.read()).toMatchObject({ key: { extractable: false, type: 'secret' } })
  })
})

describe('a database of the device that cannot be opened', () => {
  test('is unavailable where the browser has none', async () => {
    await expect(open({ indexedDB: undefined })).rejects.toMatchObject({ reason: 'unavailable' })
  })

  test('is newer where a newer version has changed it, and says to reload', async () => {
    const indexedDB = new IDBFactory()
    const newer = await open({ indexedDB, steps: later })
    newer.close()
    await expect(open({ indexedDB })).rejects.toMatchObject({
      reason: 'newer',
      message: expect.stringContaining('Reload'),
    })
  })

  test('is blocked while another tab does not let go of an older one, and opens once it does', async () => {
    const indexedDB = new IDBFactory()
    const held = await resultOf(indexedDB.open('driftboard', 1))
    const at = fakeClock()
    const opening = open({ indexedDB, clock: at })
    at.advance(4_000)
    await expect(opening).rejects.toMatchObject({ reason: 'blocked' })
    held.close()
    expect(await (await open({ indexedDB })).vaultFile.read()).toBe(undefined)
  })

  test('tells a full disk from other failures', async () => {
    const full = new DOMException('no room', 'QuotaExceededError')
    const request = { error: full } as IDBOpenDBRequest
    const indexedDB = new Proxy(new IDBFactory(), {
      get: () => () => {
        queueMicrotask(() => request.onerror?.(new Event('error')))
        return request
      },
    })
    await expect(open({ indexedDB })).rejects.toMatchObject({ reason: 'quota' })
  })
})

describe('a database of the device that is open', () => {
  test('gives way to another tab that updates it, and says so', async () => {
    const indexedDB = new IDBFactory()
    const failures: StorageFailure[] = []
    const old = await open({ indexedDB, onFailure: failure => failures.push(failure) })
    await old.vaultFile.replace({ revision: 1 }, null)
    const updated = await open({ indexedDB, steps: later })
    expect(failures.map(({ reason }) => reason)).toEqual(['newer'])
    await expect(old.vaultFile.read()).rejects.toMatchObject({ reason: 'newer' })
    expect(await updated.vaultFile.read()).toEqual({ revision: 1 })
  })

  test('that the browser deleted says so once, and takes the record again', async () => {
    const indexedDB = new IDBFactory()
    const failures: string[] = []
    const watched = connectionsOf(indexedDB)
    const at = fakeClock()
    const { vaultFile } = await open({
      indexedDB: watched.indexedDB,
      clock: at,
      onFailure: ({ reason }) => failures.push(reason),
    })
    await vaultFile.replace({ revision: 1 }, null)
    await watched.take()
    await resultOf(indexedDB.deleteDatabase('driftboard'))
    watched.isRefusing = true
    watched.tell()
    await at.settle()
    expect(at.waiting).toBe(1)
    watched.isRefusing = false
    at.advance(1_000)
    await eventually('the deletion is told', () => failures.length > 0)
    expect(await vaultFile.replace({ revision: 1 }, null)).toBe(true)
    expect(failures).toEqual(['evicted'])
  })

  test('that the browser only closed goes on without a word', async () => {
    const watched = connectionsOf(new IDBFactory())
    const failures: string[] = []
    const { vaultFile } = await open({
      indexedDB: watched.indexedDB,
      onFailure: ({ reason }) => failures.push(reason),
    })
    await vaultFile.replace({ revision: 1 }, null)
    await watched.take()
    watched.tell()
    expect(await vaultFile.read()).toEqual({ revision: 1 })
    expect(await vaultFile.replace({ revision: 2 }, 1)).toBe(true)
    expect(failures).toEqual([])
  })
})

/** IndexedDB whose first connection the browser can take away, and tell the page. */
function connectionsOf(factory: IDBFactory) {
  const opened: IDBDatabase[] = []
  const indexedDB = new Proxy(factory, {
    get: (target, key) => (name: string, version: number) => {
      if (key !== 'open' || control.isRefusing) throw new Error(`${String(key)} does not work now.`)
      const request = target.open(name, version)
      request.addEventListener('success', () => opened.push(request.result))
      return request
    },
  })
  const control = {
    indexedDB,
    /** As while the browser is deleting. */
    isRefusing: false,
    async take() {
      const [first] = opened
      if (first) first.onversionchange = null
      first?.close()
    },
    tell: () => opened[0]?.onclose?.(new Event('close')),
  }
  return control
}
