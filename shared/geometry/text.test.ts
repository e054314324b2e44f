import fc from 'fast-check'
import { expect, test } from 'vitest'
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
