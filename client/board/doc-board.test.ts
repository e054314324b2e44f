import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { packInk } from '../../shared/geometry/ink.ts'
import { compareOrder, keyBetween, keysAbove } from '../../shared/schema/order.ts'
import { makeShape, SCHEMA_VERSION } from '../../shared/schema/read.ts'
import type { Rectangle } from '../../shared/shapes/rectangle.ts'
import type { BoardDiff } from './board.ts'
import { DocBoard } from './doc-board.ts'

const rectangle = (id: string, given: Partial<Rectangle> = {}) =>
  makeShape('rectangle', { id, pos: [0, 0], size: [100, 50], z: 'a0', ...given })

function peer(clientID: number) {
  const doc = new Y.Doc()
  doc.clientID = clientID
  return { doc, board: new DocBoard(doc) }
}

function exchange(...docs: Y.Doc[]): void {
  const updates = docs.map(doc => Y.encodeStateAsUpdate(doc))
  for (const doc of docs) for (const update of updates) Y.applyUpdate(doc, update, 'network')
}

describe('a gesture', () => {
  test('arrives as one diff with the shapes before and after, the board already changed', () => {
    const { board } = peer(1)
    const diffs: BoardDiff[] = []
    board.subscribe(diff => {
      expect(board.shapes.get('a')).toBe(diff.shapes.get('a')?.after)
      diffs.push(diff)
    })
    board.transact([{ op: 'create', shape: rectangle('a') }])
    board.transact([
      { op: 'patch', id: 'a', patch: { pos: [5, 5] } },
      { op: 'patch', id: 'a', patch: { stroke: '#ff0000' } },
    ])
    expect(diffs.map(diff => diff.source)).toEqual(['own', 'own'])
    expect(diffs[1]?.shapes.get('a')).toEqual({
      before: rectangle('a'),
      after: rectangle('a', { pos: [5, 5], stroke: '#ff0000' }),
    })
  })

  test('is one undo step, and redo brings it back', () => {
    const { board } = peer(1)
    board.transact(['a', 'b', 'c'].map(id => ({ op: 'create' as const, shape: rectangle(id) })))
    board.transact([
      { op: 'patch', id: 'a', patch: { pos: [9, 9] } },
      { op: 'remove', id: 'b' },
    ])
    board.undo()
    expect(board.ordered).toEqual(['a', 'b', 'c'].map(id => rectangle(id)))
    board.redo()
    expect(board.shapes.get('a')?.pos).toEqual([9, 9])
    expect(board.shapes.has('b')).toBe(false)
    board.undo()
    board.undo()
    expect(board.shapes.size).toBe(0)
    expect(board.canUndo).toBe(false)
  })

  test('that joins the previous one undoes with it', () => {
    const { board } = peer(1)
    board.transact([{ op: 'create', shape: rectangle('a') }])
    board.transact([{ op: 'text', id: 'a', at: 0, remove: 0, insert: 'h' }])
    board.transact([{ op: 'text', id: 'a', at: 1, remove: 0, insert: 'i' }], { joinsPrevious: true })
    expect(board.shapes.get('a')).toMatchObject({ text: 'hi' })
    board.undo()
    expect(board.shapes.get('a')).toMatchObject({ text: '' })
  })

  test('overwrites one key, so after a reload a thousand moves weigh nearly the same as one', () => {
    const { doc, board } = peer(1)
    /** Bytes of the document once nothing is kept for undo any more. */
    const weight = () => {
      const reloaded = new Y.Doc()
      Y.applyUpdate(reloaded, Y.encodeStateAsUpdate(doc))
      return Y.encodeStateAsUpdate(reloaded).length
    }
    board.transact([{ op: 'create', shape: rectangle('a') }])
    board.transact([{ op: 'patch', id: 'a', patch: { pos: [1, 1] } }])
    const once = weight()
    for (let i = 0; i < 1000; i++) board.transact([{ op: 'patch', id: 'a', patch: { pos: [i, i] } }])
    expect(weight()).toBeLessThan(once + 40)
  })

  test('with a value the schema refuses throws and changes nothing', () => {
    const { board } = peer(1)
    board.transact([{ op: 'create', shape: rectangle('a') }])
    const before = rectangle('a')
    for (const patch of [
      { pos: [Number.NaN, 0] },
      { pos: [0, 1e9] },
      { opacity: 2 },
      { stroke: 'red' },
      { nope: 1 },
    ]) {
      expect(() =>
        board.transact([
          { op: 'patch', id: 'a', patch: { pos: [1, 1] } },
          { op: 'patch', id: 'a', patch: patch as never },
        ]),
      ).toThrow(RangeError)
    }
    expect(() =>
      board.transact([{ op: 'text', id: 'a', at: 0, remove: 0, insert: 'x'.repeat(30_000) }]),
    ).toThrow(RangeError)
    expect(() => board.transact([{ op: 'title', title: 't'.repeat(201) }])).toThrow(RangeError)
    expect(() => board.transact([{ op: 'create', shape: rectangle('b', { size: [-1, 1] }) }])).toThrow(
      RangeError,
    )
    expect([...board.shapes.values()]).toEqual([before])
  })
})

describe('two people', () => {
  test('who move and recolour one shape at once both prevail', () => {
    const a = peer(1)
    const b = peer(2)
    a.board.transact([{ op: 'create', shape: rectangle('s') }])
    exchange(a.doc, b.doc)
    a.board.transact([{ op: 'patch', id: 's', patch: { pos: [70, 80] } }])
    b.board.transact([{ op: 'patch', id: 's', patch: { stroke: '#123456' } }])
    exchange(a.doc, b.doc)
    expect(a.board.shapes.get('s')).toMatchObject({ pos: [70, 80], stroke: '#123456' })
    expect(b.board.shapes.get('s')).toEqual(a.board.shapes.get('s'))
  })

  test('who label one shape at once keep the characters of both', () => {
    const a = peer(1)
    const b = peer(2)
    a.board.transact([{ op: 'create', shape: rectangle('s') }])
    exchange(a.doc, b.doc)
    a.board.transact([{ op: 'text', id: 's', at: 0, remove: 0, insert: 'left' }])
    b.board.transact([{ op: 'text', id: 's', at: 0, remove: 0, insert: 'right' }])
    exchange(a.doc, b.doc)
    expect(a.board.shapes.get('s')).toMatchObject({ text: expect.stringMatching(/^(leftright|rightleft)$/) })
  })

  test('undo only their own gestures', () => {
    const a = peer(1)
    const b = peer(2)
    a.board.transact([{ op: 'create', shape: rectangle('mine') }])
    exchange(a.doc, b.doc)
    b.board.transact([{ op: 'create', shape: rectangle('theirs') }])
    b.board.transact([{ op: 'patch', id: 'mine', patch: { fill: '#00ff00' } }])
    exchange(a.doc, b.doc)
    a.board.transact([{ op: 'patch', id: 'mine', patch: { pos: [3, 3] } }])
    a.board.undo()
    expect(a.board.shapes.get('mine')).toMatchObject({ pos: [0, 0], fill: '#00ff00' })
    a.board.undo()
    expect([...a.board.shapes.keys()]).toEqual(['theirs'])
    expect(a.board.canUndo).toBe(false)
  })

  test('leave a shape where it is when a move that the other overtook is undone', () => {
    const [a, b] = [peer(2), peer(1)]
    a.board.transact([{ op: 'create', shape: rectangle('s') }])
    exchange(a.doc, b.doc)
    a.board.transact([{ op: 'patch', id: 's', patch: { pos: [3, 3] } }])
    b.board.transact([{ op: 'patch', id: 's', patch: { pos: [4, 4] } }])
    exchange(a.doc, b.doc)
    a.board.undo()
    exchange(a.doc, b.doc)
    for (const { board } of [a, b]) expect(board.shapes.get('s')).toEqual(rectangle('s', { pos: [3, 3] }))
    a.board.redo()
    a.board.undo()
    a.board.undo()
    exchange(a.doc, b.doc)
    expect(b.board.shapes.size).toBe(0)
  })

  test('are left in peace when the shape that one edits is gone', () => {
    const { board } = peer(1)
    board.transact([
      { op: 'patch', id: 'gone', patch: { pos: [1, 1] } },
      { op: 'remove', id: 'gone' },
      { op: 'text', id: 'gone', at: 3, remove: 1, insert: 'x' },
      { op: 'create', shape: rectangle('a') },
    ])
    expect([...board.shapes.keys()]).toEqual(['a'])
  })
})

describe('reading is tolerant', () => {
  test.each<[string, (shapes: Y.Map<unknown>) => void]>([
    [
      'of an unknown type',
      shapes =>
        shapes.set(
          'x',
          new Y.Map([
            ['type', 'hologram'],
            ['pos', [7, 8]],
          ]),
        ),
    ],
    [
      'with a broken key',
      shapes =>
        shapes.set(
          'x',
          new Y.Map<unknown>([
            ['type', 'rectangle'],
            ['pos', [7, 8]],
            ['z', 'a0'],
            ['size', 'big'],
          ]),
        ),
    ],
    ['that is no map', shapes => shapes.set('x', 42)],
    [
      'with a plain string for its text',
      shapes =>
        shapes.set(
          'x',
          new Y.Map<unknown>([
            ['type', 'text'],
            ['pos', [7, 8]],
            ['z', 'a0'],
            ['text', 'hi'],
          ]),
        ),
    ],
    ['with a prototype name for its type', shapes => shapes.set('x', new Y.Map([['type', 'constructor']]))],
  ])('a shape %s is a locked placeholder, kept as it is', (_, put) => {
    const { doc, board } = peer(1)
    doc.transact(() => put(doc.getMap('shapes')), 'network')
    const held = JSON.stringify(doc.getMap('shapes').toJSON())
    expect(board.shapes.get('x')).toMatchObject({ type: 'unreadable', id: 'x' })
    board.transact([
      { op: 'patch', id: 'x', patch: { pos: [0, 0] } },
      { op: 'remove', id: 'x' },
    ])
    expect(JSON.stringify(doc.getMap('shapes').toJSON())).toBe(held)
  })

  test('keys that this version does not know survive an edit', () => {
    const { doc, board } = peer(1)
    board.transact([{ op: 'create', shape: rectangle('a') }])
    const held = doc.getMap<Y.Map<unknown>>('shapes').get('a')
    doc.transact(() => held?.set('sparkle', 3), 'network')
    board.transact([{ op: 'patch', id: 'a', patch: { pos: [1, 2] } }])
    expect(board.shapes.get('a')).toMatchObject({ type: 'rectangle', pos: [1, 2] })
    expect(held?.get('sparkle')).toBe(3)
  })

  test('a document of a newer schema is read-only and says so', () => {
    const { doc, board } = peer(1)
    board.transact([{ op: 'create', shape: rectangle('a') }])
    doc.transact(() => doc.getMap('meta').set('schema', 999), 'network')
    expect(board.readOnly).toMatch(/newer version/)
    expect(() => board.transact([{ op: 'remove', id: 'a' }])).toThrow(/newer version/)
    board.undo()
    expect(board.shapes.has('a')).toBe(true)
  })
})

test('a locked board is read-only for the reason given, follows others all the same, and can be unlocked', () => {
  const { doc, board } = peer(1)
  board.lock('Look only.')
  expect(board.readOnly).toBe('Look only.')
  expect(() => board.transact([{ op: 'create', shape: rectangle('a') }])).toThrow('Look only.')
  const other = peer(2)
  other.board.transact([{ op: 'create', shape: rectangle('b') }])
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other.doc), 'network')
  expect([...board.shapes.keys()]).toEqual(['b'])
  board.lock(undefined)
  board.transact([{ op: 'remove', id: 'b' }])
  expect(board.shapes.size).toBe(0)
})

test('a document that was there before the board is read whole', () => {
  const a = peer(1)
  const keys = keysAbove(null, 200)
  a.board.transact(keys.map((z, i) => ({ op: 'create', shape: rectangle(`s${i}`, { z }) })))
  const ink = packInk({
    points: [
      [0, 0],
      [4, 4],
    ],
    pressures: null,
  })
  a.board.transact([
    {
      op: 'create',
      shape: makeShape('ink', { id: 'i', pos: [0, 0], size: [4, 4], z: keyBetween(null, 'a0'), ink }),
    },
    { op: 'title', title: 'Plan' },
  ])
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(a.doc))
  const board = new DocBoard(copy)
  expect(board.ordered).toEqual(a.board.ordered)
  expect(board.ordered[0]?.id).toBe('i')
  expect(board.title).toBe('Plan')
})

test('the first gesture dates the board and names its schema, and later ones leave both alone', () => {
  const doc = new Y.Doc()
  let time = 5
  const board = new DocBoard(doc, () => time)
  board.transact([{ op: 'create', shape: rectangle('a') }])
  time = 6
  board.transact([{ op: 'remove', id: 'a' }])
  expect(doc.getMap('meta').toJSON()).toEqual({ schema: SCHEMA_VERSION, created: 5 })
})

test('only what differs from the default is stored', () => {
  const { doc, board } = peer(1)
  board.transact([{ op: 'create', shape: rectangle('a', { stroke: '#ff0000' }) }])
  const held = doc.getMap<Y.Map<unknown>>('shapes').get('a')
  expect([...(held?.keys() ?? [])].sort()).toEqual(['pos', 'size', 'stroke', 'text', 'type', 'z'])
  board.transact([{ op: 'patch', id: 'a', patch: { stroke: '#1e1e1e', corner: 4 } }])
  expect([...(held?.keys() ?? [])].sort()).toEqual(['corner', 'pos', 'size', 'text', 'type', 'z'])
})

test('the paint order equals a sort by (z, id) whatever happens', () => {
  const id = fc.integer({ min: 0, max: 30 }).map(n => `s${n}`)
  const z = fc.constantFrom('a0', 'a1', 'a1V', 'a2', 'Zz')
  const step = fc.oneof(
    fc.record({
      op: fc.constant('create' as const),
      shape: fc.tuple(id, z).map(([i, k]) => rectangle(i, { z: k })),
    }),
    fc.record({ op: fc.constant('patch' as const), id, patch: z.map(k => ({ z: k })) }),
    fc.record({ op: fc.constant('remove' as const), id }),
  )
  fc.assert(
    fc.property(fc.array(fc.array(step, { maxLength: 90 }), { maxLength: 12 }), batches => {
      const { board } = peer(1)
      for (const batch of batches) {
        board.transact(batch)
        expect(board.ordered).toEqual([...board.shapes.values()].sort(compareOrder))
      }
      for (const _ of batches) board.undo()
      expect(board.ordered).toEqual([...board.shapes.values()].sort(compareOrder))
      expect(board.shapes.size).toBe(0)
    }),
    { numRuns: 60 },
  )
})

describe('each change is signed with the name of who made it', () => {
  const signed = (name: () => string) => {
    const doc = new Y.Doc()
    return { doc, board: new DocBoard(doc, () => 0, name) }
  }
  const byOf = ({ doc }: { doc: Y.Doc }, id: string) =>
    doc.getMap<Y.Map<unknown>>('shapes').get(id)?.get('by')

  test('a shape that is made, moved, put above others or written on, and no other', () => {
    let name = 'Ana'
    const here = signed(() => name)
    here.board.transact(['a', 'b', 'c', 'd'].map(id => ({ op: 'create' as const, shape: rectangle(id) })))
    name = 'Ben'
    here.board.transact([
      { op: 'patch', id: 'a', patch: { pos: [1, 1] } },
      { op: 'patch', id: 'b', patch: { z: 'a5' } },
      { op: 'text', id: 'c', at: 0, remove: 0, insert: 'hi' },
      { op: 'text', id: 'd', at: 99, remove: 0, insert: 'beyond the text: nothing is written' },
    ])
    expect(['a', 'b', 'c', 'd'].map(id => byOf(here, id))).toEqual(['Ben', 'Ben', 'Ben', 'Ana'])
    expect(here.board.shapes.get('a')).toMatchObject({ by: 'Ben' })
  })

  test('a copy has the name of who made the copy', () => {
    const here = signed(() => 'Ben')
    here.board.transact([{ op: 'create', shape: rectangle('copy', { by: 'Ana' }) }])
    expect(byOf(here, 'copy')).toBe('Ben')
  })

  test('a note has the person who made it for its author, and none when it comes from elsewhere', () => {
    const here = signed(() => 'Ben')
    const note = (id: string, author: string) =>
      makeShape('note', { id, pos: [0, 0], size: [200, 200], z: 'a0', author })
    const create = (id: string, author: string) => ({ op: 'create' as const, shape: note(id, author) })
    here.board.transact([create('own', '')])
    here.board.transact([create('foreign', ''), create('of-cleo', 'Cleo')], { isImported: true })
    const authors = ['own', 'foreign', 'of-cleo'].map(id => here.board.shapes.get(id))
    expect(authors).toMatchObject([{ author: 'Ben' }, { author: '' }, { author: 'Cleo' }])
    expect(byOf(here, 'foreign')).toBe('Ben')
  })

  test('the name is part of the undo step, and is written only when it differs', () => {
    let name = 'Ana'
    const here = signed(() => name)
    here.board.transact([{ op: 'create', shape: rectangle('a') }])
    const move = () => here.board.transact([{ op: 'patch', id: 'a', patch: { pos: [2, 2] } }])
    expect(keysChangedBy(here.doc, move)).toEqual(['pos'])
    name = 'Ben'
    expect(keysChangedBy(here.doc, move)).toEqual(['by', 'pos'])
    here.board.undo()
    expect(byOf(here, 'a')).toBe('Ana')
  })

  test('nobody’s name is left on what somebody without one changes', () => {
    let name = 'Ana'
    const here = signed(() => name)
    here.board.transact([{ op: 'create', shape: rectangle('a') }])
    name = ''
    here.board.transact([{ op: 'patch', id: 'a', patch: { pos: [3, 3] } }])
    expect(here.doc.getMap<Y.Map<unknown>>('shapes').get('a')?.has('by')).toBe(false)
  })

  test('a name that is too long is cut, never inside a character, so that the schema takes it', () => {
    const here = signed(() => `${'x'.repeat(59)}💩 and more`)
    here.board.transact([{ op: 'create', shape: rectangle('a') }])
    expect(byOf(here, 'a')).toBe('x'.repeat(59))
    expect(here.board.shapes.get('a')?.type).toBe('rectangle')
  })
})

/** The keys of shapes that `act` changes. */
function keysChangedBy(doc: Y.Doc, act: () => void): readonly string[] {
  const keys = new Set<string>()
  const note = (events: Y.YEvent<Y.AbstractType<unknown>>[]) => {
    for (const event of events) for (const key of event.keys.keys()) keys.add(key)
  }
  doc.getMap('shapes').observeDeep(note)
  act()
  doc.getMap('shapes').unobserveDeep(note)
  return [...keys].sort()
}

test('a later version that says no more than that it was here is told to subscribers, as the board is read-only now', () => {
  const { doc, board } = peer(1)
  let told = 0
  board.subscribe(() => told++)
  doc.getMap('meta').set('schema', SCHEMA_VERSION + 1)
  expect(told).toBe(1)
})

test('a destroyed board hears nothing more', () => {
  const { doc, board } = peer(1)
  let heard = 0
  board.subscribe(() => heard++)
  board.destroy()
  doc.getMap('meta').set('title', 'x')
  expect(heard).toBe(0)
})
