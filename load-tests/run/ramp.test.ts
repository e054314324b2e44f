import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GeneratorError } from '../fleet/fleet.ts'
import type { Load } from '../plan.ts'
import { result } from '../result.testing.ts'
import type { RunResult } from '../result.ts'
import { climb, highestHeld, nextLoad, type Probe } from './ramp.ts'

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

const load = (changed: Partial<Load>): Load => ({ ...result().load, ...changed })

const answer = (isHeld: boolean): RunResult =>
  result({ verdict: { isHeld, misses: [], isBroken: false, generatorLimits: [] } })

test('each board keeps somebody: what was run is what is told', async () => {
  const ran: number[] = []
  const found = await climb(load({ clients: 500, rooms: 100 }), 'clients', async ({ clients }) => {
    ran.push(clients)
    return answer(clients <= 100)
  })
  expect(ran).toEqual([500, 250, 125, 100, 113, 107].slice(0, ran.length))
  expect(found.highest).toBe(100)
  const none = await climb(load({ clients: 4, rooms: 10 }), 'clients', async () => answer(false))
  expect(none.highest).toBeNull()
})

test('a relay that takes no more people is at its limit', async () => {
  const found = await climb(load({ clients: 4, rooms: 1 }), 'clients', async ({ clients }) => {
    if (clients > 20) throw new Error('3 people could not join in a minute.')
    return answer(true)
  })
  expect(found).toMatchObject({ trouble: '3 people could not join in a minute.', isGeneratorLimited: false })
  expect(found.highest).toBeGreaterThanOrEqual(18)
  expect(found.highest).toBeLessThanOrEqual(20)
})

test('a first load that cannot be run, and a generator that breaks, end the search', async () => {
  const refuse = () => Promise.reject(new Error('cannot be reached'))
  await expect(climb(load({}), 'clients', refuse)).rejects.toThrow('cannot be reached')
  const runs = [async () => answer(true), () => Promise.reject(new GeneratorError('ended'))]
  await expect(climb(load({ rooms: 1 }), 'clients', () => runs.shift()?.() ?? refuse())).rejects.toThrow(
    'ended',
  )
})

test('a search by the rate does not stay at none', () => {
  expect(new Set(search(0, 1000, value => value <= 3).map(probe => probe.load)).size).toBeGreaterThan(2)
})
