import { TokenBucket } from '../room/token-bucket.ts'

export interface Rate {
  readonly perSecond: number
  /** At once, after a rest. */
  readonly most: number
}

/** How often each of many names may do something. It remembers only those that have done it in the last seconds. */
export class Rates {
  readonly #rate: Rate
  readonly #seconds: () => number
  readonly #buckets = new Map<string, TokenBucket>()
  #sweptAt: number

  /** @param seconds of a clock that is never set back. */
  constructor(rate: Rate, seconds: () => number) {
    this.#rate = rate
    this.#seconds = seconds
    this.#sweptAt = seconds()
  }

  /** Names remembered. */
  get size(): number {
    return this.#buckets.size
  }

  /** Whether the name may do it now; if so it has. */
  take(name: string): boolean {
    const now = this.#seconds()
    this.#sweep(now)
    const bucket = this.#buckets.get(name) ?? this.#add(name, now)
    return bucket.take(1, now)
  }

  /** Whether the name may do it now. */
  allows(name: string): boolean {
    const bucket = this.#buckets.get(name)
    return !bucket || bucket.left(this.#seconds()) >= 1
  }

  #add(name: string, now: number): TokenBucket {
    const bucket = new TokenBucket(this.#rate.perSecond, this.#rate.most, now)
    this.#buckets.set(name, bucket)
    return bucket
  }

  /** Forgets who has rested, as often as that takes: names that come once each then cost one look each. */
  #sweep(now: number): void {
    if (now - this.#sweptAt < this.#rate.most / this.#rate.perSecond) return
    this.#sweptAt = now
    for (const [name, bucket] of this.#buckets) {
      if (bucket.left(now) >= this.#rate.most) this.#buckets.delete(name)
    }
  }
}
