import { afterEach, describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { resultOf } from './indexeddb-database.ts'
import {
  abortWrites,
  diskFull,
  dump,
  isFailed,
  isSaved,
  keychain,
  makeStore,
  opened,
  records,
} from './sealed-board.testing.ts'
import { databaseName } from './sealed-key.ts'
import { eventually, reached } from './wait.testing.ts'

afterEach(() => vi.restoreAllMocks())

describe('a sealed board whose writes are aborted', () => {
  test('a full disk shows as failed for quota, and never as saved', async () => {
    const { board, shapes } = await opened('full')
    const seen: string[] = []
    board.subscribe(state => seen.push(state.at))
    abortWrites(diskFull())
    shapes.set('a', 1)
    const failed = await reached(board, isFailed)
    expect(failed.reason).toBe('quota')
    expect(failed.message).toContain('disk full')
    expect(seen).toEqual(['saving', 'failed'])
    await board.close()
    expect(board.state.at).toBe('failed')
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
    expect((await opened('mended')).shapes.toJSON()).toEqual({ a: 1, b: 2 })
  })

  test('retries go on with growing delays while the disk stays full', async () => {
    const { board, clock, shapes } = await opened('still-full')
    abortWrites(diskFull())
    for (let i = 0; i < 50; i += 1) shapes.set(`${i}`, i)
    await reached(board, isFailed)
    await eventually('a first retry waits', () => clock.waiting === 1)
    clock.advance(1_000)
    await eventually('a second retry waits', () => clock.waiting === 1)
    expect(board.state.at).toBe('failed')
    clock.advance(2_000)
    await eventually('a third retry waits', () => clock.waiting === 1)
    await board.close()
    expect(clock.waiting).toBe(0)
  })

  test('what failed is tried once more when the board is closed', async () => {
    const { board, shapes } = await opened('last-try')
    const restore = abortWrites(diskFull())
    shapes.set('a', 1)
    await reached(board, isFailed)
    restore()
    await board.close()
    expect(board.state.at).toBe('saved')
    expect((await opened('last-try')).shapes.toJSON()).toEqual({ a: 1 })
  })

  test('what a full disk refused is there when the board is opened again in this tab, until it is stored', async () => {
    const { board, store, shapes } = await opened('kept')
    const restore = abortWrites(diskFull())
    shapes.set('a', 1)
    await reached(board, isFailed)
    await board.close('kept')
    expect(store.unsaved.state).toBe(1)
    const [again, beside] = [new Y.Doc(), new Y.Doc()]
    const [second, third] = [store.open(again, 'kept'), store.open(beside, 'kept')]
    await Promise.all([second.loaded, third.loaded])
    expect([again, beside].map(doc => doc.getMap('shapes').toJSON())).toEqual([{ a: 1 }, { a: 1 }])
    await third.close()
    expect(store.unsaved.state).toBe(1)
    restore()
    await second.close()
    expect([second.state.at, store.unsaved.state]).toEqual(['saved', 0])
    expect((await opened('kept')).shapes.toJSON()).toEqual({ a: 1 })
  })

  test('a board that is deleted takes along what this tab kept of it', async () => {
    const { board, store, shapes } = await opened('kept-and-deleted')
    const restore = abortWrites(diskFull())
    shapes.set('a', 1)
    await reached(board, isFailed)
    await board.close('kept')
    restore()
    await store.delete('kept-and-deleted')
    const doc = new Y.Doc()
    await store.open(doc, 'kept-and-deleted').loaded
    expect([store.unsaved.state, doc.getMap('shapes').size]).toEqual([0, 0])
  })

  test('a merge that fails says nothing, since every change is stored, and removes nothing', async () => {
    const { board, clock, shapes } = await opened('merge-fails')
    for (let i = 0; i < 400; i += 1) shapes.set('key', i)
    await reached(board, isSaved)
    const seen: string[] = []
    board.subscribe(state => seen.push(state.at))
    abortWrites(diskFull())
    clock.advance(1_000)
    await board.close()
    expect(IDBObjectStore.prototype.add).toHaveBeenCalledOnce()
    expect([seen, board.state.at]).toEqual([[], 'saved'])
    expect(await records('merge-fails')).toHaveLength(400)
  })
})

describe('a sealed board whose database is not there, or goes', () => {
  test('a database that never opens lets the board open, and joins it when it does', async () => {
    const first = await opened('late')
    first.shapes.set('stored', 1)
    await first.board.close()
    let release = () => {}
    const held = new Promise<void>(resolve => (release = resolve))
    const slow = new Proxy(indexedDB, {
      get: (target, key) =>
        key === 'open' ? (name: string) => openAfter(held, target, name) : Reflect.get(target, key),
    })
    const clock = fakeClock()
    const doc = new Y.Doc()
    const board = makeStore(clock, slow).store.open(doc, 'late')
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
    const { board, clock, store, shapes } = await opened('deleted')
    shapes.set('a', 1)
    await reached(board, isSaved)
    await makeStore().store.delete('deleted')
    expect(board.state).toMatchObject({ at: 'failed', reason: 'blocked' })
    shapes.set('b', 2)
    expect(clock.waiting).toBe(0)
    await board.close('kept')
    expect(store.unsaved.state).toBe(0)
    expect((await opened('deleted')).shapes.toJSON()).toEqual({})
  })

  test('a board that the browser deleted says so and is stored anew, under another key', async () => {
    const { board, clock, shapes } = await opened('evicted', watched)
    shapes.set('a', 1)
    await reached(board, isSaved)
    const before = await dump()
    const seen: string[] = []
    board.subscribe(state => seen.push(state.at === 'failed' ? state.reason : state.at))
    await evict('evicted')
    shapes.set('b', 2)
    clock.advance(1_000)
    await reached(board, isSaved)
    expect(seen).toEqual(['aborted', 'evicted', 'saved'])
    await board.close()
    expect((await opened('evicted')).shapes.toJSON()).toEqual({ a: 1, b: 2 })
    expect(await dump()).not.toBe(before)
  })

  test('a board whose database was only closed by the browser goes on without a word of eviction', async () => {
    const { board, clock, shapes } = await opened('closed', watched)
    shapes.set('a', 1)
    await reached(board, isSaved)
    const seen: string[] = []
    board.subscribe(state => seen.push(state.at === 'failed' ? state.reason : state.at))
    forceClose('closed')
    shapes.set('b', 2)
    clock.advance(1_000)
    await reached(board, isSaved)
    expect(seen).not.toContain('evicted')
    await board.close()
    expect((await opened('closed')).shapes.toJSON()).toEqual({ a: 1, b: 2 })
  })

  test('two tabs that make a board at the same time have one key between them', async () => {
    const name = 'born-twice'
    const [one, two] = await Promise.all([opened(name), opened(name)])
    one.shapes.set('one', 1)
    two.shapes.set('two', 2)
    await Promise.all([one.board.close(), two.board.close()])
    const third = await opened(name)
    expect(third.board.state.at).toBe('saved')
    expect(third.shapes.toJSON()).toEqual({ one: 1, two: 2 })
  })

  test('a tab whose database a newer version changes lets go of it and says to reload', async () => {
    const { board, clock, shapes } = await opened('upgraded')
    const upgrade = await resultOf(indexedDB.open(databaseName(keychain, 'upgraded'), 2))
    shapes.set('a', 1)
    expect(board.state).toMatchObject({ at: 'failed', reason: 'newer' })
    expect(clock.waiting).toBe(0)
    upgrade.close()
    await board.close()
  })

  test('a board that a newer version has stored otherwise opens in memory, says to reload, and nothing is written to it', async () => {
    const first = await opened('from-tomorrow')
    first.shapes.set('a', 1)
    await first.board.close()
    const upgrade = await resultOf(indexedDB.open(databaseName(keychain, 'from-tomorrow'), 2))
    upgrade.close()
    const before = await dump()
    const { board, clock, shapes, store } = await opened('from-tomorrow')
    shapes.set('b', 2)
    expect(board.state).toMatchObject({ at: 'failed', reason: 'newer' })
    expect(clock.waiting).toBe(0)
    await expect(store.files('from-tomorrow').put('a', Uint8Array.of(1))).rejects.toMatchObject({
      reason: 'newer',
    })
    await board.close()
    expect(await dump()).toBe(before)
  })
})

/** The connections that `watched` opened, by the database's name. */
const connections = new Map<string, IDBDatabase>()

/** IndexedDB whose connections the browser can take away. */
const watched: IDBFactory = new Proxy(indexedDB, {
  get(target, key) {
    if (key !== 'open') return Reflect.get(target, key)
    return (name: string) => {
      const request = target.open(name)
      request.addEventListener('success', () => connections.set(name, request.result))
      return request
    }
  },
})

function forceClose(name: string): void {
  const db = connections.get(databaseName(keychain, name))
  db?.close()
  db?.onclose?.(new Event('close'))
}

async function evict(name: string): Promise<void> {
  const key = databaseName(keychain, name)
  const db = connections.get(key)
  if (db) db.onversionchange = null
  db?.close()
  const deletion = indexedDB.deleteDatabase(key)
  await resultOf(deletion)
  db?.onclose?.(new Event('close'))
}

describe('what others wrote', () => {
  const fromAfar = (doc: Y.Doc, key: string, value: unknown = 1) => {
    const other = new Y.Doc()
    other.getMap('shapes').set(key, value)
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
  }

  test('within 50 ms becomes one chunk, and is not called saved before', async () => {
    const { board, clock, doc } = await opened('batched')
    for (let i = 0; i < 20; i += 1) fromAfar(doc, `${i}`)
    expect(board.state.at).toBe('saving')
    clock.advance(49)
    expect(await records('batched')).toEqual([])
    clock.advance(1)
    await reached(board, isSaved)
    expect(await records('batched')).toHaveLength(1)
    await board.close()
  })

  test('is put at once when the page may be about to go', async () => {
    const { board, leave, leaves, doc } = await opened('leaving')
    fromAfar(doc, 'a')
    leave()
    expect(await records('leaving')).toHaveLength(1)
    await board.close()
    expect(leaves.size).toBe(0)
  })

  test('is put before what the person writes on top of it', async () => {
    const { board, doc, shapes } = await opened('on-top')
    fromAfar(doc, 'a')
    shapes.set('a', 2)
    expect(await records('on-top')).toHaveLength(2)
    await board.close()
  })

  test('a large part of the whole is stored as the whole, another beside it', async () => {
    const { board, clock, doc } = await opened('arrives')
    fromAfar(doc, 'small')
    clock.advance(50)
    await reached(board, isSaved)
    fromAfar(doc, 'large', 'x'.repeat(300_000))
    clock.advance(50)
    await reached(board, isSaved)
    expect(await records('arrives')).toHaveLength(1)
    fromAfar(doc, 'part', 'y'.repeat(70_000))
    await board.close()
    expect(await records('arrives')).toHaveLength(2)
    expect(Object.keys((await opened('arrives')).shapes.toJSON())).toHaveLength(3)
  })
})

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
