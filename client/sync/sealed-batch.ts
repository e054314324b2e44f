import * as Y from 'yjs'
import type { Clock } from '../../shared/util/clock.ts'

/** ms. Many small updates of others become one chunk; not so long that a crash would lose much that they also have. */
const COLLECT_FOR = 50

/** Updates of others, which wait to be stored as one. */
export class UpdateBatch {
  readonly #clock: Clock
  readonly #onDue: () => void
  #updates: Uint8Array[] = []
  #stop: () => void = () => {}

  constructor(clock: Clock, onDue: () => void) {
    this.#clock = clock
    this.#onDue = onDue
  }

  get isEmpty(): boolean {
    return this.#updates.length === 0
  }

  add(update: Uint8Array): void {
    if (this.isEmpty) this.#stop = this.#clock.after(COLLECT_FOR, this.#onDue)
    this.#updates.push(update)
  }

  /** All of them as one update, or null for none. They no longer wait. */
  take(): Uint8Array | null {
    const updates = this.#updates
    this.#updates = []
    this.#stop()
    return updates.length === 0 ? null : Y.mergeUpdates(updates)
  }
}
