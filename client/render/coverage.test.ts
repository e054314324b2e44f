import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { cover } from './coverage.ts'

/** How often the closed contour winds around the point. */
function windingAt(points: readonly number[], x: number, y: number): number {
  let winding = 0
  for (let i = 0; i < points.length; i += 2) {
    const [ax, ay] = [points[i] as number, points[i + 1] as number]
    const j = (i + 2) % points.length
    const [bx, by] = [points[j] as number, points[j + 1] as number]
    if (ay <= y === by <= y) continue
    const crossing = ax + ((y - ay) / (by - ay)) * (bx - ax)
    if (crossing > x) winding += by > ay ? 1 : -1
  }
  return winding
}

/** How many triangles contain the point. */
function timesCovered(points: readonly number[], x: number, y: number): number {
  const { vertices, indices } = cover(points)
  const side = (a: number, b: number) =>
    ((vertices[2 * b] as number) - (vertices[2 * a] as number)) * (y - (vertices[2 * a + 1] as number)) -
    ((vertices[2 * b + 1] as number) - (vertices[2 * a + 1] as number)) * (x - (vertices[2 * a] as number))
  let times = 0
  for (let i = 0; i < indices.length; i += 3) {
    const [a, b, c] = indices.slice(i, i + 3) as [number, number, number]
    const sides = [side(a, b), side(b, c), side(c, a)]
    if (sides.every(s => s > 0) || sides.every(s => s < 0)) times++
  }
  return times
}

const areaOf = (points: readonly number[]): number => {
  const { vertices, indices } = cover(points)
  let area = 0
  for (let i = 0; i < indices.length; i += 3) {
    const [a, b, c] = indices.slice(i, i + 3).map(k => [vertices[2 * k], vertices[2 * k + 1]]) as [
      number,
      number,
    ][]
    if (!a || !b || !c) continue
    area += Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2
  }
  return area
}

test('every point that a contour winds around is covered exactly once, and no other point', () => {
  const coordinate = fc.integer({ min: 0, max: 40 })
  const contour = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 24 })
  // Off the integers, so that no probe lies on a corner; the slant keeps it off most edges too.
  const probe = fc.tuple(coordinate, coordinate).map(([x, y]) => [x + 0.4142135, y + 0.7320508] as const)
  fc.assert(
    fc.property(contour, fc.array(probe, { minLength: 1, maxLength: 20 }), (corners, probes) => {
      const points = corners.flat()
      for (const [x, y] of probes) {
        expect(timesCovered(points, x, y)).toBe(windingAt(points, x, y) === 0 ? 0 : 1)
      }
    }),
    { numRuns: 400 },
  )
})

test('a ring that crosses itself twice over is filled, not cut out', () => {
  // The same square twice around winds twice: the even-odd rule would leave it empty.
  expect(areaOf([0, 0, 10, 0, 10, 10, 0, 10, 0, 0, 10, 0, 10, 10, 0, 10])).toBeCloseTo(100)
})

test('a hole that runs the other way round stays open', () => {
  const outer = [0, 0, 10, 0, 10, 10, 0, 10, 0, 0]
  const inner = [3, 3, 3, 7, 7, 7, 7, 3, 3, 3]
  expect(areaOf([...outer, ...inner])).toBeCloseTo(100 - 16)
})

test('a convex contour costs no more than a fan', () => {
  expect(cover([0, 0, 4, 0, 5, 3, 2, 5]).indices).toHaveLength(6)
})

test('a star drawn in one go, which turns one way but winds twice, is no fan', () => {
  const star = Array.from({ length: 5 }, (_, i) => (i * 4 * Math.PI) / 5).flatMap(a => [
    Math.cos(a),
    Math.sin(a),
  ])
  expect(timesCovered(star, 0.01, 0.02)).toBe(1)
})

test('contours without an inside give no triangle', () => {
  expect(areaOf([5, 5, 5, 5, 5, 5, 5, 5])).toBe(0)
  expect(areaOf([0, 0, 10, 0, 20, 0, 5, 0])).toBe(0)
})

test('a contour made to cross itself everywhere is drawn within the time of a test, with fewer corners', () => {
  const random = seededRandom(1)
  const points = Array.from({ length: 20_000 }, () => random.next() * 1000)
  // Without a bound on its steps, the sweep takes hours.
  const { vertices, indices } = cover(points)
  expect(indices.length).toBeGreaterThan(0)
  expect(vertices.every(coordinate => coordinate >= 0 && coordinate <= 1000)).toBe(true)
})
