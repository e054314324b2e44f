import fc from 'fast-check'
import { encode, writeAny } from 'lib0/encoding'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { makeShape } from '../../../shared/schema/read.ts'
import type { Shape } from '../../../shared/shapes/index.ts'
import type { Edit } from '../board.ts'
import { DocBoard } from '../doc-board.ts'
import {
  changedKeys,
  compareVersions,
  type Review,
  sideOf,
  VERSION_NAMES,
  type Version,
  versionShown,
} from './compare.ts'
import { restoringEdits } from './restore.ts'
import { decodeReview, encodeReview } from './saved-review.ts'

const IDS = ['a', 'b', 'c', 'd', 'e'] as const
const rectangle = (id: string, x = 0) =>
  makeShape('rectangle', { id, pos: [x, 0], size: [100, 50], z: 'a0', text: 'one two' })

const id = fc.constantFrom(...IDS)
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ op: fc.constant('create' as const), shape: id.map(one => rectangle(one)) }),
  fc.record({ op: fc.constant('remove' as const), id }),
  fc.record({
    op: fc.constant('patch' as const),
    id,
    patch: fc.oneof(
      fc.record({ pos: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.constant(0)) }),
      fc.record({ stroke: fc.constantFrom('#ff0000', '#00ff00', '#1e1e1e') }),
    ),
  }),
  fc.record({
    op: fc.constant('text' as const),
    id,
    at: fc.integer({ min: 0, max: 3 }),
    remove: fc.integer({ min: 0, max: 2 }),
    insert: fc.constantFrom('x', 'yy', ''),
  }),
)
const edits = fc.array(edit, { maxLength: 8 })

function boardOn(clientID: number, ...states: readonly Y.Doc[]) {
  const doc = new Y.Doc()
  doc.clientID = clientID
  for (const state of states) Y.applyUpdate(doc, Y.encodeStateAsUpdate(state))
  return { doc, board: new DocBoard(doc) }
}

const read = ({ board }: { board: DocBoard }): Version => new Map(board.shapes)

function write({ board }: { board: DocBoard }, all: readonly Edit[]): void {
  for (const one of all) board.transact([one])
}

/** Two people leave the same board, and come together again. */
function apart(shared: readonly Edit[], mine: readonly Edit[], theirs: readonly Edit[]) {
  const base = boardOn(1)
  base.board.transact(['a', 'b', 'c'].map(one => ({ op: 'create', shape: rectangle(one) })))
  write(base, shared)
  const me = boardOn(2, base.doc)
  const them = boardOn(3, base.doc)
  write(me, mine)
  write(them, theirs)
  const both = boardOn(4, me.doc, them.doc)
  const versions = { base: read(base), mine: read(me), theirs: read(them), merged: read(both) }
  return { versions, both, review: compareVersions(versions) }
}

/** What a person sees of a shape. */
const looks = (shape: Shape | undefined): unknown => shape && { ...shape, by: '' }

test('a review names each shape that looks otherwise on a side, once, and no other', () => {
  fc.assert(
    fc.property(edits, edits, edits, (shared, mine, theirs) => {
      const { versions, review } = apart(shared, mine, theirs)
      const named = new Map(review.map(shape => [shape.id, sideOf(shape)]))
      expect(named.size).toBe(review.length)
      for (const one of IDS) {
        const differs = (side: Version) => !same(versions.base.get(one), side.get(one))
        const sides = [differs(versions.mine), differs(versions.theirs)] as const
        const side = sides[0] ? (sides[1] ? 'both' : 'mine') : sides[1] ? 'theirs' : undefined
        expect(named.get(one)).toBe(side)
      }
    }),
  )
})

const same = (a: Shape | undefined, b: Shape | undefined): boolean =>
  JSON.stringify(looks(a)) === JSON.stringify(looks(b))

test('each version of each shape can be brought back, in any order, and undo takes it back again', () => {
  fc.assert(
    fc.property(
      edits,
      edits,
      edits,
      fc.array(fc.constantFrom(...VERSION_NAMES), { minLength: 1, maxLength: 4 }),
      (shared, mine, theirs, wanted) => {
        const { both, review } = apart(shared, mine, theirs)
        for (const shape of review) {
          for (const version of wanted) {
            const before = both.board.shapes.get(shape.id)
            const needed = restoringEdits(shape, version, before)
            if (needed.length > 0) both.board.transact(needed)
            expect(looks(both.board.shapes.get(shape.id))).toEqual(looks(shape[version]))
            if (needed.length === 0) continue
            both.board.undo()
            expect(looks(both.board.shapes.get(shape.id))).toEqual(looks(before))
            both.board.redo()
          }
        }
      },
    ),
  )
})

test('a review that was kept is the same when it is read again', () => {
  fc.assert(
    fc.property(edits, edits, edits, (shared, mine, theirs) => {
      const { review } = apart(shared, mine, theirs)
      expect(decodeReview(encodeReview(review))).toEqual(review)
    }),
  )
})

test('bytes that are no review, or one of another schema, are none', () => {
  expect(decodeReview(new Uint8Array())).toBeNull()
  expect(decodeReview(new Uint8Array([1, 2, 3]))).toBeNull()
  expect(decodeReview(encode(encoder => writeAny(encoder, { schema: 0, shapes: [] })))).toBeNull()
  const { review } = apart([], [{ op: 'remove', id: 'a' }], [])
  const [one] = review
  const odd = [{ ...one, base: { ...rectangle('a'), pos: 'far away' } }] as unknown as Review
  expect(decodeReview(encodeReview(review))).toHaveLength(1)
  expect(decodeReview(encodeReview(odd))).toBeNull()
})

test('what both touched comes first, then what they did, each from the top down', () => {
  const { review } = apart(
    [
      { op: 'patch', id: 'a', patch: { pos: [0, 90] } },
      { op: 'patch', id: 'b', patch: { pos: [0, 50] } },
    ],
    [{ op: 'patch', id: 'c', patch: { stroke: '#ff0000' } }],
    [
      { op: 'remove', id: 'a' },
      { op: 'patch', id: 'b', patch: { stroke: '#00ff00' } },
      { op: 'patch', id: 'c', patch: { pos: [7, 200] } },
    ],
  )
  expect(review.map(({ id: one, byMe, byThem }) => [one, byMe, byThem])).toEqual([
    ['c', 'changed', 'changed'],
    ['b', 'nothing', 'changed'],
    ['a', 'nothing', 'removed'],
  ])
})

test('restoring a version leaves what was changed since then in other keys', () => {
  const { both, review } = apart(
    [],
    [{ op: 'patch', id: 'a', patch: { pos: [5, 5] } }],
    [{ op: 'patch', id: 'a', patch: { pos: [9, 9] } }],
  )
  both.board.transact([{ op: 'patch', id: 'a', patch: { stroke: '#00ff00' } }])
  const [shape] = review
  if (!shape) throw new Error('Nothing to review.')
  both.board.transact(restoringEdits(shape, 'mine', both.board.shapes.get('a')))
  expect(both.board.shapes.get('a')).toMatchObject({ pos: [5, 5], stroke: '#00ff00' })
  expect(versionShown(shape, both.board.shapes.get('a'))).toEqual([])
  both.board.transact([{ op: 'patch', id: 'a', patch: { stroke: '#1e1e1e' } }])
  expect(versionShown(shape, both.board.shapes.get('a'))).toContain('mine')
})

test('who touched a shape last is no change of it, and a shape that cannot be read is left out', () => {
  const before = rectangle('a')
  expect(changedKeys(before, { ...before, by: 'Ana' } as typeof before)).toEqual([])
  const unreadable = { ...before, type: 'unreadable', reason: 'newer' } as unknown as Shape
  const base = new Map([['a', before]])
  expect(compareVersions({ base, mine: base, theirs: new Map([['a', unreadable]]), merged: base })).toEqual(
    [],
  )
})
