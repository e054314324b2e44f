import { describe, expect, test } from 'vitest'
import { IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { StorageFailure } from './indexeddb-failure.ts'
import { localStoreContract } from './local-store.contract.ts'
import { database, dump, keychain, makeStore, opened, random } from './sealed-board.testing.ts'
import { databaseName } from './sealed-key.ts'
import { memoryStore, sealedStore } from './sealed-store.ts'

localStoreContract('sealed', () => makeStore().store)

describe('a store where nothing can be stored', () => {
  test('a browser without IndexedDB opens the board in memory and says why', async () => {
    const clock = fakeClock()
    const store = sealedStore({ database, indexedDB: undefined, keychain, clock, random })
    const doc = new Y.Doc()
    const board = store.open(doc, 'none')
    await board.loaded
    doc.getMap('shapes').set('a', 1)
    expect(board.state).toMatchObject({ at: 'failed', reason: 'unavailable' })
    expect(clock.waiting).toBe(0)
    await board.close()
    await expect(store.files('none').put('a', Uint8Array.of(1))).rejects.toBeInstanceOf(StorageFailure)
  })

  test('a store in memory says why of each board, and refuses files and previews with the same reason', async () => {
    const store = memoryStore(new StorageFailure('newer'))
    const board = store.open(new Y.Doc(), 'any')
    await board.loaded
    expect(board.state).toMatchObject({ at: 'failed', reason: 'newer' })
    await expect(store.files('any').put('a', Uint8Array.of(1))).rejects.toMatchObject({ reason: 'newer' })
    await expect(store.previews.put('any', Uint8Array.of(1))).rejects.toMatchObject({ reason: 'newer' })
    expect([await store.files('any').names(), await store.usage('any')]).toEqual([[], 0])
  })

  test('a store in memory has a board again that was closed to be kept, until it is deleted', async () => {
    const store = memoryStore(new StorageFailure('unavailable'))
    const drawn = new Y.Doc()
    const board = store.open(drawn, 'any')
    drawn.getMap('shapes').set('a', 1)
    await board.close('kept')
    const again = new Y.Doc()
    await store.open(again, 'any').loaded
    expect(again.getMap('shapes').toJSON()).toEqual({ a: 1 })
    await store.delete('any')
    const after = new Y.Doc()
    store.open(after, 'any')
    expect([after.getMap('shapes').size, store.unsaved.state]).toEqual([0, 0])
  })
})

describe('what a sealed store leaves on the device', () => {
  test('nothing of a board, its name, its files and its preview can be read in the databases', async () => {
    const name = 'board-of-the-secret-otters'
    const { store, board, shapes, doc } = await opened(name)
    shapes.set('shape-of-otter', 'a text about otters')
    const other = new Y.Doc()
    other.getMap('shapes').set('far-otter', 'another text about otters')
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
    await store.files(name).put('name-of-otter', new TextEncoder().encode('a picture of otters'))
    await store.previews.put(name, new TextEncoder().encode('a small picture of otters'))
    await board.close()
    expect(await dump()).not.toMatch(/otter/)
    expect((await opened(name)).shapes.toJSON()).toEqual({
      'shape-of-otter': 'a text about otters',
      'far-otter': 'another text about otters',
    })
  })

  test('y-indexeddb reads the records: a document with an array of the chunks', async () => {
    const { board, shapes } = await opened('layout')
    shapes.set('a', 1)
    shapes.set('b', 2)
    await board.close()
    const doc = new Y.Doc()
    const reader = new IndexeddbPersistence(databaseName(keychain, 'layout'), doc)
    await reader.whenSynced
    const chunks = doc.getArray('chunks').toArray()
    expect(chunks).toHaveLength(2)
    expect(chunks.every(chunk => chunk instanceof Uint8Array)).toBe(true)
    await reader.destroy()
  })
})
