import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Box } from '../../../shared/geometry/box.ts'
import { makeShape } from '../../../shared/schema/read.ts'
import { boxOnMap, fromMap, Marks, mapFit, onMap } from './minimap.ts'

const SIZE = { w: 208, h: 140 }
const boxes = fc.record({
  x: fc.integer({ min: -100_000, max: 100_000 }),
  y: fc.integer({ min: -100_000, max: 100_000 }),
  w: fc.integer({ min: 0, max: 50_000 }),
  h: fc.integer({ min: 0, max: 50_000 }),
})
const isInside = ({ x, y, w, h }: Box): boolean =>
  x >= -0.01 && y >= -0.01 && x + w <= SIZE.w + 0.01 && y + h <= SIZE.h + 0.01

test('the content and the view are wholly on the map', () => {
  fc.assert(
    fc.property(boxes, boxes, (content, view) => {
      const fit = mapFit(content, view, SIZE)
      expect(isInside(boxOnMap(content, fit))).toBe(true)
      expect(isInside(boxOnMap(view, fit))).toBe(true)
    }),
  )
})

test('a point of the map leads back to where it came from', () => {
  fc.assert(
    fc.property(boxes, boxes, (content, view) => {
      const fit = mapFit(content, view, SIZE)
      const [x, y] = fromMap(onMap([view.x, view.y], fit), fit)
      expect(x).toBeCloseTo(view.x, 4)
      expect(y).toBeCloseTo(view.y, 4)
    }),
  )
})

test('an empty board has a map that shows the view', () => {
  const view = { x: 10, y: 20, w: 1000, h: 500 }
  expect(isInside(boxOnMap(view, mapFit(null, view, SIZE)))).toBe(true)
})

test('a line is marked by its points, a figure by its outline, each found once', () => {
  const marks = new Marks(text => text.length * 10)
  const line = makeShape('line', { id: 'a', z: 'a0', pos: [5, 5], points: [0, 0, 10, 10], stroke: '#e03131' })
  const box = makeShape('rectangle', { id: 'b', z: 'a1', pos: [0, 0], size: [20, 10], fill: '#a5d8ff' })
  expect(marks.of(line)).toMatchObject({
    isClosed: false,
    stroke: '#e03131',
    bounds: { x: 5, y: 5, w: 10, h: 10 },
  })
  expect(marks.of(box)).toMatchObject({ isClosed: true, fill: '#a5d8ff' })
  expect(marks.of(line)).toBe(marks.of(line))
})

test('a note has the colour of its paper', () => {
  const marks = new Marks(text => text.length * 10)
  const note = makeShape('note', { id: 'n', z: 'a0', pos: [0, 0], size: [200, 200] })
  expect(marks.of(note)).toMatchObject({ stroke: null, fill: '#ffe8a3' })
  expect(marks.of({ ...note, fill: '#b2f2bb' })).toMatchObject({ fill: '#b2f2bb' })
})
