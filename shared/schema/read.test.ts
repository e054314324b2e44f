import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packInk } from '../geometry/ink.ts'
import { packPoints } from '../geometry/packed-points.ts'
import { SHAPE_TYPES, shapeBounds, shapeTouches } from '../shapes/index.ts'
import { LIMITS } from './limits.ts'
import { isStorable, type Prop } from './prop.ts'
import { isDefault, makeShape, propsOf, readKey, readShape, storedValue, writeError } from './read.ts'

const ink = packInk({
  points: [
    [0, 0],
    [5, 5],
  ],
  pressures: null,
})

/** Objects that break whoever turns them into a string or a number. */
const brittle = fc.constantFrom<unknown>(
  Object.create(null),
  { toString: 1, valueOf: 2 },
  { toJSON: () => BigInt(1) },
  Symbol('s'),
  BigInt(5),
  new Uint8Array(0),
  Number.NaN,
  Infinity,
  -0,
  new Array(2),
)
const anything = fc.oneof(brittle, fc.anything())

const valid: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  pos: fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -1000, max: 1000 })),
  size: fc.constantFrom([1, 2], [0, 0]),
  z: fc.constantFrom('a0', 'Zz', 'a0V'),
  points: fc.constantFrom<unknown>(
    [0, 0, 1, 1],
    [0, 0, 0, 0, 3, 3],
    packPoints([0, 0, 1.5, 2]),
    packPoints([0, 0]),
  ),
  ink: fc.constant(ink),
  text: fc.string(),
}

/** Keys of a shape: mostly valid ones, some missing, some anything. */
const raw = fc.constantFrom(...SHAPE_TYPES, 'future', undefined).chain(type => {
  const keys = type === undefined || type === 'future' ? ['pos', 'size', 'z'] : Object.keys(propsOf(type))
  const entries = Object.fromEntries(
    keys.map(key => [
      key,
      fc.oneof({ weight: 30, arbitrary: valid[key] ?? fc.constant(undefined) }, anything),
    ]),
  )
  return fc.record({
    ...entries,
    extra: anything,
    type: fc.oneof({ weight: 20, arbitrary: fc.constant(type) }, anything),
  })
})

const mapOf = (keys: Readonly<Record<string, unknown>>) =>
  new Map(Object.entries(keys).filter(([, value]) => value !== undefined))

test('any map reads as a shape that can be drawn and pointed at, and reading never throws', () => {
  let readable = 0
  fc.assert(
    fc.property(raw, keys => {
      const shape = readShape('id', mapOf(keys))
      if (shape.type !== 'unreadable') readable++
      else expect(shape.reason).not.toBe('')
      const bounds = shapeBounds(shape, line => line.length / 2)
      expect(Object.values(bounds).every(Number.isFinite)).toBe(true)
      shapeTouches(shape, [0, 0], 1, line => line.length / 2)
    }),
    { numRuns: 3000 },
  )
  // Otherwise the property says little about shapes of known types.
  expect(readable).toBeGreaterThan(300)
})

test('a shape that was read may be written key by key, and is stored in a form that reads as the same', () => {
  fc.assert(
    fc.property(raw, keys => {
      const shape = readShape('id', mapOf(keys))
      if (shape.type === 'unreadable') return
      const { id: _, ...rest } = shape
      for (const [key, value] of Object.entries(rest)) {
        expect(writeError(shape.type, key, value)).toBeUndefined()
        const p = propsOf(shape.type)[key] as Prop<unknown>
        const held = storedValue(shape.type, key, value)
        expect(isStorable(p, held)).toBe(true)
        expect(readKey(p, held)).toEqual(value)
      }
    }),
  )
})

test.each(SHAPE_TYPES)('a missing key of a %s reads as the default, which is valid and not stored', type => {
  for (const [key, p] of Object.entries(propsOf(type))) {
    if (p.fallback === undefined) continue
    expect(readKey(p, undefined)).toBe(p.fallback)
    expect(writeError(type, key, p.fallback)).toBeUndefined()
    expect(isDefault(type, key, structuredClone(p.fallback))).toBe(true)
  }
})

test('a value that is not the default is stored', () => {
  expect(isDefault('ink', 'flip', [true, false])).toBe(false)
  expect(isDefault('rectangle', 'groups', ['g'])).toBe(false)
  expect(isDefault('rectangle', 'pos', [0, 0])).toBe(false)
})

test('a shape of an unknown type keeps its place and says which type', () => {
  const shape = readShape('id', mapOf({ type: 'hologram', pos: [1, 2], size: [3, 4], z: 'a5', rot: 1 }))
  expect(shape).toMatchObject({ type: 'unreadable', pos: [1, 2], size: [3, 4], z: 'a5', rot: 1 })
  expect(shape.type === 'unreadable' && shape.reason).toContain('"hologram"')
})

test.each([
  ['pos', [0, 1e8]],
  ['pos', [0]],
  ['pos', [0, 0, 0]],
  ['pos', [0, Number.NaN]],
  ['size', [-1, 1]],
  ['rot', Infinity],
  ['z', 'a00'],
  ['opacity', 1.5],
  ['stroke', 'red'],
  ['stroke', '#12345'],
  ['groups', new Array(LIMITS.groupDepth + 1).fill('g')],
  ['groups', ['']],
  ['text', 'x'.repeat(LIMITS.textLength + 1)],
  ['font', 'constructor'],
  ['colour', '#000000'],
  ['__proto__', {}],
  ['toString', 'x'],
  ['type', 'ellipse'],
])('a rectangle’s %s may not be written as this', (key, value) => {
  expect(writeError('rectangle', key, value)).toEqual(expect.any(String))
})

test.each([
  ['an odd number of coordinates', [0, 0, 1]],
  ['a single point', [0, 0]],
  ['too many points', new Array(2 * LIMITS.linePoints + 2).fill(0)],
])('points with %s may not be written', (_, points) => {
  expect(writeError('line', 'points', points)).toEqual(expect.any(String))
})

test('a text that several people made longer than one may write is read, and may not be written', () => {
  const text = 'x'.repeat(2 * LIMITS.textLength)
  const keys = { type: 'text', pos: [0, 0], z: 'a0', text }
  expect(readShape('a', mapOf(keys))).toMatchObject({ type: 'text', text })
  expect(writeError('text', 'text', text)).toContain('20000 characters')
})

test('a stroke whose bytes are none is not read', () => {
  const keys = { type: 'ink', pos: [0, 0], size: [1, 1], z: 'a0' }
  expect(readShape('a', mapOf({ ...keys, ink })).type).toBe('ink')
  expect(readShape('a', mapOf({ ...keys, ink: ink.subarray(1) })).type).toBe('unreadable')
})

test('a made shape has every key that has a default, and what it was given', () => {
  const shape = makeShape('arrow', { id: 'a', pos: [1, 2], points: [0, 0, 5, 5], z: 'a0' })
  expect(shape).toMatchObject({ type: 'arrow', head: 'arrow', tail: 'none', pos: [1, 2], opacity: 1 })
  expect(readShape('a', mapOf({ ...shape, id: undefined }))).toEqual(shape)
})
