import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../../shared/testing/seeded-random.ts'
import { systemClock } from '../../../shared/util/clock.ts'
import { localStoreContract } from '../local-store.contract.ts'
import { SimDevice } from './sim-device.ts'
import { type Course, type Outcome, simulate } from './simulation.ts'

/** More runs when somebody asks for them: `SIM_SEEDS=500 npx vitest run client/sync/sim`. */
const SEEDS = Number(process.env.SIM_SEEDS ?? 20)

/** ms. Far above what a run takes, so that a slow machine is no failure. */
const TIMEOUT = 60_000 + SEEDS * 10_000

const crowded: Course = { duration: 30_000, relay: 'unreliable' }
const alone: Course = { duration: 10_000, relay: 'none' }

async function runs(course: Course, from: number, count: number): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (let seed = from; seed < from + count; seed += 1) outcomes.push(await simulate(seed, course))
  return outcomes
}

/** The problems of all runs, each with the seed that shows it again. */
function problemsOf(outcomes: readonly Outcome[]): string[] {
  return outcomes.flatMap(({ seed, problems }) => problems.map(problem => `seed ${seed}: ${problem}`))
}

const total = (outcomes: readonly Outcome[], read: (outcome: Outcome) => number): number =>
  outcomes.reduce((sum, outcome) => sum + read(outcome), 0)

describe('five people, two of them in two tabs, over a network that breaks', () => {
  test(
    `with an unreliable relay all boards agree after healing and no acknowledged change is missing (${SEEDS} seeds)`,
    async () => {
      const outcomes = await runs(crowded, 1, SEEDS)
      expect(problemsOf(outcomes)).toEqual([])
      expect(total(outcomes, run => run.gestures)).toBeGreaterThan(300 * SEEDS)
      expect(total(outcomes, run => run.faults)).toBeGreaterThan(15 * SEEDS)
      expect(total(outcomes, run => run.claims.durable)).toBeGreaterThan(50 * SEEDS)
      expect(total(outcomes, run => run.claims.peers)).toBeGreaterThan(50 * SEEDS)
    },
    TIMEOUT,
  )

  test(
    'a relay that comes back with an empty disk has all that was in a snapshot, and everybody agrees in the end',
    async () => {
      const outcomes = await runs({ ...crowded, relay: 'replaced' }, 3_000, Math.ceil(SEEDS / 2))
      expect(problemsOf(outcomes)).toEqual([])
      expect(total(outcomes, run => run.claims.snapshot)).toBeGreaterThan(5 * outcomes.length)
    },
    TIMEOUT,
  )

  test(
    'without any relay a line of direct links brings every change to everybody',
    async () => {
      const outcomes = await runs(alone, 1_000, Math.ceil(SEEDS / 3))
      expect(problemsOf(outcomes)).toEqual([])
    },
    TIMEOUT,
  )

  test(
    'when the relay dies for good while people draw, a line of direct links brings every change to everybody',
    async () => {
      const outcomes = await runs({ duration: 5_000, relay: 'dies' }, 2_000, Math.ceil(SEEDS / 2))
      expect(problemsOf(outcomes)).toEqual([])
    },
    TIMEOUT,
  )

  test(
    'a seed takes the same course each time, and another seed another',
    async () => {
      const course: Course = { ...crowded, duration: 5_000 }
      const [first, again, other] = [
        await simulate(7, course),
        await simulate(7, course),
        await simulate(8, course),
      ]
      expect(again.trace).toBe(first.trace)
      expect(other.trace).not.toBe(first.trace)
    },
    TIMEOUT,
  )

  test(
    'a relay that acknowledges before its log has the change is found out',
    async () => {
      const outcomes = await runs({ ...crowded, duration: 5_000, relay: 'lying' }, 1, 2)
      expect(problemsOf(outcomes).join('\n')).toContain("was told durable, but the relay's disk lacks")
    },
    TIMEOUT,
  )
})

// The simulated device keeps the promises of the real one.
const device = new SimDevice(systemClock, seededRandom(1))
localStoreContract('the simulated device', () => device)
