import { expect, test } from 'vitest'
import { initials } from './names.ts'

test.each([
  ['Ada Lovelace', 'AL'],
  ['mira', 'M'],
  ['  Jean  Luc   Picard ', 'JP'],
  ['Ádám Élő', 'ÁÉ'],
  ['👩‍🚀 Sally', '👩‍🚀S'],
  ['李 小龍', '李小'],
  ['', '?'],
  ['   ', '?'],
])('the initials of %j are %j', (name, expected) => {
  expect(initials(name)).toBe(expected)
})
