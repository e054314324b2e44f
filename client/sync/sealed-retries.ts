import { retryDelay } from '../../shared/util/backoff.ts'
import type { Clock } from '../../shared/util/clock.ts'
import type { Random } from '../../shared/util/random.ts'

/** ms. A disk that is full stays so for a while; half a minute is soon enough once it has room. */
const RETRY = { first: 1_000, max: 30_000 }

/** Does something again, later and later, until it succeeds. */
export class Retries {
  readonly #deps: { readonly clock: Clock; readonly random: Random }
  readonly #task: () => void
  #attempt = 0
  #stop: (() => void) | null = null

  constructor(deps: { readonly clock: Clock; readonly random: Random }, task: () => void) {
    this.#deps = deps
    this.#task = task
  }

  /** Asks for another try; one that waits already is enough. */
  soon(): void {
    const { clock, random } = this.#deps
    this.#stop ??= clock.after(retryDelay(RETRY, this.#attempt++, random), () => {
      this.#stop = null
      this.#task()
    })
  }

  /** The next failure is a first one again. */
  succeeded(): void {
    this.#attempt = 0
  }

  stop(): void {
    this.#stop?.()
    this.#stop = null
  }
}
