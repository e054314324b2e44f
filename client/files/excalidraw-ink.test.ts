import { expect, test } from 'vitest'
import { boxAround } from '../../shared/geometry/box.ts'
import { rotateAbout, type Vec } from '../../shared/geometry/vec.ts'
import type { KnownShape } from '../../shared/shapes/index.ts'
import { inkInWorld } from '../../shared/shapes/ink.ts'
import { pathPoints } from '../../shared/shapes/path.ts'
import { element, only, opened } from './testing.ts'

const zigzag = (count: number): readonly Vec[] =>
  Array.from({ length: count }, (_, i) => [i / 8, (i % 7) * 10 - (i % 13)])

const worldPoints = (shape: KnownShape): readonly Vec[] =>
  shape.type === 'ink'
    ? inkInWorld(shape).points
    : shape.type === 'line' || shape.type === 'arrow'
      ? pathPoints(shape)
      : []

/** The points of shapes that were split from one, each joint taken once. */
const joined = (shapes: readonly KnownShape[]): readonly Vec[] =>
  shapes.flatMap((shape, i) => worldPoints(shape).slice(i === 0 ? 0 : 1))

function expectClose(actual: readonly Vec[], expected: readonly Vec[]): void {
  expect(actual.length).toBe(expected.length)
  const off = actual.map((p, i) => Math.hypot(p[0] - (expected[i]?.[0] ?? 0), p[1] - (expected[i]?.[1] ?? 0)))
  expect(Math.max(...off)).toBeLessThan(0.05)
}

const at = (points: readonly Vec[]): readonly Vec[] => points.map(([x, y]) => [x + 10, y + 20])

test('a drawing keeps its points and its pressures', async () => {
  const points = [
    [0, 0],
    [3, -4],
    [6, 1.5],
  ]
  const shape = await only(
    'ink',
    element('freedraw', { points, pressures: [0, 0.5, 1], simulatePressure: false }),
  )
  const ink = inkInWorld(shape)
  expectClose(ink.points, [
    [10, 20],
    [13, 16],
    [16, 21.5],
  ])
  expect(ink.pressures?.map(pressure => pressure.toFixed(2))).toEqual(['0.00', '0.50', '1.00'])
  expect(shape.width).toBeCloseTo((2 * 4.25) / 2.2)
})

test.each([
  ['simulated', { simulatePressure: true, pressures: [0.5, 0.5] }],
  ['missing', { pressures: [] }],
  ['not a list of numbers', { simulatePressure: false, pressures: ['high', null] }],
])('a drawing whose pressures are %s gets them from its speed', async (_, keys) => {
  const shape = await only(
    'ink',
    element('freedraw', {
      points: [
        [0, 0],
        [1, 1],
      ],
      ...keys,
    }),
  )
  expect(inkInWorld(shape).pressures).toBeNull()
})

test('a single dot is a drawing', async () => {
  expectClose(worldPoints(await only('ink', element('freedraw', { points: [[0, 0]] }))), [[10, 20]])
})

test('a drawing with more bytes than one shape holds is split, joined at its ends, and counted', async () => {
  const points = zigzag(80_000)
  const { shapes, said } = await opened(element('freedraw', { points }))
  expect(shapes.length).toBeGreaterThan(1)
  expectClose(joined(shapes), at(points))
  expect(new Set(shapes.map(shape => shape.groups.join())).size).toBe(1)
  expect(said).toBe('1 text, line or stroke was too long for one shape and is split.')
})

test('a filled drawing is its fill under its stroke, in one group', async () => {
  const points = [
    [0, 0],
    [50, 0],
    [50, 50],
    [0, 2],
  ]
  const { shapes, said } = await opened(element('freedraw', { points, backgroundColor: '#ff0000' }))
  expect(shapes).toMatchObject([
    { type: 'line', fill: '#ff0000', stroke: 'transparent' },
    { type: 'ink', stroke: '#1e1e1e' },
  ])
  expect(shapes[0]?.groups).toEqual(shapes[1]?.groups)
  expect(said).toBe('')
})

test('a turned line with too many points is split, and its pieces lie where the whole lay', async () => {
  const points = zigzag(12_000)
  const { shapes } = await opened(element('line', { points, angle: 1 }))
  const world = at(points)
  const box = boxAround(world)
  const middle: Vec = [box.x + box.w / 2, box.y + box.h / 2]
  expect(shapes.length).toBeGreaterThan(1)
  expect(shapes.every(shape => shape.rot === 0)).toBe(true)
  expectClose(
    joined(shapes),
    world.map(p => rotateAbout(p, middle, 1)),
  )
})

test('an arrow that is split has its heads at its two ends only', async () => {
  const keys = { points: zigzag(15_000), startArrowhead: 'dot', endArrowhead: 'arrow' }
  const { shapes } = await opened(element('arrow', keys))
  expect(shapes).toMatchObject([
    { tail: 'dot', head: 'none' },
    { tail: 'none', head: 'none' },
    { tail: 'none', head: 'none' },
    { tail: 'none', head: 'arrow' },
  ])
})

test('a filled loop with too many points keeps its fill', async () => {
  const points = Array.from({ length: 9_000 }, (_, i) => [
    100 * Math.cos((i / 9_000) * 2 * Math.PI),
    100 * Math.sin((i / 9_000) * 2 * Math.PI),
  ])
  const { shapes } = await opened(element('line', { points, backgroundColor: 'gold' }))
  expect(shapes).toMatchObject([{ fill: '#ffd700' }, { fill: 'transparent' }, { fill: 'transparent' }])
})

test('the legacy type draw is a line through its points', async () => {
  const old = {
    type: 'draw',
    x: 10,
    y: 20,
    width: 5,
    height: 5,
    points: [
      [0, 0],
      [5, 0],
      [5, 5],
    ],
    strokeSharpness: 'round',
  }
  const shape = await only('line', old)
  expect(shape.curved).toBe(true)
  expectClose(worldPoints(shape), [
    [10, 20],
    [15, 20],
    [15, 25],
  ])
})

test('an arrow of the first files, with a size and no points, goes from corner to corner with a head', async () => {
  const file = { type: 'arrow', x: 10, y: 20, width: -30, height: 40 }
  const shape = await only('arrow', file)
  expectClose(worldPoints(shape), [
    [10, 20],
    [-20, 60],
  ])
  expect([shape.tail, shape.head]).toEqual(['none', 'arrow'])
})
