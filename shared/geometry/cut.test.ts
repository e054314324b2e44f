import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pointsOf, stretchesLeft, valuesOf } from './cut.ts'
import { distanceToSegment } from './polyline.ts'
import { lerp, type Vec } from './vec.ts'

const coordinate = fc.integer({ min: 0, max: 100 })
const point = fc.tuple(coordinate, coordinate)
const polyline = fc.array(point, { minLength: 2, maxLength: 12 })
const sweep = fc.record({ from: point, to: point, radius: fc.integer({ min: 1, max: 30 }) })

const whole = (points: readonly Vec[]) => [[0, points.length - 1]] as const

test('a line that is crossed in the middle leaves a stretch on each side, a radius away', () => {
  const points: readonly Vec[] = [
    [0, 0],
    [100, 0],
  ]
  const cross = { from: [50, -20], to: [50, 20], radius: 10 } as const
  expect(stretchesLeft(points, whole(points), cross, 0)).toEqual([
    [0, 0.4],
    [0.6, 1],
  ])
})

test('what the sweep passes by stays the very same', () => {
  const points: readonly Vec[] = [
    [0, 0],
    [100, 0],
  ]
  const before = whole(points)
  expect(stretchesLeft(points, before, { from: [0, 30], to: [100, 30], radius: 10 }, 5)).toBe(before)
})

test('a dot goes as a whole, and specks go with what is cut', () => {
  expect(stretchesLeft([[5, 5]], [[0, 0]], { from: [0, 0], to: [10, 10], radius: 1 }, 1)).toEqual([])
  const points: readonly Vec[] = [
    [0, 0],
    [100, 0],
  ]
  const near = { from: [26, 0], to: [26, 0], radius: 24 } as const
  expect(stretchesLeft(points, whole(points), near, 3)).toEqual([[0.5, 1]])
})

test('what is left lies outside of the sweep, and what is gone inside', () => {
  fc.assert(
    fc.property(
      polyline,
      sweep,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (points, { from, to, radius }, share) => {
        const left = stretchesLeft(points, whole(points), { from, to, radius }, 0)
        const place = share * (points.length - 1)
        const i = Math.min(points.length - 2, Math.floor(place))
        const at = lerp(points[i] as Vec, points[i + 1] as Vec, place - i)
        const away = distanceToSegment(at, from, to)
        fc.pre(Math.abs(away - radius) > 1e-6)
        expect(left.some(([a, b]) => a <= place && place <= b)).toBe(away > radius)
      },
    ),
  )
})

test('cutting twice is the same as cutting either way round', () => {
  fc.assert(
    fc.property(polyline, sweep, sweep, (points, one, other) => {
      const cut = (first: typeof one, second: typeof one) =>
        stretchesLeft(points, stretchesLeft(points, whole(points), first, 0), second, 0)
      const rounded = (stretches: ReturnType<typeof cut>) =>
        stretches.flat().map(place => Math.round(place * 1e6))
      expect(rounded(cut(one, other))).toEqual(rounded(cut(other, one)))
    }),
  )
})

test('a stretch has its own ends and the points between, and values to match', () => {
  const points: readonly Vec[] = [
    [0, 0],
    [10, 0],
    [10, 10],
    [0, 10],
  ]
  expect(pointsOf(points, [0.5, 2])).toEqual([
    [5, 0],
    [10, 0],
    [10, 10],
  ])
  expect(valuesOf([0, 1, 0.5, 0], [0.5, 2])).toEqual([0.5, 1, 0.5])
  expect(pointsOf(points, [3, 3])).toEqual([[0, 10]])
})
