import { type Backoff, retryDelay } from '../../../shared/util/backoff.ts'
import type { Clock } from '../../../shared/util/clock.ts'
import { imageTypeOf } from '../../../shared/util/image-type.ts'
import type { Random } from '../../../shared/util/random.ts'
import type { RemoteAssets, Sent } from './relay-assets.ts'

export interface UploadsOptions {
  readonly remote: RemoteAssets
  readonly clock: Clock
  readonly random: Random
  /** Whether the relay can be reached, and would take an image from here. */
  readonly mayWrite: () => boolean
  /** Null when the image is gone from this device. */
  readonly read: (hash: string) => Promise<Uint8Array<ArrayBuffer> | null>
  /** The relay has the image, or nobody has it any more. */
  readonly onDone: (hash: string) => void
  /** The relay will not have an image; the reason is for the person. */
  readonly onRefused: (reason: string) => void
  /** How many are waiting may have changed. */
  readonly onChange: () => void
}

const RETRY: Backoff = { first: 1_000, max: 60_000 }

/**
 * Brings images to the relay, one at a time.
 *
 * 1. What waits is sent while it may be, and waits on while it may not.
 * 2. What could not be sent is tried again, later and later; a link that comes back begins anew.
 * 3. What was refused is not tried again before the board is opened the next time: there may be more room by then.
 */
export class Uploads {
  readonly #options: UploadsOptions
  readonly #waiting = new Set<string>()
  /** What was sent, or refused, since the board was opened. */
  readonly #settled = new Set<string>()
  #sending: string | null = null
  #attempt = 0
  #stopTimer: (() => void) | null = null
  #isDestroyed = false

  constructor(options: UploadsOptions) {
    this.#options = options
  }

  /** Images that the relay does not have yet, and was not heard to refuse. */
  get waiting(): number {
    return this.#waiting.size
  }

  add(hash: string): void {
    if (this.#isDestroyed) return
    this.#waiting.add(hash)
    this.#options.onChange()
    this.#evaluate()
  }

  /** Sends what lies on this device unsent, as far as it was not tried with success or in vain since. */
  resume(hashes: readonly string[]): void {
    for (const hash of hashes) if (!this.#settled.has(hash)) this.add(hash)
  }

  /** `mayWrite` may have changed. */
  linkChanged(): void {
    this.#attempt = 0
    this.#stopTimer?.()
    this.#stopTimer = null
    this.#evaluate()
  }

  destroy(): void {
    this.#isDestroyed = true
    this.#stopTimer?.()
  }

  #evaluate(): void {
    if (this.#isDestroyed || this.#sending !== null || this.#stopTimer || !this.#options.mayWrite()) return
    const [next] = this.#waiting
    if (next !== undefined) void this.#send(next)
  }

  async #send(hash: string): Promise<void> {
    this.#sending = hash
    const outcome = await this.#outcomeOf(hash)
    this.#sending = null
    if (this.#isDestroyed) return
    if (outcome.at === 'failed') this.#putOff(hash)
    else {
      this.#attempt = 0
      this.#waiting.delete(hash)
      this.#settled.add(hash)
      if (outcome.at === 'taken') this.#options.onDone(hash)
      else this.#options.onRefused(outcome.reason)
      this.#options.onChange()
    }
    this.#evaluate()
  }

  async #outcomeOf(hash: string): Promise<Sent> {
    const { read, remote } = this.#options
    try {
      const bytes = await read(hash)
      return bytes ? await remote.put(hash, imageTypeOf(bytes) ?? '', bytes) : { at: 'taken' }
    } catch {
      return { at: 'failed' }
    }
  }

  /** The others have their turn first: one that cannot be read must not hold them up. */
  #putOff(hash: string): void {
    this.#waiting.delete(hash)
    this.#waiting.add(hash)
    const wait = retryDelay(RETRY, this.#attempt++, this.#options.random)
    this.#stopTimer = this.#options.clock.after(wait, () => {
      this.#stopTimer = null
      this.#evaluate()
    })
  }
}
