import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boxContainsBox } from '../../shared/geometry/box.ts'
import { LIMITS } from '../../shared/schema/limits.ts'
import {
  clampCamera,
  fit as fitCamera,
  MAX_ZOOM,
  MIN_ZOOM,
  panBy,
  toScreen,
  toWorld,
  visibleBox,
  zoomAt,
} from './camera.ts'

const camera = fc.record({
  x: fc.double({ min: -1e5, max: 1e5, noNaN: true }),
  y: fc.double({ min: -1e5, max: 1e5, noNaN: true }),
  zoom: fc.double({ min: MIN_ZOOM, max: MAX_ZOOM, noNaN: true }),
})
const screen = fc.tuple(
  fc.double({ min: 0, max: 4000, noNaN: true }),
  fc.double({ min: 0, max: 4000, noNaN: true }),
)

test('zooming keeps the world point under the pointer, at the limits of the zoom too', () => {
  fc.assert(
    fc.property(camera, screen, fc.double({ min: 0.001, max: 1000, noNaN: true }), (before, at, factor) => {
      const after = zoomAt(before, at, factor)
      expect(after.zoom).toBeGreaterThanOrEqual(MIN_ZOOM)
      expect(after.zoom).toBeLessThanOrEqual(MAX_ZOOM)
      const [x, y] = toScreen(after, toWorld(before, at))
      expect(x).toBeCloseTo(at[0], 4)
      expect(y).toBeCloseTo(at[1], 4)
    }),
  )
})

test('panning by screen pixels moves what is seen by as many', () => {
  const before = { x: 10, y: 20, zoom: 4 }
  expect(toScreen(panBy(before, [30, -40]), toWorld(before, [100, 100]))).toEqual([130, 60])
})

test('fit shows all of a box in the middle, and enlarges no small one past 100 %', () => {
  const viewport = { w: 800, h: 600 }
  for (const box of [
    { x: -5000, y: 100, w: 9000, h: 10 },
    { x: 3, y: 4, w: 0, h: 0 },
    { x: 0, y: 0, w: 20, h: 20 },
  ]) {
    const shown = fitCamera(box, viewport)
    expect(shown.zoom).toBeLessThanOrEqual(1)
    expect(boxContainsBox(visibleBox(shown, viewport), box)).toBe(true)
    const [x, y] = toScreen(shown, [box.x + box.w / 2, box.y + box.h / 2])
    expect([Math.round(x), Math.round(y)]).toEqual([400, 300])
  }
})

test('a clamped camera sees no place that a document cannot hold, whatever it was', () => {
  const viewport = { w: 1000, h: 1000 }
  for (const wild of [
    { x: 1e12, y: -1e12, zoom: 1 },
    { x: Number.NaN, y: Infinity, zoom: Number.NaN },
    { x: 0, y: 0, zoom: 0 },
  ]) {
    const { x, y, w, h } = visibleBox(clampCamera(wild, viewport), viewport)
    expect(Math.max(Math.abs(x), Math.abs(y), Math.abs(x + w), Math.abs(y + h))).toBeLessThanOrEqual(
      LIMITS.coordinate,
    )
  }
})
