import { expect, test } from 'vitest'
import { initials, plainName } from './names.ts'

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

test.each([
  ['Ana\u202e\u2066', 'Ana'],
  ['Ana\n\u2028removed\teverything', 'Ana removed everything'],
  ['\u200b \u2060', ''],
  ['👩‍🚀 Sally', '👩‍🚀 Sally'],
  ['דנה', 'דנה'],
])('the name %j stands in a sentence as %j', (name, expected) => {
  expect(plainName(name)).toBe(expected)
})
