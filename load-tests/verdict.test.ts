import { expect, test } from 'vitest'
import { convergence, row, spread, totals } from './result.testing.ts'
import { standingOf, verdictOf } from './verdict.ts'
import type { Settled } from './worker/messages.ts'

const settled = (changed: Partial<Settled> = {}): Settled => ({
  ...{ made: 10, safe: 10, leftOut: 0, absent: {}, people: 10, gaps: 0, forgotten: 0, isQuiet: true },
  ...changed,
})

type Judged = Parameters<typeof verdictOf>[0]

const judged = (changed: Partial<Judged> = {}) =>
  verdictOf({
    slo: { deliveryP99: 100, joinP99: 2000 },
    processes: 1,
    rows: [row(), row({ at: 2 })],
    totals: totals(),
    convergence: convergence(),
    settled: settled(),
    steps: [],
    owed: null,
    ...changed,
  })

test('a run in which all went well holds', () => {
  expect(judged()).toEqual({ isHeld: true, misses: [], isBroken: false, generatorLimits: [] })
})

test.each<[string, Partial<Judged>, string]>([
  ['late deliveries', { totals: totals({ delivery: spread(101) }) }, 'p99 of delivery is 101.0 ms'],
  ['slow joining', { totals: totals({ join: spread(2001) }) }, 'p99 of joining is 2001 ms'],
  [
    'a lost safe edit',
    { convergence: convergence({ lostSafe: 1, isProven: false }) },
    '1 edits that the relay had',
  ],
  ['a lost edit', { convergence: convergence({ lost: 2, isProven: false }) }, '2 edits never reached'],
  [
    'another document',
    { convergence: convergence({ problems: ['Person 3 differs'], isProven: false }) },
    'Person 3',
  ],
  [
    'people who are gone',
    { settled: settled({ absent: { '4403': 2 } }) },
    '2 people were not there at the end (4403)',
  ],
  ['unrest', { settled: settled({ isQuiet: false }) }, 'Not everything had arrived'],
  [
    'safe edits that had to be brought again',
    { settled: settled({ forgotten: 2 }) },
    '2 edits that the relay had',
  ],
  ['edits that nobody had time to make', { settled: settled({ leftOut: 4 }) }, '4 edits were never made'],
  ['changes without what they build on', { settled: settled({ gaps: 3 }) }, '3 times a change came without'],
  [
    'a connection that the relay closed',
    { totals: totals({ closes: { '4503': 22, '1006': 2 } }) },
    '24 connections were closed that the scenario does not close (1006 x 2, 4503 x 22).',
  ],
  [
    'an edit that one reader never got, where no documents are kept',
    { convergence: null, owed: 91 },
    '91 edits were to reach a reader, and 90 did.',
  ],
  ['silence', { totals: totals({ delivered: 0, caughtUp: 0 }) }, 'Nothing was delivered'],
])('%s is a miss', (_what, changed, words) => {
  const { isHeld, misses } = judged(changed)
  expect(isHeld).toBe(false)
  expect(misses.join(' ')).toContain(words)
})

test('no latency is asked for where the scenario asks for none', () => {
  const slo = { deliveryP99: null, joinP99: null }
  expect(judged({ slo, totals: totals({ delivery: spread(9000), join: spread(9000) }) }).isHeld).toBe(true)
})

test.each<[string, Partial<Judged>]>([
  ['it is late itself', { totals: totals({ lag: spread(80) }) }],
  ['it is busy all the time', { rows: [row({ generatorCores: 0.99 }), row({ generatorCores: 1 })] }],
  ['it leaves edits out', { settled: settled({ leftOut: 5 }) }],
])('the generator is called the bottleneck when %s', (_what, changed) => {
  expect(judged(changed).generatorLimits).toHaveLength(1)
})

test('what a scenario does to connections is no miss, anything else beside it is', () => {
  const closed = (closes: Record<string, number>, steps: Judged['steps']) =>
    judged({ totals: totals({ closes }), steps }).misses
  const kill = { at: 1, do: 'kill' } as const
  const stall = { at: 1, do: 'stall', share: 0.2 } as const
  const full = { at: 1, do: 'disk full' } as const
  const leave = { at: 1, do: 'leave', share: 0.5 } as const
  expect(closed({ '1006': 40, '4503': 3 }, [kill, full])).toEqual([])
  expect(closed({ '1006': 4, '4529': 8 }, [stall])).toEqual([])
  expect(closed({ '1006': 40, '4413': 1 }, [kill])).toEqual([expect.stringContaining('(4413 x 1)')])
  // Who leaves closes the connection without the relay.
  expect(closed({ '1006': 1 }, [leave])).toHaveLength(1)
})

test('all deliveries that were owed are no miss, also where some came late', () => {
  const some = totals({ delivered: 80, caughtUp: 11 })
  expect(judged({ convergence: null, owed: 91, totals: some }).isHeld).toBe(true)
})

test.each<[string, Partial<Judged>, string]>([
  ['all went well', {}, 'held'],
  ['it was slow', { totals: totals({ delivery: spread(101) }) }, 'missed'],
  ['a late generator alone', { totals: totals({ lag: spread(80) }) }, 'says nothing'],
  [
    'a late generator that was slow',
    { totals: totals({ lag: spread(80), delivery: spread(300) }) },
    'says nothing',
  ],
  ['a late generator that left out edits', { settled: settled({ leftOut: 4 }) }, 'says nothing'],
  [
    'a late generator that did not read in time',
    { totals: totals({ lag: spread(80), closes: { '4529': 3 } }) },
    'says nothing',
  ],
  [
    'a late generator, and a relay that lost edits',
    { totals: totals({ lag: spread(80) }), convergence: convergence({ lost: 1, isProven: false }) },
    'missed',
  ],
  [
    'a late generator, and a relay that closed people',
    { totals: totals({ lag: spread(80), closes: { '4503': 3 } }) },
    'missed',
  ],
])('where %s, the run %s', (_what, changed, standing) => {
  expect(standingOf(judged(changed))).toBe(standing)
})
