import { expect, test } from 'vitest'
import { boxAround, boxContainsBox, boxContainsPoint, grow } from '../../shared/geometry/box.ts'
import { polygonContains } from '../../shared/geometry/polyline.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import { makeShape } from '../../shared/schema/read.ts'
import { ARROW_HEADS } from '../../shared/shapes/arrow.ts'
import { type KnownShape, shapeBounds, shapeOverhang, shapeTouches } from '../../shared/shapes/index.ts'
import { inkKeys } from '../../shared/shapes/ink.ts'
import type { Contour } from '../render/contour.ts'
import { cover } from '../render/coverage.ts'
import type { Drawing, ShapeView } from '../render/shape-view.ts'
import { textBlock } from '../render/text-block.ts'
import { VIEWS } from './index.ts'

const sharp: Drawing = { tolerance: 0.01, leastWidth: 0, translucent: false }
const lineWidth = (line: string) => line.length / 2

const areasOf = (shape: KnownShape, drawing: Drawing = sharp) =>
  (VIEWS[shape.type] as ShapeView<KnownShape>).areas(shape, drawing, line => line.length * 0.5)

/** Tells which points a contour covers. */
function coverage(contour: Contour): (p: Vec) => boolean {
  const { vertices, indices } = cover(contour.flat())
  const at = (k: number): Vec => [vertices[2 * k] as number, vertices[2 * k + 1] as number]
  const triangles = Array.from({ length: indices.length / 3 }, (_, i) => {
    const corners = [0, 1, 2].map(corner => at(indices[3 * i + corner] as number))
    return { corners, box: boxAround(corners) }
  })
  return p => triangles.some(({ corners, box }) => boxContainsPoint(box, p) && polygonContains(corners, p))
}

const base = { id: 'a', z: 'a0', pos: [100, 100] as Vec }
const size: Vec = [120, 80]
const scribble = Array.from(
  { length: 80 },
  (_, i): Vec => [100 + i + Math.cos(i / 5) * 20, 100 + Math.sin(i / 5) * 30],
)
const samples: readonly KnownShape[] = [
  makeShape('rectangle', { ...base, size, width: 12, corner: 20, fill: '#ffffff' }),
  makeShape('ellipse', { ...base, size, width: 12, fill: '#ffffff' }),
  makeShape('diamond', { ...base, size, width: 12, fill: '#ffffff' }),
  ...(['triangle', 'hexagon', 'star', 'cloud', 'bubble'] as const).map((type, i) =>
    makeShape(type, { ...base, size, width: 6, fill: '#ffffff', flip: [i % 2 === 0, false] }),
  ),
  ...(['dashed', 'dotted'] as const).map(dash => makeShape('ellipse', { ...base, size, width: 4, dash })),
  ...(['hachure', 'cross', 'dots'] as const).map(fillStyle =>
    makeShape('star', { ...base, size, fill: '#ffffff', fillStyle, roughness: 2, width: 1 }),
  ),
  ...([1, 2, 4] as const).map(roughness =>
    makeShape('rectangle', { ...base, size: [1200, 80], roughness, width: 1 }),
  ),
  ...([0, 2] as const).map(roughness =>
    makeShape('table', { ...base, size, text: 'a\tb\nc\td', roughness, fill: '#ffffff', header: true }),
  ),
  makeShape('line', { ...base, points: [0, 0, 50, 40, 100, 0], width: 12 }),
  makeShape('line', { ...base, points: [0, 0, 50, 40, 100, 0], width: 12, curved: true }),
  ...ARROW_HEADS.map(head =>
    makeShape('arrow', { ...base, points: [0, 0, 50, 40, 100, 0], width: 6, head, tail: head, curved: true }),
  ),
  makeShape('ink', { id: 'a', z: 'a0', ...inkKeys({ points: scribble, pressures: null }), width: 6 }),
]

test('no shape paints outside the bounds that the spatial index keeps for it', () => {
  for (const shape of samples) {
    const reach = grow(shapeBounds(shape, lineWidth), shapeOverhang(shape))
    const painted = boxAround(
      areasOf(shape).flatMap(({ contour }) =>
        contour.map((p): Vec => [p[0] + shape.pos[0], p[1] + shape.pos[1]]),
      ),
    )
    expect(boxContainsBox(reach, painted), `${shape.type} ${JSON.stringify(shape)}`).toBe(true)
  }
})

test('the areas of a shape do not depend on where it is', () => {
  for (const shape of samples) {
    const moved = { ...shape, pos: [shape.pos[0] + 4096, shape.pos[1] - 512] as Vec }
    const before = areasOf(shape).flatMap(area => area.contour.flat())
    const after = areasOf(moved).flatMap(area => area.contour.flat())
    expect(after).toHaveLength(before.length)
    const furthest = before.reduce((most, x, i) => Math.max(most, Math.abs(x - (after[i] ?? Infinity))), 0)
    expect(furthest).toBeLessThan(1e-6)
  }
})

test('of a shape that is seen through, no two areas cover the same point', () => {
  for (const shape of samples) {
    const areas = areasOf(shape, { ...sharp, tolerance: 0.1, translucent: true })
    // What overlaps says so, and is made one picture first.
    if (areas.some(area => area.overlaps)) continue
    const covered = areas.map(({ contour }) => coverage(contour))
    for (let x = -8.3; x < 130; x += 4.1) {
      for (let y = -8.7; y < 90; y += 4.3) {
        const times = covered.filter(covers => covers([x, y])).length
        expect(times, `${shape.type} at ${x}, ${y}`).toBeLessThanOrEqual(1)
      }
    }
  }
})

test('a shape without stroke and fill paints nothing', () => {
  const bare = makeShape('rectangle', { ...base, size, stroke: 'transparent' })
  expect(areasOf(bare)).toEqual([])
})

test('a stroke thicker than the shape leaves a translucent fill no room', () => {
  const thick = makeShape('rectangle', { ...base, size: [100, 4], width: 20, fill: '#ffffff' })
  expect(areasOf(thick, { ...sharp, translucent: true })).toHaveLength(1)
})

test('the head of a curved arrow is as large as that of a straight one', () => {
  const headSpan = (curved: boolean) => {
    const arrow = makeShape('arrow', {
      ...base,
      points: [0, 0, 100, 0, 200, 0],
      width: 2,
      head: 'bar',
      curved,
    })
    const { h } = boxAround(areasOf(arrow).flatMap(area => area.contour))
    return h
  }
  expect(headSpan(true)).toBeCloseTo(headSpan(false), 3)
})

test('thin lines are drawn at the least width, so that they do not break up far away', () => {
  const line = makeShape('line', { ...base, points: [0, 0, 100, 0], width: 1 })
  const { h } = boxAround(areasOf(line, { ...sharp, leastWidth: 8 }).flatMap(area => area.contour))
  expect(h).toBeCloseTo(8, 1)
})

test('a label wraps within its shape and lies in its middle', () => {
  const shape = makeShape('ellipse', { ...base, size, text: 'many words that wrap', fontSize: 20 })
  const block = textBlock(shape, lineWidth)
  expect(block?.lines.length).toBeGreaterThan(1)
  expect((block?.box.x ?? 0) + (block?.box.w ?? 0) / 2).toBeCloseTo(60)
  expect((block?.box.y ?? 0) + (block?.box.h ?? 0) / 2).toBeCloseTo(40)
})

test('a very long stroke or line is painted in pieces that a translucent shape is grouped for', () => {
  const points = Array.from({ length: 3000 }, (_, i): Vec => [Math.cos(i / 7) * i, Math.sin(i / 7) * i])
  const ink = makeShape('ink', { id: 'a', z: 'a0', ...inkKeys({ points, pressures: null }) })
  const line = makeShape('line', { ...base, points: points.flat(), curved: true })
  for (const shape of [ink, line]) {
    const areas = areasOf(shape, { ...sharp, tolerance: 0.1 })
    expect(areas.length).toBeGreaterThan(10)
    expect(areas.every(area => area.overlaps)).toBe(true)
    expect(Math.max(...areas.map(area => area.contour.length))).toBeLessThan(5000)
  }
})

test('an edge of dashes leaves as much free as it covers, and far away it is one line again', () => {
  const shape = makeShape('rectangle', { ...base, size, dash: 'dashed' })
  const near = areasOf(shape, { ...sharp, tolerance: 0.1 }).flatMap(area => area.pieces ?? [])
  expect(near.length).toBe(25)
  const far = areasOf(shape, { ...sharp, tolerance: 2 })
  expect(far.flatMap(area => area.pieces ?? [area.contour])).toHaveLength(1)
})

test('a pattern stays inside its figure, and far away it is an even shade', () => {
  for (const fillStyle of ['hachure', 'cross', 'dots'] as const) {
    const shape = makeShape('star', { ...base, size, fill: '#102030', fillStyle, stroke: 'transparent' })
    const pieces = areasOf(shape, { ...sharp, tolerance: 0.1 }).flatMap(area => area.pieces ?? [area.contour])
    expect(pieces.length).toBeGreaterThan(10)
    for (const piece of pieces) {
      const { x, y, w, h } = boxAround(piece)
      const middle: Vec = [shape.pos[0] + x + w / 2, shape.pos[1] + y + h / 2]
      expect(shapeTouches({ ...shape, width: 0.1 }, middle, 1, lineWidth), `${fillStyle} ${middle}`).toBe(
        true,
      )
    }
    const far = areasOf(shape, { ...sharp, tolerance: 2 })
    expect(far.map(area => area.colour)).toEqual([expect.stringMatching(/^#102030[0-9a-f]{2}$/)])
  }
})

test('a shape drawn by hand is the same lines however near it is seen, and clean from far away', () => {
  const shape = makeShape('hexagon', { ...base, size, roughness: 1 })
  const boxes = [0.01, 0.1].map(tolerance =>
    boxAround(areasOf(shape, { ...sharp, tolerance }).flatMap(area => area.contour)),
  )
  for (const key of ['x', 'y', 'w', 'h'] as const) {
    expect(Math.abs((boxes[0]?.[key] ?? 0) - (boxes[1]?.[key] ?? 0))).toBeLessThan(0.3)
  }
  const clean = { ...shape, roughness: 0 }
  const far: Drawing = { ...sharp, tolerance: 0.5 }
  expect(areasOf(shape, far)).toEqual(areasOf(clean, far))
})
