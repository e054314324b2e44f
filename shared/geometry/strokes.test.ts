import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boxAround, boxContainsPoint, grow } from './box.ts'
import { strokeOutline, WIDTH_PER_NOMINAL } from './strokes.ts'
import { distance, type Vec } from './vec.ts'

const point: fc.Arbitrary<Vec> = fc.tuple(
  fc.integer({ min: -99, max: 99 }),
  fc.integer({ min: -99, max: 99 }),
)
const width = fc.double({ min: 0.1, max: 200, noNaN: true })

const pressures = fc.option(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }))
const points = fc.array(point, { minLength: 1, maxLength: 30 })

test('the outline of a stroke, however short, reaches no further from its points than one and a half full widths', () => {
  const scale = fc.constantFrom(0.001, 0.03, 1, 100)
  fc.assert(
    fc.property(points, pressures, width, scale, (shape, pressure, w, k) => {
      const stroke = shape.map(([x, y]): Vec => [x * k, y * k])
      const outline = strokeOutline({ points: stroke, pressures: pressure }, w)
      const reach = grow(boxAround(stroke), 1.5 * w * WIDTH_PER_NOMINAL)
      expect(outline.length).toBeGreaterThan(2)
      for (const p of outline) expect(boxContainsPoint(reach, p)).toBe(true)
    }),
    { numRuns: 1000 },
  )
})

test('a stroke drawn twice as large with twice the width has the same outline, twice as large', () => {
  fc.assert(
    fc.property(points, pressures, width, (stroke, pressure, w) => {
      const outline = strokeOutline({ points: stroke, pressures: pressure }, w)
      const twice = stroke.map(([x, y]): Vec => [2 * x, 2 * y])
      const larger = strokeOutline({ points: twice, pressures: pressure }, 2 * w)
      expect(larger).toEqual(outline.map(([x, y]) => [2 * x, 2 * y]))
    }),
  )
})

test.each([0.1, 4, 200])('a single dot of width %d is drawn as a round blob in its middle', width => {
  const box = boxAround(strokeOutline({ points: [[5, 5]], pressures: null }, width))
  expect(box.w / width).toBeGreaterThan(1)
  expect(box.w / box.h).toBeCloseTo(1)
  expect(Math.abs(box.x + box.w / 2 - 5) / width).toBeLessThan(0.02)
})

test.each([2, 8])(
  'the corners of a fast stroke of width %d, which left few points, are not cut off',
  width => {
    const [far, full] = [60 * width, width * WIDTH_PER_NOMINAL]
    const corner: Vec = [far, 0]
    const points: Vec[] = [[0, 0], [far / 2, 0], corner, [far, far / 2], [far, far]]
    for (const pressures of [null, points.map(() => 0.5)]) {
      const outline = strokeOutline({ points, pressures }, width)
      expect(Math.min(...outline.map(p => distance(p, corner)))).toBeLessThan(full)
    }
  },
)
