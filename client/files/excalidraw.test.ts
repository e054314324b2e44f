import { expect, test } from 'vitest'
import { pathPoints } from '../../shared/shapes/path.ts'
import { drawing, element, only, open, opened } from './testing.ts'

test.each(['rectangle', 'ellipse', 'diamond'] as const)(
  'a %s keeps its place, size, turn and style',
  async type => {
    const shape = await only(
      type,
      element(type, {
        angle: 1,
        strokeColor: 'red',
        backgroundColor: '#abc',
        strokeWidth: 4,
        opacity: 40,
      }),
    )
    expect(shape).toMatchObject({
      pos: [10, 20],
      size: [100, 50],
      rot: 1,
      stroke: '#ff0000',
      fill: '#aabbcc',
      width: 4,
      opacity: 0.4,
      text: '',
    })
  },
)

test('a box drawn to the left and upwards lies where it was drawn', async () => {
  const shape = await only('rectangle', element('rectangle', { width: -100, height: -50 }))
  expect([shape.pos, shape.size]).toEqual([
    [-90, -30],
    [100, 50],
  ])
})

test.each([
  ['sharp', { roundness: null }, 0],
  ['adaptive, a quarter of the shorter side', { roundness: { type: 3 } }, 12.5],
  ['adaptive, held at 32', { roundness: { type: 3 }, width: 500, height: 500 }, 32],
  ['adaptive with a radius of its own', { roundness: { type: 3, value: 10 } }, 10],
  ['legacy, a quarter of the shorter side', { roundness: { type: 1 }, width: 500, height: 500 }, 125],
  ['from before roundness', { roundness: undefined, strokeSharpness: 'round' }, 12.5],
])('the corners of a rectangle are %s', async (_, keys, corner) => {
  expect((await only('rectangle', element('rectangle', keys))).corner).toBe(corner)
})

const points = [
  [0, 0],
  [50, 0],
  [50, 50],
]

test('a line goes through its points, and is curved when it is round', async () => {
  const straight = await only('line', element('line', { points }))
  expect(pathPoints(straight)).toEqual([
    [10, 20],
    [60, 20],
    [60, 70],
  ])
  expect(straight.curved).toBe(false)
  expect((await only('line', element('line', { points, roundness: { type: 2 } }))).curved).toBe(true)
})

test('a line whose ends meet is closed and filled; an open one is not', async () => {
  const keys = { backgroundColor: '#ff0000' }
  const loop = await only('line', element('line', { ...keys, points: [...points, [0, 5]] }))
  expect(loop.fill).toBe('#ff0000')
  expect(pathPoints(loop).at(-1)).toEqual([10, 20])
  expect((await only('line', element('line', { ...keys, points }))).fill).toBe('transparent')
})

test.each([
  [undefined, 'arrow'],
  [null, 'none'],
  ['arrow', 'arrow'],
  ['bar', 'bar'],
  ['dot', 'dot'],
  ['circle', 'dot'],
  ['triangle', 'triangle'],
  ['diamond', 'diamond'],
] as const)('the end of an arrow that is %j becomes %s', async (endArrowhead, head) => {
  const shape = await only('arrow', element('arrow', { points, endArrowhead, startArrowhead: null }))
  expect([shape.tail, shape.head]).toEqual(['none', head])
})

test.each([
  ['triangle_outline', 'triangle-outline'],
  ['circle_outline', 'dot-outline'],
  ['diamond_outline', 'diamond-outline'],
  ['crowfoot_one', 'one'],
  ['crowfoot_many', 'many'],
  ['cardinality_one_or_many', 'one-or-many'],
] as const)('the head %s is our %s', async (startArrowhead, tail) => {
  expect(await only('arrow', element('arrow', { points, startArrowhead, endArrowhead: null }))).toMatchObject(
    { tail, head: 'none' },
  )
})

test.each([
  ['cardinality_zero_or_one', 'one'],
  ['constructor', 'arrow'],
] as const)('the head %s is shown as %s and counted', async (startArrowhead, tail) => {
  const { shapes, said } = await opened(element('arrow', { points, startArrowhead, endArrowhead: null }))
  expect(shapes).toMatchObject([{ tail, head: 'none' }])
  expect(said).toBe('1 arrow head was replaced by a similar one.')
})

test('an elbow arrow keeps its corners, and to what its ends are attached', async () => {
  const { shapes, said } = await opened(
    element('rectangle', { id: 'a', x: -90 }),
    element('ellipse', { id: 'b', x: 60, y: 40 }),
    element('arrow', {
      points,
      elbowed: true,
      roundness: { type: 2 },
      startBinding: { elementId: 'a', focus: 0, gap: 1, fixedPoint: [1.1, 0.5] },
      endBinding: { elementId: 'b', focus: 0, gap: 1 },
    }),
  )
  const [a, b, arrow] = shapes
  expect(arrow).toMatchObject({ elbow: true, curved: false, start: [a?.id, 1, 0.5], end: [b?.id, 0, 0.6] })
  expect(said).toBe('')
})

test('an end that is attached to what is gone, or to a line, is free', async () => {
  const bound = (elementId: string) => ({ startBinding: { elementId, focus: 0, gap: 1 } })
  const { shapes } = await opened(
    element('line', { id: 'line', points }),
    element('arrow', { points, ...bound('line') }),
    element('arrow', { points, ...bound('gone') }),
    element('rectangle', { id: 'broken', width: null }),
    element('arrow', { points, ...bound('broken') }),
  )
  for (const shape of shapes.slice(1)) expect(shape).toMatchObject({ type: 'arrow', start: null })
})

test('dashes, patterns, roughness, links and locks are kept', async () => {
  const keys = { strokeStyle: 'dashed', roughness: 2, locked: true, link: 'https://example.org/a b' }
  const { shapes, said } = await opened(
    element('rectangle', { ...keys, backgroundColor: 'red', fillStyle: 'cross-hatch' }),
    element('line', { points, strokeStyle: 'dotted', link: 'https://example.org' }),
  )
  expect(shapes).toMatchObject([
    { dash: 'dashed', roughness: 2, locked: true, fillStyle: 'cross', link: '' },
    { dash: 'dotted', roughness: 1, locked: false, link: 'https://example.org' },
  ])
  expect(said).toBe('1 link on a shape was left out.')
})

test('shapes lie in the order of the file, and a frame under what is in it', async () => {
  const { shapes } = await opened(
    element('diamond'),
    element('rectangle', { frameId: 'f' }),
    element('ellipse', { frameId: 'f' }),
    element('magicframe', { id: 'f', width: 300, name: 'Login' }),
  )
  const [, frame] = shapes
  expect(shapes.map(shape => shape.type)).toEqual(['diamond', 'frame', 'rectangle', 'ellipse'])
  expect(frame).toMatchObject({ size: [300, 50], name: 'Login' })
  expect(shapes.map(shape => shape.frame)).toEqual(['', '', frame?.id, frame?.id])
})

test('what cannot be shown, or not as it was, is counted by kind', async () => {
  const { shapes, said } = await opened(
    element('image'),
    element('image'),
    element('embeddable', { link: 'https://example.org' }),
    element('iframe'),
    element('hologram'),
    element('ellipse', { backgroundColor: 'red', fillStyle: 'zigzag' }),
    element('ellipse', { fillStyle: 'zigzag' }),
    element('diamond', { roundness: { type: 2 } }),
    element('rectangle', { strokeColor: 'reddish', strokeWidth: 1000 }),
  )
  expect(shapes).toHaveLength(6)
  expect(said.split(/(?<=\.) /)).toEqual([
    '2 images could not be read.',
    '2 embedded pages are shown as cards with their addresses.',
    '1 shape is of a kind that cannot be shown.',
    '1 pattern of a fill was replaced by a similar one.',
    '1 diamond had rounded corners, shown sharp.',
    '1 colour could not be read, shown in the default.',
    '1 line width or letter size was out of range, set to the nearest possible.',
  ])
})

test('removed elements, selections and invisible ones are left out without a word', async () => {
  const { shapes, said } = await opened(
    element('rectangle', { isDeleted: true }),
    { isDeleted: true, id: 'only-a-tombstone' },
    element('selection'),
    element('rectangle', { width: 0, height: 0 }),
    element('text', { text: ' ', originalText: '' }),
  )
  expect([shapes, said]).toEqual([[], ''])
})

test('an element with absurd coordinates is counted, and the rest opens', async () => {
  const file = drawing(
    element('rectangle', { x: 'HERE' }),
    element('rectangle', { y: 1e8 }),
    element('rectangle', { width: null }),
    element('line', {
      points: [
        [0, 0],
        [Number.NaN, 0],
      ],
    }),
    element('freedraw', {
      points: [
        [0, 0],
        ['1', 2],
      ],
    }),
    element('ellipse', { x: 9.9e6, width: 1e7 }),
    null,
    'rectangle',
    element('diamond'),
  ).replace('"HERE"', '1e999')
  const { shapes, notices } = await open(file)
  expect(shapes.map(shape => shape.type)).toEqual(['ellipse', 'diamond'])
  expect(notices).toEqual([{ count: 7, what: 'shapes could not be read' }])
})

test('groups keep together, the innermost first, and two files’ equal names mean nothing outside', async () => {
  const { shapes } = await opened(
    element('rectangle', { groupIds: ['__proto__', 'constructor'] }),
    element('ellipse', { groupIds: ['constructor'] }),
    element('diamond', { groupIds: ['x'.repeat(10_000)] }),
  )
  const [a, b, c] = shapes.map(shape => shape.groups)
  expect(a).toHaveLength(2)
  expect(a?.slice(1)).toEqual(b)
  expect(new Set([...(a ?? []), ...(c ?? [])]).size).toBe(3)
})

test('of too many nested groups the outer ones are kept, and that is counted', async () => {
  const groupIds = Array.from({ length: 40 }, (_, i) => `g${i}`)
  const { shapes, said } = await opened(
    element('rectangle', { groupIds }),
    element('ellipse', { groupIds: ['g39'] }),
  )
  expect(shapes[0]?.groups).toHaveLength(32)
  expect(shapes[0]?.groups.at(-1)).toBe(shapes[1]?.groups[0])
  expect(said).toBe('1 shape was in too many nested groups, of which the outer ones are kept.')
})

test('a coloured board background is counted, a white one is not', async () => {
  const file = (viewBackgroundColor: unknown) =>
    JSON.stringify({ type: 'excalidraw', elements: [], appState: { viewBackgroundColor } })
  expect((await open(file('#FFF'))).notices).toEqual([])
  expect((await open(file(7))).notices).toEqual([])
  expect((await open(file('#fdf8f6'))).notices).toMatchObject([{ count: 1 }])
})

test('50,000 elements with labels, groups and frames open in seconds', async () => {
  const elements = Array.from({ length: 25_000 }, (_, i) => [
    element('rectangle', { id: `r${i}`, x: i, frameId: 'f', groupIds: [`g${i}`, 'all'] }),
    element('text', { id: `t${i}`, containerId: `r${i}`, text: 'x', fontSize: 20, strokeColor: 'red' }),
  ]).flat()
  const started = process.cpuUsage()
  const { shapes } = await open(drawing(...elements, element('frame', { id: 'f' })))
  expect(shapes).toHaveLength(50_001)
  // Linear work takes about 2 s of a slow processor; one pass over all elements for each would take minutes.
  expect(process.cpuUsage(started).user / 1e6).toBeLessThan(20)
}, 60_000)
