import { expect, test } from 'vitest'
import { layoutText } from '../../shared/geometry/text.ts'
import { rotateAbout } from '../../shared/geometry/vec.ts'
import { shapeBox } from '../../shared/shapes/index.ts'
import { element, halfWide, only, opened, textElement } from './testing.ts'

const box = (keys = {}) => element('rectangle', { id: 'box', width: 200, height: 100, ...keys })
const label = (text: string, keys = {}) =>
  textElement(text, {
    id: 'label',
    containerId: 'box',
    textAlign: 'center',
    verticalAlign: 'middle',
    ...keys,
  })

test('a text keeps its letters, size, place and colour', async () => {
  const shape = await only(
    'text',
    textElement('one\r\ntwo', { fontSize: 28, strokeColor: 'blue', opacity: 50 }),
  )
  expect(shape).toMatchObject({
    text: 'one\ntwo',
    fontSize: 28,
    font: 'hand',
    pos: [10, 20],
    stroke: '#0000ff',
    opacity: 0.5,
    align: 'left',
    wrap: 0,
  })
})

test.each([
  [1, 'hand'],
  [2, 'sans'],
  [3, 'mono'],
  [5, 'hand'],
  [6, 'sans'],
  [7, 'sans'],
  [8, 'mono'],
  [99, 'sans'],
])('font family %i is shown as %s', async (fontFamily, font) => {
  expect((await only('text', textElement('a', { fontFamily }))).font).toBe(font)
})

test('a text of the first files has its font in one key', async () => {
  const old = { type: 'text', x: 1, y: 2, width: 30, height: 40, text: 'old', font: '36px Cascadia' }
  expect(await only('text', old)).toMatchObject({ font: 'mono', fontSize: 36, text: 'old' })
})

test.each([
  ['left', 10],
  ['center', 10 + (300 - 40) / 2],
  ['right', 10 + 300 - 40],
])('a text aligned %s is held there though our letters are narrower', async (textAlign, x) => {
  const shape = await only('text', textElement('four', { textAlign, width: 300 }))
  expect(shape.pos[0]).toBe(x)
  expect(shape.align).toBe(textAlign)
})

test('a turned text turns about the middle that it has in the file', async () => {
  const raw = textElement('four', { width: 300, height: 25, angle: Math.PI / 2 })
  const shape = await only('text', raw)
  // Its left end points up: 150 above the middle at (160, 32.5).
  const own = shapeBox(shape, halfWide)
  const leftEnd = rotateAbout([own.x, own.y + own.h / 2], [own.x + own.w / 2, own.y + own.h / 2], shape.rot)
  expect(leftEnd[0]).toBeCloseTo(160)
  expect(leftEnd[1]).toBeCloseTo(32.5 - 150)
})

test('a text with a width of its own wraps there, and its wrapped lines flow together again', async () => {
  const keys = { autoResize: false, width: 60, text: 'aaa\nbbb', originalText: 'aaa bbb' }
  expect(await only('text', textElement('', keys))).toMatchObject({
    text: 'aaa bbb',
    wrap: 60,
    pos: [10, 20],
  })
})

test('a text in the middle of a box becomes its label, as it flowed before it was wrapped', async () => {
  for (const type of ['rectangle', 'ellipse', 'diamond']) {
    const wrapped = label('', { text: 'two\nlines', originalText: 'two lines', fontSize: 16, fontFamily: 3 })
    const { shapes, said } = await opened(box({ type }), wrapped)
    expect(shapes).toMatchObject([{ type, text: 'two lines', fontSize: 16, font: 'mono' }])
    expect(said).toBe('')
  }
})

test.each([
  ['in another colour', { strokeColor: 'red' }],
  ['fainter than the box', { opacity: 50 }],
])('a text in a box that is %s stays a text, in a group with the box', async (_, keys) => {
  const { shapes, said } = await opened(box(), label('hello', keys))
  expect(shapes).toMatchObject([
    { type: 'rectangle', text: '' },
    { type: 'text', text: 'hello' },
  ])
  expect(shapes[0]?.groups).toHaveLength(1)
  expect(shapes[1]?.groups).toEqual(shapes[0]?.groups)
  expect(said).toBe('')
})

test.each([
  [{ verticalAlign: 'top' }, { align: 'center', valign: 'top' }],
  [
    { textAlign: 'left', verticalAlign: 'bottom' },
    { align: 'left', valign: 'bottom' },
  ],
])('a label that stands elsewhere than in the middle stays there: %j', async (keys, place) => {
  const { shapes } = await opened(box(), label('hello', keys))
  expect(shapes).toMatchObject([{ type: 'rectangle', text: 'hello', ...place }])
})

const arrow = element('arrow', {
  id: 'box',
  groupIds: ['g'],
  points: [
    [0, 0],
    [90, 0],
  ],
})

test('a text on an arrow becomes its label', async () => {
  const { shapes } = await opened(arrow, label('yes', { x: 40, y: 7, groupIds: ['g'] }))
  expect(shapes).toMatchObject([{ type: 'arrow', text: 'yes', font: 'hand', fontSize: 20 }])
})

test('a red text on a black arrow stays at its place, in a group with the arrow inside of their own groups', async () => {
  const text = label('yes', { x: 40, y: 7, groupIds: ['g'], strokeColor: 'red' })
  const { shapes } = await opened(arrow, text)
  expect(shapes).toMatchObject([{ type: 'arrow' }, { type: 'text', text: 'yes', pos: [40, 7] }])
  expect(shapes[0]?.groups).toHaveLength(2)
  expect(shapes[1]?.groups).toEqual(shapes[0]?.groups)
})

test('of two texts that claim one box the second is a text of its own', async () => {
  const { shapes } = await opened(box(), label('first'), label('second', { id: 'other' }))
  expect(shapes).toMatchObject([{ text: 'first' }, { type: 'text', text: 'second' }])
})

test('a text whose box is gone, is no box, or is itself, is a text', async () => {
  const ids = ['missing', 'gone', 'image', 'label', '__proto__']
  for (const containerId of ids) {
    const others = [box({ id: 'gone', isDeleted: true }), element('image', { id: 'image' })]
    const { shapes } = await opened(...others, label('alone', { containerId }))
    expect(shapes).toMatchObject([{ type: 'text', text: 'alone', groups: [] }])
  }
})

test('a text that is too long for one shape is split at a line’s end, keeps its lines, and is counted', async () => {
  const lines = Array.from({ length: 9_000 }, (_, i) => `line ${i}`)
  const { shapes, said } = await opened(textElement(lines.join('\n'), { height: 9_000 * 25 }))
  const texts = shapes.map(shape => ('text' in shape ? shape.text : ''))
  expect(texts.length).toBeGreaterThan(1)
  expect(texts.join('\n')).toBe(lines.join('\n'))
  expect(new Set(shapes.map(shape => shape.groups.join())).size).toBe(1)
  expect(shapes[0]?.groups).toHaveLength(1)
  const firstHeight = layoutText(texts[0] ?? '', 'hand', 20, 0, halfWide).h
  expect(shapes[1]?.pos[1]).toBeCloseTo(20 + firstHeight)
  expect(said).toBe('1 text, line or stroke was too long for one shape and is split.')
})

test('a long text without line ends is split between letters, never inside one', async () => {
  const { shapes } = await opened(textElement(`x${'😀'.repeat(15_000)}`))
  const texts = shapes.map(shape => ('text' in shape ? shape.text : ''))
  expect(texts.join('')).toBe(`x${'😀'.repeat(15_000)}`)
  // Half a letter cannot be written as UTF-8.
  expect(texts.map(text => Buffer.from(text).toString())).toEqual(texts)
})

test('a label that is too long for a label is split into texts', async () => {
  const { shapes } = await opened(box(), label('word '.repeat(9_000)))
  expect(shapes.map(shape => shape.type)).toEqual(['rectangle', 'text', 'text', 'text'])
})

test('letters too large or too small to show are brought into range and counted', async () => {
  const { shapes, said } = await opened(
    textElement('a', { fontSize: 1e6 }),
    textElement('b', { fontSize: -3 }),
  )
  expect(shapes).toMatchObject([{ fontSize: 2000 }, { fontSize: 1 }])
  expect(said).toMatch(/^2 line widths or letter sizes were out of range/)
})
