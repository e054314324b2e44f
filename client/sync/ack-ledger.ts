/** First bytes of a document frame: type 0, then sync step 2 (1) or update (2). Both varuints take one byte. */
const SYNC_FRAME = 0
const SYNC_STEP_2 = 1
const SYNC_UPDATE = 2

/**
 * How many changes of each tab of this browser are somewhere: the first n of those that the tab has told the others
 * (see TabLink).
 */
export type Counts = ReadonlyMap<number, number>

/** Up to here, a connection's frames hold so many of a tab's changes. */
interface Mark {
  readonly frame: number
  readonly tab: number
  count: number
}

/** Marks kept. When there are more, the oldest goes of a tab that has a later one: that one tells the same, later. */
const MARKS_MAX = 256

/**
 * What one connection has sent and what its other end says it has. A count is needed, since a pure deletion
 * does not advance a state vector.
 *
 * Everything this device has is durable on the relay when our answer to the relay's state vector went out (it
 * holds all that the relay lacked) and every document frame sent is acknowledged.
 */
export class AckLedger {
  readonly #held: () => Counts
  readonly #marks: Mark[] = []
  #acknowledgedOf = new Map<number, number>()
  #snapshottedOf = new Map<number, number>()
  #sent = 0
  #acknowledged = 0
  #snapshotted = 0
  #answered = false

  /** @param held what the document holds of each tab, at the moment. */
  constructor(held: () => Counts = () => new Map()) {
    this.#held = held
  }

  get isDurable(): boolean {
    return this.#answered && this.#acknowledged >= this.#sent
  }

  /** Whether all of it is in a stored snapshot besides. */
  get isInSnapshot(): boolean {
    return this.#answered && this.#snapshotted >= this.#sent
  }

  /** What the other end has acknowledged. */
  get acknowledged(): Counts {
    return this.#acknowledgedOf
  }

  get snapshotted(): Counts {
    return this.#snapshottedOf
  }

  /** To be called with each frame that goes out. */
  onSent(frame: Uint8Array): void {
    if (frame[0] !== SYNC_FRAME) return
    if (frame[1] === SYNC_STEP_2 || frame[1] === SYNC_UPDATE) this.#sent += 1
    if (frame[1] !== SYNC_STEP_2) return
    this.#answered = true
    for (const [tab, count] of this.#held()) this.mark(tab, count)
  }

  /**
   * To be called once what there is to send of a tab's first `count` changes has been sent. Returns whether all that was
   * sent is acknowledged already, and they with it.
   */
  mark(tab: number, count: number): boolean {
    // Before the answer an update may have been left out; the answer then holds it.
    if (!this.#answered) return false
    const last = this.#marks.at(-1)
    if (last?.frame === this.#sent && last.tab === tab) last.count = Math.max(count, last.count)
    else this.#marks.push({ frame: this.#sent, tab, count })
    if (this.#marks.length > MARKS_MAX) this.#dropOne()
    if (this.#acknowledged < this.#sent) return false
    this.#advance()
    return true
  }

  /** To be called with the count of each ack. It never goes down, and never counts what was not sent. */
  onAck(frames: number): void {
    this.#acknowledged = Math.max(this.#acknowledged, Math.min(frames, this.#sent))
    this.#advance()
  }

  /** To be called with the count of each snapshot. */
  onSnapshot(frames: number): void {
    this.#snapshotted = Math.max(this.#snapshotted, Math.min(frames, this.#sent))
    this.#advance()
  }

  #dropOne(): void {
    const last = new Map(this.#marks.map(({ tab }, at) => [tab, at]))
    const at = this.#marks.findIndex(({ tab }, i) => last.get(tab) !== i)
    this.#marks.splice(Math.max(at, 0), 1)
  }

  #advance(): void {
    this.#acknowledgedOf = this.#upTo(this.#acknowledged, this.#acknowledgedOf)
    this.#snapshottedOf = this.#upTo(this.#snapshotted, this.#snapshottedOf)
    while (this.#marks[0] && this.#marks[0].frame <= Math.min(this.#snapshotted, this.#acknowledged)) {
      this.#marks.shift()
    }
  }

  #upTo(frames: number, known: Counts): Map<number, number> {
    const counts = new Map(known)
    for (const { frame, tab, count } of this.#marks) {
      if (frame > frames) break
      counts.set(tab, Math.max(count, counts.get(tab) ?? 0))
    }
    return counts
  }
}
