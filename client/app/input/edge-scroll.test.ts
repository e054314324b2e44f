import { expect, test } from 'vitest'
import { scrollSpeed } from './edge-scroll.ts'

const VIEW = { w: 1000, h: 700 }

test('nothing scrolls away from the edges', () => {
  expect(scrollSpeed([32, 350], VIEW)).toEqual([0, 0])
  expect(scrollSpeed([968, 668], VIEW)).toEqual([0, 0])
})

test('a drag scrolls towards its edge, the faster the deeper, up to twice as fast outside', () => {
  const [x, y] = scrollSpeed([16, 350], VIEW)
  expect(x).toBeCloseTo(-0.35)
  expect(y).toBe(0)
  expect(scrollSpeed([1000, 700], VIEW).map(speed => speed.toFixed(2))).toEqual(['0.70', '0.70'])
  expect(scrollSpeed([-500, 9000], VIEW).map(speed => speed.toFixed(2))).toEqual(['-1.40', '1.40'])
})

test('a narrow window keeps a calm middle', () => {
  expect(scrollSpeed([20, 20], { w: 120, h: 120 })).toEqual([0, 0])
})
