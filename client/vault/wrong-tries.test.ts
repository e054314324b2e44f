import { expect, test } from 'vitest'
import { memoryTries } from './vault.testing.ts'
import { WrongTries, waitAfter } from './wrong-tries.ts'

test('the wait after wrong passphrases is 0, 0, 1, 2, 4, 8, 16 and then always 30 seconds', () => {
  const seconds = Array.from({ length: 10 }, (_, i) => waitAfter(i + 1) / 1000)
  expect(seconds).toEqual([0, 0, 1, 2, 4, 8, 16, 30, 30, 30])
})

test('tabs that share a storage count together, and one that forgets does so for all', () => {
  const storage = memoryTries()
  const [one, two] = [new WrongTries(storage), new WrongTries(storage)]
  for (const tries of [one, two, one]) tries.wrong(5_000)
  expect(two.waitUntil(5_000)).toBe(6_000)
  expect(two.waitUntil(6_000)).toBeNull()
  one.right()
  two.wrong(7_000)
  expect(one.waitUntil(7_000)).toBeNull()
})

test('a clock that was set back does not lock the owner out', () => {
  const tries = new WrongTries(memoryTries())
  for (let i = 0; i < 9; i += 1) tries.wrong(1_000_000)
  expect(tries.waitUntil(1_000_001)).toBe(1_030_000)
  expect(tries.waitUntil(500)).toBeNull()
})

test('a storage that refuses, or holds junk, leaves the count of this tab', () => {
  const refusing = {
    getItem: () => 'junk',
    removeItem: () => {},
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError')
    },
  }
  const tries = new WrongTries(refusing)
  for (let i = 0; i < 4; i += 1) tries.wrong(1_000)
  expect(tries.waitUntil(1_000)).toBe(3_000)
})
