/** A running hash of everything that happened: two runs with one hash took the same course. */
export class Trace {
  #hash = 0x811c9dc5
  #events = 0

  add(event: string, bytes?: Uint8Array): void {
    this.#events += 1
    for (let i = 0; i < event.length; i += 1) this.#mix(event.charCodeAt(i))
    if (bytes) for (const byte of bytes) this.#mix(byte)
  }

  get digest(): string {
    return `${this.#events}-${(this.#hash >>> 0).toString(16)}`
  }

  /** FNV-1a. */
  #mix(value: number): void {
    this.#hash = Math.imul(this.#hash ^ value, 0x01000193)
  }
}
