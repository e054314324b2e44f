/** How much of something may happen: so much a second, and so much at once after a rest. */
export class TokenBucket {
  readonly #perSecond: number
  readonly #most: number
  #left: number
  #filledAt: number

  /** @param now in seconds, as all times here, of a clock that is never set back. */
  constructor(perSecond: number, most: number, now: number) {
    this.#perSecond = perSecond
    this.#most = most
    this.#left = most
    this.#filledAt = now
  }

  /** How much there is. */
  left(now: number): number {
    this.#left = Math.min(this.#most, this.#left + (now - this.#filledAt) * this.#perSecond)
    this.#filledAt = now
    return this.#left
  }

  /** Takes `count` out if there is as much; returns whether there was. */
  take(count: number, now: number): boolean {
    if (count > this.left(now)) return false
    this.#left -= count
    return true
  }
}
