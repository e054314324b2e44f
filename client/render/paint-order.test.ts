import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareOrder, type Ordered } from '../../shared/schema/order.ts'
import { placeIn } from './paint-order.ts'

test('shapes that are placed one by one, in any order and with equal keys, end up in the order of the board', () => {
  const item = fc.record({ id: fc.string({ maxLength: 2 }), z: fc.constantFrom('a0', 'a1', 'a1V', 'a2') })
  fc.assert(
    fc.property(fc.uniqueArray(item, { selector: each => each.id, maxLength: 40 }), items => {
      const sorted: Ordered[] = []
      for (const each of items) sorted.splice(placeIn(sorted, each), 0, each)
      expect(sorted).toEqual([...items].sort(compareOrder))
    }),
  )
})

test('a shape is found just before its own place', () => {
  const sorted = [
    { id: 'a', z: 'a0' },
    { id: 'b', z: 'a0' },
    { id: 'c', z: 'a1' },
  ]
  expect(placeIn(sorted, { id: 'b', z: 'a0' }) - 1).toBe(1)
})
