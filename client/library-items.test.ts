import { expect, test } from 'vitest'
import { makeShape } from '../shared/schema/read.ts'
import type { KnownShape } from '../shared/shapes/index.ts'
import { LIBRARY_LIMITS, missingDrawings, nameFor, newDrawings } from './library-items.ts'
import { TOOLS } from './shapes/index.ts'

const given = (text: string, more: object = {}) => ({ name: text, text, images: {}, ...more })
let ids = 0
const options = { now: 1_000, newId: () => `id${ids++}` }
const added = (...args: Parameters<typeof newDrawings>) =>
  newDrawings(...args).drawings.map(({ text }) => text)

test('what is added at once keeps its order and comes before what is added earlier', () => {
  const { drawings } = newDrawings([given('a'), given('b'), given('c')], [], options)
  const later = newDrawings([given('d')], drawings, { ...options, now: 1_001 }).drawings
  const shown = [...drawings, ...later].toSorted((a, b) => b.order - a.order)
  expect(shown.map(({ text }) => text)).toEqual(['d', 'a', 'b', 'c'])
  expect(new Set(shown.map(({ id }) => id)).size).toBe(4)
})

test('what the library has already, or comes twice, is added once', () => {
  expect(added([given('a'), given('b'), given('b')], [{ text: 'a' }], options)).toEqual(['b'])
})

test('more than the library takes is refused as a whole, with the reason', () => {
  const held = Array.from({ length: LIBRARY_LIMITS.items }, (_, i) => ({ text: `held ${i}` }))
  const full = newDrawings([given('a')], held, options)
  expect(full.drawings).toEqual([])
  expect(full.problem).toContain('1,000 items at most')
  const long = newDrawings([given('b'), given('a'.repeat(LIBRARY_LIMITS.text + 1))], [], options)
  expect(long.drawings).toEqual([])
  expect(long.problem).toContain('too large')
  const images = { hash: new Uint8Array(LIBRARY_LIMITS.images + 1) }
  expect(newDrawings([given('a', { images })], [], options).problem).toContain('4 MB')
})

test('an item is named for what it says, else for what it is', () => {
  const box = (text: string) =>
    makeShape('rectangle', { id: text || 'box', z: 'a0', pos: [0, 0], size: [9, 9], text }) as KnownShape
  expect(nameFor([box(''), box('Server\nof many')], TOOLS)).toBe('Server of many')
  expect(nameFor([box('word '.repeat(20))], TOOLS)).toMatch(/^word .{30,}…$/)
  expect(nameFor([box('')], TOOLS)).toBe('Rectangle')
  expect(nameFor([box(''), { ...box(''), id: 'other' }], TOOLS)).toBe('2 shapes')
})

test('of a backup comes what is missing, as much as there is room for', () => {
  const item = (id: string, text = `text ${id}`) => ({ id, name: id, order: 0, text, images: {} })
  const idsOf = (...args: Parameters<typeof missingDrawings>) => missingDrawings(...args).map(({ id }) => id)
  const any = () => true
  expect(idsOf([item('a'), item('b'), item('b'), item('c', 'text a')], [item('b')], any)).toEqual(['a'])
  const held = Array.from({ length: LIBRARY_LIMITS.items - 1 }, (_, i) => item(`held-${i}`))
  expect(idsOf([item('a'), item('b')], held, any)).toEqual(['a'])
  expect(idsOf([item('long', 'a'.repeat(LIBRARY_LIMITS.text + 1))], [], any)).toEqual([])
})
