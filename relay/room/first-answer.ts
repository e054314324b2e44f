import * as Y from 'yjs'
import { encodeFrame } from '../../shared/protocol/frame.ts'
import type { Clock } from '../../shared/util/clock.ts'
import { stateFrame } from './state-frame.ts'

/** ms for which an answer is kept after it was last given: a class that opens a link comes within that. */
const KEPT_FOR = 5_000

/** Bytes of the largest answer that is kept. */
const LARGEST = 16 * 1024 * 1024

/** Changes may make up this share of an answer before it is made anew. */
const CHANGED_SHARE = 1 / 4

/**
 * The answers to those who have nothing of a board yet, in both encodings. Encoding a large board takes longer than all else when
 * a hundred people open it at once, so that it is done once for all of them.
 */
export class FirstAnswers {
  readonly #updates: FirstAnswer
  readonly #states: FirstAnswer

  /**
   * @param doc of which `changed` is told everything
   * @param given a `state` of the document as it is, if there is one
   */
  constructor(doc: Y.Doc, clock: Clock, given: Uint8Array | null) {
    const update = () => encodeFrame({ type: 'syncStep2', update: Y.encodeStateAsUpdate(doc) })
    const state = () => stateFrame(Y.encodeStateAsUpdateV2(doc))
    this.#updates = new FirstAnswer(update, clock)
    this.#states = new FirstAnswer(state, clock)
    if (given) this.#states.keep(given)
  }

  /** The whole board, and updates. @param takesState whether who asks takes a `state`, or only a sync step 2 */
  frames(takesState: boolean): readonly Uint8Array[] {
    return (takesState ? this.#states : this.#updates).frames
  }

  /** @param frame the update that everybody gets. */
  changed(frame: Uint8Array): void {
    this.#updates.changed(frame)
    this.#states.changed(frame)
  }

  forget(): void {
    this.#updates.forget()
    this.#states.forget()
  }
}

/** One of them: what has changed since it was made follows as the updates that the others got. */
export class FirstAnswer {
  readonly #encode: () => Uint8Array
  readonly #clock: Clock
  #frames: Uint8Array[] = []
  /** Bytes of the changes that may be added to the answer. */
  #room = 0
  #cancel: (() => void) | null = null

  /** @param encode the whole board, as a frame. */
  constructor(encode: () => Uint8Array, clock: Clock) {
    this.#encode = encode
    this.#clock = clock
  }

  get frames(): readonly Uint8Array[] {
    if (this.#frames.length === 0) {
      const whole = this.#encode()
      if (whole.length > LARGEST) return [whole]
      this.keep(whole)
    } else this.#rest()
    return this.#frames
  }

  /** Has this for an answer. */
  keep(whole: Uint8Array): void {
    if (whole.length > LARGEST) return
    this.#frames = [whole]
    this.#room = whole.length * CHANGED_SHARE
    this.#rest()
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

  #rest(): void {
    this.#cancel?.()
    this.#cancel = this.#clock.after(KEPT_FOR, () => this.forget())
  }
}

/** Whether a state vector is that of an empty document. */
export const isNothing = (stateVector: Uint8Array): boolean =>
  stateVector.length === 1 && stateVector[0] === 0
