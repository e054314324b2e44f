import type { RoomParts } from './seams.ts'

/** ms from one beat to the next while the relay has time: a frame of a screen, so that nobody sees the delay. */
const SHORTEST = 16

/** ms from one beat to the next when the whole relay is busy: fewer, larger ticks make room for more people. */
const LONGEST = 50

/** Of its time, what the relay may be busy with before beats get longer, and from when on they are longest. */
const [SOME, MUCH] = [0.1, 0.4]

/**
 * The beat on which all busy boards tick, one right after the other: the same work a hundred times in a row takes half the
 * time that it takes between other work, and what it writes and sends goes out together.
 */
export class Pulse {
  readonly #parts: Pick<RoomParts, 'clock' | 'seconds' | 'utilization'>
  #waiting = new Set<() => void>()
  #isComing = false
  /** Seconds of the last beat. */
  #last = Number.NEGATIVE_INFINITY

  constructor(parts: Pick<RoomParts, 'clock' | 'seconds' | 'utilization'>) {
    this.#parts = parts
  }

  /** ms from one beat to the next. */
  get length(): number {
    const share = (this.#parts.utilization() - SOME) / (MUCH - SOME)
    return SHORTEST + (LONGEST - SHORTEST) * Math.min(1, Math.max(0, share))
  }

  /**
   * Runs a task on the next beat. Returns its own undo.
   * @param restedAt in seconds, when there is to be a beat if there was none for long
   */
  next(task: () => void, restedAt: number): () => void {
    this.#waiting.add(task)
    if (!this.#isComing) {
      this.#isComing = true
      const { clock, seconds } = this.#parts
      const now = seconds()
      const due = this.#last + this.length / 1000
      const rest = (due > now ? due : restedAt) - now
      clock.after(Math.max(0, Math.ceil(rest * 1000)), () => this.#beat())
    }
    return () => this.#waiting.delete(task)
  }

  #beat(): void {
    this.#isComing = false
    this.#last = this.#parts.seconds()
    const tasks = this.#waiting
    this.#waiting = new Set()
    for (const task of tasks) task()
  }
}
