import fc from 'fast-check'
import { expect, test } from 'vitest'
import { textSplice } from '../../shared/util/text-splice.ts'
import { mapCaret, withinTextLimit } from './text-edit.ts'

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', '😀', '😁', 'é', '\n') }),
  fc.string({ unit: 'grapheme' }),
)
const applied = (before: string, { at, remove, insert }: ReturnType<typeof textSplice>) =>
  before.slice(0, at) + insert + before.slice(at + remove)

test('a splice turns one text into the other and never splits a character', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const splice = textSplice(before, after)
      expect(applied(before, splice)).toBe(after)
      expect(splice.insert.isWellFormed()).toBe(true)
      expect(before.slice(0, splice.at).isWellFormed()).toBe(true)
      expect(before.slice(splice.at + splice.remove).isWellFormed()).toBe(true)
    }),
  )
})

test.each([
  ['hello', 'help', { at: 3, remove: 2, insert: 'p' }],
  ['aa', 'aaa', { at: 2, remove: 0, insert: 'a' }],
  ['abc', 'abc', { at: 3, remove: 0, insert: '' }],
  ['x😀y', 'x😁y', { at: 1, remove: 2, insert: '😁' }],
])('from %j to %j takes no more than it must', (before, after, splice) => {
  expect(textSplice(before, after)).toEqual(splice)
})

test('a caret stays by its words when another person types before, after or around it', () => {
  expect(mapCaret('one three', 'one two three', 3)).toBe(3)
  expect(mapCaret('one three', 'one two three', 9)).toBe(13)
  expect(mapCaret('one two three', 'one three', 13)).toBe(9)
  expect(mapCaret('one two three', '', 5)).toBe(0)
})

test('a text that is too long is cut between characters', () => {
  expect(withinTextLimit('ab😀', 3)).toBe('ab')
  expect(withinTextLimit('ab😀', 4)).toBe('ab😀')
})

test('where letters repeat, the caret tells which were typed or removed, and any caret gives a right splice', () => {
  expect(textSplice('aa', 'aaa', 1)).toEqual({ at: 0, remove: 0, insert: 'a' })
  expect(textSplice('aaa', 'aa', 1)).toEqual({ at: 1, remove: 1, insert: '' })
  expect(textSplice('aa', 'aaa')).toEqual({ at: 2, remove: 0, insert: 'a' })
  fc.assert(
    fc.property(text, text, fc.nat({ max: 30 }), (before, after, caret) => {
      expect(applied(before, textSplice(before, after, Math.min(caret, after.length)))).toBe(after)
    }),
  )
})
