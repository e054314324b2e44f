import fc from 'fast-check'
import { expect, test } from 'vitest'
import { highestHeld, nextLoad, type Probe } from './ramp.ts'

function search(first: number, most: number, holds: (load: number) => boolean): Probe[] {
  const probes: Probe[] = []
  for (let load = nextLoad(first, most, probes); load !== null; load = nextLoad(first, most, probes)) {
    probes.push({ load, isHeld: holds(load) })
  }
  return probes
}

test('the highest load that holds is found to a tenth, whatever the first guess', () => {
  const limits = fc.record({
    first: fc.integer({ min: 1, max: 500 }),
    limit: fc.integer({ min: 1, max: 5000 }),
  })
  fc.assert(
    fc.property(limits, ({ first, limit }) => {
      const probes = search(first, 20_000, load => load <= limit)
      const found = highestHeld(probes) ?? 0
      expect(found).toBeLessThanOrEqual(limit)
      expect(found).toBeGreaterThan(limit / 1.11 - 2)
      expect(probes.length).toBeLessThanOrEqual(20)
      expect(new Set(probes.map(probe => probe.load)).size).toBe(probes.length)
    }),
  )
})

test('a search ends where nothing holds, and where everything does', () => {
  expect(highestHeld(search(100, 20_000, () => false))).toBeNull()
  expect(highestHeld(search(100, 20_000, () => true))).toBe(20_000)
})

test('a load that held only sometimes does not keep a search going', () => {
  let tries = 0
  const probes = search(64, 20_000, () => (tries++ * 7) % 3 !== 1)
  expect(probes.length).toBeLessThanOrEqual(20)
})
