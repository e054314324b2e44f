import { expect, test } from 'vitest'
import { result } from '../result.testing.ts'
import type { RampResult, Verdict } from '../result.ts'
import type { Entry } from '../run/comparison.ts'
import type { Contender } from './compare-options.ts'
import { comparisonTrouble, exitOf, exitOfComparison, exitOfRamp } from './outcome.ts'

const HELD: Verdict = { isHeld: true, misses: [], isBroken: false, generatorLimits: [] }
const SLOW: Verdict = { ...HELD, isHeld: false, misses: ['It was slow.'] }
const DIVERGED: Verdict = { ...SLOW, isBroken: true, misses: ['Person 3 differs.'] }
const LATE: Verdict = { ...HELD, generatorLimits: ['It was late.'] }

const entry = (contender: Contender, verdict: Verdict): Entry => ({
  ...{ contender, workload: 'one-room' },
  result: result({ verdict }),
})

test('a run that says nothing is neither good nor bad', () => {
  expect([HELD, SLOW, DIVERGED, LATE].map(exitOf)).toEqual([0, 1, 1, 3])
  expect(exitOf({ ...SLOW, generatorLimits: LATE.generatorLimits })).toBe(3)
  expect(exitOf({ ...DIVERGED, generatorLimits: LATE.generatorLimits })).toBe(1)
})

test('a ramp in which nothing held says so, or that the generator was too slow for any', () => {
  const found = (highest: number | null, isGeneratorLimited: boolean): RampResult => ({
    ...{ format: 'driftboard-load-ramp', version: 1, label: '', by: 'clients', trouble: null, runs: [] },
    ...{ highest, isGeneratorLimited },
  })
  expect([found(5, true), found(null, false), found(null, true)].map(exitOfRamp)).toEqual([0, 1, 3])
})

test('a comparison fails with ours, and not with another that drowns', () => {
  const drowned = entry('y-websocket', DIVERGED)
  const others = [entry('bare', LATE), drowned]
  expect(exitOfComparison([entry('ours', HELD), ...others])).toBe(0)
  expect(comparisonTrouble([entry('ours', HELD), ...others])).toEqual([])
  expect(exitOfComparison([entry('ours', LATE), ...others])).toBe(3)
  const failed = [entry('ours', LATE), entry('ours-ws', DIVERGED), ...others]
  expect(exitOfComparison(failed)).toBe(1)
  expect(comparisonTrouble(failed)).toEqual([
    'Driftboard (ws), one-room: says nothing, the generator was the bottleneck. It was late.',
    'Driftboard (ws), one-room: did not hold. Person 3 differs.',
  ])
})
