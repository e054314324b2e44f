import { expect, test } from 'vitest'
import { affordableLevel, bytesAt, levelFor, sizeAt } from './picture-level.ts'

test('a picture keeps at least a pixel for each that is shown, and less than four', () => {
  for (const shown of [3000, 1024, 1000, 511, 100, 9]) {
    const [w] = sizeAt([2048, 1024], levelFor([2048, 1024], [shown, shown / 2]))
    expect(w).toBeGreaterThanOrEqual(Math.min(2048, shown))
    expect(w).toBeLessThan(2 * Math.max(shown, 1024))
    if (shown < 2048) expect(w).toBeLessThanOrEqual(2 * shown)
  }
})

test('no picture is larger than what every GPU takes, whatever its document claims', () => {
  for (const natural of [
    [1e7, 1e7],
    [20_000, 3],
    [4097, 4096],
  ] as const) {
    expect(Math.max(...sizeAt(natural, levelFor(natural, [1e6, 1e6])))).toBeLessThanOrEqual(4096)
  }
})

test('a picture that is drawn flat, or not at all, is of a few pixels', () => {
  expect(sizeAt([4096, 4096], levelFor([4096, 4096], [0, 0]))).toEqual([1, 1])
})

test('with little room a picture is decoded coarser, until it fits', () => {
  const level = affordableLevel([4000, 3000], 0, 2 ** 20)
  expect(bytesAt([4000, 3000], level)).toBeLessThanOrEqual(2 ** 20)
  expect(bytesAt([4000, 3000], level - 1)).toBeGreaterThan(2 ** 20)
  expect(affordableLevel([4000, 3000], 1, Infinity)).toBe(1)
})
