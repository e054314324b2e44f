import { expect, test } from 'vitest'
import { boxContainsBox } from '../../shared/geometry/box.ts'
import { MAX_TEXTURE, regionCovers, textRegion, turnedBack } from './text-region.ts'

const line = { x: 0, y: 0, w: 400, h: 30 }

test('a small text is drawn whole, wherever the view is', () => {
  expect(textRegion(line, { x: 9999, y: 0, w: 10, h: 10 }, 2)).toEqual({ box: line, density: 2 })
})

test('a text that is too large is drawn where it is in view, at full density, and some more', () => {
  const view = { x: 200, y: 0, w: 1280 / 30, h: 720 / 30 }
  const region = textRegion(line, view, 32)
  expect(region?.density).toBe(32)
  expect(region && boxContainsBox(region.box, { ...view, h: 20 })).toBe(true)
  expect(region && region.box.w * 32).toBeLessThanOrEqual(MAX_TEXTURE)
})

test('a text that is too large and out of view is not drawn', () => {
  expect(textRegion(line, { x: 500, y: 0, w: 40, h: 20 }, 32)).toBeNull()
})

test('no texture is larger than the limit, however large text and view are', () => {
  for (const size of [10, 100, 1000, 10_000, 1e6]) {
    const region = textRegion(
      { x: 0, y: 0, w: size, h: size / 2 },
      { x: 1, y: 1, w: size / 3, h: size / 3 },
      60,
    )
    expect(region && Math.max(region.box.w, region.box.h) * region.density).toBeLessThanOrEqual(
      MAX_TEXTURE + 1e-6,
    )
  }
})

test('a region does until the view leaves it', () => {
  const view = { x: 200, y: 0, w: 40, h: 24 }
  const region = textRegion(line, view, 32)
  if (!region) throw new Error('nothing in view')
  expect(regionCovers(region, line, { ...view, x: 205 })).toBe(true)
  expect(regionCovers(region, line, { ...view, x: 230 })).toBe(false)
})

test('a view in the space of a turned shape holds every point of the view', () => {
  const back = turnedBack({ x: 0, y: 0, w: 100, h: 20 }, [50, 10], Math.PI / 2)
  expect(back.w).toBeCloseTo(20)
  expect(back.h).toBeCloseTo(100)
})
