import { expect, test } from 'vitest'
import { openedText } from './opened-text.ts'

const NOW = Date.UTC(2026, 5, 15, 12)
const MINUTE = 60_000

test.each([
  [0, 'Just now'],
  [59_000, 'Just now'],
  [MINUTE, '1 minute ago'],
  [59 * MINUTE, '59 minutes ago'],
  [60 * MINUTE, '1 hour ago'],
  [26 * 60 * MINUTE, 'Yesterday'],
  [3 * 24 * 60 * MINUTE, '3 days ago'],
  [30 * 24 * 60 * MINUTE, 'May 16, 2026'],
])('opened %i ms ago reads %j', (ago, text) => {
  expect(openedText(NOW - ago, NOW, 'en-US')).toBe(text)
})

test('a clock that was set back does not put the opening into the future', () => {
  expect(openedText(NOW + MINUTE, NOW, 'en-US')).toBe('Just now')
})
