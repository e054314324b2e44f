import { expect, test } from 'vitest'
import { makeShape } from '../../shared/schema/read.ts'
import type { KnownShape } from '../../shared/shapes/index.ts'
import { inkKeys } from '../../shared/shapes/ink.ts'
import { writeElements } from './excalidraw/write.ts'
import { drawing, halfWide, open, opened } from './testing.ts'

const written = (...shapes: readonly KnownShape[]) => writeElements(shapes, { lineWidth: halfWide }).elements
const texts = (elements: readonly Record<string, unknown>[]) =>
  elements.filter(({ type }) => type === 'text').map(({ text }) => text)
const place = { id: 's', z: 'a0', pos: [100, 200] as const, size: [300, 200] as const }

test('a note is a sheet of its paper with its text bound to it, and its author beside', async () => {
  const note = makeShape('note', { ...place, fill: '#a5d8ff', text: 'Buy milk', author: 'Ana' })
  const [sheet, label, author] = written(note)
  expect(sheet).toMatchObject({ type: 'rectangle', backgroundColor: '#a5d8ff', strokeColor: 'transparent' })
  expect(label).toMatchObject({ text: 'Buy milk', containerId: 's', groupIds: sheet?.groupIds })
  expect(sheet?.boundElements).toEqual([{ type: 'text', id: label?.id }])
  expect(author).toMatchObject({ text: 'Ana', containerId: null, groupIds: sheet?.groupIds })
  expect(Number(author?.y)).toBeGreaterThan(Number(label?.y))
  const { shapes } = await opened(...written(note))
  expect(shapes).toMatchObject([{ type: 'note', fill: '#a5d8ff', text: 'Buy milk', author: 'Ana' }])
})

test('a card is a box with its title, description and site, and keeps the arrow that is held by it', async () => {
  const card = makeShape('bookmark', {
    ...{ ...place, link: 'https://www.example.org/page', text: 'A page', description: 'Of words' },
  })
  const arrow = makeShape('arrow', {
    ...{ id: 'a', z: 'a1', pos: [0, 0], points: [0, 0, 99, 250], end: ['s', 0, 0.5] },
  })
  const elements = written(card, arrow)
  expect(elements[0]).toMatchObject({
    ...{ type: 'rectangle', link: 'https://www.example.org/page' },
    boundElements: [{ type: 'arrow', id: 'a' }],
  })
  expect(texts(elements)).toEqual(['A page', 'Of words', 'example.org'])
  expect(new Set(elements.slice(0, 4).map(({ groupIds }) => JSON.stringify(groupIds))).size).toBe(1)
  expect((await open(drawing(...elements))).shapes.at(-1)).toMatchObject({ type: 'arrow', head: 'arrow' })
})

test('what is embedded opens as a card, and is written as it was until its title is changed', async () => {
  const embed = { id: 'e', type: 'embeddable', x: 5, y: 6, width: 400, height: 300, validated: true }
  const raw = { ...embed, link: 'https://www.example.org/film' }
  const { shapes } = await opened(raw)
  const [card] = shapes
  expect(card).toMatchObject({ type: 'bookmark', text: 'example.org/film', size: [400, 300], link: raw.link })
  expect(written(card as KnownShape)).toEqual([raw])
  const [main, title] = written({ ...card, text: 'A film' } as KnownShape)
  expect(main).toEqual(raw)
  expect(title).toMatchObject({ type: 'text', text: 'A film' })
})

test('a stroke of one width opens again as one, and a highlighter lets through what lies under it', async () => {
  const points = [
    [0, 0],
    [30, 10],
    [60, 0],
  ] as const
  const ink = { ...inkKeys({ points, pressures: null }, 6), id: 's', z: 'a0', width: 4 }
  const steady = makeShape('ink', { ...ink, steady: true })
  expect((await opened(...written(steady))).shapes).toMatchObject([{ type: 'ink', steady: true, width: 4 }])
  const [marked] = written(makeShape('ink', { ...ink, brush: 'highlighter', opacity: 0.5 }))
  expect(marked).toMatchObject({ type: 'freedraw', opacity: 20, simulatePressure: false })
  const [pen] = written(makeShape('ink', ink))
  expect(pen).toMatchObject({ opacity: 100, simulatePressure: true, pressures: [] })
})

test('a figure that Excalidraw has not is its outline, with its text where it stands, also when it is turned', () => {
  const triangle = makeShape('triangle', { ...place, rot: Math.PI, text: 'Up', fill: '#ffc9c9' })
  const [outline, label] = written(triangle)
  expect(outline).toMatchObject({ type: 'line', polygon: true, backgroundColor: '#ffc9c9' })
  const points = outline?.points as readonly (readonly number[])[]
  expect(points.at(-1)).toEqual(points[0])
  expect(label).toMatchObject({ text: 'Up', containerId: null, angle: Math.PI, groupIds: outline?.groupIds })
  const [, upright] = written({ ...triangle, rot: 0 })
  const middle = (item: typeof label) => Number(item?.y) + Number(item?.height) / 2
  // A half turn about the middle of the figure, which is at 300.
  expect(middle(label) - 300).toBeCloseTo(300 - middle(upright))
})

test('a table is a box with lines and the words of its cells', () => {
  const table = makeShape('table', { ...place, text: 'a\tb\nc\td' })
  const elements = written(table)
  expect(elements.map(({ type }) => type).sort()).toEqual(
    ['rectangle', 'line', 'line', 'text', 'text', 'text', 'text'].sort(),
  )
  expect(texts(elements)).toEqual(['a', 'b', 'c', 'd'])
  expect(new Set(elements.map(({ id }) => id)).size).toBe(elements.length)
})
