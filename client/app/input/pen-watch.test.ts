import { expect, test } from 'vitest'
import { PenWatch } from './pen-watch.ts'

test('a touch is a palm while a pen is down and for half a second after it was seen, and a finger else', () => {
  const pen = new PenWatch()
  expect(pen.isPalm(0)).toBe(false)
  expect(pen.press()).toBe(true)
  expect(pen.isPalm(10_000)).toBe(true)
  pen.see(10_000, false)
  expect(pen.isPalm(10_499)).toBe(true)
  expect(pen.isPalm(10_500)).toBe(false)
  expect(pen.press()).toBe(false)
})
