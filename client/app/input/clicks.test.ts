import { expect, test } from 'vitest'
import { Clicks } from './clicks.ts'

test('two presses close in place and time are a double click, and a third is not another', () => {
  const clicks = new Clicks()
  expect([0, 200, 400].map(time => clicks.press([10, 10], time, 'mouse'))).toEqual([1, 2, 1])
})

test.each([
  ['too late', [10, 10], 500, 'mouse'],
  ['too far off', [20, 10], 200, 'mouse'],
  ['by another pointer', [10, 10], 200, 'pen'],
] as const)('a second press %s is a click by itself', (_why, at, time, pointer) => {
  const clicks = new Clicks()
  clicks.press([10, 10], 0, 'mouse')
  expect(clicks.press(at, time, pointer)).toBe(1)
})

test('a press where a drag began is a click by itself, so that a handle can be dragged again at once', () => {
  const clicks = new Clicks()
  clicks.press([10, 10], 0, 'mouse')
  clicks.release([60, 40])
  expect(clicks.press([10, 10], 200, 'mouse')).toBe(1)
})

test('a finger that trembles still makes a double click', () => {
  const clicks = new Clicks()
  clicks.press([10, 10], 0, 'touch')
  clicks.release([14, 13])
  expect(clicks.press([20, 16], 200, 'touch')).toBe(2)
})
