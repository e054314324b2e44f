import { expect, test } from 'vitest'
import { boxContainsBox } from '../../shared/geometry/box.ts'
import { coverOf, isCovered } from './cover-region.ts'

const view = { x: 100, y: 200, w: 1000, h: 600 }

test('a cover holds its view and room around it', () => {
  expect(boxContainsBox(coverOf(view), view)).toBe(true)
  expect(isCovered(coverOf(view), view)).toBe(true)
})

test('nothing is covered before the first fetch', () => {
  expect(isCovered(null, view)).toBe(false)
})

test('a short pan fetches nothing, and a fetch comes before the view reaches the edge', () => {
  const cover = coverOf(view)
  expect(isCovered(cover, { ...view, x: view.x + 300 })).toBe(true)
  const late = { ...view, x: view.x + 400 }
  expect(boxContainsBox(cover, late)).toBe(true)
  expect(isCovered(cover, late)).toBe(false)
})

test('zooming far in lets go of what lies far around', () => {
  expect(isCovered(coverOf(view), { x: 500, y: 400, w: 300, h: 180 })).toBe(false)
  expect(isCovered(coverOf(view), { x: 300, y: 300, w: 700, h: 420 })).toBe(true)
})
