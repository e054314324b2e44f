import 'fake-indexeddb/auto'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { type FakeClock, fakeClock } from '../../../shared/testing/fake-clock.ts'
import { seededRandom } from '../../../shared/testing/seeded-random.ts'
import { memoryKeychain } from '../../vault/keychain.ts'
import { openDeviceDatabase } from '../device-database.ts'
import { completed, openDatabase } from '../indexeddb-database.ts'
import { type Fate, mortalPage } from '../indexeddb-death.testing.ts'
import { SealedBoard } from '../sealed-board.ts'
import { MERGING } from '../sealed-merging.ts'
import { sealedStore } from '../sealed-store.ts'
import { UnsavedStates } from '../unsaved-states.ts'
import { eventually } from '../wait.testing.ts'
import type { LeftBehind, Progress } from './device-step.ts'
import { migrateDevice } from './migrate-device.ts'
import { type DatabaseFixture, type DeviceFixture, restore, version1Devices } from './version-1.testing.ts'

const devices = version1Devices()
const small = devices.find(({ file }) => file === 'v1-small.json') as DeviceFixture
const random = seededRandom(5)
const keychain = memoryKeychain(random)
const clock = fakeClock()

/** The app's start on a device, as far as it concerns what is stored. */
async function start(
  indexedDB: IDBFactory,
  onProgress: (progress: Progress) => void = () => {},
  at: FakeClock = clock,
): Promise<readonly LeftBehind[]> {
  const database = await openDeviceDatabase({ indexedDB, clock: at })
  const store = sealedStore({ database, indexedDB, keychain, clock: at, random })
  const left = await migrateDevice({ indexedDB, store, clock: at, onProgress })
  database.close()
  return left
}

async function read(indexedDB: IDBFactory, name: string): Promise<Y.Doc> {
  const doc = new Y.Doc()
  const unsaved = new UnsavedStates()
  const onLeave = () => () => {}
  const options = { doc, name, indexedDB, keychain, clock, random, onLeave, merging: MERGING, unsaved }
  const board = new SealedBoard(options)
  await board.loaded
  await board.close()
  return doc
}

/** Writes updates as version 1 did. */
async function write(indexedDB: IDBFactory, name: string, updates: readonly Uint8Array[]): Promise<void> {
  const db = await openDatabase(indexedDB, name)
  const transaction = db.transaction('updates', 'readwrite')
  for (const update of updates) transaction.objectStore('updates').add(update)
  await completed(transaction)
  db.close()
}

/** The root types that the fixture has, as it has them. */
const contentOf = (doc: Y.Doc, { content }: DatabaseFixture): unknown =>
  plain(Object.fromEntries(Object.keys(content).map(root => [root, doc.getMap(root).toJSON()])))

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') }
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, plain(held)]))
}

const plaintext = async (indexedDB: IDBFactory): Promise<readonly string[]> =>
  (await indexedDB.databases())
    .map(({ name = '' }) => name)
    .filter(name => name !== 'driftboard' && !name.startsWith('board:'))

async function expectMoved({ databases }: DeviceFixture, indexedDB: IDBFactory): Promise<void> {
  for (const fixture of databases) {
    expect(contentOf(await read(indexedDB, fixture.name), fixture)).toEqual(fixture.content)
  }
}

describe('a device of version 1', () => {
  test.each(devices)('$file is moved, and what could be read is on the boards', async device => {
    const indexedDB = new IDBFactory()
    await restore(device, indexedDB)
    const progress: Progress[] = []
    const left = await start(indexedDB, step => progress.push(step))
    const damaged = device.databases.filter(({ unreadable }) => unreadable > 0).map(({ name }) => name)
    expect(left.map(({ name, failure }) => [name, failure.reason])).toEqual(
      damaged.map(name => [name, 'corrupt']),
    )
    expect(await plaintext(indexedDB)).toEqual(damaged.length > 0 ? expect.arrayContaining(damaged) : [])
    expect(progress.at(-1)).toEqual({ done: device.databases.length, total: device.databases.length })
    await expectMoved(device, indexedDB)
    await start(indexedDB)
    await expectMoved(device, indexedDB)
  })

  test('of a browser that cannot list its databases is moved by its list of boards', async () => {
    const real = new IDBFactory()
    await restore(small, real)
    const indexedDB = new Proxy(real, {
      get: (target, key) => {
        const held: unknown = key === 'databases' ? undefined : Reflect.get(target, key, target)
        return typeof held === 'function' ? held.bind(target) : held
      },
    })
    expect(await start(indexedDB)).toEqual([])
    expect(await plaintext(real)).toEqual([])
    await expectMoved(small, real)
    expect(await start(indexedDB)).toEqual([])
  })

  test('is merged with what was drawn on the moved board since', async () => {
    const indexedDB = new IDBFactory()
    const name = small.databases.find(database => database.name !== 'library')?.name as string
    await restore(small, indexedDB)
    const database = await openDeviceDatabase({ indexedDB, clock })
    const store = sealedStore({ database, indexedDB, keychain, clock, random })
    const doc = new Y.Doc()
    const board = store.open(doc, name)
    await board.loaded
    doc.getMap('shapes').set('since', 1)
    await board.close()
    await migrateDevice({ indexedDB, store, clock })
    const shapes = (await read(indexedDB, name)).getMap('shapes').toJSON()
    expect(Object.keys(shapes).sort()).toEqual(['s0', 's1', 's2', 'since'])
  })

  test('whose board an old tab holds open is moved without waiting for that tab, and deleted later', async () => {
    const indexedDB = new IDBFactory()
    await restore(small, indexedDB)
    const name = small.databases.find(database => database.name !== 'library')?.name as string
    const held = await openDatabase(indexedDB, name)
    const at = fakeClock()
    let left: readonly LeftBehind[] | null = null
    const run = start(indexedDB, () => {}, at).then(result => (left = result))
    await eventually('the migration gives up waiting for the old tab', () => {
      at.advance(100)
      return left !== null
    })
    expect((await run).map(({ name, failure }) => [name, failure.reason])).toEqual([[name, 'blocked']])
    await expectMoved(small, indexedDB)
    held.close()
    expect(await start(indexedDB)).toEqual([])
    expect(await plaintext(indexedDB)).toEqual([])
  })

  test('whose board an old tab writes to meanwhile loses nothing of it', async () => {
    const indexedDB = new IDBFactory()
    await restore(small, indexedDB)
    const name = small.databases.find(database => database.name !== 'library')?.name as string
    const late = new Y.Doc()
    late.getMap('shapes').set('late', 1)
    let wrote = false
    const left = await start(
      watching(indexedDB, async () => {
        if (wrote) return
        wrote = true
        await write(indexedDB, name, [Y.encodeStateAsUpdate(late)])
      }),
    )
    expect([left, wrote]).toEqual([[], true])
    expect((await read(indexedDB, name)).getMap('shapes').has('late')).toBe(true)
  })

  test('of which a record is missing keeps what builds on that one, for whoever brings it', async () => {
    const indexedDB = new IDBFactory()
    const name = 'A'.repeat(22)
    const updates: Uint8Array[] = []
    const drawn = new Y.Doc()
    drawn.on('update', update => updates.push(update))
    for (const shape of ['one', 'two', 'three']) drawn.getMap('shapes').set(shape, 1)
    const [one, two, three] = updates as [Uint8Array, Uint8Array, Uint8Array]
    await write(indexedDB, name, [one, three])
    expect(await start(indexedDB)).toEqual([])
    expect(await plaintext(indexedDB)).toEqual([])
    const doc = await read(indexedDB, name)
    Y.applyUpdate(doc, two)
    expect(doc.getMap('shapes').toJSON()).toEqual({ one: 1, two: 1, three: 1 })
  })

  test('without IndexedDB has nothing to move', async () => {
    const database = await openDeviceDatabase({ indexedDB: new IDBFactory(), clock })
    const store = sealedStore({ database, indexedDB: undefined, keychain, clock, random })
    expect(await migrateDevice({ indexedDB: undefined, store, clock })).toEqual([])
  })
})

/** IndexedDB that runs `task` when the first sealed board is opened: between reading and deleting an old one. */
function watching(indexedDB: IDBFactory, task: () => Promise<void>): IDBFactory {
  return new Proxy(indexedDB, {
    get(target, key) {
      const held: unknown = Reflect.get(target, key, target)
      if (typeof held !== 'function') return held
      return (...args: unknown[]) => {
        if (key === 'open' && String(args[0]).startsWith('board:')) void task()
        return held.apply(target, args)
      }
    },
  })
}

describe.each<Fate>(['complete', 'abort'])('a move whose page dies, its transactions then %s', fate => {
  test('at any call of IndexedDB loses nothing, and is finished by the next start', async () => {
    let isThrough = false
    let deaths = 0
    for (let at = 1; !isThrough; at += 1) {
      const factory = new IDBFactory()
      await restore(small, factory)
      const page = mortalPage(factory, at, fate)
      await Promise.race([start(page.indexedDB).catch(() => []), page.death])
      isThrough = !page.isDead
      if (page.isDead) deaths += 1
      expect(await start(factory), `died at call ${at}`).toEqual([])
      expect(await plaintext(factory), `died at call ${at}`).toEqual([])
      await expectMoved(small, factory)
    }
    expect(deaths).toBeGreaterThan(50)
  })
})
