import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Mark,
  type Marks,
  marksApart,
  marksBetween,
  marksOfRuns,
  marksWithin,
  restyledMarks,
  runsOf,
  STYLE,
  sameMarks,
  splicedMarks,
  styleBefore,
  styleOver,
} from './marks.ts'

/** The look of each letter: what marks mean, one by one. */
type Letters = readonly number[]

const LENGTH = 12
const letters = fc.array(fc.integer({ min: 0, max: 15 }), { minLength: LENGTH, maxLength: LENGTH })
const offset = fc.integer({ min: 0, max: LENGTH })
const style = fc.integer({ min: 1, max: 15 })

const marksOf = (looks: Letters): Marks => marksOfRuns(looks.map(look => ({ text: 'x', style: look })))

function lettersOf(marks: Marks, length: number): Letters {
  const looks = new Array<number>(length).fill(0)
  for (const mark of marks) looks.fill(mark.style, mark.from, mark.to)
  return looks
}

/** Throws unless the marks are in the one form that a marking of the text has. */
function expectTidy(marks: Marks, length: number): void {
  let last: Mark = { from: 0, to: 0, style: 0 }
  for (const mark of marks) {
    expect(mark.from).toBeGreaterThanOrEqual(last.to)
    expect(mark.to).toBeGreaterThan(mark.from)
    expect(mark.to).toBeLessThanOrEqual(length)
    expect(mark.style).toBeGreaterThan(0)
    expect(mark.from === last.to && mark.style === last.style).toBe(false)
    last = mark
  }
}

function expectLetters(marks: Marks, looks: Letters): void {
  expectTidy(marks, looks.length)
  expect(lettersOf(marks, looks.length)).toEqual(looks)
}

test('marks say of each letter how it looks, in one form only', () => {
  fc.assert(
    fc.property(letters, looks => {
      expectLetters(marksOf(looks), looks)
      const text = 'abcdefghijkl'
      const runs = runsOf(text, marksOf(looks))
      expect(runs.map(run => run.text).join('')).toBe(text)
      expect(marksOfRuns(runs)).toEqual(marksOf(looks))
    }),
  )
})

test('a look is given to the letters of a range and to no others, and taken away again', () => {
  fc.assert(
    fc.property(letters, offset, offset, style, fc.boolean(), (looks, from, to, bits, on) => {
      const marked = restyledMarks(marksOf(looks), from, to, bits, on)
      const expected = looks.map((look, i) => (i < from || i >= to ? look : on ? look | bits : look & ~bits))
      expectLetters(marked, expected)
    }),
  )
})

test('letters that come and go move the marks behind them', () => {
  fc.assert(
    fc.property(
      letters,
      offset,
      offset,
      offset,
      fc.integer({ min: 0, max: 15 }),
      (looks, at, removed, n, bits) => {
        const expected = [
          ...looks.slice(0, at),
          ...new Array<number>(n).fill(bits),
          ...looks.slice(at + removed),
        ]
        expectLetters(splicedMarks(marksOf(looks), at, removed, n, bits), expected)
      },
    ),
  )
})

test('a part of a text has its part of the marks', () => {
  fc.assert(
    fc.property(letters, offset, offset, (looks, from, to) => {
      expectLetters(marksBetween(marksOf(looks), from, to), looks.slice(from, Math.max(from, to)))
    }),
  )
})

test('where two markings differ is told, and nowhere else', () => {
  fc.assert(
    fc.property(letters, letters, (before, after) => {
      const looks = [...before]
      for (const { from, to, was, is } of marksApart(marksOf(before), marksOf(after))) {
        expect(new Set(before.slice(from, to))).toEqual(new Set([was]))
        expect(was).not.toBe(is)
        looks.fill(is, from, to)
      }
      expect(looks).toEqual(after)
      expect(sameMarks(marksOf(before), marksOf(after))).toBe(before.join() === after.join())
    }),
  )
})

test('marks that anybody may have written become marks of the text', () => {
  const mark = fc.record({
    from: fc.integer({ min: -5, max: 20 }),
    to: fc.integer({ min: -5, max: 20 }),
    style: fc.integer({ min: 0, max: 15 }),
  })
  fc.assert(fc.property(fc.array(mark), marks => expectTidy(marksWithin(marks, LENGTH), LENGTH)))
})

test('the look at a caret is that of the letter before it, and of a range what all its letters have', () => {
  const marks = marksOf([8, 8, 3, 3, 1, 0])
  expect([0, 2, 3, 5, 6].map(at => styleBefore(marks, at))).toEqual([0, 8, 3, 1, 0])
  expect(styleOver(marks, 2, 5)).toBe(STYLE.bold)
  expect(styleOver(marks, 2, 4)).toBe(STYLE.bold | STYLE.italic)
  expect(styleOver(marks, 2, 6)).toBe(0)
  // Typed behind a marker, letters are words of the item.
  expect(styleOver(marks, 2, 2)).toBe(0)
  expect(styleOver(marks, 5, 5)).toBe(STYLE.bold)
})
