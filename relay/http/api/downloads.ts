import type { ObjectStream } from '../../storage/object-store.ts'

/** Bytes that a client is handed at once. */
const PIECE_BYTES = 64 * 1024

/** What may be fetched from the store at once: each of them is a whole board in memory. */
const FETCHED_AT_ONCE = 4

/** Bytes of what is being sent, beyond which nothing more is fetched: who reads slowly holds a whole board for long. */
const SENT_AT_ONCE = 256 * 1024 * 1024

/** Holds what is in memory for downloads to what this machine can bear, whoever asks and however slowly they read. */
export class Downloads {
  #fetched = 0
  #sentBytes = 0

  /** What `fetch` resolves to, to be sent piece by piece; `busy` when there is too much under way. */
  async begin(fetch: () => Promise<Uint8Array | null>): Promise<ObjectStream | null | 'busy'> {
    if (this.#fetched >= FETCHED_AT_ONCE || this.#sentBytes >= SENT_AT_ONCE) return 'busy'
    this.#fetched += 1
    try {
      const content = await fetch()
      return content && { bytes: content.length, content: this.#pieces(content) }
    } finally {
      this.#fetched -= 1
    }
  }

  /** Counts only once it is read: an answer whose client has gone never is. */
  async *#pieces(content: Uint8Array): AsyncGenerator<Uint8Array> {
    this.#sentBytes += content.length
    try {
      for (let at = 0; at < content.length; at += PIECE_BYTES) yield content.subarray(at, at + PIECE_BYTES)
    } finally {
      this.#sentBytes -= content.length
    }
  }
}
