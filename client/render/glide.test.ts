import { expect, test } from 'vitest'
import { Glide } from './glide.ts'

test('a glide leads from where it is to where it was told to be, and then rests', () => {
  const glide = new Glide([0, 0])
  expect(glide.isMoving(1000)).toBe(false)
  glide.aim([100, 50], 1000, false)
  expect(glide.at(1000)).toEqual([0, 0])
  expect(glide.at(1040)[0]).toBeGreaterThan(50)
  expect(glide.isMoving(1040)).toBe(true)
  expect(glide.at(1080)).toEqual([100, 50])
  expect(glide.isMoving(1080)).toBe(false)
})

test('a new aim on the way starts from where the glide is, without a jump', () => {
  const glide = new Glide([0, 0])
  glide.aim([100, 0], 0, false)
  const before = glide.at(40)
  glide.aim([0, 100], 40, false)
  expect(glide.at(40)).toEqual(before)
})

test('with reduced motion a glide jumps', () => {
  const glide = new Glide([0, 0])
  glide.aim([100, 0], 0, true)
  expect(glide.at(0)).toEqual([100, 0])
})
