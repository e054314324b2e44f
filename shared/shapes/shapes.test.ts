import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Box, boxAround, boxContainsPoint, centreOf, grow } from '../geometry/box.ts'
import type { LineWidth } from '../geometry/text.ts'
import { rotateAbout, type Vec } from '../geometry/vec.ts'
import { makeShape, writeError } from '../schema/read.ts'
import { ARROW_HEADS, headOf } from './arrow-heads.ts'
import type { Resize } from './common.ts'
import {
  type KnownShape,
  type ShapePatch,
  shapeBounds,
  shapeBox,
  shapeMoved,
  shapeOutline,
  shapeOverhang,
  shapeResized,
  shapeTouches,
} from './index.ts'
import { inkInWorld, inkKeys } from './ink.ts'
import { pathPolyline } from './path.ts'

const lineWidth: LineWidth = line => line.length / 2

const coordinate = fc.integer({ min: -2000, max: 2000 })
const point: fc.Arbitrary<Vec> = fc.tuple(coordinate, coordinate)
const length = fc.integer({ min: 1, max: 2000 })
const size: fc.Arbitrary<Vec> = fc.tuple(length, length)
const fill = fc.constantFrom('transparent', '#ff0000')
const common = { id: fc.constant('s'), pos: point, rot: fc.constantFrom(0, 1, -2), z: fc.constant('a0') }
const stroked = { stroke: fc.constant('#1e1e1e'), width: fc.integer({ min: 1, max: 20 }) }

const boxed = fc
  .tuple(
    fc.constantFrom('rectangle', 'ellipse', 'diamond', 'triangle', 'hexagon', 'star', 'cloud', 'bubble'),
    fc.record({ ...common, ...stroked, size, fill, text: fc.constantFrom('', 'label') }),
  )
  .map(([type, keys]): KnownShape => makeShape(type, keys))

const path = fc
  .tuple(
    fc.constantFrom('line', 'arrow'),
    fc.record({ ...common, ...stroked, fill, curved: fc.boolean() }),
    fc.array(point, { minLength: 1, maxLength: 8 }),
  )
  .map(([type, keys, points]): KnownShape => makeShape(type, { ...keys, points: [0, 0, ...points.flat()] }))

const ink = fc
  .tuple(
    fc.record({ ...common, ...stroked, flip: fc.tuple(fc.boolean(), fc.boolean()) }),
    fc.array(point, { minLength: 2 }),
  )
  .map(([keys, points]): KnownShape => makeShape('ink', { ...keys, ...inkKeys({ points, pressures: null }) }))

const text = fc
  .record({
    ...common,
    text: fc.constantFrom('', 'word', 'two words', 'two\nlines', 'a long line that may be wrapped'),
    fontSize: fc.integer({ min: 10, max: 100 }),
    wrap: fc.constantFrom(0, 200),
  })
  .map((keys): KnownShape => makeShape('text', keys))

/** Shapes whose box has a width and a height. */
const solid = fc.oneof(boxed, path, ink, text).filter(shape => {
  const { w, h } = shapeBox(shape, lineWidth)
  return w > 0 && h > 0
})

const patched = (shape: KnownShape, patch: ShapePatch): KnownShape => ({ ...shape, ...patch }) as KnownShape

function expectBox(actual: Box, expected: Box): void {
  for (const key of ['x', 'y', 'w', 'h'] as const) expect(actual[key]).toBeCloseTo(expected[key], 4)
}

test('a shape resized to the box that it has stays where and as large as it is', () => {
  fc.assert(
    fc.property(solid, shape => {
      const box = shapeBox(shape, lineWidth)
      const resized = patched(
        shape,
        shapeResized(shape, { from: box, to: box, flipX: false, flipY: false }, lineWidth),
      )
      expectBox(shapeBox(resized, lineWidth), box)
      expect(resized.pos[0]).toBeCloseTo(shape.pos[0], 6)
      expect(resized.pos[1]).toBeCloseTo(shape.pos[1], 6)
    }),
  )
})

/** The resize that scales `box` by kx and ky and moves it. */
const scaling = (box: Box, at: Vec, kx: number, ky: number, flipX: boolean, flipY: boolean): Resize => ({
  from: box,
  to: { x: at[0], y: at[1], w: box.w * kx, h: box.h * ky },
  flipX,
  flipY,
})

const factor = fc.double({ min: 0.2, max: 5, noNaN: true })

test('a resized shape fills the box that it was resized to, mirrored or not', () => {
  fc.assert(
    fc.property(
      solid,
      point,
      factor,
      factor,
      fc.boolean(),
      fc.boolean(),
      (shape, at, kx, ky, flipX, flipY) => {
        // A text has the proportions that its letters give it.
        const resize = scaling(
          shapeBox(shape, lineWidth),
          at,
          kx,
          shape.type === 'text' ? kx : ky,
          flipX,
          flipY,
        )
        const patch = shapeResized(shape, resize, lineWidth)
        expectBox(shapeBox(patched(shape, patch), lineWidth), resize.to)
        for (const [key, value] of Object.entries(patch))
          expect(writeError(shape.type, key, value)).toBeUndefined()
      },
    ),
  )
})

test('a line that just fits its wrapped text fits it at any size', () => {
  const line = 'a long line that may be wrapped'
  const wrap = lineWidth(line, 'hand') * 100
  const shape = makeShape('text', { id: 's', pos: [0, 0], text: `${line}\n${line}`, fontSize: 100, wrap })
  fc.assert(
    fc.property(factor, k => {
      const resize = scaling(shapeBox(shape, lineWidth), [0, 0], k, k, false, false)
      const resized = patched(shape, shapeResized(shape, resize, lineWidth))
      expectBox(shapeBox(resized, lineWidth), resize.to)
    }),
    { seed: -941776720 },
  )
})

test('a wrapped text is resized to no more than a document may hold', () => {
  const shape = makeShape('text', { id: 's', pos: [0, 0], text: 'word', fontSize: 100, wrap: 90_000 })
  const patch = shapeResized(
    shape,
    scaling(shapeBox(shape, lineWidth), [0, 0], 5, 5, false, false),
    lineWidth,
  )
  for (const [key, value] of Object.entries(patch)) expect(writeError('text', key, value)).toBeUndefined()
})

test('mirroring a shape twice in its own box brings every point of it back', () => {
  fc.assert(
    fc.property(fc.oneof(path, ink), fc.boolean(), fc.boolean(), (shape, flipX, flipY) => {
      const box = shapeBox(shape, lineWidth)
      fc.pre(box.w > 0 && box.h > 0)
      const flip = (s: KnownShape) =>
        patched(s, shapeResized(s, { from: box, to: box, flipX, flipY }, lineWidth))
      const before = drawn(shape)
      const after = drawn(flip(flip(shape)))
      expect(after.length).toBe(before.length)
      for (const [i, p] of before.entries()) {
        expect(after[i]?.[0]).toBeCloseTo(p[0], 6)
        expect(after[i]?.[1]).toBeCloseTo(p[1], 6)
      }
    }),
  )
})

/** The points that a line, an arrow or a stroke is drawn through. */
function drawn(shape: KnownShape): readonly Vec[] {
  if (shape.type === 'ink') return inkInWorld(shape).points
  return shape.type === 'line' || shape.type === 'arrow' ? pathPolyline(shape) : []
}

test('a point that touches a shape is inside its bounds, widened by the tolerance and the overhang of its paint', () => {
  fc.assert(
    fc.property(solid, point, fc.integer({ min: 0, max: 30 }), (shape, p, tolerance) => {
      if (!shapeTouches(shape, p, tolerance, lineWidth)) return
      const reach = grow(shapeBounds(shape, lineWidth), tolerance + shapeOverhang(shape))
      expect(boxContainsPoint(reach, p)).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

test('every point that a line, an arrow or a stroke is drawn through touches it, turned as it is', () => {
  fc.assert(
    fc.property(fc.oneof(path, ink), fc.nat(), (shape, i) => {
      const points = drawn(shape)
      const centre = centreOf(shapeBox(shape, lineWidth))
      const p = rotateAbout(points[i % points.length] as Vec, centre, shape.rot)
      expect(shapeTouches(shape, p, 0, lineWidth)).toBe(true)
    }),
  )
})

test('the middle of a box touches it exactly when the box is filled or has a label, or its edge is that near', () => {
  fc.assert(
    fc.property(boxed, shape => {
      if (!('fill' in shape) || !('size' in shape)) return
      fc.pre(Math.min(...shape.size) > 60)
      const solidInside = shape.fill !== 'transparent' || ('text' in shape && shape.text !== '')
      const middle = centreOf(shapeBox(shape, lineWidth))
      expect(shapeTouches(shape, middle, 0, lineWidth)).toBe(solidInside)
    }),
  )
})

test('the outline of a box lies on its edge, fills its box, runs clockwise, and a resize mirrors it', () => {
  fc.assert(
    fc.property(boxed, fc.boolean(), fc.boolean(), (shape, flipX, flipY) => {
      const box = shapeBox(shape, lineWidth)
      const outline = shapeOutline(shape, lineWidth)
      expectBox(boxAround(outline), box)
      expect(windingOf(outline)).toBeGreaterThan(0)
      for (const p of outline) {
        const turned = rotateAbout(p, centreOf(box), shape.rot)
        expect(shapeTouches(shape, turned, 1e-6, lineWidth)).toBe(true)
      }
      const flipped = patched(shape, shapeResized(shape, { from: box, to: box, flipX, flipY }, lineWidth))
      const mirrored = outline.map(
        ([x, y]): Vec => [flipX ? 2 * box.x + box.w - x : x, flipY ? 2 * box.y + box.h - y : y],
      )
      for (const p of shapeOutline(flipped, lineWidth)) {
        expect(Math.min(...mirrored.map(m => Math.hypot(m[0] - p[0], m[1] - p[1])))).toBeLessThan(1e-6)
      }
    }),
  )
})

/** Twice the area that a polygon winds around; more than 0 for a clockwise one, y pointing down. */
const windingOf = (points: readonly Vec[]): number =>
  points.reduce((sum, [x, y], i) => {
    const [nx, ny] = points[(i + 1) % points.length] as Vec
    return sum + x * ny - nx * y
  }, 0)

test('the corners of a text’s box touch it, and a point beyond does not', () => {
  fc.assert(
    fc.property(text, shape => {
      const { x, y, w, h } = shapeBox(shape, lineWidth)
      const upright = { ...shape, rot: 0 }
      expect(shapeTouches(upright, [x, y], 0, lineWidth)).toBe(true)
      expect(shapeTouches(upright, [x + w, y + h], 0, lineWidth)).toBe(true)
      expect(shapeTouches(upright, [x + w + 1, y], 0, lineWidth)).toBe(false)
    }),
  )
})

test('a moved shape has its bounds moved by as much', () => {
  fc.assert(
    fc.property(solid, point, (shape, offset) => {
      const before = shapeBounds(shape, lineWidth)
      const after = shapeBounds({ ...shape, ...shapeMoved(shape, offset) }, lineWidth)
      expectBox(after, { ...before, x: before.x + offset[0], y: before.y + offset[1] })
    }),
  )
})

test('an arrow head and half its stroke stay within the overhang of its tip, at any width', () => {
  const width = fc.double({ min: 0.1, max: 200, noNaN: true })
  fc.assert(
    fc.property(fc.constantFrom(...ARROW_HEADS), point, point, width, (head, from, tip, w) => {
      const { figures } = headOf(head, from, tip, w, Infinity)
      expect(figures.length === 0).toBe(head === 'none' || (from[0] === tip[0] && from[1] === tip[1]))
      const reach = shapeOverhang(makeShape('arrow', { id: 'a', width: w })) - w / 2
      for (const p of figures.flatMap(figure => figure.points))
        expect(Math.hypot(p[0] - tip[0], p[1] - tip[1])).toBeLessThanOrEqual(reach)
    }),
  )
})
