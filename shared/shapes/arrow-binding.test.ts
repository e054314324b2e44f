import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boxContainsPoint, grow } from '../geometry/box.ts'
import { distanceToPolyline, polygonContains } from '../geometry/polyline.ts'
import { distance, rotateAbout, type Vec } from '../geometry/vec.ts'
import { makeShape } from '../schema/read.ts'
import type { Arrow } from './arrow.ts'
import { arrowPoints, bindingAt, heldAfter, holdsArrows, resolveArrow } from './arrow-binding.ts'
import { type KnownShape, type Shape, shapeBounds, shapeOutline } from './index.ts'
import { pathPoints, pathPolyline } from './path.ts'

const lineWidth = (line: string) => line.length * 0.5

const rect = (id: string, pos: Vec, size: Vec = [100, 60], rot = 0): KnownShape =>
  makeShape('rectangle', { id, z: 'a0', pos, size, rot })

const arrow = (given: Partial<Arrow> = {}): Arrow =>
  makeShape('arrow', { id: 'arrow', z: 'a1', pos: [0, 0], points: [0, 0, 10, 10], ...given })

const seen = (shape: Arrow, ...shapes: readonly Shape[]): Arrow =>
  resolveArrow(shape, id => shapes.find(other => other.id === id), lineWidth)

const ends = (shape: Arrow): readonly [Vec, Vec] => {
  const points = pathPoints(shape)
  return [points[0] as Vec, points.at(-1) as Vec]
}

describe('an end of an arrow', () => {
  test('aims at the middle of a shape from its middle third, and precisely from elsewhere', () => {
    const shape = rect('a', [0, 0], [90, 90])
    expect(bindingAt(shape, [40, 50], lineWidth)).toEqual(['a', 0.5, 0.5])
    expect(bindingAt(shape, [40, 50], lineWidth, true)).not.toEqual(['a', 0.5, 0.5])
    expect(bindingAt(shape, [22.5, 45], lineWidth)).toEqual(['a', 0.25, 0.5])
  })

  test('that is let go beside a shape is held just inside of its edge', () => {
    const [, u, v] = bindingAt(rect('a', [0, 0], [100, 100]), [108, 50], lineWidth)
    expect(u).toBeGreaterThan(0.98)
    expect(u).toBeLessThan(1)
    expect(v).toBe(0.5)
    const round = makeShape('ellipse', { id: 'e', z: 'a0', pos: [0, 0], size: [100, 100] })
    const [, x, y] = bindingAt(round, [0, 0], lineWidth)
    expect(polygonContains(shapeOutline(round, lineWidth), [x * 100, y * 100])).toBe(true)
  })

  test('stops at the edge of its shape, a small gap before it', () => {
    const shown = seen(
      arrow({ start: ['a', 0.5, 0.5], end: ['b', 0.5, 0.5] }),
      rect('a', [0, 0]),
      rect('b', [300, 0]),
    )
    expect(ends(shown)).toEqual([
      [106, 30],
      [294, 30],
    ])
  })

  test('stops at the edge of a turned shape', () => {
    const square = rect('b', [300, -50], [100, 100], Math.PI / 4)
    const [, tip] = ends(seen(arrow({ pos: [0, 0], end: ['b', 0.5, 0.5] }), square))
    expect(tip[0]).toBeCloseTo(350 - 50 * Math.SQRT2 - 6, 1)
    expect(tip[1]).toBeCloseTo(0, 2)
  })

  test('stops at an ellipse, not at its box', () => {
    const round = makeShape('ellipse', { id: 'b', z: 'a0', pos: [100, 100], size: [100, 100] })
    const [, tip] = ends(seen(arrow({ end: ['b', 0.5, 0.5] }), round))
    expect(distance(tip, [150, 150])).toBeCloseTo(56, 0)
  })
})

describe('an arrow', () => {
  test('is as it is stored when nothing holds it, or what held it is gone, unreadable or on another page', () => {
    for (const shape of [
      arrow(),
      arrow({ start: ['gone', 0.5, 0.5], end: ['gone', 0, 1] }),
      arrow({ end: ['line', 0.5, 0.5] }),
      arrow({ end: ['b', 0.5, 0.5], page: 'second' }),
    ]) {
      const line = makeShape('line', { id: 'line', z: 'a0', pos: [0, 0], points: [0, 0, 5, 5] })
      expect(seen(shape, line, rect('b', [300, 0]))).toBe(shape)
    }
  })

  test('that has been turned keeps its other points where they are seen', () => {
    const turned = arrow({ points: [0, 0, 100, 0], rot: Math.PI / 2, end: ['b', 0.5, 0.5] })
    const shown = seen(turned, rect('b', [300, 0]))
    expect(shown.rot).toBe(0)
    expect(ends(shown)[0]).toEqual(rotateAbout([0, 0], [50, 0], Math.PI / 2))
  })

  test('within one shape keeps both ends where they are held', () => {
    const shown = seen(
      arrow({ start: ['a', 0.1, 0.5], end: ['a', 0.9, 0.5] }),
      rect('a', [0, 0], [1000, 1000]),
    )
    expect(ends(shown).map(p => p.map(Math.round))).toEqual([
      [100, 500],
      [900, 500],
    ])
  })

  test('from a shape to one inside of it ends at the inner edge', () => {
    const shown = seen(
      arrow({ start: ['a', 0.1, 0.5], end: ['b', 0.5, 0.5] }),
      rect('a', [0, 0], [1000, 1000]),
      rect('b', [400, 450], [100, 100]),
    )
    expect(ends(shown)[1]).toEqual([394, 500])
  })

  test('that is curved still goes through the points between', () => {
    const shown = seen(
      arrow({
        ...{ curved: true, points: [0, 0, 150, 200, 300, 0] },
        ...{ start: ['a', 0.5, 0.5], end: ['b', 0.5, 0.5] },
      }),
      rect('a', [-50, -30]),
      rect('b', [250, -30]),
    )
    expect(pathPoints(shown)[1]).toEqual([150, 200])
    for (const [i, id] of [rect('a', [-50, -30]), rect('b', [250, -30])].entries()) {
      const outline = shapeOutline(id, lineWidth)
      const gap = distanceToPolyline(ends(shown)[i] as Vec, [...outline, outline[0] as Vec])
      expect(gap).toBeGreaterThan(2)
      expect(gap).toBeLessThan(8)
    }
  })

  test('lets go of a shape when its end is moved away and the shape is not moved along', () => {
    const before = arrow({ points: [0, 0, 100, 0], start: ['a', 0.5, 0.5], end: ['b', 0.5, 0.5] })
    const nothing = () => false
    expect(heldAfter(before, { ...before, pos: [5, 5] }, nothing)).toEqual({ start: null, end: null })
    expect(heldAfter(before, { ...before, pos: [5, 5] }, id => id === 'a')).toEqual({
      start: ['a', 0.5, 0.5],
      end: null,
    })
    expect(heldAfter(before, { ...before, points: [0, 0, 50, 50, 100, 0] }, nothing)).toEqual({
      start: ['a', 0.5, 0.5],
      end: ['b', 0.5, 0.5],
    })
  })
})

describe('an elbow', () => {
  test('runs in right angles around its shapes', () => {
    const a = rect('a', [0, 0])
    const b = rect('b', [300, 200])
    const line = pathPolyline(
      seen(arrow({ elbow: true, start: ['a', 0.5, 0.5], end: ['b', 0.5, 0.5] }), a, b),
    )
    expect(line.length).toBeLessThanOrEqual(4)
    expectRightAngles(line)
  })

  const place = fc.integer({ min: -400, max: 400 })
  const extent = fc.integer({ min: 0, max: 200 })
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  const shapes = fc
    .tuple(place, place, extent, extent, fc.constantFrom(0, 0.4, -2))
    .map(([x, y, w, h, rot]) => rect('x', [x, y], [w, h], rot))

  test('keeps out of both shapes wherever they lie apart, and never fails', () => {
    fc.assert(
      fc.property(shapes, shapes, fc.array(share, { minLength: 4, maxLength: 4 }), (first, second, at) => {
        const a = { ...first, id: 'a' }
        const b = { ...second, id: 'b' }
        const [u, v, s, t] = at as [number, number, number, number]
        const shown = seen(arrow({ elbow: true, start: ['a', u, v], end: ['b', s, t] }), a, b)
        const line = pathPolyline(shown)
        expectRightAngles(line)
        const boxes = [a, b].map(shape => shapeBounds(shape, lineWidth))
        if (boxes.some((box, i) => meets(grow(box, 1), boxes[1 - i] as typeof box))) return
        // Only its first and last span may lie in a box: they lead from inside a turned shape's box to its edge.
        for (const p of line.slice(1, -1))
          for (const box of boxes) expect(boxContainsPoint(grow(box, -0.01), p)).toBe(false)
      }),
      { numRuns: 120 },
    )
  })

  test('whose middle was moved still runs in right angles, and off its shapes where it has three spans', () => {
    const bend = fc.tuple(place, place).map(([x, y]): Vec => [x, y])
    fc.assert(
      fc.property(shapes, shapes, bend, (first, second, by) => {
        const [a, b] = [
          { ...first, id: 'a' },
          { ...second, id: 'b' },
        ]
        const held = { elbow: true, start: ['a', 0.5, 0.5], end: ['b', 0.5, 0.5] } as const
        const line = pathPolyline(seen(arrow({ ...held, bend: by }), a, b))
        expectRightAngles(line)
        const boxes = [a, b].map(shape => shapeBounds(shape, lineWidth))
        const isApart = !boxes.some((box, i) => meets(grow(box, 1), boxes[1 - i] as typeof box))
        if (!isApart || pathPolyline(seen(arrow(held), a, b)).length !== 4) return
        for (const p of line.slice(1, -1))
          for (const box of boxes) expect(boxContainsPoint(grow(box, -0.01), p)).toBe(false)
      }),
      { numRuns: 100 },
    )
  })

  const meets = (
    a: { x: number; y: number; w: number; h: number },
    b: { x: number; y: number; w: number; h: number },
  ) => a.x <= b.x + b.w && b.x <= a.x + a.w && a.y <= b.y + b.h && b.y <= a.y + a.h

  test('is led the same way every time', () => {
    const shape = arrow({ elbow: true, start: ['a', 0.5, 0.5], end: ['b', 0.9, 0.5] })
    const all = [rect('a', [0, 0]), rect('b', [-300, 90])]
    expect(seen(shape, ...all)).toEqual(seen(shape, ...all))
  })
})

function expectRightAngles(line: readonly Vec[]): void {
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1] as Vec, line[i] as Vec]
    expect(Math.min(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]))).toBeLessThan(0.01)
  }
}

test('whatever holds an arrow, it has points that can be stored, and seen once it stays as it is', () => {
  const number = fc.double({ min: -500, max: 500, noNaN: true })
  const size = fc.double({ min: 0, max: 300, noNaN: true })
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  const target = fc
    .tuple(fc.constantFrom('rectangle', 'ellipse', 'diamond'), number, number, size, size, number)
    .map(([type, x, y, w, h, rot]) =>
      makeShape(type as 'ellipse', { id: 'x', z: 'a0', pos: [x, y], size: [w, h], rot: rot / 100 }),
    )
  const points = fc.array(number, { minLength: 4, maxLength: 8 }).filter(list => list.length % 2 === 0)
  const looks = fc.constantFrom({}, { curved: true }, { elbow: true })
  fc.assert(
    fc.property(target, target, points, looks, share, share, (a, b, list, look, u, v) => {
      const shapes = [
        { ...a, id: 'a' },
        { ...b, id: 'b' },
      ] as const
      const once = seen(arrow({ points: list, ...look, start: ['a', u, v], end: ['b', v, u] }), ...shapes)
      expect(once.points.length).toBeGreaterThanOrEqual(4)
      expect(once.points.every(Number.isFinite)).toBe(true)
      // Points between that lay in a shape are gone from what is seen: without them the way out is another.
      if (list.length > 4 && !('elbow' in look)) return
      expect(nearly(arrowPoints(seen(once, ...shapes)), arrowPoints(once))).toBe(true)
    }),
    { numRuns: 120 },
  )
})

/** Rounding may move a crossing along an edge that the line hardly crosses. */
const nearly = (a: readonly Vec[], b: readonly Vec[]): boolean =>
  a.length !== b.length || a.every((p, i) => distance(p, b[i] as Vec) < 2)

test('what has an inside holds arrows, lines do not', () => {
  const at = { id: 'x', z: 'a0', pos: [0, 0] as Vec }
  const line = { ...at, points: [0, 0, 1, 1] }
  expect(holdsArrows(makeShape('rectangle', { ...at, size: [1, 1] }))).toBe(true)
  expect(holdsArrows(makeShape('text', at))).toBe(true)
  expect(holdsArrows(makeShape('line', line))).toBe(false)
  expect(holdsArrows(makeShape('arrow', line))).toBe(false)
  expect(holdsArrows(makeShape('page', at))).toBe(false)
  expect(holdsArrows(undefined)).toBe(false)
})
