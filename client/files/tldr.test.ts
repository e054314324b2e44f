import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ShapeOf } from '../../shared/shapes/index.ts'
import { pathPoints } from '../../shared/shapes/path.ts'
import { expectValid, open } from './testing.ts'
import { only, opened, page, shape } from './tldr.testing.ts'

const geo = { w: 100, h: 60, geo: 'rectangle', color: 'blue', fill: 'pattern', dash: 'dashed', size: 'l' }

test('a figure keeps its place, size, style and label, also as rich text', async () => {
  const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })
  const list = { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph('b')] }] }
  const richText = { type: 'doc', content: [paragraph('a'), list] }
  const props = {
    ...geo,
    growY: 15,
    align: 'start-legacy',
    verticalAlign: 'end',
    font: 'mono',
    labelColor: 'blue',
  }
  expect(
    await only('rectangle', shape('geo', { ...props, richText, url: 'https://example.org' })),
  ).toMatchObject({
    pos: [10, 20],
    size: [100, 75],
    ...{ stroke: '#4465e9', fill: '#6681ee', fillStyle: 'hachure', dash: 'dashed', width: 5, roughness: 1 },
    ...{
      text: 'a\n• b',
      font: 'mono',
      fontSize: 26,
      align: 'left',
      valign: 'bottom',
      link: 'https://example.org',
    },
  })
})

test('a label that has a colour of its own is a text in a group with its figure, turned with it', async () => {
  const props = { ...geo, text: 'Yes', labelColor: 'black', align: 'middle', verticalAlign: 'end' }
  const { shapes, said } = await opened(shape('geo', props, { rotation: Math.PI }))
  const [figure, label] = shapes
  expect(figure).toMatchObject({ type: 'rectangle', text: '', stroke: '#4465e9' })
  expect(label).toMatchObject({ type: 'text', text: 'Yes', stroke: '#1d1d1d', align: 'center', rot: Math.PI })
  expect(label?.groups).toEqual(figure?.groups)
  expect(figure?.groups).toHaveLength(1)
  // It stands at the bottom of a box that is upside down, whose middle is at -10.
  expect(label?.pos[1]).toBeLessThan(-10)
  expect(said).toBe('')
})

test.each([
  [{}, 22],
  [{ fontSizeAdjustment: 0 }, 22],
  [{ fontSizeAdjustment: 14, scale: 2 }, 28],
  [{ fontSizeAdjustment: 0.5, size: 's' }, 9],
])('the letters of a note with %j are %d high', async (props, fontSize) => {
  const note = await only('note', shape('note', { text: 'n', color: 'blue', ...props }))
  expect(note).toMatchObject({ text: 'n', fill: '#8aa3ff', fontSize })
})

test('what is turned within what is turned lies where it lay, in its frame and groups', async () => {
  const { shapes } = await opened(
    shape('frame', { w: 300, h: 200, name: 'Login' }, { id: 'shape:f', x: 100, rotation: Math.PI / 2 }),
    shape('group', {}, { id: 'shape:g', parentId: 'shape:f', x: 50, y: 0 }),
    shape(
      'geo',
      { ...geo, w: 20, h: 10 },
      { id: 'shape:in', parentId: 'shape:g', x: 0, y: 0, isLocked: true },
    ),
  )
  const [frame, inner] = shapes
  expect(frame).toMatchObject({ type: 'frame', name: 'Login', rot: Math.PI / 2 })
  // The space of the frame points down from (100, 20): along its x axis lies y.
  expect(inner).toMatchObject({ rot: Math.PI / 2, locked: true, frame: frame?.id })
  const [x, y] = inner?.pos ?? [0, 0]
  expect([x + 10, y + 5]).toEqual([expect.closeTo(95), expect.closeTo(80)])
  expect(inner?.groups).toHaveLength(1)
})

test('pages become pages, the first of them the one that is shown', async () => {
  const { shapes } = await opened(
    page('page:3', 'a3', 'Last'),
    page('page:2', 'a2', 'Middle'),
    shape('geo', geo, { parentId: 'page:3' }),
    shape('geo', geo, { parentId: 'page:1', id: 'shape:first' }),
  )
  const [middle, last, ...figures] = shapes
  expect([middle, last]).toMatchObject([
    { type: 'page', name: 'Middle' },
    { type: 'page', name: 'Last' },
  ])
  expect(figures.map(one => one.page)).toEqual(['', last?.id])
})

describe('arrows', () => {
  const box = shape('geo', { ...geo, w: 100, h: 100 }, { id: 'shape:box', x: 200, y: 0 })
  const anchor = { normalizedAnchor: { x: 0.25, y: 0.75 }, isPrecise: true }

  test.each([
    [
      'in records of their own',
      [
        shape('arrow', { start: { x: 0, y: 0 }, end: { x: 5, y: 5 }, arrowheadEnd: 'pipe' }),
        {
          ...{ typeName: 'binding', id: 'binding:1', type: 'arrow' },
          ...{ fromId: 'shape:arrow', toId: 'shape:box', props: { ...anchor, terminal: 'end' } },
        },
      ],
    ],
    [
      'in themselves',
      [
        shape('arrow', {
          start: { type: 'point', x: 0, y: 0 },
          end: { type: 'binding', boundShapeId: 'shape:box', ...anchor },
          arrowheadEnd: 'pipe',
        }),
      ],
    ],
  ])('are attached to shapes %s', async (_, records) => {
    const { shapes } = await opened(box, ...records)
    const [held, arrow] = shapes.toSorted((a, b) => b.type.localeCompare(a.type))
    expect(arrow).toMatchObject({ type: 'arrow', head: 'bar', start: null, end: [held?.id, 0.25, 0.75] })
    expect(pathPoints(arrow as ShapeOf<'arrow'>)).toEqual([
      [10, 20],
      [225, 75],
    ])
  })

  test('reach the middle of a text, of which the file has no height', async () => {
    const words = shape('text', { text: 'one\ntwo', w: 90, size: 'm', autoSize: true }, { x: 300, y: 100 })
    const end = { type: 'binding', boundShapeId: 'shape:text', normalizedAnchor: { x: 0.5, y: 0.5 } }
    const { shapes } = await opened(words, shape('arrow', { start: { x: 0, y: 0 }, end }, { index: 'a2' }))
    const points = pathPoints(shapes.find(one => one.type === 'arrow') as ShapeOf<'arrow'>)
    expect(points[1]).toEqual([345, expect.closeTo(132.4)])
  })

  test('are bent to the side that tldraw bends them to', async () => {
    const arrow = await only(
      'arrow',
      shape('arrow', { start: { x: 0, y: 0 }, end: { x: 100, y: 0 }, bend: 30 }),
    )
    expect(arrow.curved).toBe(true)
    expect(pathPoints(arrow)[1]).toEqual([60, 50])
  })

  test('run in right angles, and have words', async () => {
    const arrow = await only('arrow', shape('arrow', { kind: 'elbow', bend: 50, text: 'yes', size: 's' }))
    expect(arrow).toMatchObject({ elbow: true, curved: false, text: 'yes', fontSize: 18 })
  })
})

test('a line goes through its points in their order, whatever form they have', async () => {
  const at = (index: string, x: number) => ({ id: index, index, x, y: 1 })
  const forms = [
    { points: { b: at('a2', 7), a: at('a1', 3) } },
    { handles: { b: at('a2', 7), a: at('a1', 3) } },
    {
      points: [
        { x: 3, y: 1 },
        { x: 7, y: 1 },
      ],
    },
  ]
  for (const form of forms) {
    const line = await only('line', shape('line', { ...form, spline: 'cubic' }))
    expect(line.curved).toBe(true)
    expect(pathPoints(line)).toEqual([
      [13, 21],
      [17, 21],
    ])
  }
})

test('images bring their bytes and their crop; what is elsewhere is not loaded', async () => {
  const crop = { topLeft: { x: 0.1, y: 0.2 }, bottomRight: { x: 0.6, y: 1 } }
  const { shapes, said, images } = await opened(
    { typeName: 'asset', id: 'asset:1', type: 'image', props: { src: 'data:image/png;base64,AAEC' } },
    {
      typeName: 'asset',
      id: 'asset:2',
      type: 'image',
      props: { src: 'https://example.org/cat.png', name: 'A cat' },
    },
    {
      ...{ typeName: 'asset', id: 'asset:3', type: 'bookmark' },
      props: { title: 'A page', description: 'Of\n words', src: 'https://example.org/page' },
    },
    { typeName: 'asset', id: 'asset:4', type: 'video', props: { src: 'asset:4', name: 'film.mp4' } },
    shape('image', { assetId: 'asset:1', w: 10, h: 10, crop, flipX: true }),
    shape('image', { assetId: 'asset:2', w: 10, h: 10 }, { id: 'shape:other' }),
    shape('bookmark', { assetId: 'asset:3', url: 'https://example.org/page', w: 300, h: 200 }),
    shape('embed', { url: 'https://example.org/film', w: 300, h: 200 }),
    shape('video', { assetId: 'asset:4', w: 300, h: 200 }),
  )
  expect(shapes).toMatchObject([
    { type: 'image', crop: [0.1, 0.2, 0.5, 0.8], flip: [true, false] },
    { type: 'bookmark', link: 'https://example.org/cat.png', text: 'A cat', size: [10, 10] },
    { type: 'bookmark', link: 'https://example.org/page', text: 'A page', description: 'Of words' },
    { type: 'bookmark', link: 'https://example.org/film', text: 'example.org/film' },
    { type: 'rectangle', text: 'film.mp4' },
  ])
  expect([...images.values()]).toEqual([new Uint8Array([0, 1, 2])])
  expect(said).toBe(
    '1 image lies elsewhere and is shown as a card with its address. ' +
      '2 embedded pages are shown as cards with their addresses.',
  )
})

test('a shape in itself, or in a ring, is left out and nothing hangs', async () => {
  const { shapes } = await opened(
    shape('geo', geo, { id: 'shape:a', parentId: 'shape:b' }),
    shape('geo', geo, { id: 'shape:b', parentId: 'shape:a' }),
    shape('geo', geo, { id: 'shape:c', parentId: 'shape:c' }),
    shape('geo', geo, { id: 'shape:d', parentId: '__proto__' }),
  )
  expect(shapes).toHaveLength(1)
})

const SAMPLES = new URL('../../../shared/samples/', import.meta.url)
const present = existsSync(SAMPLES)
const sample = (name: string) => readFileSync(new URL(name, SAMPLES), 'utf8')

describe.skipIf(!present)('real drawings (skipped where ../shared/samples is missing)', () => {
  test('sketch-basic.tldr opens with its arrow attached at both ends', async () => {
    const imported = await open(sample('sketch-basic.tldr'), 'sketch-basic.tldr')
    expectValid(imported)
    const [title, words, arrow, cloud, label] = imported.shapes
    expect(imported.shapes).toHaveLength(5)
    expect([title, words]).toMatchObject([{ text: 'tldraw-cli' }, { text: 'i drink your .tldr files' }])
    expect(arrow).toMatchObject({
      start: [title?.id, 0.5, 0.5],
      end: [words?.id, expect.closeTo(0.4815), 0.625],
    })
    expect(cloud).toMatchObject({ text: '', fillStyle: 'hachure' })
    expect(label).toMatchObject({
      ...{ text: 'https://github.com/kitschpatrol/tldraw-cli', stroke: '#1d1d1d' },
      groups: cloud?.groups,
    })
  })

  test('three-pages.tldr opens as three pages, with two frames on the second', async () => {
    const imported = await open(sample('three-pages.tldr'), 'three-pages.tldr')
    expectValid(imported)
    const of = (type: string) => imported.shapes.filter(one => one.type === type)
    const [second, third] = of('page')
    expect([second, third]).toMatchObject([{ name: 'Page 2' }, { name: 'Page With a Name' }])
    const frames = of('frame')
    expect(frames.map(one => one.page)).toEqual([second?.id, second?.id])
    expect(imported.shapes.filter(one => one.frame === frames[0]?.id)).toHaveLength(3)
    expect(imported.shapes.filter(one => one.page === third?.id)).toHaveLength(2)
  })
})

const kinds: readonly Record<string, unknown>[] = [
  shape('geo', geo),
  shape('note', { text: 'n', scale: 2 }),
  shape('text', { text: 't', w: 50, autoSize: false }),
  shape('draw', {
    segments: [
      {
        type: 'free',
        points: [
          { x: 0, y: 0 },
          { x: 4, y: 4, z: 1 },
        ],
      },
    ],
  }),
  shape('line', { points: { a: { index: 'a1', x: 0, y: 0 }, b: { index: 'a2', x: 4, y: 4 } } }),
  shape('arrow', { start: { x: 0, y: 0 }, end: { x: 9, y: 9 }, bend: 8 }),
  shape('frame', { w: 9, h: 9 }),
]
const nasty = fc.oneof(
  fc.constantFrom<unknown>(null, '', '__proto__', -1, 1e308, 1e7, [], {}, [[]], 'shape:geo', true),
  fc.jsonValue(),
)

test('whatever stands in a record, the file opens with valid shapes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...kinds),
      fc.dictionary(fc.constantFrom(...Object.keys(kinds[0] ?? {})), nasty, { maxKeys: 2 }),
      fc.dictionary(fc.constantFrom(...kinds.flatMap(kind => Object.keys(kind.props as object))), nasty),
      async (kind, keys, props) => {
        await opened({ ...kind, props: { ...(kind.props as object), ...props }, ...keys }, ...kinds)
      },
    ),
    { numRuns: 400 },
  )
})
