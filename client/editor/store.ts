/**
 * Holds a state that is replaced, never changed, and tells subscribers: once after each outermost `batch`, however
 * much it changed, and not at all when nothing did.
 */
export class Store<S extends object> {
  readonly #listeners = new Set<() => void>()
  #state: S
  #depth = 0
  #hasNews = false

  constructor(state: S) {
    this.#state = state
  }

  get state(): S {
    return this.#state
  }

  set(change: Partial<S>): void {
    const keys = Object.keys(change) as (keyof S)[]
    if (keys.every(key => Object.is(this.#state[key], change[key]))) return
    this.batch(() => {
      this.#state = { ...this.#state, ...change }
      this.#hasNews = true
    })
  }

  /** Subscribers are to be told, though the state itself is the same: something that it stands beside has changed. */
  tell(): void {
    this.batch(() => {
      this.#hasNews = true
    })
  }

  batch(work: () => void): void {
    this.#depth += 1
    try {
      work()
    } finally {
      this.#depth -= 1
    }
    if (this.#depth > 0 || !this.#hasNews) return
    this.#hasNews = false
    for (const listener of [...this.#listeners]) listener()
  }

  /** Returns its own undo. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
