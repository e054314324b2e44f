import 'fake-indexeddb/auto'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { indexedDbStore } from './indexeddb-store.ts'
import { localStoreContract } from './local-store.contract.ts'
import type { LocalState } from './local-store.ts'
import { eventually, reached } from './wait.testing.ts'

const random = seededRandom(7)
const isSaved = (state: LocalState) => state.at === 'saved'
const isFailed = (state: LocalState): state is Extract<LocalState, { at: 'failed' }> => state.at === 'failed'

localStoreContract('IndexedDB', () => indexedDbStore({ clock: fakeClock(), random, indexedDB }))

async function opened(name: string) {
  const clock = fakeClock()
  const doc = new Y.Doc()
  const board = indexedDbStore({ clock, random, indexedDB }).open(doc, name)
  await board.loaded
  return { clock, doc, board, shapes: doc.getMap<unknown>('shapes') }
}

/** Every write from now on is undone by the browser, as on a full disk (`error`) or by the browser's own will. */
function abortWrites(error: DOMException | null): () => void {
  const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore) {
    const { transaction } = this
    if (error) vi.spyOn(transaction, 'error', 'get').mockReturnValue(error)
    queueMicrotask(() => transaction.abort())
    return undefined as unknown as IDBRequest<IDBValidKey>
  })
  const commit = vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementation(() => {})
  return () => {
    add.mockRestore()
    commit.mockRestore()
  }
}

async function records(name: string): Promise<number> {
  const request = indexedDB.open(name)
  const db = await new Promise<IDBDatabase>(resolve => (request.onsuccess = () => resolve(request.result)))
  const count = db.transaction('updates').objectStore('updates').count()
  const size = await new Promise<number>(resolve => (count.onsuccess = () => resolve(count.result)))
  db.close()
  return size
}

afterEach(() => vi.restoreAllMocks())

describe('a board in IndexedDB whose writes are aborted', () => {
  test('a full disk shows as failed for quota, and never as saved', async () => {
    const { board, shapes } = await opened('full')
    await reached(board, isSaved)
    const seen: string[] = []
    board.subscribe(state => seen.push(state.at))
    abortWrites(new DOMException('disk full', 'QuotaExceededError'))
    shapes.set('a', 1)
    const failed = await reached(board, isFailed)
    expect(failed.reason).toBe('quota')
    expect(failed.message).toContain('disk full')
    expect(seen).toEqual(['saving', 'failed'])
    await board.close()
  })

  test('after an abort everything is stored by a retry, with what was drawn in between', async () => {
    const { board, clock, shapes } = await opened('mended')
    const restore = abortWrites(null)
    shapes.set('a', 1)
    expect((await reached(board, isFailed)).reason).toBe('aborted')
    shapes.set('b', 2)
    restore()
    clock.advance(1_000)
    await reached(board, isSaved)
    await board.close()
    const again = await opened('mended')
    expect(again.shapes.toJSON()).toEqual({ a: 1, b: 2 })
    await again.board.close()
  })

  test('retries go on with growing delays while the disk stays full', async () => {
    const { board, clock, shapes } = await opened('still-full')
    abortWrites(null)
    for (let i = 0; i < 50; i += 1) shapes.set(`${i}`, i)
    await reached(board, isFailed)
    await eventually('all writes ended', () => clock.waiting === 1)
    clock.advance(1_000)
    await eventually('a second retry waits', () => clock.waiting === 1)
    expect(board.state.at).toBe('failed')
    clock.advance(2_000)
    await eventually('a third retry waits', () => clock.waiting === 1)
    await board.close()
    expect(clock.waiting).toBe(0)
  })
})

describe('a board without a usable database', () => {
  test('a browser without IndexedDB opens the board in memory and says why', async () => {
    const doc = new Y.Doc()
    const board = indexedDbStore({ clock: fakeClock(), random, indexedDB: undefined }).open(doc, 'none')
    await board.loaded
    expect(board.state).toMatchObject({ at: 'failed', reason: 'unavailable' })
    doc.getMap('shapes').set('a', 1)
    expect(board.state).toMatchObject({ at: 'failed', reason: 'unavailable' })
    await board.close()
  })

  test('a database that never opens lets the board open, and joins it when it does', async () => {
    const first = await opened('late')
    first.shapes.set('stored', 1)
    await first.board.close()
    const clock = fakeClock()
    let release = () => {}
    const held = new Promise<void>(resolve => (release = resolve))
    const slow = new Proxy(indexedDB, {
      get: (target, key) =>
        key === 'open' ? (name: string) => openAfter(held, target, name) : Reflect.get(target, key),
    })
    const doc = new Y.Doc()
    const board = indexedDbStore({ clock, random, indexedDB: slow }).open(doc, 'late')
    clock.advance(4_000)
    await board.loaded
    expect(board.state).toMatchObject({ at: 'failed', reason: 'blocked' })
    doc.getMap('shapes').set('meanwhile', 2)
    release()
    await reached(board, isSaved)
    expect(doc.getMap('shapes').toJSON()).toEqual({ stored: 1, meanwhile: 2 })
    await board.close()
    expect((await opened('late')).shapes.toJSON()).toEqual({ stored: 1, meanwhile: 2 })
  })

  test('a tab whose board is deleted in another keeps it in memory, says so, and does not bring it back', async () => {
    const { board, clock, shapes } = await opened('deleted')
    shapes.set('a', 1)
    await reached(board, isSaved)
    await indexedDbStore({ clock, random, indexedDB }).delete('deleted')
    expect(board.state).toMatchObject({ at: 'failed', reason: 'blocked' })
    shapes.set('b', 2)
    expect(clock.waiting).toBe(0)
    await board.close()
    const again = await opened('deleted')
    expect(again.shapes.toJSON()).toEqual({})
    await again.board.close()
  })
})

describe('what is stored', () => {
  test('a record that cannot be read is reported and kept, the rest is on the board, and new changes are saved', async () => {
    const first = await opened('damaged')
    first.shapes.set('before', 1)
    await first.board.close()
    await addRecord('damaged', Uint8Array.of(255, 255, 255, 9))
    const second = await opened('damaged')
    expect(second.board.state).toMatchObject({ at: 'failed', reason: 'corrupt' })
    expect(second.shapes.toJSON()).toEqual({ before: 1 })
    second.shapes.set('after', 2)
    await second.board.close()
    expect(await records('damaged')).toBe(3)
    expect((await opened('damaged')).shapes.toJSON()).toEqual({ before: 1, after: 2 })
  })

  test('many updates are merged into one record once it is quiet', async () => {
    const { board, clock, shapes } = await opened('merged')
    for (let i = 0; i < 520; i += 1) shapes.set('key', i)
    await reached(board, isSaved)
    expect(await records('merged')).toBe(520)
    clock.advance(1_000)
    await eventually('the merge began', () => board.state.at === 'saving')
    await reached(board, isSaved)
    expect(await records('merged')).toBe(1)
    await board.close()
  })

  test('two tabs that merge and write at the same time lose nothing', async () => {
    const [one, two] = [await opened('both'), await opened('both')]
    for (let round = 0; round < 3; round += 1) {
      for (let i = 0; i < 510; i += 1) {
        one.shapes.set(`one-${round}`, i)
        two.shapes.set(`two-${round}`, i)
      }
      for (const { clock } of [one, two]) clock.advance(1_000)
      one.shapes.set(`one-late-${round}`, round)
      two.shapes.set(`two-late-${round}`, round)
      await Promise.all([reached(one.board, isSaved), reached(two.board, isSaved)])
    }
    await Promise.all([one.board.close(), two.board.close()])
    expect(Object.keys((await opened('both')).shapes.toJSON())).toHaveLength(12)
    expect(await records('both')).toBeLessThan(20)
  })

  test('what y-indexeddb stored is on the board, is merged with what is new, and still reads', async () => {
    const doc = new Y.Doc()
    const stock = new IndexeddbPersistence('stock', doc)
    await stock.whenSynced
    for (let i = 0; i < 600; i += 1) doc.getMap('shapes').set(`stock-${i % 50}`, i)
    doc.getMap('shapes').delete('stock-0')
    await stock.destroy()
    const { board, clock, shapes } = await opened('stock')
    expect(shapes.size).toBe(49)
    shapes.set('ours', 1)
    await reached(board, isSaved)
    clock.advance(1_000)
    await eventually('the merge began', () => board.state.at === 'saving')
    await reached(board, isSaved)
    expect(await records('stock')).toBe(1)
    await board.close()
    const again = new Y.Doc()
    const reader = new IndexeddbPersistence('stock', again)
    await reader.whenSynced
    expect(again.getMap('shapes').toJSON()).toEqual(shapes.toJSON())
    await reader.destroy()
  })

  test('y-indexeddb itself reads what is stored', async () => {
    const { board, shapes } = await opened('compatible')
    shapes.set('a', 1)
    await board.close()
    const doc = new Y.Doc()
    const reader = new IndexeddbPersistence('compatible', doc)
    await reader.whenSynced
    expect(doc.getMap('shapes').toJSON()).toEqual({ a: 1 })
    await reader.destroy()
  })
})

async function addRecord(name: string, record: Uint8Array): Promise<void> {
  const request = indexedDB.open(name)
  const db = await new Promise<IDBDatabase>(resolve => (request.onsuccess = () => resolve(request.result)))
  const transaction = db.transaction('updates', 'readwrite')
  transaction.objectStore('updates').add(record)
  await new Promise(resolve => (transaction.oncomplete = resolve))
  db.close()
}

/** An open request that is only made when `held` resolves, as behind another tab. */
function openAfter(held: Promise<void>, factory: IDBFactory, name: string): IDBOpenDBRequest {
  const request = {
    onsuccess: () => {},
    onupgradeneeded: () => {},
    result: undefined as IDBDatabase | undefined,
  }
  void held.then(() => {
    const real = factory.open(name)
    real.onsuccess = () => {
      request.result = real.result
      request.onsuccess()
    }
  })
  return request as unknown as IDBOpenDBRequest
}
