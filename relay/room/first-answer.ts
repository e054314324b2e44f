import * as Y from 'yjs'
import { encodeFrame } from '../../shared/protocol/frame.ts'
import type { Clock } from '../../shared/util/clock.ts'

/** ms for which an answer is kept after it was last given: a class that opens a link comes within that. */
const KEPT_FOR = 5_000

/** Bytes of the largest answer that is kept. */
const LARGEST = 16 * 1024 * 1024

/** Changes may make up this share of an answer before it is made anew. */
const CHANGED_SHARE = 1 / 4

/**
 * The answer to those who have nothing of a board yet. Encoding a large board takes longer than all else when a hundred people open
 * it at once, so that it is done once for all of them: what has changed since follows as the updates that the others got.
 */
export class FirstAnswer {
  readonly #doc: Y.Doc
  readonly #clock: Clock
  #frames: Uint8Array[] = []
  /** Bytes of the changes that may be added to the answer. */
  #room = 0
  #cancel: (() => void) | null = null

  /** @param doc of which `changed` is told everything. */
  constructor(doc: Y.Doc, clock: Clock) {
    this.#doc = doc
    this.#clock = clock
  }

  /** A sync step 2 and updates. */
  get frames(): readonly Uint8Array[] {
    if (this.#frames.length === 0) {
      const whole = encodeFrame({ type: 'syncStep2', update: Y.encodeStateAsUpdate(this.#doc) })
      if (whole.length > LARGEST) return [whole]
      this.#frames = [whole]
      this.#room = whole.length * CHANGED_SHARE
    }
    this.#cancel?.()
    this.#cancel = this.#clock.after(KEPT_FOR, () => this.forget())
    return this.#frames
  }

  /** @param frame the update that everybody gets. */
  changed(frame: Uint8Array): void {
    if (this.#frames.length === 0) return
    this.#room -= frame.length
    if (this.#room < 0) this.forget()
    // A new list: the other may be being sent.
    else this.#frames = [...this.#frames, frame]
  }

  forget(): void {
    this.#cancel?.()
    this.#cancel = null
    this.#frames = []
  }
}

/** Whether a state vector is that of an empty document. */
export const isNothing = (stateVector: Uint8Array): boolean =>
  stateVector.length === 1 && stateVector[0] === 0
