import { expect, test } from 'vitest'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { retryDelay } from './backoff.ts'

const backoff = { first: 200, max: 15_000 }

test('delays double up to the cap, and stay within the upper half of it for any number of attempts', () => {
  const random = seededRandom(1)
  for (const [attempt, whole] of [
    [0, 200],
    [3, 1_600],
    [7, 15_000],
    [5_000, 15_000],
  ] as const) {
    for (let draw = 0; draw < 50; draw += 1) {
      const delay = retryDelay(backoff, attempt, random)
      expect(delay).toBeGreaterThanOrEqual(whole / 2)
      expect(delay).toBeLessThanOrEqual(whole)
    }
  }
})

test('two clients that lost the relay at the same time do not return at the same time', () => {
  expect(retryDelay(backoff, 4, seededRandom(1))).not.toBe(retryDelay(backoff, 4, seededRandom(2)))
})
