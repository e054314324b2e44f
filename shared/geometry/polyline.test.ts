import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  distanceToPolyline,
  distanceToSegment,
  middleOf,
  polygonContains,
  segmentsMeet,
  smoothThrough,
} from './polyline.ts'
import { add, distance, lerp, rotateAbout, type Vec } from './vec.ts'

const coordinate = fc.integer({ min: -1000, max: 1000 })
const point: fc.Arbitrary<Vec> = fc.tuple(coordinate, coordinate)
const polyline = fc.array(point, { minLength: 2, maxLength: 12 })
const share = fc.double({ min: 0, max: 1, noNaN: true })

test('the distance to a segment is never more than to any point of it, and is reached by one', () => {
  fc.assert(
    fc.property(point, point, point, share, (p, a, b, t) => {
      const nearest = distanceToSegment(p, a, b)
      expect(nearest).toBeLessThanOrEqual(distance(p, lerp(a, b, t)) + 1e-9)
      const sampled = Array.from({ length: 2001 }, (_, i) => distance(p, lerp(a, b, i / 2000)))
      expect(Math.min(...sampled) - nearest).toBeLessThan(1.5)
    }),
  )
})

test('the distance to a polyline is zero on it, and infinite when it has no points', () => {
  fc.assert(
    fc.property(polyline, fc.nat(), share, (points, i, t) => {
      const k = i % (points.length - 1)
      const on = lerp(points[k] as Vec, points[k + 1] as Vec, t)
      expect(distanceToPolyline(on, points)).toBeLessThan(1e-9)
    }),
  )
  expect(distanceToPolyline([0, 0], [])).toBe(Infinity)
  expect(distanceToPolyline([3, 4], [[0, 0]])).toBe(5)
})

test('a polygon around a circle contains the points inside the circle and none beyond its corners', () => {
  const sides = fc.integer({ min: 3, max: 30 })
  const angle = fc.double({ min: 0, max: 7, noNaN: true })
  fc.assert(
    fc.property(sides, angle, angle, share, (n, turn, direction, t) => {
      const corners = Array.from({ length: n }, (_, i) =>
        rotateAbout([100, 0], [0, 0], turn + (i / n) * 2 * Math.PI),
      )
      const incircle = 100 * Math.cos(Math.PI / n)
      const at = (radius: number) => rotateAbout([radius, 0], [0, 0], direction)
      expect(polygonContains(corners, at(t * incircle * 0.999))).toBe(true)
      expect(polygonContains(corners, at(100.001 + t * 1000))).toBe(false)
    }),
  )
})

test('segments that share a point meet, in any order', () => {
  fc.assert(
    fc.property(point, point, point, share, (a, b, c, t) => {
      const on = lerp(a, b, t)
      expect(segmentsMeet(a, b, on, c)).toBe(true)
      expect(segmentsMeet(c, on, b, a)).toBe(true)
    }),
  )
})

test('segments on two sides of a line do not meet', () => {
  const above = fc.tuple(coordinate, fc.integer({ min: 1, max: 1000 }))
  fc.assert(
    fc.property(above, above, above, above, (a, b, c, d) => {
      expect(segmentsMeet(a, b, [c[0], -c[1]], [d[0], -d[1]])).toBe(false)
    }),
  )
})

test('a smooth curve goes through its points in order, and starts and ends with them', () => {
  fc.assert(
    fc.property(polyline, points => {
      const curve = smoothThrough(points)
      expect(curve[0]).toEqual(points[0])
      expect(distance(curve[curve.length - 1] as Vec, points[points.length - 1] as Vec)).toBeLessThan(1e-9)
      let at = -1
      for (const p of points) {
        at = curve.findIndex((q, i) => i > at && distance(p, q) < 1e-9)
        expect(at).toBeGreaterThan(-1)
      }
    }),
  )
})

test('the middle of a polyline has half of its length on each side', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 8 }), steps => {
      const points: Vec[] = [[0, 0]]
      for (const [i, step] of steps.entries()) {
        points.push(add(points[i] as Vec, i % 2 === 0 ? [step, 0] : [0, step]))
      }
      const [x, y] = points[points.length - 1] as Vec
      const [mx, my] = middleOf(points)
      // On a staircase the length from the start is x + y.
      expect(mx + my).toBeCloseTo((x + y) / 2)
      expect(distanceToPolyline([mx, my], points)).toBeLessThan(1e-9)
    }),
  )
})

test('the middle of a polyline without length is its point', () => {
  expect(
    middleOf([
      [3, 4],
      [3, 4],
    ]),
  ).toEqual([3, 4])
  expect(middleOf([])).toEqual([0, 0])
})
