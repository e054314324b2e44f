import type { Clock } from '../util/clock.ts'

interface Timer {
  at: number
  order: number
  task: () => void
}

export interface FakeClock extends Clock {
  /** Moves time on, running what falls due in order of time, then of asking. */
  advance(ms: number): void
  /** Moves time on as `advance`, letting promises settle before and after every task. */
  settle(ms?: number): Promise<void>
  /** Tasks that still wait. */
  readonly waiting: number
}

/** Rounds of microtasks given to promises between two tasks: enough for every await chain in the project. */
const SETTLE_ROUNDS = 20

async function settlePromises(): Promise<void> {
  for (let round = 0; round < SETTLE_ROUNDS; round += 1) await Promise.resolve()
}

/** A clock that stands still until it is told to move. */
export function fakeClock(start = 0): FakeClock {
  let now = start
  let asked = 0
  const timers = new Set<Timer>()

  function nextDue(until: number): Timer | undefined {
    let due: Timer | undefined
    for (const timer of timers) {
      if (timer.at > until) continue
      if (!due || timer.at < due.at || (timer.at === due.at && timer.order < due.order)) due = timer
    }
    return due
  }

  function run(timer: Timer): void {
    timers.delete(timer)
    now = Math.max(now, timer.at)
    timer.task()
  }

  return {
    now: () => now,
    after(ms, task) {
      const timer = { at: now + Math.max(0, ms), order: asked++, task }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    advance(ms) {
      const until = now + ms
      for (let timer = nextDue(until); timer; timer = nextDue(until)) run(timer)
      now = until
    },
    async settle(ms = 0) {
      const until = now + ms
      await settlePromises()
      for (let timer = nextDue(until); timer; timer = nextDue(until)) {
        run(timer)
        await settlePromises()
      }
      now = until
    },
    get waiting() {
      return timers.size
    },
  }
}
