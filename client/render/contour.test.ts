import { expect, test } from 'vitest'
import { polygonContains } from '../../shared/geometry/polyline.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import {
  arc,
  bridged,
  type Contour,
  clockwise,
  dashes,
  ellipseContour,
  inkContour,
  roundedContour,
  strokeContour,
} from './contour.ts'
import { cover } from './coverage.ts'

function coveredArea(contour: Contour): number {
  const { vertices, indices } = cover(contour.flat())
  const at = (k: number): Vec => [vertices[2 * k] as number, vertices[2 * k + 1] as number]
  let area = 0
  for (let i = 0; i < indices.length; i += 3) {
    const [a, b, c] = [at(indices[i] as number), at(indices[i + 1] as number), at(indices[i + 2] as number)]
    area += Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2
  }
  return area
}

/** The furthest that the middle of a segment lies inside the circle. */
const worstMiss = (points: readonly Vec[], radius: number): number =>
  Math.max(
    ...points.slice(1).map((p, i) => {
      const before = points[i] as Vec
      return radius - Math.hypot((p[0] + before[0]) / 2, (p[1] + before[1]) / 2)
    }),
  )

test.each([1, 10, 1000])('an arc of radius %d misses the circle by no more than the tolerance', radius => {
  for (const tolerance of [0.5, 0.05, 0.004]) {
    const points = arc([0, 0], radius, radius, 0, Math.PI, tolerance)
    expect(worstMiss(points, radius)).toBeLessThanOrEqual(tolerance * 1.001)
  }
})

test('an ellipse is drawn finer for a smaller tolerance, and never coarser than an octagon', () => {
  const box = { x: 0, y: 0, w: 200, h: 100 }
  expect(ellipseContour(box, 0.004).length).toBeGreaterThan(ellipseContour(box, 0.12).length)
  expect(ellipseContour({ x: 0, y: 0, w: 1, h: 1 }, 10)).toHaveLength(8)
})

test('a corner radius above half the shorter side is drawn as half of it', () => {
  const contour = roundedContour({ x: 0, y: 0, w: 100, h: 20 }, 1000, 0.01)
  expect(coveredArea(contour)).toBeCloseTo(80 * 20 + Math.PI * 100, 0)
})

test('a straight stroke covers its length and two round caps', () => {
  const contour = strokeContour(
    [
      [0, 0],
      [100, 0],
    ],
    10,
    false,
    0.001,
  )
  expect(coveredArea(contour)).toBeCloseTo(1000 + Math.PI * 25, 0)
})

test('a stroke that folds back on itself is covered once', () => {
  const there = strokeContour(
    [
      [0, 0],
      [100, 0],
    ],
    10,
    false,
    0.001,
  )
  const andBack = strokeContour(
    [
      [0, 0],
      [100, 0],
      [0, 0],
    ],
    10,
    false,
    0.001,
  )
  expect(coveredArea(andBack)).toBeCloseTo(coveredArea(there), 0)
})

test('a closed stroke leaves the inside open', () => {
  const square: Vec[] = [
    [0, 0],
    [100, 0],
    [100, 100],
    [0, 100],
  ]
  const contour = strokeContour(square, 10, true, 0.001)
  // The outer corners are round: a quarter circle of radius 5 stands in for a square of side 5, four times.
  expect(coveredArea(contour)).toBeCloseTo(110 * 110 - 90 * 90 - 100 + Math.PI * 25, 0)
})

test('a closed stroke covers the same whichever way round its points run', () => {
  const square: Vec[] = [
    [0, 0],
    [100, 0],
    [100, 100],
    [0, 100],
  ]
  const other = strokeContour([...square].reverse(), 10, true, 0.001)
  expect(coveredArea(other)).toBeCloseTo(coveredArea(strokeContour(square, 10, true, 0.001)), 3)
})

test('a stroke thicker than its own rectangle fills it', () => {
  const flat: Vec[] = [
    [0, 0],
    [100, 0],
    [100, 4],
    [0, 4],
  ]
  const { vertices, indices } = cover(strokeContour(flat, 20, true, 0.01).flat())
  const corners = indices.map((k): Vec => [vertices[2 * k] as number, vertices[2 * k + 1] as number])
  const triangles = Array.from({ length: corners.length / 3 }, (_, i) => corners.slice(3 * i, 3 * i + 3))
  expect(triangles.some(triangle => polygonContains(triangle, [50.1, 2.1]))).toBe(true)
})

test('a stroke of a single point, or of equal points, is a dot', () => {
  expect(coveredArea(strokeContour([[3, 4]], 10, false, 0.001))).toBeCloseTo(Math.PI * 25, 0)
  expect(
    coveredArea(
      strokeContour(
        [
          [3, 4],
          [3, 4],
        ],
        10,
        false,
        0.001,
      ),
    ),
  ).toBeCloseTo(Math.PI * 25, 0)
})

test('bridges between contours cover nothing', () => {
  const square = (x: number): Contour => [
    [x, 0],
    [x + 10, 0],
    [x + 10, 10],
    [x, 10],
  ]
  expect(coveredArea(bridged([square(0), square(50), square(200)]))).toBeCloseTo(300)
})

test('overlapping contours add up once both run clockwise', () => {
  const square: Contour = [
    [0, 0],
    [10, 0],
    [10, 10],
    [0, 10],
  ]
  const turned = [...square].reverse()
  expect(coveredArea(bridged([clockwise(square), clockwise(turned)]))).toBeCloseTo(100)
})

test('dashes leave out what the pen does not draw', () => {
  const pieces = dashes(
    [
      [0, 0],
      [10, 0],
      [10, 10],
    ],
    4,
    2,
  )
  expect(pieces).toEqual([
    [
      [0, 0],
      [4, 0],
    ],
    [
      [6, 0],
      [10, 0],
    ],
    [
      [10, 2],
      [10, 6],
    ],
    [
      [10, 8],
      [10, 10],
    ],
  ])
})

test('the outline of a freehand stroke is finer for a smaller tolerance', () => {
  const points = Array.from({ length: 60 }, (_, i): Vec => [i * 3, Math.sin(i / 5) * 20])
  const coarse = inkContour({ points, pressures: null }, 4, 2)
  const fine = inkContour({ points, pressures: null }, 4, 0.01)
  expect(fine.length).toBeGreaterThan(2 * coarse.length)
})
