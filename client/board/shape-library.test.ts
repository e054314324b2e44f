import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { type KeptDrawing, KeptDrawings } from './shape-library.ts'

const drawing = (id: string, order: number, more: Partial<KeptDrawing> = {}): KeptDrawing => ({
  ...{ id, order, name: `Drawing ${id}`, text: `shapes of ${id}`, images: {} },
  ...more,
})

const ids = (kept: KeptDrawings) => kept.all.map(({ id }) => id)

test('what was added last comes first, and a name can be changed', () => {
  const kept = new KeptDrawings(new Y.Doc())
  kept.add([drawing('a', 1), drawing('b', 2)])
  kept.add([drawing('c', 3)])
  kept.rename('a', 'Server')
  expect(ids(kept)).toEqual(['c', 'b', 'a'])
  expect(kept.get('a')?.name).toBe('Server')
})

test('a removed drawing comes back as it was, images included', () => {
  const kept = new KeptDrawings(new Y.Doc())
  const images = { hash: Uint8Array.of(1, 2, 3) }
  kept.add([drawing('a', 1, { images }), drawing('b', 2)])
  const before = kept.get('a') as KeptDrawing
  kept.remove(['a'])
  expect(ids(kept)).toEqual(['b'])
  kept.add([before])
  expect(kept.get('a')).toEqual(drawing('a', 1, { images }))
})

test('what cannot be read is left out and stays where it is', () => {
  const doc = new Y.Doc()
  const kept = new KeptDrawings(doc)
  kept.add([drawing('a', 1)])
  doc.getMap('items').set('newer', new Y.Map([['scene', 1]]))
  doc.getMap('items').set('other', 'text')
  expect(ids(kept)).toEqual(['a'])
  expect(doc.getMap('items').has('newer')).toBe(true)
})

test('two tabs that write at once come to hold the same', () => {
  const step = fc.record({
    tab: fc.nat(1),
    do: fc.constantFrom('add', 'rename', 'remove'),
    id: fc.constantFrom('a', 'b', 'c'),
    order: fc.nat(9),
  })
  fc.assert(
    fc.property(fc.array(step), steps => {
      const docs = [new Y.Doc(), new Y.Doc()] as const
      const tabs = docs.map(doc => new KeptDrawings(doc))
      for (const { tab, do: act, id, order } of steps) {
        const kept = tabs[tab] as KeptDrawings
        if (act === 'add') kept.add([drawing(id, order)])
        else if (act === 'rename') kept.rename(id, `Named ${order}`)
        else kept.remove([id])
      }
      Y.applyUpdate(docs[0], Y.encodeStateAsUpdate(docs[1]))
      Y.applyUpdate(docs[1], Y.encodeStateAsUpdate(docs[0]))
      expect(tabs[0]?.all).toEqual(tabs[1]?.all)
    }),
  )
})
