/** What the relay must do after it took a document frame. */
type Followup = 'none' | 'ask'

/** How much of a document frame is in the board: all, not what lacks dependencies, or nothing. */
export type Taking = 'whole' | 'incomplete' | 'left out'

/**
 * Counts the document frames of one connection, for `ack`.
 *
 * 1. A frame with missing dependencies opens a gap: neither it nor later frames count.
 * 2. The next sync step 2 closes the gap. It was written after the gap's frame, from all that the sender has, so it
 *    covers that frame and everything between. What is missing even then, the sender lacks too: not its own writing.
 * 3. One question is out at a time; the sync step 1 that greets a connection is the first.
 * 4. A sync step 2 that was left out opens a gap as well. The next frame asks for another: by then the relay may have, from
 *    others, what this sender may not write.
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

  take(kind: 'syncStep2' | 'update', taking: Taking): Followup {
    this.#taken += 1
    if (kind === 'syncStep2') {
      this.#gap = taking === 'left out'
      this.#asked = false
    } else if (taking !== 'whole') {
      this.#gap = true
    }
    if (!this.#gap) this.#whole = this.#taken
    if (!this.#gap || this.#asked || kind === 'syncStep2') return 'none'
    this.#asked = true
    return 'ask'
  }
}
