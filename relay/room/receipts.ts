/** What the relay must do after it took a document frame. */
type Followup = 'none' | 'ask'

/**
 * Counts the document frames of one connection, for `ack`.
 *
 * 1. A frame with missing dependencies opens a gap: neither it nor later frames count.
 * 2. The next sync step 2 closes the gap. It was written after the gap's frame, from all that the sender has, so it
 *    covers that frame and everything between. What is missing even then, the sender lacks too: not its own writing.
 * 3. One question is out at a time; the sync step 1 that greets a connection is the first.
 */
export class Receipts {
  #taken = 0
  #whole = 0
  #gap = false
  #asked = true

  /** Frames, from the first, of which everything has been integrated. */
  get whole(): number {
    return this.#whole
  }

  take(kind: 'syncStep2' | 'update', complete: boolean): Followup {
    this.#taken += 1
    if (kind === 'syncStep2') {
      this.#gap = false
      this.#asked = false
    } else if (!complete) {
      this.#gap = true
    }
    if (!this.#gap) this.#whole = this.#taken
    if (!this.#gap || this.#asked) return 'none'
    this.#asked = true
    return 'ask'
  }
}
