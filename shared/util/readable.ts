/** A value that changes, and a way to hear of it. Listeners are told of changes only, never of the value at start. */
export interface Readable<T> {
  readonly state: T
  /** Returns its own undo. */
  subscribe(listener: (state: T) => void): () => void
}

/** A Readable whose owner sets the value; a value equal to the last one (by `same`) is not told. */
export class Cell<T> implements Readable<T> {
  readonly #listeners = new Set<(state: T) => void>()
  readonly #same: (a: T, b: T) => boolean
  #state: T

  constructor(initial: T, same: (a: T, b: T) => boolean = Object.is) {
    this.#state = initial
    this.#same = same
  }

  get state(): T {
    return this.#state
  }

  set(next: T): void {
    if (this.#same(this.#state, next)) return
    this.#state = next
    for (const listener of [...this.#listeners]) listener(next)
  }

  subscribe(listener: (state: T) => void): () => void {
    const own = (state: T) => listener(state)
    this.#listeners.add(own)
    return () => this.#listeners.delete(own)
  }

  /** Forgets every listener: the owner is gone and will never set again. */
  clear(): void {
    this.#listeners.clear()
  }
}

/** Equality of small flat states such as `{at: 'offline', retryAt: 5}`. */
export function sameFlat<T extends object>(a: T, b: T): boolean {
  const left = Object.entries(a)
  const right = b as Record<string, unknown>
  return left.length === Object.keys(b).length && left.every(([key, value]) => Object.is(right[key], value))
}
