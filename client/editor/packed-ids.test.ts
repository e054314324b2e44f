import { expect, test } from 'vitest'
import { packIds, unpackIds } from './packed-ids.ts'

const a = 'aaaaaa-rest-of-its-id'
const b = 'bbbbbb-rest-of-its-id'
const c = 'cccccc-rest-of-its-id'

test('ids that were packed are found again among those of the board', () => {
  expect(unpackIds(packIds([c, a]), [a, b, c])).toEqual([c, a])
})

test('an id that is not on this board is left out', () => {
  expect(unpackIds(packIds([a, b]), [b])).toEqual([b])
})

test('of ids that begin alike none is taken, since it is unknown which was meant', () => {
  expect(unpackIds(packIds([a, b]), [a, `${a}-too`, `${a}-as-well`, b])).toEqual([b])
})

test('an id that is too short to be packed does not shift the others', () => {
  expect(unpackIds(packIds(['x', a]), ['x', a])).toEqual([a])
})
