import type { Clock } from './clock.ts'

/** Seconds of such work that are done at a time. */
const TURN = 0.004

/** ms between two turns, for whatever else there is to do. */
const PAUSE = 1

/**
 * Makes work that comes in crowds take turns with everything else: a thousand clients who come back at the same moment hold
 * nobody else up. What finds time is done at once; the rest waits in its order.
 */
export class Turns {
  readonly #clock: Clock
  readonly #seconds: () => number
  readonly #queue: (() => void)[] = []
  #at = 0
  /** Seconds that this turn has taken. */
  #spent = 0
  #isComing = false

  /** @param seconds that only ever go on, from any start. */
  constructor(clock: Clock, seconds: () => number) {
    this.#clock = clock
    this.#seconds = seconds
  }

  run(task: () => void): void {
    if (this.#spent >= TURN || this.#at < this.#queue.length) this.#queue.push(task)
    else this.#time(task)
    this.#wait()
  }

  #time(task: () => void): void {
    const begun = this.#seconds()
    try {
      task()
    } finally {
      this.#spent += this.#seconds() - begun
    }
  }

  #wait(): void {
    const isOver = this.#spent === 0 && this.#at === this.#queue.length
    if (this.#isComing || isOver) return
    this.#isComing = true
    this.#clock.after(PAUSE, () => this.#turn())
  }

  #turn(): void {
    this.#isComing = false
    this.#spent = 0
    try {
      while (this.#at < this.#queue.length && this.#spent < TURN) this.#time(this.#next())
    } finally {
      if (this.#at === this.#queue.length) this.#queue.length = this.#at = 0
      this.#wait()
    }
  }

  /** Lets go of the task: the queue is emptied when all of it is done. */
  #next(): () => void {
    const task = this.#queue[this.#at] as () => void
    this.#queue[this.#at] = done
    this.#at += 1
    return task
  }
}

const done = (): void => undefined
