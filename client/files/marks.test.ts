import { expect, test } from 'vitest'
import { marksOfRuns, STYLE } from '../../shared/geometry/marks.ts'
import { makeShape } from '../../shared/schema/read.ts'
import type { KnownShape } from '../../shared/shapes/index.ts'
import { clipOf, plainShape, shapeOfPlain, shapesText } from '../editor/clipboard.ts'
import { sceneText } from './driftboard-scene.ts'
import { writeExcalidraw } from './excalidraw/write.ts'
import { halfWide as lineWidth, open } from './testing.ts'
import { only, shape } from './tldr.testing.ts'

const { bold, italic, strike, list } = STYLE

const marks = marksOfRuns([
  { text: '• ', style: list },
  { text: 'fat', style: bold },
  { text: ' or ', style: 0 },
  { text: 'both', style: bold | strike },
])
const words = { text: '• fat or both', marks }
const box = { pos: [0, 0], size: [300, 90], z: 'a0' } as const

const marked: readonly KnownShape[] = [
  makeShape('text', { id: 't', pos: [0, 0], z: 'a0', ...words }),
  makeShape('text', { id: 'w', pos: [0, 200], z: 'a1', wrap: 60, ...words }),
  makeShape('rectangle', { id: 'r', ...box, z: 'a2', ...words }),
  makeShape('note', { id: 'n', ...box, z: 'a3', ...words }),
]

const seen = (shapes: readonly KnownShape[]) =>
  shapes.map(one => ('text' in one ? [one.text, one.marks] : null))

test('marks come along on the clipboard, and in a picture that opens again', async () => {
  expect(clipOf(shapesText(marked))?.shapes.map(one => ({ ...one, by: '' }))).toEqual(marked)
  expect(seen((await open(sceneText(marked))).shapes)).toEqual(seen(marked))
})

test.each([
  ['no list', 'bold'],
  ['no marks', [{ from: 'a' }, 3]],
  ['marks past the end', [{ from: 50, to: 60, style: 1 }]],
  ['marks of no look', [{ from: 0, to: 3, style: 0 }]],
  ['marks of an unknown look', [{ from: 0, to: 3, style: 99 }]],
  ['marks out of anything', [{ from: -1, to: Number.NaN, style: 1.5 }]],
])('what is pasted with %s is a plain text', (_what, wrong) => {
  const plain = {
    ...plainShape(makeShape('text', { id: 't', pos: [0, 0], z: 'a0', text: 'abc' })),
    marks: wrong,
  }
  const read = shapeOfPlain(JSON.parse(JSON.stringify(plain)))
  expect(read).toMatchObject({ type: 'text', text: 'abc' })
  expect(read).not.toHaveProperty('marks')
})

test('marks that lie over each other or out of order are put right', () => {
  const plain = plainShape(makeShape('text', { id: 't', pos: [0, 0], z: 'a0', text: 'abcdef' }))
  const wrong = [
    { from: 4, to: 99, style: 2 },
    { from: 0, to: 3, style: 1 },
    { from: 2, to: 5, style: 4 },
  ]
  expect(shapeOfPlain({ ...plain, marks: wrong })).toMatchObject({
    marks: [
      { from: 0, to: 3, style: 1 },
      { from: 3, to: 5, style: 4 },
      { from: 5, to: 6, style: 2 },
    ],
  })
})

test('Excalidraw gets plain letters, and gives the marks back that it was given', async () => {
  const text = writeExcalidraw(marked, new Map(), { lineWidth })
  const elements: { type: string; text?: string; originalText?: string }[] = JSON.parse(text).elements
  expect(elements.filter(one => one.originalText).map(one => one.originalText)).toContain(words.text)
  const { shapes } = await open(text)
  expect(seen(shapes)).toEqual(seen(marked))
  // Once more, over what the file said of them; what only we have is named anew.
  expect(JSON.parse(writeExcalidraw(shapes.slice(0, 3), new Map(), { lineWidth })).elements).toEqual(
    JSON.parse(text).elements.slice(0, 4),
  )
})

test('marks of letters that were changed in Excalidraw are left out, and what others keep there stays', async () => {
  const shapes = marked.slice(0, 1)
  const file = JSON.parse(writeExcalidraw(shapes, new Map(), { lineWidth }))
  const element = file.elements[0]
  const changed = { ...element, text: 'other', originalText: 'other' }
  expect((await open(JSON.stringify({ ...file, elements: [changed] }))).shapes[0]).not.toHaveProperty('marks')

  const kept = { ...element, customData: { ...element.customData, plugin: { a: 1 } } }
  const [read] = (await open(JSON.stringify({ ...file, elements: [kept] }))).shapes
  const again = (one: object) =>
    JSON.parse(writeExcalidraw([{ ...read, ...one } as KnownShape], new Map(), { lineWidth })).elements[0]
      .customData
  expect(again({})).toEqual(kept.customData)
  expect(again({ marks: marks.slice(1) })).toEqual({
    driftboard: { text: words.text, marks: marks.slice(1) },
    plugin: { a: 1 },
  })
  const { marks: _, ...plain } = read as KnownShape & { marks: unknown }
  expect(
    JSON.parse(writeExcalidraw([plain as KnownShape], new Map(), { lineWidth })).elements[0].customData,
  ).toEqual({
    plugin: { a: 1 },
  })
})

test('rich text of tldraw keeps its bold, italic and struck letters, and its lists', async () => {
  const letters = (text: string, ...looks: readonly string[]) => ({
    ...{ type: 'text', text, marks: looks.map(type => ({ type })) },
  })
  const paragraph = (...content: readonly object[]) => ({ type: 'paragraph', content })
  const item = (...content: readonly object[]) => ({ type: 'listItem', content: [paragraph(...content)] })
  const richText = {
    type: 'doc',
    content: [
      paragraph(
        letters('a', 'bold'),
        letters('b', 'bold', 'italic', 'link'),
        letters('c'),
        letters('d', 'strike'),
      ),
      { type: 'bulletList', content: [item(letters('x')), item(letters('y', 'italic', 'constructor'))] },
      { type: 'orderedList', attrs: { start: 3 }, content: [item(letters('z'))] },
    ],
  }
  const text = 'abcd\n• x\n• y\n3. z'
  const read = await only('rectangle', shape('geo', { w: 100, h: 60, geo: 'rectangle', richText }))
  expect(read).toMatchObject({
    text,
    marks: marksOfRuns([
      ...[
        { text: 'a', style: bold },
        { text: 'b', style: bold | italic },
        { text: 'c', style: 0 },
      ],
      ...[
        { text: 'd', style: strike },
        { text: '\n', style: 0 },
        { text: '• ', style: list },
      ],
      ...[
        { text: 'x\n', style: 0 },
        { text: '• ', style: list },
        { text: 'y', style: italic },
      ],
      ...[
        { text: '\n', style: 0 },
        { text: '3. ', style: list },
      ],
    ]),
  })
  expect(await only('note', shape('note', { richText, color: 'blue' }))).toMatchObject({
    text,
    marks: expect.anything(),
  })
})
