import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cornersOf } from '../../shared/geometry/box.ts'
import { polygonContains } from '../../shared/geometry/polyline.ts'
import { rotateAbout, type Vec } from '../../shared/geometry/vec.ts'
import { clippedTo } from './clip-polygon.ts'

const FRAME = cornersOf({ x: 0, y: 0, w: 100, h: 80 })

test('a box is cut off at the edge, kept inside and gone outside', () => {
  expect(clippedTo(cornersOf({ x: 60, y: 20, w: 200, h: 20 }), FRAME)).toEqual([
    [60, 20],
    [100, 20],
    [100, 40],
    [60, 40],
  ])
  const inside = cornersOf({ x: 10, y: 10, w: 20, h: 20 })
  expect(clippedTo(inside, FRAME)).toEqual(inside)
  expect(clippedTo(cornersOf({ x: 200, y: 10, w: 20, h: 20 }), FRAME)).toEqual([])
  expect(clippedTo([], FRAME)).toEqual([])
})

test('what is around the whole of it becomes its edge', () => {
  const corners = clippedTo(cornersOf({ x: -50, y: -50, w: 500, h: 500 }), FRAME)
  expect(new Set(corners.map(String))).toEqual(new Set(FRAME.map(String)))
})

test('whatever is cut and however both are turned, a point is inside exactly when it is inside of both', () => {
  const number = fc.integer({ min: -150, max: 150 })
  const point = fc.tuple(number, number)
  fc.assert(
    fc.property(
      fc.array(point, { minLength: 3, maxLength: 8 }),
      fc.double({ min: -3, max: 3, noNaN: true }),
      point,
      (polygon, angle, [x, y]) => {
        const frame = FRAME.map(p => rotateAbout(p, [50, 40], angle))
        const cut = clippedTo(polygon, frame)
        // Beside the edges of whole numbers.
        const at: Vec = [x + 0.137, y + 0.291]
        expect(polygonContains(cut, at)).toBe(polygonContains(polygon, at) && polygonContains(frame, at))
      },
    ),
  )
})
