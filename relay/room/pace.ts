import type { Clock } from '../../shared/util/clock.ts'

/** ms after an answer in which the same question gets none. */
const LEAST_PAUSE = 100

/** Bytes of an answer that lengthen the pause by 1 ms: a client that asks without end gets 1 MB a second. */
const BYTES_PER_MS = 1024

/** Spaces out the answers to a question that costs the asker nothing and the relay much. The first is at once. */
export class Pace {
  readonly #clock: Clock
  readonly #onRested: () => void
  #stop: (() => void) | null = null

  /** @param onRested is told when the next answer may go out. */
  constructor(clock: Clock, onRested: () => void) {
    this.#clock = clock
    this.#onRested = onRested
  }

  get isResting(): boolean {
    return this.#stop !== null
  }

  /** To be called after an answer of so many bytes. */
  rest(bytes: number): void {
    this.#stop?.()
    this.#stop = this.#clock.after(LEAST_PAUSE + bytes / BYTES_PER_MS, () => {
      this.#stop = null
      this.#onRested()
    })
  }

  stop(): void {
    this.#stop?.()
    this.#stop = null
  }
}
