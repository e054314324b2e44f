import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LIMITS } from '../schema/limits.ts'
import { inkPrecision, isInk, packInk, unpackInk } from './ink.ts'

const coordinate = fc.double({ min: -LIMITS.coordinate, max: LIMITS.coordinate, noNaN: true })
const point = fc.tuple(coordinate, coordinate)
const points = fc.array(point, { minLength: 1, maxLength: 60 })
const pressure = fc.double({ min: 0, max: 1, noNaN: true })
const precision = fc.integer({ min: 0, max: 16 })

test('what was packed unpacks to the same points, to half a step of the precision', () => {
  fc.assert(
    fc.property(points, precision, (stroke, bits) => {
      const ink = unpackInk(packInk({ points: stroke, pressures: null }, bits))
      expect(ink?.pressures).toBeNull()
      expect(ink?.points.length).toBe(stroke.length)
      const most = 0.5 / 2 ** bits + 1e-9
      for (const [i, p] of stroke.entries()) {
        const [x, y] = ink?.points[i] ?? [Infinity, Infinity]
        expect(Math.abs(x - p[0])).toBeLessThanOrEqual(most)
        expect(Math.abs(y - p[1])).toBeLessThanOrEqual(most)
      }
    }),
  )
})

test('pressures come back to half a step of 255, and missing ones as one half', () => {
  fc.assert(
    fc.property(points, fc.array(pressure, { minLength: 1, maxLength: 60 }), (stroke, pressures) => {
      const ink = unpackInk(packInk({ points: stroke, pressures }))
      expect(ink?.pressures?.length).toBe(stroke.length)
      for (const [i, value] of (ink?.pressures ?? []).entries()) {
        expect(Math.abs(value - (pressures[i] ?? 0.5))).toBeLessThanOrEqual(0.5 / 255 + 1e-9)
      }
    }),
  )
})

test('packing what was unpacked gives the same bytes', () => {
  fc.assert(
    fc.property(points, precision, (stroke, bits) => {
      const bytes = packInk({ points: stroke, pressures: null }, bits)
      expect(packInk(unpackInk(bytes) ?? { points: [], pressures: null }, bits)).toEqual(bytes)
    }),
  )
})

test('arbitrary bytes unpack to a stroke of finite numbers or to nothing, and never throw', () => {
  const header = fc.tuple(
    fc.constantFrom(1),
    fc.constantFrom(0, 1),
    precision,
    fc.integer({ min: 0, max: 20 }),
  )
  const headed = fc.tuple(header, fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 80 }))
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 100 }),
    headed.map(([start, rest]) => Uint8Array.from([...start, ...rest])),
  )
  let strokes = 0
  fc.assert(
    fc.property(bytes, packed => {
      const ink = unpackInk(packed)
      if (!ink) return
      strokes++
      expect(ink.points.length).toBeGreaterThan(0)
      expect(ink.points.flat().every(Number.isFinite)).toBe(true)
      expect(ink.pressures?.every(value => value >= 0 && value <= 1) ?? true).toBe(true)
    }),
    { numRuns: 5000 },
  )
  // Otherwise the property above says nothing.
  expect(strokes).toBeGreaterThan(0)
})

test('a stroke that is cut off, or has a rest, is nothing', () => {
  fc.assert(
    fc.property(points, fc.nat(), (stroke, cut) => {
      const bytes = packInk({ points: stroke, pressures: null })
      expect(unpackInk(bytes.slice(0, cut % bytes.length))).toBeUndefined()
      expect(unpackInk(Uint8Array.from([...bytes, 0]))).toBeUndefined()
    }),
  )
})

test('a stroke that claims a billion points is refused by its length, not tried', () => {
  expect(unpackInk(Uint8Array.from([1, 0, 4, 0x80, 0x80, 0x80, 0x80, 0x04, 1, 1]))).toBeUndefined()
})

test('strokes drawn closer up are kept finer', () => {
  const precisions = [0.05, 1, 2, 8, 30].map(inkPrecision)
  expect(precisions).toEqual([...precisions].sort((a, b) => a - b))
  expect(inkPrecision(1)).toBe(4)
  expect(2 ** inkPrecision(30)).toBeGreaterThanOrEqual(30 * 16)
})

test('bytes are taken for a stroke exactly when they can be unpacked', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 20 }),
    fc
      .tuple(fc.nat(2), fc.nat(17), fc.uint8Array({ maxLength: 12, max: 127 }))
      .map(([flags, precision, rest]) => Uint8Array.from([1, flags, precision, rest.length >> 1, ...rest])),
  )
  let strokes = 0
  fc.assert(
    fc.property(bytes, some => {
      if (isInk(some)) strokes += 1
      expect(isInk(some)).toBe(unpackInk(some) !== undefined)
    }),
    { numRuns: 2_000 },
  )
  expect(strokes).toBeGreaterThan(20)
})
