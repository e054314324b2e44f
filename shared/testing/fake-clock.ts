import type { Clock } from '../util/clock.ts'

interface Timer {
  at: number
  order: number
  task: () => void
  /** Whether it was undone, or has run. */
  isUndone: boolean
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
const SETTLE_ROUNDS = 80

async function settlePromises(): Promise<void> {
  for (let round = 0; round < SETTLE_ROUNDS; round += 1) await Promise.resolve()
}

/** What waits, the next first: a binary heap. What was undone stays in it until its turn. */
class Agenda {
  readonly #heap: Timer[] = []

  add(timer: Timer): void {
    const heap = this.#heap
    let at = heap.push(timer) - 1
    for (let above = (at - 1) >> 1; at > 0 && isBefore(timer, heap[above] as Timer); above = (at - 1) >> 1) {
      heap[at] = heap[above] as Timer
      at = above
    }
    heap[at] = timer
  }

  /** Takes out the next that is due, undone ones left out. */
  take(until: number): Timer | undefined {
    for (let next = this.#heap[0]; next && (next.isUndone || next.at <= until); next = this.#heap[0]) {
      this.#removeFirst()
      if (!next.isUndone) return next
    }
    return undefined
  }

  #removeFirst(): void {
    const heap = this.#heap
    const last = heap.pop() as Timer
    if (heap.length === 0) return
    let at = 0
    for (let below = 1; below < heap.length; below = 2 * at + 1) {
      const right = heap[below + 1]
      if (right && isBefore(right, heap[below] as Timer)) below += 1
      const smaller = heap[below] as Timer
      if (!isBefore(smaller, last)) break
      heap[at] = smaller
      at = below
    }
    heap[at] = last
  }
}

const isBefore = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)

/** A clock that stands still until it is told to move. */
export function fakeClock(start = 0): FakeClock {
  let now = start
  let asked = 0
  let waiting = 0
  const agenda = new Agenda()

  function nextDue(until: number): Timer | undefined {
    const due = agenda.take(until)
    if (due) waiting -= 1
    return due
  }

  function run(timer: Timer): void {
    timer.isUndone = true
    now = Math.max(now, timer.at)
    timer.task()
  }

  return {
    now: () => now,
    after(ms, task) {
      const timer = { at: now + Math.max(0, ms), order: asked++, task, isUndone: false }
      agenda.add(timer)
      waiting += 1
      return () => {
        if (!timer.isUndone) waiting -= 1
        timer.isUndone = true
      }
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
      return waiting
    },
  }
}
