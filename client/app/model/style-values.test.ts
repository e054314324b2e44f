import { expect, test } from 'vitest'
import { makeShape } from '../../../shared/schema/read.ts'
import { Rig } from '../../editor/testing/rig.ts'
import { styleValues } from './style-values.ts'

const blue = makeShape('rectangle', { id: 'blue', z: 'a0', pos: [0, 0], size: [100, 50], stroke: '#1971c2' })
const red = makeShape('ellipse', { id: 'red', z: 'a1', pos: [200, 0], size: [50, 50], stroke: '#e03131' })
const link = makeShape('arrow', { id: 'link', z: 'a2', pos: [0, 200], points: [0, 0, 100, 0] })
const label = makeShape('rectangle', { id: 'label', z: 'a3', pos: [0, 300], size: [100, 50], text: 'hello' })

function valuesOf(...ids: readonly string[]) {
  const { editor } = new Rig(blue, red, link, label)
  editor.select(ids)
  return styleValues(editor)
}

test('with nothing selected, a drawing tool offers the style of its next shape', () => {
  const { editor } = new Rig()
  editor.use('ink')
  editor.setStyle({ stroke: '#1971c2' })
  expect(Object.keys(styleValues(editor))).toEqual(['stroke', 'width', 'steady', 'opacity'])
  expect(styleValues(editor).stroke).toEqual({ value: '#1971c2' })
})

test('with nothing selected, select, hand and eraser offer no style', () => {
  const { editor } = new Rig(blue)
  for (const tool of ['select', 'hand', 'eraser'] as const) {
    editor.use(tool)
    expect(styleValues(editor)).toEqual({})
  }
})

test('a rectangle has corners, an arrow has ends, and neither has the other’s', () => {
  expect(valuesOf('blue')).toHaveProperty('corner')
  expect(valuesOf('blue')).not.toHaveProperty('head')
  expect(valuesOf('link')).toHaveProperty('head', { value: 'arrow' })
  expect(valuesOf('link')).not.toHaveProperty('corner')
})

test('a style on which the selected shapes differ has no value, one they share has', () => {
  const values = valuesOf('blue', 'red')
  expect(values.stroke).toEqual({ value: undefined })
  expect(values.width).toEqual({ value: 2 })
})

test('a style that only some of the selected shapes have is offered with their value', () => {
  expect(valuesOf('blue', 'link').head).toEqual({ value: 'arrow' })
})

test('a font is offered for a shape with a label, and not for one without', () => {
  expect(valuesOf('label')).toHaveProperty('font')
  expect(valuesOf('blue')).not.toHaveProperty('font')
})

test('a line is offered an inside once it is closed', () => {
  const open = makeShape('line', { id: 'open', z: 'a4', pos: [0, 0], points: [0, 0, 100, 0, 100, 100] })
  const ring = makeShape('line', { id: 'ring', z: 'a5', pos: [0, 0], points: [0, 0, 100, 0, 100, 100, 0, 0] })
  const { editor } = new Rig(open, ring)
  editor.select(['open'])
  expect(styleValues(editor)).not.toHaveProperty('fill')
  editor.select(['ring'])
  expect(styleValues(editor)).toHaveProperty('fill')
  expect(styleValues(editor)).toHaveProperty('fillStyle')
})

test('the highlighter has a colour and a width, and no pressure to switch off', () => {
  const { editor } = new Rig()
  editor.use('highlighter')
  expect(Object.keys(styleValues(editor))).toEqual(['stroke', 'width', 'opacity'])
})

test('what is locked is offered no style', () => {
  const fixed = makeShape('rectangle', {
    id: 'fixed',
    z: 'a6',
    pos: [0, 0],
    size: [9, 9],
    locked: true,
    width: 8,
  })
  const { editor } = new Rig(blue, fixed)
  editor.select(['fixed'])
  expect(styleValues(editor)).toEqual({})
  editor.select(['fixed', 'blue'])
  expect(styleValues(editor).width).toEqual({ value: 2 })
})

test('a note without a colour shows that of its paper', () => {
  const { editor } = new Rig(makeShape('note', { id: 'note', z: 'a7', pos: [0, 0], size: [200, 200] }))
  editor.select(['note'])
  expect(styleValues(editor).fill).toEqual({ value: '#ffe8a3' })
  editor.select([])
  editor.use('note')
  expect(styleValues(editor).fill).toEqual({ value: '#ffe8a3' })
})
