import type { RoomParts } from './seams.ts'

/** ms of rest for each client that was told, while the relay has time, and when it is all busy: who waits for each answer is not slowed. */
const [SHORT_REST, LONG_REST] = [5, 50]

/** ms of rest at the most. */
const LONGEST_REST = 250

interface Acknowledged {
  /** Lets the client know how many of its frames, from the first, are durable. */
  acknowledge(frames: number): void
}

/**
 * Tells clients what of theirs is durable: at once on a quiet board, and on a busy one every client at most once in a while.
 * Only the newest count says anything.
 */
export class Acknowledgements {
  readonly #parts: Pick<RoomParts, 'clock' | 'seconds' | 'utilization'>
  readonly #waiting = new Map<Acknowledged, number>()
  #cancel: (() => void) | null = null
  /** Seconds, from when on the next may be told at once. */
  #restedAt = 0
  #isStopped = false

  constructor(parts: Pick<RoomParts, 'clock' | 'seconds' | 'utilization'>) {
    this.#parts = parts
  }

  add(counts: ReadonlyMap<Acknowledged, number>): void {
    for (const [session, frames] of counts) this.#waiting.set(session, frames)
    if (this.#cancel) return
    const rest = (this.#restedAt - this.#parts.seconds()) * 1000
    if (rest <= 0 || this.#isStopped) this.#tell()
    else this.#cancel = this.#parts.clock.after(Math.ceil(rest), () => this.#tell())
  }

  /** Tells at once what waits. */
  flush(): void {
    if (this.#waiting.size > 0) this.#tell()
  }

  /** Tells at once what waits, and from now on whatever comes. */
  stop(): void {
    this.#isStopped = true
    this.flush()
  }

  #tell(): void {
    this.#cancel?.()
    this.#cancel = null
    const { seconds, utilization } = this.#parts
    const each = SHORT_REST + (LONG_REST - SHORT_REST) * utilization()
    this.#restedAt = seconds() + Math.min(LONGEST_REST, each * this.#waiting.size) / 1000
    for (const [session, frames] of this.#waiting) session.acknowledge(frames)
    this.#waiting.clear()
  }
}
