/**
 * Counts the document messages of one link, for `got`: one that was not taken, and those after it, count with the next sync
 * step 2, which was written after it from all that the sender has.
 */
export class PeerIntake {
  #taken = 0
  #whole = 0
  #hasGap = false

  /** Messages, from the first, that the document holds. */
  get whole(): number {
    return this.#whole
  }

  take(kind: 'syncStep2' | 'update', isWhole: boolean): void {
    this.#taken += 1
    this.#hasGap = kind === 'update' && (this.#hasGap || !isWhole)
    if (!this.#hasGap) this.#whole = this.#taken
  }
}
