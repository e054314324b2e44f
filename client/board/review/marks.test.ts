import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { marksOfRuns, STYLE, sameMarks } from '../../../shared/geometry/marks.ts'
import { makeShape } from '../../../shared/schema/read.ts'
import type { TextShape } from '../../../shared/shapes/text.ts'
import { DocBoard } from '../doc-board.ts'
import { newDocument } from '../document.ts'
import { compareVersions, type ReviewedShape, versionShown } from './compare.ts'
import { restoringEdits } from './restore.ts'
import { decodeReview, encodeReview } from './saved-review.ts'
import { surplusOf } from './surplus.ts'

type Runs = readonly { readonly text: string; readonly style: number }[]

function textShape(runs: Runs): TextShape {
  const marks = marksOfRuns(runs)
  const text = runs.map(run => run.text).join('')
  return makeShape('text', { id: 't', pos: [0, 0], z: 'a0', text, ...(marks.length > 0 && { marks }) })
}

function boardWith(shape: TextShape) {
  const doc = newDocument()
  const board = new DocBoard(doc)
  board.transact([{ op: 'create', shape }])
  return { doc, board }
}

function reviewOf(base: TextShape, mine: TextShape, theirs: TextShape, merged: TextShape): ReviewedShape {
  const versions = { base, mine, theirs, merged }
  const [shape] = compareVersions({
    base: new Map([['t', versions.base]]),
    mine: new Map([['t', versions.mine]]),
    theirs: new Map([['t', versions.theirs]]),
    merged: new Map([['t', versions.merged]]),
  })
  if (!shape) throw new Error('Nothing to review.')
  return shape
}

const { bold, italic } = STYLE
const plain = textShape([{ text: 'one two', style: 0 }])
const fat = textShape([
  { text: 'one', style: bold },
  { text: ' two', style: 0 },
])
const slanted = textShape([
  { text: 'one ', style: 0 },
  { text: 'two', style: italic },
])

test('a change of marks alone is a change of the shape, and is told of after a reload', () => {
  const shape = reviewOf(plain, plain, fat, fat)
  expect([shape.byMe, shape.byThem]).toEqual(['nothing', 'changed'])
  const saved = decodeReview(encodeReview([shape]))
  expect(saved?.[0]?.theirs).toEqual(fat)
  expect(versionShown(shape, fat)).toEqual(['theirs', 'merged'])
  expect(versionShown(shape, plain)).toEqual(['mine'])
})

test('marks that are taken away are as much of a change', () => {
  expect(reviewOf(fat, fat, plain, plain).byThem).toBe('changed')
})

test('a version is brought back with its marks, also where only these differ', () => {
  for (const [now, wanted] of [
    [fat, plain],
    [plain, fat],
    [fat, slanted],
  ] as const) {
    const { board } = boardWith(now)
    board.transact(restoringEdits(reviewOf(plain, wanted, now, now), 'mine', board.shapes.get('t')))
    expect(board.shapes.get('t')).toEqual(wanted)
  }
})

test('what was typed since the review stays, and looks as it does, when only marks are brought back', () => {
  const { board } = boardWith(fat)
  const shape = reviewOf(plain, slanted, fat, fat)
  board.transact([{ op: 'text', id: 't', at: 4, remove: 0, insert: 'and ', style: bold }])
  board.transact(restoringEdits(shape, 'mine', board.shapes.get('t')))
  expect(board.shapes.get('t')).toEqual(
    textShape([
      { text: 'one ', style: 0 },
      { text: 'and ', style: bold },
      { text: 'two', style: italic },
    ]),
  )
})

const runs = fc.array(
  fc.record({ text: fc.constantFrom('a', 'bc', ' ', '💩', '• '), style: fc.integer({ min: 0, max: 15 }) }),
  { maxLength: 6 },
)

test('any text is brought back whatever is there by now', () => {
  fc.assert(
    fc.property(runs, runs, (before, after) => {
      const [now, wanted] = [textShape(before), textShape(after)]
      fc.pre(now.text !== wanted.text || !sameMarks(now.marks, wanted.marks))
      const { board } = boardWith(now)
      board.transact(restoringEdits(reviewOf(now, wanted, now, now), 'mine', board.shapes.get('t')))
      expect(board.shapes.get('t')).toEqual(wanted)
    }),
    { numRuns: 60 },
  )
})

test('a copy of a board in which letters were marked holds more than the other', () => {
  const { doc } = boardWith(plain)
  const copy = newDocument()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  new DocBoard(copy).transact([{ op: 'mark', id: 't', from: 0, to: 3, style: bold, on: true }])
  expect([surplusOf(copy, doc), surplusOf(doc, copy)]).toEqual(['content', 'nothing'])
})
