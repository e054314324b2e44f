/** First bytes of a document frame: type 0, then sync step 2 (1) or update (2). Both varuints take one byte. */
const SYNC_FRAME = 0
const SYNC_STEP_2 = 1
const SYNC_UPDATE = 2

/**
 * What one connection has sent and what the relay says is on its disk. A count is needed, since a pure deletion
 * does not advance a state vector.
 *
 * Everything this device has is durable on the relay when our answer to the relay's state vector went out (it
 * holds all that the relay lacked) and every document frame sent is acknowledged.
 */
export class AckLedger {
  #sent = 0
  #acknowledged = 0
  #snapshotted = 0
  #answered = false

  get isDurable(): boolean {
    return this.#answered && this.#acknowledged >= this.#sent
  }

  /** Whether all of it is in a stored snapshot besides. */
  get isInSnapshot(): boolean {
    return this.#answered && this.#snapshotted >= this.#sent
  }

  /** To be called with each frame that goes out. */
  onSent(frame: Uint8Array): void {
    if (frame[0] !== SYNC_FRAME) return
    if (frame[1] === SYNC_STEP_2) this.#answered = true
    if (frame[1] === SYNC_STEP_2 || frame[1] === SYNC_UPDATE) this.#sent += 1
  }

  /** To be called with the count of each ack. It never goes down, and never counts what was not sent. */
  onAck(frames: number): void {
    this.#acknowledged = Math.max(this.#acknowledged, Math.min(frames, this.#sent))
  }

  /** To be called with the count of each snapshot. */
  onSnapshot(frames: number): void {
    this.#snapshotted = Math.max(this.#snapshotted, Math.min(frames, this.#sent))
  }
}
