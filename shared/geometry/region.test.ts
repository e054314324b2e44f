import fc from 'fast-check'
import { expect, test } from 'vitest'
import { polygonContains } from './polyline.ts'
import { insideOf } from './region.ts'

const coordinate = fc.integer({ min: -100, max: 100 })
const point = fc.tuple(coordinate, coordinate)

test('a point is inside of the same polygons as by looking at every edge', () => {
  fc.assert(
    fc.property(fc.array(point, { minLength: 1, maxLength: 30 }), fc.array(point), (polygon, points) => {
      const isInside = insideOf(polygon)
      for (const p of [...points, ...polygon]) expect(isInside(p)).toBe(polygonContains(polygon, p))
    }),
  )
})
