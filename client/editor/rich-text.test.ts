import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Marks, marksOfRuns, STYLE } from '../../shared/geometry/marks.ts'
import { makeShape } from '../../shared/schema/read.ts'
import { DocBoard } from '../board/doc-board.ts'
import { newDocument } from '../board/document.ts'
import {
  type RichText,
  rebased,
  restyled,
  richEdits,
  richText,
  spliced,
  type TextState,
  typed,
} from './rich-text.ts'

const { bold, italic, list } = STYLE
const letters = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '😀', 'é'), maxLength: 12 })
const rich: fc.Arbitrary<RichText> = fc
  .array(fc.record({ text: letters, style: fc.nat({ max: 15 }) }), { maxLength: 4 })
  .map(runs => ({ text: runs.map(({ text }) => text).join(''), marks: marksOfRuns(runs) }))

/** What a board makes of the edits. */
function onBoard(before: RichText, edits: ReturnType<typeof richEdits>): RichText {
  const board = new DocBoard(newDocument())
  const shape = {
    ...makeShape('text', { id: 'a', pos: [0, 0], z: 'a0', text: before.text }),
    marks: before.marks,
  }
  board.transact([{ op: 'create', shape }])
  if (edits.length > 0) board.transact(edits)
  const after = board.shapes.get('a')
  board.destroy()
  return richText(after as { text: string; marks?: Marks })
}

test('the edits between two texts turn one into the other on a board, letters and looks', () => {
  fc.assert(
    fc.property(rich, rich, fc.option(fc.nat({ max: 48 }), { nil: undefined }), (before, after, caret) => {
      const edits = richEdits(
        'a',
        before,
        after,
        caret === undefined ? caret : Math.min(caret, after.text.length),
      )
      expect(onBoard(before, edits)).toEqual(after)
    }),
    { numRuns: 60 },
  )
})

test('a plain text that is typed in gives one splice and nothing else', () => {
  const before: RichText = { text: 'ab', marks: [] }
  expect(richEdits('a', before, { text: 'axb', marks: [] }, 2)).toEqual([
    { op: 'text', id: 'a', at: 1, remove: 0, insert: 'x' },
  ])
  expect(richEdits('a', before, before)).toEqual([])
})

test('what is typed looks as the letter before it, but never as a marker; in place of letters as the first of them', () => {
  const text: RichText = {
    text: '• ab',
    marks: [
      { from: 0, to: 2, style: list },
      { from: 2, to: 3, style: bold },
    ],
  }
  expect(typed(text, '• xab', 3).marks).toEqual([
    { from: 0, to: 2, style: list },
    { from: 3, to: 4, style: bold },
  ])
  expect(typed(text, '• axb', 4).marks[1]).toEqual({ from: 2, to: 4, style: bold })
  expect(typed(text, '• xb', 3).marks[1]).toEqual({ from: 2, to: 3, style: bold })
  expect(typed(text, '• axb', 4, italic).marks[2]).toEqual({ from: 3, to: 4, style: italic })
})

const at = (text: RichText, from: number, to = from): TextState => ({ ...text, from, to })

test('a step that is taken back while nobody else types leaves what was there, marks and selection too', () => {
  fc.assert(
    fc.property(rich, rich, (before, after) => {
      const state = at(before, 0, before.text.length)
      expect(rebased(after, state, after)).toEqual(state)
    }),
  )
})

test('a step that is taken back leaves what others have typed meanwhile', () => {
  const before = at({ text: 'one two', marks: [] }, 0, 3)
  const after = restyled(before, { from: 0, to: 3, style: bold, on: true })
  const now = spliced(after, 4, 0, 'and ')
  expect(rebased(after, before, now)).toMatchObject({ text: 'one and two', marks: [], from: 0, to: 3 })
  const typing = at({ text: 'one two!', marks: [] }, 8)
  expect(rebased(typing, at({ text: 'one two', marks: [] }, 7), spliced(typing, 0, 0, 'zero ')).text).toBe(
    'zero one two',
  )
})

test('letters that come back look as they did', () => {
  const before = at({ text: 'one two', marks: [{ from: 4, to: 7, style: bold }] }, 7)
  const after = at(spliced(before, 4, 3, ''), 4)
  expect(rebased(after, before, spliced(after, 0, 0, 'so '))).toMatchObject({
    text: 'so one two',
    marks: [{ from: 7, to: 10, style: bold }],
    to: 10,
  })
})
