/** Values by name up to a number of bytes: what was not asked for the longest goes first, what is pinned stays. */
export class ByteCache {
  readonly #held = new Map<string, Uint8Array<ArrayBuffer>>()
  readonly #pinned = new Set<string>()
  #bytes = 0

  constructor(private readonly mostBytes: number) {}

  /** Of all that is held. */
  get bytes(): number {
    return this.#bytes
  }

  get(name: string): Uint8Array<ArrayBuffer> | undefined {
    const value = this.#held.get(name)
    if (!value) return undefined
    // A Map keeps the order of setting: now it is the newest.
    this.#held.delete(name)
    this.#held.set(name, value)
    return value
  }

  set(name: string, value: Uint8Array<ArrayBuffer>): void {
    this.#drop(name)
    this.#held.set(name, value)
    this.#bytes += value.length
    this.#trim()
  }

  /** Keeps the value until `unpin`, however much there is: it is nowhere else. */
  pin(name: string, value: Uint8Array<ArrayBuffer>): void {
    this.#pinned.add(name)
    this.set(name, value)
  }

  unpin(name: string): void {
    this.#pinned.delete(name)
    this.#trim()
  }

  #trim(): void {
    for (const name of [...this.#held.keys()]) {
      if (this.#bytes <= this.mostBytes) return
      if (!this.#pinned.has(name)) this.#drop(name)
    }
  }

  #drop(name: string): void {
    this.#bytes -= this.#held.get(name)?.length ?? 0
    this.#held.delete(name)
  }
}
