import { expect, test } from 'vitest'
import { densityStep, detailFor, textDensity } from './detail.ts'

test('a density step is the power of two that is not coarser', () => {
  expect([0.05, 0.5, 0.51, 1, 1.01, 30].map(densityStep)).toEqual([0.0625, 0.5, 1, 1, 2, 32])
})

test('cameras between two powers of two share their detail', () => {
  expect(detailFor(1.1, 1)).toEqual(detailFor(2, 1))
  expect(detailFor(2.01, 1)).not.toEqual(detailFor(2, 1))
})

test('at every zoom a curve misses by less than a sixth of a device pixel', () => {
  for (const dpr of [1, 1.5, 2, 3]) {
    for (let zoom = 0.05; zoom <= 30; zoom *= 1.07) {
      expect(detailFor(zoom, dpr).tolerance * zoom * dpr).toBeLessThan(1 / 6)
    }
  }
})

test('lines keep their width from 100 % on, and at least half a device pixel below', () => {
  expect(detailFor(1, 1).leastWidth).toBe(0)
  for (let zoom = 0.05; zoom <= 0.5; zoom *= 1.07) {
    expect(detailFor(zoom, 1).leastWidth * zoom).toBeGreaterThanOrEqual(0.49)
  }
})

test('text at 100 % has one texel for each device pixel, and never less than one nor more than one and a half', () => {
  expect(textDensity(1, 1)).toBe(1)
  expect(textDensity(1, 2)).toBe(2)
  for (let zoom = 0.05; zoom <= 30; zoom *= 1.07) {
    const texels = textDensity(zoom, 1) / zoom
    expect(texels).toBeGreaterThan(0.999)
    expect(texels).toBeLessThan(1.5)
  }
})
