import { createHash } from 'node:crypto'

/** Bytes that are set aside at first. */
const INITIAL_BYTES = 64 * 1024

/**
 * Content that arrives in pieces, hashed as it comes. It is copied together at once: an array of a million pieces of one
 * byte would take far more memory than the bytes.
 */
export class IncomingImage {
  #buffer = Buffer.allocUnsafeSlow(INITIAL_BYTES)
  #bytes = 0
  readonly #hash = createHash('sha256')

  get bytes(): number {
    return this.#bytes
  }

  /** All that has arrived, as a view. */
  get content(): Buffer {
    return this.#buffer.subarray(0, this.#bytes)
  }

  add(piece: Uint8Array): void {
    const needed = this.#bytes + piece.length
    if (needed > this.#buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#buffer.length))
      larger.set(this.content)
      this.#buffer = larger
    }
    this.#buffer.set(piece, this.#bytes)
    this.#bytes = needed
    this.#hash.update(piece)
  }

  /** The SHA-256 of all, in hex. To be called once, at the end. */
  digest(): string {
    return this.#hash.digest('hex')
  }
}
