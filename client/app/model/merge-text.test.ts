import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeTyped } from './merge-text.ts'

test('what was typed is the text when nobody else wrote', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, typed) => mergeTyped(before, typed, before) === typed),
  )
})

test('the other person’s text is the text when one typed nothing', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (before, now) => mergeTyped(before, before, now) === now))
})

test.each([
  ['words before', 'green tree', 'green tree!', 'a green tree', 'a green tree!'],
  ['words behind', 'green tree', 'a green tree', 'green tree!', 'a green tree!'],
  ['a composed word in the middle', 'red  tree', 'red 木 tree', 'a red  tree', 'a red 木 tree'],
  ['a removal elsewhere', 'one two three', 'one two three four', 'two three', 'two three four'],
  ['words right before what was replaced', 'one two', 'one に', 'one & two', 'one & に'],
  ['words among what was replaced', 'one two', 'one に', 'one t & wo', 'one に & '],
  ['a removal around the caret', 'one two three', 'one two! three', 'one', 'one!'],
])('%s of another person and what was typed are both kept', (_, before, typed, now, merged) => {
  expect(mergeTyped(before, typed, now)).toBe(merged)
})
