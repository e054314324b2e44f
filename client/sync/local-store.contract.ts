import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { LocalState, LocalStore } from './local-store.ts'
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
  })
}
