import { expect, test } from 'vitest'
import { foundItems, itemByKey } from './library-search.ts'

const items = [
  { id: 'a', name: 'Server', words: '' },
  { id: 'b', name: 'Café', words: 'open from nine' },
  { id: 'c', name: 'Database', words: 'server of the data' },
]
const found = (query: string) => foundItems(items, query).map(({ id }) => id)

test('items are found by name and by what is written in them, whatever case, accent or slip of the finger', () => {
  expect(found('  ')).toEqual(['a', 'b', 'c'])
  expect(found('server').sort()).toEqual(['a', 'c'])
  expect(found('CAFE')).toEqual(['b'])
  expect(found('databse')).toEqual(['c'])
  expect(found('nine open')).toEqual(['b'])
  expect(found('zebra')).toEqual([])
})

test('arrow keys walk the rows and stop at their ends', () => {
  expect(itemByKey('ArrowRight', 0, 5, 2)).toBe(1)
  expect(itemByKey('ArrowDown', 1, 5, 2)).toBe(3)
  expect(itemByKey('ArrowDown', 4, 5, 2)).toBe(4)
  expect(itemByKey('ArrowUp', 1, 5, 2)).toBe(1)
  expect(itemByKey('End', 0, 5, 2)).toBe(4)
  expect(itemByKey('a', 0, 5, 2)).toBeUndefined()
})
