import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packPoints, scanPoints, unpackPoints } from './packed-points.ts'

const coordinate = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.integer({ min: -64_000, max: 64_000 }).map(n => n / 64),
  fc.double({ min: -1e7, max: 1e7, noNaN: true }),
)
const points = fc
  .array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 40 })
  .map(all => all.flat())

const unpacked = (bytes: Uint8Array) => unpackPoints(bytes) ?? []

test('each coordinate comes back within half of the finest step, however long the line', () => {
  fc.assert(
    fc.property(points, flat => {
      const back = unpacked(packPoints(flat))
      expect(back.length).toBe(flat.length)
      for (const [i, n] of flat.entries())
        expect(Math.abs((back[i] as number) - n)).toBeLessThanOrEqual(2 ** -11)
    }),
  )
})

test('what was unpacked packs to the same bytes, and comes back the same', () => {
  fc.assert(
    fc.property(points, flat => {
      const bytes = packPoints(flat)
      expect(packPoints(unpacked(bytes))).toEqual(bytes)
    }),
  )
})

test('whatever a gesture at a zoom of up to 30 is rounded to stays exact', () => {
  const steps = fc.integer({ min: -(2 ** 30), max: 2 ** 30 }).map(n => n / 512)
  fc.assert(
    fc.property(fc.array(steps, { minLength: 2, maxLength: 20 }), all => {
      const flat = all.length % 2 === 0 ? all : all.slice(1)
      expect(unpacked(packPoints(flat))).toEqual(flat.map(n => n + 0))
    }),
  )
})

test('a line of 500 points on steps of 1/64 takes less than half of the five bytes a coordinate that a list takes', () => {
  const flat = Array.from({ length: 500 }, (_, i) => [
    i * 4,
    Math.round(80 * Math.sin(i / 9) * 64) / 64,
  ]).flat()
  expect(packPoints(flat).length).toBeLessThan((flat.length * 5) / 2)
})

test('arbitrary bytes unpack to pairs of finite numbers or to nothing, and are counted exactly when they unpack', () => {
  const tail = fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 40 })
  const headed = fc
    .tuple(fc.constantFrom(1, 2), fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }), tail)
    .map(([format, precision, count, rest]) => Uint8Array.from([format, precision, count, ...rest]))
  const whole = points.map(flat => packPoints(flat))
  let lines = 0
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 40 }), headed, whole), bytes => {
      const flat = unpackPoints(bytes)
      const count = scanPoints(bytes, () => {})
      expect(count).toBe(flat && flat.length / 2)
      if (!flat) return
      lines += 1
      expect(flat.length).toBeGreaterThan(0)
      expect(flat.every(Number.isFinite)).toBe(true)
    }),
    { numRuns: 3000 },
  )
  // Otherwise the property above says nothing.
  expect(lines).toBeGreaterThan(500)
})

test('a line that is cut off, has a rest, or claims a billion points is nothing', () => {
  fc.assert(
    fc.property(points, fc.nat(), (flat, cut) => {
      const bytes = packPoints(flat)
      expect(unpackPoints(bytes.slice(0, cut % bytes.length))).toBeUndefined()
      expect(unpackPoints(Uint8Array.from([...bytes, 0]))).toBeUndefined()
    }),
  )
  expect(unpackPoints(Uint8Array.from([1, 4, 0x80, 0x80, 0x80, 0x80, 0x04, 1, 1]))).toBeUndefined()
})
