import fc from 'fast-check'
import { expect, test } from 'vitest'
import { STYLE } from '../../shared/geometry/marks.ts'
import { type LineWidth, layoutText } from '../../shared/geometry/text.ts'
import { makeShape } from '../../shared/schema/read.ts'
import { caretIn, caretPlace, lineStarts } from './caret-place.ts'
import { textBlock } from './text-block.ts'

/** Each character as wide as high. */
const lineWidth: LineWidth = line => line.length

const shape = (text: string, wrap = 0) =>
  makeShape('text', { id: 'a', pos: [0, 0], z: 'a0', text, wrap, fontSize: 10 })

function place(text: string, focus: number, anchor = focus, wrap = 0) {
  const block = textBlock(shape(text, wrap), lineWidth)
  if (!block) throw new Error('An empty text has no block.')
  return caretPlace(block, text, { anchor, focus }, lineWidth)
}

test('a caret stands before the letter of its offset, on its line', () => {
  expect(place('one\ntwo', 2)).toMatchObject({ x: 20, y: 0, height: 12.5 })
  expect(place('one\ntwo', 3)).toMatchObject({ x: 30, y: 0 })
  expect(place('one\ntwo', 4)).toMatchObject({ x: 0, y: 12.5 })
  expect(place('one\ntwo', 7)).toMatchObject({ x: 30, y: 12.5 })
  expect(place('one\n', 4)).toMatchObject({ x: 0, y: 12.5 })
})

test('where a line is broken at a space, the caret after it stands on the next line', () => {
  expect(place('one two', 3, 3, 40)).toMatchObject({ x: 30, y: 0 })
  expect(place('one two', 4, 4, 40)).toMatchObject({ x: 0, y: 12.5 })
})

test('a selection over three lines is a box on each, whichever end the caret is at', () => {
  const boxes = [
    { x: 10, y: 0, w: 20, h: 12.5 },
    { x: 0, y: 12.5, w: 30, h: 12.5 },
    { x: 0, y: 25, w: 10, h: 12.5 },
  ]
  expect(place('one\ntwo\nsix', 9, 1).selected).toEqual(boxes)
  expect(place('one\ntwo\nsix', 1, 9).selected).toEqual(boxes)
  expect(place('one', 1).selected).toEqual([])
})

test('an empty text has a place for a caret, and one beyond the end stands at the end', () => {
  expect(caretIn(shape(''), { anchor: 0, focus: 0 }, lineWidth)).toMatchObject({ x: 0, y: 0 })
  expect(caretIn(shape('one'), { anchor: 9, focus: 9 }, lineWidth)).toMatchObject({ x: 30, y: 0 })
  const ink = makeShape('ink', { id: 'a', pos: [0, 0], z: 'a0', size: [1, 1], ink: new Uint8Array() })
  expect(caretIn(ink, { anchor: 0, focus: 0 }, lineWidth)).toBeUndefined()
})

test('lines begin where the layout has broken them, whatever the white space', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n'), maxLength: 40 })
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 8 }), (given, wrap) => {
      const { lines } = layoutText(given, 'hand', 1, wrap, lineWidth)
      const starts = lineStarts(given, lines)
      for (const [i, line] of lines.entries()) expect(given.startsWith(line, starts[i])).toBe(true)
      expect(starts).toEqual([...starts].sort((a, b) => a - b))
      const breaks = [...given].flatMap((letter, i) => (letter === '\n' ? [i + 1] : []))
      for (const start of breaks) expect(starts).toContain(start)
    }),
  )
})

test('in a text with marks a caret stands between letters as wide as they are, and on lines that stand in', () => {
  const wide: LineWidth = (line, _, style = 0) => line.length * (style & STYLE.bold ? 2 : 1)
  const marks = [
    { from: 0, to: 2, style: STYLE.list },
    { from: 2, to: 5, style: STYLE.bold },
  ]
  const item = { ...shape('• one two', 80), marks }
  const at = (focus: number, anchor = focus) => caretIn(item, { anchor, focus }, wide)
  expect([0, 2, 3, 5].map(offset => at(offset)?.x)).toEqual([0, 20, 40, 80])
  expect(at(6)).toMatchObject({ x: 20, y: 12.5 })
  expect(at(8)).toMatchObject({ x: 40, y: 12.5 })
  expect(at(8, 3)?.selected).toEqual([
    { x: 40, y: 0, w: 40, h: 12.5 },
    { x: 20, y: 12.5, w: 20, h: 12.5 },
  ])
})

test('in a text with marks that runs to the left, so do caret and selection', () => {
  const text = { ...shape('שלום'), marks: [{ from: 0, to: 2, style: STYLE.italic }] }
  const at = (focus: number, anchor = focus) => caretIn(text, { anchor, focus }, lineWidth)
  expect([0, 2, 4].map(offset => at(offset)?.x)).toEqual([40, 20, 0])
  expect(at(3, 1)?.selected).toEqual([{ x: 10, y: 0, w: 20, h: 12.5 }])
})
