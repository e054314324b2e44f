import { expect, test } from 'vitest'
import { seededRandom } from '../testing/seeded-random.ts'
import { isBoardId, newId } from './ids.ts'
import { secureRandom } from './random.ts'

test('a new id is 22 characters of base64url, equal to what Buffer writes for the same 16 bytes', () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const bytes = seededRandom(seed).bytes(16)
    expect(newId(seededRandom(seed))).toBe(Buffer.from(bytes).toString('base64url'))
  }
})

test('a new id is a board id, and two new ids differ', () => {
  expect(isBoardId(newId(secureRandom))).toBe(true)
  expect(newId(secureRandom)).not.toBe(newId(secureRandom))
})

test.each([
  '',
  'short',
  'a'.repeat(15),
  'a'.repeat(65),
  '../../../../etc/passwd',
  'aaaaaaaaaaaaaaaa\n',
  'aaaaaaaa%2faaaaaaaa',
])('%j is not a board id', text => {
  expect(isBoardId(text)).toBe(false)
})
