/** Those who want to know that something has happened, or is about to. */
export class Listeners {
  readonly #all = new Set<() => void>()

  readonly add = (listener: () => void): (() => void) => {
    this.#all.add(listener)
    return () => this.#all.delete(listener)
  }

  tell(): void {
    for (const listener of [...this.#all]) listener()
  }

  clear(): void {
    this.#all.clear()
  }
}
