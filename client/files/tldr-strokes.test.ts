import { expect, test } from 'vitest'
import { unpackInk } from '../../shared/geometry/ink.ts'
import type { ShapeOf } from '../../shared/shapes/index.ts'
import { only, opened, shape } from './tldr.testing.ts'

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

/** Half floats of numbers that have one exactly. */
function half(n: number): number {
  if (n === 0) return 0
  const exponent = Math.floor(Math.log2(Math.abs(n)))
  return (n < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | ((Math.abs(n) / 2 ** exponent - 1) * 1024)
}

const points = [
  { x: 0, y: 0, z: 0.5 },
  { x: 8, y: -4, z: 0.25 },
  { x: 20, y: 12, z: 0.75 },
]
const halves = base64(
  new Uint8Array(new Uint16Array(points.flatMap(({ x, y, z }) => [half(x), half(y), half(z)])).buffer),
)

function differences(fields: 2 | 3): string {
  const rest = points.slice(1).flatMap(({ x, y, z }, i) => {
    const before = points[i] as (typeof points)[number]
    return [x - before.x, y - before.y, z - before.z].slice(0, fields).map(half)
  })
  const first = new Float32Array([0, 0, 0.5].slice(0, fields))
  return base64(Buffer.concat([Buffer.from(first.buffer), Buffer.from(new Uint16Array(rest).buffer)]))
}

test.each([
  ['a list of points', { points }, true],
  ['half floats', { points: halves }, true],
  ['differences', { path: differences(3) }, true],
  ['differences without pressure', { path: differences(2), dim: 2 }, false],
])('a stroke as %s goes through its points', async (_, segment, hasPressure) => {
  const segments = [{ type: 'free', ...segment }]
  const stroke = await only('ink', shape('draw', { segments, isPen: true, color: 'red', scaleX: 2 }))
  expect(stroke).toMatchObject({ pos: [10, 16], size: [40, 16], stroke: '#e03131' })
  const ink = unpackInk(stroke.ink)
  expect(ink?.points).toEqual([
    [0, 4],
    [16, 0],
    [40, 16],
  ])
  expect(ink?.pressures?.map(n => Math.round(n * 4) / 4) ?? null).toEqual(
    hasPressure ? [0.5, 0.25, 0.75] : null,
  )
})

test.each([['!'], [base64(new Uint8Array(5))], [base64(new Uint8Array(12).fill(0xff))]])(
  'a stroke whose bytes are none is counted: %s',
  async path => {
    const { shapes, said } = await opened(shape('draw', { segments: [{ type: 'free', path }] }))
    expect([shapes, said]).toEqual([[], '1 shape could not be read.'])
  },
)

test('a straight part stays straight, and a closed stroke has its fill under it', async () => {
  const segments = [{ type: 'straight', points: [points[0], { x: 400, y: 0, z: 0.5 }] }]
  const { shapes } = await opened(shape('draw', { segments, isClosed: true, fill: 'solid' }))
  expect(shapes.map(({ type }) => type)).toEqual(['line', 'ink'])
  expect(unpackInk((shapes[1] as ShapeOf<'ink'>).ink)?.points).toHaveLength(51)
})

test('a highlighter is one', async () => {
  const stroke = await only(
    'ink',
    shape('highlight', { segments: [{ type: 'free', points }], color: 'yellow' }),
  )
  expect(stroke).toMatchObject({ brush: 'highlighter', steady: true, stroke: '#fddd00' })
})
