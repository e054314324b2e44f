import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Vec } from '../../shared/geometry/vec.ts'
import { makeShape } from '../../shared/schema/read.ts'
import type { Edit } from '../board/board.ts'
import { ShapeIndex } from './shape-index.ts'
import { box, Rig } from './testing/rig.ts'

const lineWidth = (line: string) => line.length * 0.5

test('a turned shape is hit where it is seen, not where it lies unturned', () => {
  const rig = new Rig(box('a', { size: [200, 20], rot: Math.PI / 2 }))
  expect([...rig.editor.targetAt([100, 100])]).toEqual(['a'])
  expect(rig.editor.targetAt([10, 10]).size).toBe(0)
})

test('the tolerance is in screen pixels at any zoom', () => {
  const rig = new Rig(
    makeShape('line', { id: 'l', z: 'a0', pos: [0, 0], points: [0, 0, 100, 0], width: 0.1 }),
  )
  for (const zoom of [0.1, 1, 20]) {
    rig.editor.look({ x: 0, y: 0, zoom })
    expect([...rig.editor.targetAt([50, 5 / zoom])]).toEqual(['l'])
    expect(rig.editor.targetAt([50, 8 / zoom]).size).toBe(0)
  }
})

test('of two shapes with one order key the higher id is on top', () => {
  const rig = new Rig(box('b'), box('a'))
  expect([...rig.editor.targetAt([50, 25])]).toEqual(['b'])
})

const place = fc.integer({ min: 0, max: 400 })
const id = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ id, x: place, y: place, group: fc.constantFrom('g', 'h') }).map((given): Edit => {
    return { op: 'create', shape: box(given.id, { pos: [given.x, given.y], groups: [given.group] }) }
  }),
  fc
    .record({ id, x: place, y: place })
    .map(({ id, x, y }): Edit => ({ op: 'patch', id, patch: { pos: [x, y] } })),
  id.map((id): Edit => ({ op: 'patch', id, patch: { groups: ['g', 'k'] } })),
  id.map((id): Edit => ({ op: 'remove', id })),
)

test('an index that followed every transaction answers as one made from the board as it is', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(edit, { maxLength: 4 }), { maxLength: 12 }),
      fc.tuple(place, place),
      (batches, at) => {
        const rig = new Rig()
        const followed = new ShapeIndex(rig.board, lineWidth)
        rig.board.subscribe(diff => followed.apply(diff))
        for (const edits of batches) rig.board.transact(edits)
        rig.board.undo()
        const fresh = new ShapeIndex(rig.board, lineWidth)
        const all = { x: -1000, y: -1000, w: 3000, h: 3000 }
        expect(followed.inside(all)).toEqual(fresh.inside(all))
        expect(followed.hit(at as Vec, 5)).toEqual(fresh.hit(at as Vec, 5))
        for (const group of ['g', 'h', 'k']) expect(followed.members(group)).toEqual(fresh.members(group))
      },
    ),
  )
})

test('a text is found by its new width once fonts are ready', () => {
  const rig = new Rig(makeShape('text', { id: 't', z: 'a0', pos: [0, 0], text: 'wide', fontSize: 20 }))
  let em = 0.1
  const index = new ShapeIndex(rig.board, line => line.length * em)
  expect(index.hit([70, 10], 0)).toBeUndefined()
  em = 1
  index.remeasure()
  expect(index.hit([70, 10], 0)?.id).toBe('t')
})
