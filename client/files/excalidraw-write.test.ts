import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeShape, storedValue } from '../../shared/schema/read.ts'
import type { KnownShape } from '../../shared/shapes/index.ts'
import { writeElements, writeExcalidraw, writeExcalidrawlib } from './excalidraw/write.ts'
import { takeImages } from './imported-images.ts'
import { placeImported } from './place.ts'
import { drawing, element, halfWide, open, textElement } from './testing.ts'

const options = { lineWidth: halfWide }
const points = [
  [0, 0],
  [30.123, 5],
  [40, 60.7],
]

/** The shapes of a file as a board holds them, placed where there is room. */
async function onBoard(file: string): Promise<readonly KnownShape[]> {
  let ids = 0
  const imported = await takeImages(await open(file), async () => ({
    asset: 'a'.repeat(64),
    natural: [1, 1],
  }))
  const newId = () => `new-${ids++}`
  return placeImported(imported, { newId, below: 'a5', at: [1234.5, -987.65] }).shapes.map(stored)
}

/** A document holds points packed, and so rounded. */
function stored(shape: KnownShape): KnownShape {
  if (!('points' in shape)) return shape
  const packed = storedValue(shape.type, 'points', shape.points)
  expect(packed).toBeInstanceOf(Uint8Array)
  return { ...shape, points: shape.points.map(n => Math.round(n * 1024) / 1024) }
}

/** Every kind of element, with keys that we do not know. */
const all: readonly Record<string, unknown>[] = [
  element('rectangle', {
    id: 'box',
    customData: { mine: [1, { deep: true }] },
    groupIds: ['in', 'out'],
    roundness: { type: 3 },
    boundElements: [
      { type: 'text', id: 'label' },
      { type: 'arrow', id: 'arrow' },
    ],
    seed: 77,
    version: 12,
    index: 'a0',
  }),
  textElement('label', {
    id: 'label',
    containerId: 'box',
    textAlign: 'center',
    verticalAlign: 'middle',
    groupIds: ['in', 'out'],
    index: 'a1',
  }),
  element('ellipse', {
    id: 'round',
    x: 300,
    angle: 0.3,
    groupIds: ['out'],
    fillStyle: 'zigzag',
    index: 'a2',
  }),
  element('arrow', {
    id: 'arrow',
    points,
    startBinding: { elementId: 'box', focus: 0.21, gap: 4.5 },
    endBinding: { elementId: 'gone', focus: -0.1, gap: 1 },
    startArrowhead: 'cardinality_zero_or_many',
    endArrowhead: 'triangle_outline',
    index: 'a3',
  }),
  textElement('red', { id: 'red', containerId: 'arrow', strokeColor: 'red', lineHeight: 1.35, index: 'a4' }),
  element('line', { id: 'line', points, roundness: { type: 2 }, polygon: false, index: 'a5' }),
  element('freedraw', {
    id: 'ink',
    points,
    pressures: [0.1, 0.5, 0.7],
    simulatePressure: false,
    index: 'a6',
  }),
  element('diamond', { id: 'd', frameId: 'frame', link: 'element:1', locked: true, index: 'a7' }),
  element('frame', { id: 'frame', name: 'Login', index: 'a8' }),
  textElement('wrapped by hand', {
    id: 'text',
    autoResize: false,
    width: 90,
    text: 'wrapped\nby hand',
    index: 'a9',
  }),
  element('embeddable', { id: 'embed', link: 'https://example.org/x', validated: true, index: 'aA' }),
  { id: 'old', type: 'rectangle', x: 5, y: 6, width: -40, height: 20, strokeSharpness: 'round' },
]

const byId = (elements: readonly Record<string, unknown>[]) =>
  new Map(elements.map(item => [item.id, item] as const))

test('what was read is written again as it was, unknown keys and unreadable values included', async () => {
  const shapes = await onBoard(drawing(...all.slice(0, -1)))
  const { elements } = writeElements(shapes, options)
  expect(byId(elements)).toEqual(byId(all.slice(0, -1)))
  expect(elements).toEqual(all.slice(0, -1))
})

test('elements of before there were order keys are given none', async () => {
  const shapes = await onBoard(drawing(all.at(-1)))
  expect(writeElements(shapes, options).elements).toEqual([all.at(-1)])
})

describe('a change of one shape is a change of its keys only', () => {
  test.each([
    ['round', { fill: '#ff0000' }, { backgroundColor: '#ff0000' }],
    ['box', { text: 'new' }, {}],
    ['box', { opacity: 0.5 }, { opacity: 50 }],
    ['line', { dash: 'dashed' }, { strokeStyle: 'dashed' }],
    ['arrow', { head: 'none' }, { endArrowhead: null }],
    ['d', { locked: false }, { locked: false }],
    ['frame', { name: 'Sign in' }, { name: 'Sign in' }],
    ['round', { groups: [] }, { groupIds: [] }],
  ] as const)('%s: %j', async (id, patch, changed) => {
    const shapes = await onBoard(drawing(...all.slice(0, -1)))
    const edited = shapes.map(shape =>
      shape.source.includes(`{"excalidraw":[{"id":"${id}"`) ? ({ ...shape, ...patch } as KnownShape) : shape,
    )
    const { elements } = writeElements(edited, options)
    const written = byId(elements)
    expect(written.get(id)).toEqual({ ...byId(all).get(id), ...changed })
    for (const other of all.slice(0, -1)) {
      if (other.id !== id && !(id === 'box' && other.id === 'label'))
        expect(written.get(other.id)).toEqual(other)
    }
    if ('text' in patch) {
      const label = { ...byId(all).get('label'), ...written.get('label') }
      expect(written.get('label')).toMatchObject({ text: 'new', originalText: 'new', seed: label.seed })
      expect(label).toMatchObject({ fontFamily: 5, lineHeight: 1.25, containerId: 'box' })
    }
  })

  test('what was moved away from the others has another place, and nothing else', async () => {
    const shapes = await onBoard(drawing(...all.slice(0, -1)))
    const edited = shapes.map(shape =>
      shape.type === 'ellipse' ? { ...shape, pos: [shape.pos[0] + 7, shape.pos[1]] as const } : shape,
    )
    const round = writeElements(edited, options).elements.find(({ id }) => id === 'round')
    expect(round?.x).toBeCloseTo(307)
    expect({ ...round, x: 300 }).toEqual(all[2])
  })
})

test('a copy of a shape that was read is an element of its own', async () => {
  const [first] = await onBoard(drawing(element('rectangle', { id: 'one', customData: 1, index: 'a0' })))
  const copy = { ...first, id: 'copy', z: 'b0' } as KnownShape
  const { elements } = writeElements([first as KnownShape, copy], options)
  expect(elements.map(({ id }) => id)).toEqual(['one', 'copy'])
  expect(elements[1]?.index).toBe('a1')
})

test('shapes of our own open in a drawing as they are', async () => {
  const box = makeShape('rectangle', {
    ...{ id: 'r', z: 'a0', pos: [10, 20], size: [100, 60], fill: '#ffc9c9', fillStyle: 'dots', corner: 8 },
    ...{ text: 'Hello', align: 'left', valign: 'bottom', dash: 'dotted', roughness: 2, groups: ['g'] },
  })
  const arrow = makeShape('arrow', {
    ...{ id: 'a', z: 'a1', pos: [0, 0], points: [0, 0, 10, 50], head: 'many' },
    ...{ end: ['r', 0, 0.5], text: 'yes' },
  })
  const written = writeExcalidraw([box, arrow], new Map(), options)
  expect(JSON.parse(written)).toMatchObject({ type: 'excalidraw', version: 2, files: {} })
  const [readBox, readArrow] = (await open(written)).shapes
  const ids = { id: 'r', z: 'a0', source: '', groups: ['g'] }
  expect({ ...readBox, ...ids }).toEqual(box)
  const end = [readBox?.id, 0, 0.5]
  expect({ ...readArrow, id: 'a', z: 'a1', source: '' }).toEqual({ ...arrow, end })
})

test('an image is written with its bytes, under the name that the file has for it', async () => {
  const file = { dataURL: 'data:image/png;base64,AAEC' }
  const image = element('image', { fileId: 'cat', status: 'saved', scale: [1, -1], index: 'a0' })
  const json = JSON.stringify({ type: 'excalidraw', elements: [image], files: { cat: file } })
  const shapes = await onBoard(json)
  const bytes = new Uint8Array([0, 1, 2])
  const written = JSON.parse(
    writeExcalidraw(shapes, new Map([['a'.repeat(64), { mime: 'image/png', bytes }]]), options),
  )
  expect(written.elements).toEqual([image])
  expect(written.files.cat).toMatchObject({ id: 'cat', mimeType: 'image/png', dataURL: file.dataURL })
})

test('a library keeps its items apart', async () => {
  const shapes = await onBoard(drawing(element('rectangle', { id: 'one' })))
  const text = writeExcalidrawlib([{ id: 'i', name: 'Box', shapes }], 5, options)
  expect(JSON.parse(text)).toMatchObject({
    type: 'excalidrawlib',
    libraryItems: [{ id: 'i', name: 'Box', created: 5, elements: [{ id: 'one' }] }],
  })
  expect((await open(text)).shapes).toHaveLength(1)
})

test('whatever is moved, copied or removed, each element is written once and opens again', async () => {
  const shapes = await onBoard(drawing(...all.slice(0, -1)))
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...shapes, ...shapes]), async some => {
      const unique = some.map((shape, i) => ({ ...shape, id: `own-${i}` }))
      const { elements } = writeElements(unique, options)
      expect(new Set(elements.map(({ id }) => id)).size).toBe(elements.length)
      const indices = elements.map(({ index }) => String(index))
      expect(indices).toEqual([...new Set(indices)].sort())
      expect((await open(drawing(...elements))).notices.some(({ what }) => /not be read/.test(what))).toBe(
        false,
      )
    }),
    { numRuns: 60 },
  )
})

/** Drawings by other people, which are not part of this repository. */
const SAMPLES = new URL('../../../shared/samples/', import.meta.url)

describe.skipIf(!existsSync(SAMPLES))('real drawings (skipped where ../shared/samples is missing)', () => {
  test.each(['uml-er.excalidraw', 'uml-er.excalidrawlib', 'sticky-notes.excalidrawlib'])(
    '%s is written as it was read',
    async name => {
      const text = readFileSync(new URL(name, SAMPLES), 'utf8')
      const file = JSON.parse(text)
      const lists: Record<string, unknown>[][] = file.elements
        ? [file.elements]
        : (file.library ?? file.libraryItems.map((item: { elements: unknown }) => item.elements))
      for (const list of lists) {
        const { elements } = writeElements(await onBoard(drawing(...list)), options)
        expect(byId(elements)).toEqual(byId(list))
      }
    },
  )
})
