/** Follows the writes of one room, in their order. After one has failed nothing counts as durable any more. */
export class Durability {
  readonly #onFailure: (error: unknown) => void
  #last: Promise<void> = Promise.resolve()

  /** @param onFailure is told, perhaps more than once. */
  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure
  }

  follow(write: Promise<void>): void {
    const before = this.#last
    this.#last = write.then(() => before)
    this.#last.catch(this.#onFailure)
  }

  /** Runs when everything followed so far is on disk; never, if a write fails. */
  whenDurable(run: () => void): void {
    void this.#last.then(run, () => undefined)
  }

  /** Resolves when everything followed so far is on disk or has failed. */
  settled(): Promise<void> {
    return this.#last.catch(() => undefined)
  }
}
