import { expect, test } from 'vitest'
import { boxAround, boxContainsBox, grow } from '../../shared/geometry/box.ts'
import { polygonContains } from '../../shared/geometry/polyline.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import { makeShape } from '../../shared/schema/read.ts'
import { ARROW_HEADS } from '../../shared/shapes/arrow.ts'
import { type KnownShape, shapeBounds, shapeOverhang } from '../../shared/shapes/index.ts'
import { inkKeys } from '../../shared/shapes/ink.ts'
import type { Contour } from '../render/contour.ts'
import { cover } from '../render/coverage.ts'
import type { Drawing, ShapeView } from '../render/shape-view.ts'
import { textBlock } from '../render/text-block.ts'
import { VIEWS } from './index.ts'

const sharp: Drawing = { tolerance: 0.01, leastWidth: 0, translucent: false }
const lineWidth = (line: string) => line.length / 2

const areasOf = (shape: KnownShape, drawing: Drawing = sharp) =>
  (VIEWS[shape.type] as ShapeView<KnownShape>).areas(shape, drawing)

/** Tells which points a contour covers. */
function coverage(contour: Contour): (p: Vec) => boolean {
  const { vertices, indices } = cover(contour.flat())
  const at = (k: number): Vec => [vertices[2 * k] as number, vertices[2 * k + 1] as number]
  const triangles = Array.from({ length: indices.length / 3 }, (_, i) =>
    [0, 1, 2].map(corner => at(indices[3 * i + corner] as number)),
  )
  return p => triangles.some(triangle => polygonContains(triangle, p))
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
    for (const [i, coordinate] of before.entries()) expect(after[i]).toBeCloseTo(coordinate, 6)
  }
})

test('of a shape that is seen through, no two areas cover the same point', () => {
  for (const shape of samples) {
    const areas = areasOf(shape, { ...sharp, tolerance: 0.1, translucent: true })
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
