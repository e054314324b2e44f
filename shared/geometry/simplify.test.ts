import fc from 'fast-check'
import { expect, test } from 'vitest'
import { distanceToPolyline, pointsAlong } from './polyline.ts'
import { simplified } from './simplify.ts'
import type { Vec } from './vec.ts'

const coordinate = fc.integer({ min: -500, max: 500 })
const polyline = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 40 })

test('no point of a line is further from the simplified one than it may be, and the ends stay', () => {
  fc.assert(
    fc.property(polyline, fc.integer({ min: 0, max: 50 }), (points, tolerance) => {
      const fewer = simplified(points, tolerance)
      expect([fewer[0], fewer.at(-1)]).toEqual([points[0], points.at(-1)])
      for (const p of points) expect(distanceToPolyline(p, fewer)).toBeLessThanOrEqual(tolerance + 1e-9)
    }),
  )
})

test('a straight line becomes its two ends', () => {
  const points = Array.from({ length: 50 }, (_, i): Vec => [i, 2 * i])
  expect(simplified(points, 0.1)).toEqual([points[0], points[49]])
})

test('points along a line lie on it, evenly, from end to end', () => {
  const bent: readonly Vec[] = [
    [0, 0],
    [30, 0],
    [30, 10],
  ]
  expect(pointsAlong(bent, 5)).toEqual([
    [0, 0],
    [10, 0],
    [20, 0],
    [30, 0],
    [30, 10],
  ])
  expect(pointsAlong([[1, 2]], 5)).toEqual([[1, 2]])
  fc.assert(
    fc.property(polyline, points => {
      const along = pointsAlong(points, 9)
      if (points.length > 1) expect(along).toHaveLength(9)
      for (const p of along) expect(distanceToPolyline(p, points)).toBeLessThan(1e-6)
    }),
  )
})
