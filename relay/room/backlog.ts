/** Somebody whose socket does not keep up. */
interface Laggard {
  /** Its connection ends at once, and what waits for it is forgotten. */
  giveUp(): void
}

/**
 * What waits in the sockets of all boards together. A board may be asked for by as many as it takes connections, and each
 * is one answer of its whole size: from some on they would take all the memory there is. Then the one is cut off that has
 * been behind for the longest time; who reads is behind for a moment only.
 */
export class Backlog {
  readonly #maxBytes: number
  #bytes = 0
  /** Who came last stands last. */
  readonly #waiting = new Map<Laggard, number>()

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** So many bytes wait for somebody now; 0 when they keep up, or are gone. */
  note(laggard: Laggard, bytes: number): void {
    this.#bytes += bytes - (this.#waiting.get(laggard) ?? 0)
    if (bytes > 0) this.#waiting.set(laggard, bytes)
    else this.#waiting.delete(laggard)
    while (this.#bytes > this.#maxBytes) {
      const [longest] = this.#waiting.keys()
      if (!longest) return
      this.note(longest, 0)
      longest.giveUp()
    }
  }
}
