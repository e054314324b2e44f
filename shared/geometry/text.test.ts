import fc from 'fast-check'
import { expect, test } from 'vitest'
import { markerEnd } from './list-marker.ts'
import { type Marks, marksOfRuns, STYLE } from './marks.ts'
import { inReadingOrder, type LineWidth, layoutText } from './text.ts'

/** Letters of different widths; an astral one is wide. */
const lineWidth: LineWidth = line =>
  [...line].reduce((w, char) => w + (char.length > 1 ? 1 : 0.4 + (char.charCodeAt(0) % 5) / 10), 0)

const lay = (text: string, wrap: number) => layoutText(text, 'sans', 10, wrap, lineWidth).lines
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'i', ' ', '\t', '\n', '😀', 'ü'), maxLength: 200 })

test('without a wrap there is one line for each line of the text, and the box holds the widest', () => {
  fc.assert(
    fc.property(text, value => {
      const layout = layoutText(value, 'sans', 10, 0, lineWidth)
      expect(layout.lines).toEqual(value.split('\n'))
      expect(layout.w).toBeCloseTo(10 * Math.max(...layout.lines.map(line => lineWidth(line, 'sans'))))
      expect(layout.h).toBeCloseTo(layout.lines.length * 12.5)
    }),
  )
})

test('no wrapped line is wider than the wrap, unless it is a single letter', () => {
  fc.assert(
    fc.property(text, fc.double({ min: 0.1, max: 200, noNaN: true }), (value, wrap) => {
      for (const line of lay(value, wrap)) {
        if ([...line].length > 1) expect(lineWidth(line, 'sans') * 10).toBeLessThanOrEqual(wrap + 1e-6)
      }
    }),
  )
})

test('wrapping loses nothing but white space, and cuts no letter in half', () => {
  fc.assert(
    fc.property(text, fc.double({ min: 0.1, max: 200, noNaN: true }), (value, wrap) => {
      expect(lay(value, wrap).join('').replace(/\s/g, '')).toBe(value.replace(/\s/g, ''))
      for (const line of lay(value, wrap)) expect(Buffer.from(line).toString()).toBe(line)
    }),
  )
})

test('a line ends where the next word does not fit', () => {
  const even: LineWidth = line => line.length
  const layout = layoutText('one two three  four sixteenletters.', 'sans', 1, 9, even)
  expect(layout.lines).toEqual(['one two', 'three', 'four', 'sixteenle', 'tters.'])
})

test('a word that is cut goes on with the words after it', () => {
  expect(layoutText('abcdef gh', 'sans', 1, 4, line => line.length).lines).toEqual(['abcd', 'ef', 'gh'])
  expect(layoutText('abcdef g', 'sans', 1, 4, line => line.length).lines).toEqual(['abcd', 'ef g'])
})

test('the longest text that is allowed wraps with work in proportion to its length', () => {
  for (const [word, wrap] of [
    ['x', 1],
    ['x', 50],
    ['ab ', 30],
    ['ab ', 19_000],
    [' ', 1],
  ] as const) {
    let measured = 0
    const counting: LineWidth = line => {
      measured += line.length
      return line.length
    }
    layoutText(word.repeat(20_000 / word.length), 'sans', 1, wrap, counting)
    expect(measured).toBeLessThan(20_000 * 60)
  }
})

test('a text runs to the left when its first letter does, on every line', () => {
  expect(inReadingOrder(['12 שלום?', 'abc!'])).toEqual(['\u206712 שלום?\u2069', '\u2067abc!\u2069'])
  expect(inReadingOrder(['…', 'مرحبا'])[1]).toBe('\u2067مرحبا\u2069')
  expect(inReadingOrder(['abc', 'שלום?'])).toEqual(['abc', 'שלום?'])
  expect(inReadingOrder(['', '123 😀'])).toEqual(['', '123 😀'])
})

const { bold, italic, strike, list } = STYLE

const rich = fc
  .array(
    fc.record({
      text: fc.string({ unit: fc.constantFrom('a', 'i', ' ', '\n', '😀'), maxLength: 12 }),
      style: fc.nat({ max: 7 }),
    }),
    {
      maxLength: 8,
    },
  )
  .map(runs => ({ text: runs.map(({ text }) => text).join(''), marks: marksOfRuns(runs) }))

test('marks that change no width break lines where a plain text has them broken', () => {
  fc.assert(
    fc.property(rich, fc.double({ min: 0.1, max: 100, noNaN: true }), ({ text, marks }, wrap) => {
      const plain = layoutText(text, 'sans', 10, wrap, lineWidth)
      const marked = layoutText(text, 'sans', 10, wrap, lineWidth, marks)
      expect(marked.lines).toEqual(plain.lines)
      expect(marked.w).toBeCloseTo(plain.w)
      expect(marked.h).toBe(plain.h)
      expect(plain.marked).toBeUndefined()
    }),
  )
})

test('the runs of a line are its letters in order, side by side, each where it is in the text', () => {
  const wide: LineWidth = (line, font, style = 0) => lineWidth(line, font) * (style & bold ? 1.5 : 1)
  fc.assert(
    fc.property(rich, fc.double({ min: 1, max: 100, noNaN: true }), ({ text, marks }, wrap) => {
      const { lines, marked = [] } = layoutText(text, 'sans', 10, wrap, wide, marks)
      if (marks.length > 0) expect(marked).toHaveLength(lines.length)
      for (const [i, { runs, w, from }] of marked.entries()) {
        expect(runs.map(run => run.text).join('')).toBe(lines[i])
        expect(text.startsWith(lines[i] ?? '', from)).toBe(true)
        let x = 0
        for (const run of runs) {
          expect(run.x).toBeCloseTo(x)
          expect(text.startsWith(run.text, run.from)).toBe(true)
          expect(run.w).toBeCloseTo(wide(run.text, 'sans', run.style) * 10)
          x += run.w
        }
        expect(w).toBeCloseTo(x)
      }
    }),
  )
})

test('bold letters take the room that they need, a line through letters none', () => {
  const measured: number[] = []
  const even: LineWidth = (line, _, style = 0) => {
    measured.push(style)
    return line.length * (style & bold ? 2 : 1)
  }
  const marks = [
    { from: 0, to: 3, style: bold },
    { from: 4, to: 7, style: strike | italic },
  ]
  expect(layoutText('one two', 'sans', 1, 8, even, marks).lines).toEqual(['one', 'two'])
  expect(layoutText('one two', 'sans', 1, 8, even).lines).toEqual(['one two'])
  expect(new Set(measured)).toEqual(new Set([bold, italic, 0]))
})

test('the further lines of an item stand in by its marker, by half of the width at most', () => {
  const even: LineWidth = line => line.length
  const item = (text: string, marker: string, wrap: number) => {
    const marks: Marks = [{ from: text.indexOf(marker), to: text.indexOf(marker) + 2, style: list }]
    return layoutText(text, 'sans', 1, wrap, even, marks)
  }
  const layout = item('• one two three', '• ', 7)
  expect(layout.lines).toEqual(['• one', 'two', 'three'])
  expect(layout.marked?.map(({ runs }) => runs[0]?.x)).toEqual([0, 2, 2])
  expect(layout.marked?.map(({ hang, w }) => [hang, w])).toEqual([
    [2, 7],
    [2, 7],
    [2, 7],
  ])
  const narrow = item('• abc', '• ', 3)
  expect(narrow.lines).toEqual(['•', 'a', 'b', 'c'])
  for (const { hang } of narrow.marked ?? []) expect(hang).toBeCloseTo(1.5)
  expect(item('• one\ntwo', '• ', 9).marked?.map(({ hang }) => hang)).toEqual([2, 0])
})

test('all lines of a list are as wide as its widest, and no others', () => {
  const marks = [2, 10, 14].map(from => ({ from, to: from + 2, style: list }))
  const { marked } = layoutText('a\n• long\n\n• b\n• item', 'sans', 1, 0, line => line.length, marks)
  expect(marked?.map(({ w }) => w)).toEqual([1, 6, 0, 6, 6])
})

test('in a text that runs to the left, its runs do so too', () => {
  const layout = layoutText('שלום עולם', 'sans', 1, 0, line => line.length, [{ from: 0, to: 4, style: bold }])
  expect(layout.marked?.[0]?.runs.map(({ x, w }) => [x, w])).toEqual([
    [5, 4],
    [0, 5],
  ])
})

test('the longest text that is allowed wraps with work in proportion to its length, however often its look changes', () => {
  let measured = 0
  const counting: LineWidth = line => {
    measured += line.length
    return line.length
  }
  const marks = Array.from({ length: 5000 }, (_, i) => ({ from: 4 * i, to: 4 * i + 2, style: 1 + (i % 2) }))
  layoutText('ab c'.repeat(5000), 'sans', 1, 40, counting, marks)
  expect(measured).toBeLessThan(20_000 * 60)
})

test('a marker ends where its letters do, and a line without one has none', () => {
  const marks = [
    { from: 2, to: 3, style: list | bold },
    { from: 3, to: 4, style: list },
    { from: 4, to: 6, style: bold },
    { from: 9, to: 20, style: list },
  ]
  const text = '  • ab\nc d\n• '
  expect([0, 7, 11].map(start => markerEnd(text, start, marks))).toEqual([4, 7, 13])
  expect(markerEnd('•', 0, [])).toBe(0)
})
