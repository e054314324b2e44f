import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { LOADED, type LocalState, type LocalStore } from './local-store.ts'
import { reached } from './wait.testing.ts'

const isSaved = (state: LocalState) => state.at === 'saved'

/** A document whose only content is in the map `shapes`. */
function content(doc: Y.Doc): Record<string, unknown> {
  return doc.getMap('shapes').toJSON()
}

/** What every LocalStore promises. `makeStore` returns another view of the same device each time. */
export function localStoreContract(backend: string, makeStore: () => LocalStore): void {
  let made = 0
  const newName = () => `contract-${backend}-${made++}`

  async function opened(name: string, store = makeStore()) {
    const doc = new Y.Doc()
    const board = store.open(doc, name)
    await board.loaded
    return { doc, board, shapes: doc.getMap<unknown>('shapes') }
  }

  describe(`${backend} as a local store`, () => {
    test('a board is loading until it is loaded, then saved', async () => {
      const board = makeStore().open(new Y.Doc(), newName())
      expect(board.state.at).toBe('loading')
      await board.loaded
      expect((await reached(board, isSaved)).at).toBe('saved')
      await board.close()
    })

    test('what was saved is there again', async () => {
      const name = newName()
      const first = await opened(name)
      first.shapes.set('a', 1)
      first.shapes.set('b', 'two')
      first.shapes.delete('a')
      await reached(first.board, isSaved)
      await first.board.close()
      const second = await opened(name)
      expect(content(second.doc)).toEqual({ b: 'two' })
      await second.board.close()
    })

    test('a change shows as saving before its transaction returns, and as saved afterwards', async () => {
      const { board, shapes } = await opened(newName())
      await reached(board, isSaved)
      const seen: string[] = []
      board.subscribe(state => seen.push(state.at))
      shapes.set('a', 1)
      expect(board.state.at).toBe('saving')
      await reached(board, isSaved)
      expect(seen).toEqual(['saving', 'saved'])
      await board.close()
    })

    test('a change made just before the close is not lost', async () => {
      const name = newName()
      const first = await opened(name)
      first.shapes.set('last', true)
      await first.board.close()
      const second = await opened(name)
      expect(content(second.doc)).toEqual({ last: true })
      await second.board.close()
    })

    test('what two tabs write to one board at once is kept', async () => {
      const name = newName()
      const one = await opened(name)
      const two = await opened(name, makeStore())
      for (let i = 0; i < 100; i += 1) {
        one.shapes.set(`one-${i}`, i)
        two.shapes.set(`two-${i}`, i)
      }
      await Promise.all([one.board.close(), two.board.close()])
      const third = await opened(name)
      expect(Object.keys(content(third.doc))).toHaveLength(200)
      await third.board.close()
    })

    test('a deleted board is empty when it is opened again', async () => {
      const name = newName()
      const first = await opened(name)
      first.shapes.set('a', 1)
      await first.board.close()
      await makeStore().delete(name)
      const second = await opened(name)
      expect(content(second.doc)).toEqual({})
      await second.board.close()
    })

    test('boards of different names do not share anything', async () => {
      const [left, right] = [await opened(newName()), await opened(newName())]
      left.shapes.set('a', 1)
      await reached(left.board, isSaved)
      expect(content(right.doc)).toEqual({})
      await Promise.all([left.board.close(), right.board.close()])
    })

    test('a board that is closed tells whether all of it is saved', async () => {
      const { board, shapes } = await opened(newName())
      shapes.set('a', 1)
      await board.close()
      expect(board.state.at).toBe('saved')
    })

    test('what others wrote is stored when the board is closed at once', async () => {
      const name = newName()
      const [first, other] = [await opened(name), new Y.Doc()]
      other.getMap('shapes').set('from-afar', 1)
      Y.applyUpdate(first.doc, Y.encodeStateAsUpdate(other))
      expect(first.board.state.at).toBe('saving')
      await first.board.close()
      const second = await opened(name)
      expect(content(second.doc)).toEqual({ 'from-afar': 1 })
      await second.board.close()
    })

    test('what is loaded arrives in one transaction, with the origin that says so', async () => {
      const name = newName()
      const first = await opened(name)
      for (let i = 0; i < 10; i += 1) first.shapes.set(`${i}`, i)
      await first.board.close()
      const doc = new Y.Doc()
      const origins: unknown[] = []
      doc.on('update', (_, origin) => origins.push(origin))
      const board = makeStore().open(doc, name)
      await board.loaded
      expect(origins).toEqual([LOADED])
      await board.close()
    })
  })

  describe(`${backend} as a store of files`, () => {
    const bytes = (length: number, seed = 1) => Uint8Array.from({ length }, (_, i) => (i * seed) % 251)

    test('a file is there again, in another view of the device too, whether or not its board is open', async () => {
      const name = newName()
      const { board, shapes } = await opened(name)
      await makeStore().files(name).put('picture', bytes(100_000, 7))
      shapes.set('a', 1)
      expect(await makeStore().files(name).get('picture')).toEqual(bytes(100_000, 7))
      await board.close()
      expect(await makeStore().files(name).get('picture')).toEqual(bytes(100_000, 7))
      expect(content((await opened(name)).doc)).toEqual({ a: 1 })
    })

    test('a file put again replaces what was there; an empty one is a file', async () => {
      const files = makeStore().files(newName())
      await files.put('one', bytes(10))
      await files.put('one', bytes(0))
      expect(await files.get('one')).toEqual(bytes(0))
      expect(await files.names()).toEqual(['one'])
    })

    test('names lists what there is, of this board alone, and a deleted file is gone', async () => {
      const [files, others] = [makeStore().files(newName()), makeStore().files(newName())]
      await Promise.all([files.put('ä', bytes(1)), files.put('b', bytes(2)), others.put('c', bytes(3))])
      expect([...(await files.names())].sort()).toEqual(['b', 'ä'])
      await files.delete('b')
      expect(await files.names()).toEqual(['ä'])
      expect(await files.get('b')).toBe(null)
      expect(await others.get('ä')).toBe(null)
    })

    test('a board that is not there has no files, and looking does not bring it about', async () => {
      const name = newName()
      const files = makeStore().files(name)
      expect([await files.get('a'), await files.names(), await files.delete('a')]).toEqual([
        null,
        [],
        undefined,
      ])
      expect(await makeStore().usage(name)).toBe(0)
    })

    test('usage counts the board, its files and its preview, and is 0 once the board is deleted', async () => {
      const name = newName()
      const store = makeStore()
      const { board, shapes } = await opened(name)
      shapes.set('a', 'x'.repeat(1000))
      await board.close()
      const alone = await store.usage(name)
      expect(alone).toBeGreaterThan(1000)
      await store.files(name).put('picture', bytes(5000))
      expect(await store.usage(name)).toBeGreaterThanOrEqual(alone + 5000)
      await store.previews.put(name, bytes(700))
      expect(await store.usage(name)).toBeGreaterThanOrEqual(alone + 5700)
      await store.delete(name)
      expect(await store.usage(name)).toBe(0)
      expect(await store.files(name).names()).toEqual([])
    })
  })

  describe(`${backend} as a store of previews`, () => {
    test('each board has one, which is replaced, and goes with the board', async () => {
      const [a, b] = [newName(), newName()]
      const { previews } = makeStore()
      await previews.put(a, Uint8Array.of(1))
      await previews.put(b, Uint8Array.of(2))
      await previews.put(a, Uint8Array.of(3))
      const all = await makeStore().previews.all()
      expect([all.get(a), all.get(b)]).toEqual([Uint8Array.of(3), Uint8Array.of(2)])
      await makeStore().delete(a)
      const left = await previews.all()
      expect([left.has(a), left.has(b)]).toEqual([false, true])
    })
  })
}
