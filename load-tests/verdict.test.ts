import { expect, test } from 'vitest'
import { convergence, row, spread, totals } from './result.testing.ts'
import { verdictOf } from './verdict.ts'
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
    ...changed,
  })

test('a run in which all went well holds', () => {
  expect(judged()).toEqual({ isHeld: true, misses: [], generatorLimits: [] })
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
