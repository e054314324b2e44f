import { expect, test } from 'vitest'
import { packPoints } from '../../geometry/packed-points.ts'
import { LIMITS } from '../limits.ts'
import { readShape, SCHEMA_VERSION } from '../read.ts'
import { MIGRATIONS, metaUpgrade, shapeUpgrade, upgradedShape } from './index.ts'

const keysOf = (keys: Readonly<Record<string, unknown>>) => new Map(Object.entries(keys))

const arrow = { type: 'arrow', pos: [0, 0], z: 'a0', points: [0, 0, 12.5, -3] }

test('there is one step to each version after the first, in order, up to the one that is written', () => {
  expect(MIGRATIONS.map(({ to }) => to)).toEqual(Array.from({ length: SCHEMA_VERSION - 1 }, (_, i) => i + 2))
})

test.each([
  ['version 1', { schema: 1 }, SCHEMA_VERSION],
  ['no version', { title: 'Plan' }, SCHEMA_VERSION],
  ['no number for a version', { schema: 'old' }, SCHEMA_VERSION],
  ['this version', { schema: SCHEMA_VERSION }, undefined],
  ['a later version', { schema: SCHEMA_VERSION + 1 }, undefined],
])('a document of %s is raised to this one and never lowered', (_, meta, expected) => {
  expect(metaUpgrade(keysOf(meta)).get('schema')).toBe(expected)
})

test('the points of a line and an arrow are packed, once, and no other key is written', () => {
  for (const type of ['arrow', 'line']) {
    const keys = keysOf({ ...arrow, type })
    const changes = shapeUpgrade(keys)
    expect([...changes]).toEqual([['points', packPoints(arrow.points)]])
    expect(shapeUpgrade(upgradedShape(keys)).size).toBe(0)
  }
})

test.each([
  ['of another type', { ...arrow, type: 'rectangle' }],
  ['of no type', { ...arrow, type: undefined }],
  ['without points', { ...arrow, points: undefined }],
  ['with a single point', { ...arrow, points: [0, 0] }],
  ['with half a point', { ...arrow, points: [0, 0, 1] }],
  ['with a point out of the world', { ...arrow, points: [0, 0, 1e9, 0] }],
  ['with no numbers', { ...arrow, points: [0, 0, '1', 2] }],
  ['with too many points', { ...arrow, points: new Array(2 * LIMITS.linePoints + 2).fill(0) }],
])('a shape %s is left as it is', (_, keys) => {
  expect(shapeUpgrade(keysOf(keys)).size).toBe(0)
})

test('a shape reads the same before and after its upgrade', () => {
  const keys = keysOf({ ...arrow, points: [0, 0, 1 / 3, 1e7, -0, 1e-9] })
  const shape = readShape('a', keys)
  expect(shape.type).toBe('arrow')
  expect(readShape('a', upgradedShape(keys))).toEqual(shape)
})
