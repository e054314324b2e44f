import { expect, test } from 'vitest'
import { byteText } from './byte-text.ts'

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_000, '1 KB'],
  [1_250, '1.3 KB'],
  [9_949, '9.9 KB'],
  [9_951, '10 KB'],
  [999_499, '999 KB'],
  [999_500, '1 MB'],
  [3_400_000, '3.4 MB'],
  [2_100_000_000, '2.1 GB'],
  [5e15, '5,000 TB'],
])('%i bytes are shown as %j', (bytes, text) => {
  expect(byteText(bytes, 'en')).toBe(text)
})
