import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareOrder, isOrderKey, keyBetween, keysAbove } from './order.ts'

/** Keys as people's gestures make them: each put between two neighbours of those before, or at an end. */
const made = fc.array(fc.nat(), { minLength: 1, maxLength: 60 }).map(places => {
  const keys: string[] = []
  for (const place of places) {
    const i = place % (keys.length + 1)
    keys.splice(i, 0, keyBetween(keys[i - 1] ?? null, keys[i] ?? null))
  }
  return keys
})

const LARGEST = 'z'.repeat(27)
const digits = fc.string({ unit: fc.constantFrom('0', '1', '9', 'A', 'Z', 'a', 'y', 'z'), maxLength: 40 })
/** Every key that a document may hold, at the ends of what keys can say too. */
const extreme = fc.constantFrom(
  'a0',
  'Zz',
  `A${'0'.repeat(25)}1`,
  `A${'0'.repeat(26)}1`,
  LARGEST,
  LARGEST.padEnd(256, 'z'),
)
const valid = fc
  .oneof(
    extreme,
    digits,
    fc.tuple(fc.constantFrom('a', 'Z', 'b', 'A', 'z'), digits).map(([head, rest]) => head + rest),
  )
  .filter(isOrderKey)

test('keys made one after another stand in the order in which they were put', () => {
  fc.assert(
    fc.property(made, keys => {
      expect(keys).toEqual([...new Set(keys)].sort())
      expect(keys.every(isOrderKey)).toBe(true)
    }),
  )
})

test('between any two keys that a document may hold, in any order, comes a key that it may hold', () => {
  const end = fc.option(valid)
  fc.assert(
    fc.property(end, end, (below, above) => {
      const key = keyBetween(below, above)
      expect(isOrderKey(key)).toBe(true)
      if (below !== null) expect(key >= below).toBe(true)
      if (above !== null && (below === null || below < above)) expect(key <= above).toBe(true)
    }),
    { numRuns: 3000 },
  )
})

test('between equal keys comes one above both', () => {
  fc.assert(fc.property(made, keys => keys.every(key => keyBetween(key, key) > key)))
})

test('keys above a key are as many as asked for, ascending, and above it', () => {
  fc.assert(
    fc.property(made, fc.nat(50), (keys, count) => {
      const top = keys[keys.length - 1] ?? null
      const above = keysAbove(top, count)
      expect(above).toHaveLength(count)
      expect([...(top === null ? [] : [top]), ...above]).toEqual([...new Set([top ?? '', ...above])].sort())
    }),
  )
})

test.each([
  '',
  'a',
  '!',
  'a00',
  'a0 ',
  'a~',
  'aé',
  'a💩',
  'constructor!',
  `A${'0'.repeat(26)}`,
  'a'.repeat(1e6),
])('a key that begins with %.12j is not taken', key => {
  expect(isOrderKey(key)).toBe(false)
})

test('the total order of shapes is by key and then by id, and no two shapes are equal in it', () => {
  const shape = fc.record({ z: fc.constantFrom('a0', 'a1', 'Zz'), id: fc.constantFrom('a', 'b', 'c') })
  fc.assert(
    fc.property(shape, shape, shape, (a, b, c) => {
      expect(compareOrder(a, b)).toBe(-compareOrder(b, a) + 0)
      expect(compareOrder(a, b) === 0).toBe(a.z === b.z && a.id === b.id)
      if (compareOrder(a, b) <= 0 && compareOrder(b, c) <= 0)
        expect(compareOrder(a, c)).toBeLessThanOrEqual(0)
      if (a.z < b.z) expect(compareOrder(a, b)).toBe(-1)
    }),
  )
})
