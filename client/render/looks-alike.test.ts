import { expect, test } from 'vitest'
import { makeShape } from '../../shared/schema/read.ts'
import { looksAlike } from './looks-alike.ts'

const box = makeShape('rectangle', { id: 'a', pos: [0, 0], size: [10, 10], z: 'a0' })

test('a shape that only moved, turned, faded or changed its order needs no new geometry', () => {
  expect(looksAlike(box, { ...box, pos: [5, 5], rot: 1, z: 'a1', groups: ['g'] })).toBe(true)
  expect(looksAlike({ ...box, opacity: 0.5 }, { ...box, opacity: 0.6 })).toBe(true)
})

test('equal values in new objects need no new geometry', () => {
  expect(looksAlike(box, { ...box, size: [10, 10] })).toBe(true)
})

test('another size, colour, text or type does', () => {
  expect(looksAlike(box, { ...box, size: [11, 10] })).toBe(false)
  expect(looksAlike(box, { ...box, fill: '#ffffff' })).toBe(false)
  expect(looksAlike(box, { ...box, text: 'x' })).toBe(false)
  expect(looksAlike(box, makeShape('ellipse', { ...box, type: 'ellipse' } as never))).toBe(false)
})

test('becoming translucent does, since then the fill must not reach under the stroke', () => {
  expect(looksAlike(box, { ...box, opacity: 0.9 })).toBe(false)
})
