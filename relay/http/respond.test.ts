import { expect, test } from 'vitest'
import { bearerOf, matchesTag, presents } from './respond.ts'

const asking = (authorization: string) => ({
  header: (name: string) => (name === 'authorization' ? authorization : ''),
})

test.each([
  ['Bearer e.abc-_', 'e.abc-_'],
  ['bearer  x', 'x'],
  ['BEARER x', 'x'],
  ['Bearer', null],
  ['Bearer ', null],
  ['Bearer a b', null],
  ['Bearer a, Bearer b', null],
  ['Basic x', null],
  ['xBearer x', null],
  ['', null],
])('"%s" presents %s', (header, credential) => {
  expect(bearerOf(asking(header))).toBe(credential)
})

test('only the whole secret opens, and an empty one opens to nobody', () => {
  expect(presents(asking('Bearer secret'), 'secret')).toBe(true)
  for (const wrong of ['Bearer secre', 'Bearer secrets', 'Bearer Secret', 'secret', ''])
    expect(presents(asking(wrong), 'secret')).toBe(false)
  expect(presents(asking(''), '')).toBe(false)
})

test.each([
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['"b"', false],
  ['a', false],
  ['', false],
])('If-None-Match %s names "a": %s', (header, matches) => {
  expect(matchesTag(header, '"a"')).toBe(matches)
})
