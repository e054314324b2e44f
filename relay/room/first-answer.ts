import * as Y from 'yjs'
import { encodeFrame } from '../../shared/protocol/frame.ts'
import type { Clock } from '../../shared/util/clock.ts'
import { stateFrame } from './state-frame.ts'

/** ms for which an answer is kept after it was last given: a class that opens a link comes within that. */
const KEPT_FOR = 5_000

/** Bytes of the largest answer that is kept. */
const LARGEST = 16 * 1024 * 1024

/** Bytes of all answers that are kept, of whatever boards, and of the changes since. */
const ALL = 64 * 1024 * 1024

/** Changes may make up this share of an answer before it is made anew. */
const CHANGED_SHARE = 1 / 4

/** The answers that are kept, of all boards: where they are too many, the one that was not given for longest is forgotten. */
export class KeptAnswers {
  readonly #most: number
  /** Bytes of each, the one given last at the end. */
  readonly #sizes = new Map<FirstAnswer, number>()
  #bytes = 0

  constructor(most = ALL) {
    this.#most = most
  }

  /** Of all that are kept. */
  get bytes(): number {
    return this.#bytes
  }

  /** It was given just now, and is of that size. */
  given(answer: FirstAnswer, bytes: number): void {
    this.forgotten(answer)
    this.#sizes.set(answer, bytes)
    this.#bytes += bytes
    this.#makeRoom()
  }

  grown(answer: FirstAnswer, bytes: number): void {
    const size = this.#sizes.get(answer)
    if (size === undefined) return
    this.#sizes.set(answer, size + bytes)
    this.#bytes += bytes
    this.#makeRoom()
  }

  forgotten(answer: FirstAnswer): void {
    this.#bytes -= this.#sizes.get(answer) ?? 0
    this.#sizes.delete(answer)
  }

  #makeRoom(): void {
    for (const answer of this.#sizes.keys()) {
      if (this.#bytes <= this.#most) return
      answer.forget()
    }
  }
}

/**
 * The answers to those who have nothing of a board yet, in both encodings. Encoding a large board takes longer than all else when
 * a hundred people open it at once, so that it is done once for all of them.
 */
export class FirstAnswers {
  readonly #updates: FirstAnswer
  readonly #states: FirstAnswer

  /**
   * @param doc of which `changed` is told everything
   * @param kept the answers of all boards
   * @param given a `state` of the document as it is, if there is one
   */
  constructor(doc: Y.Doc, clock: Clock, kept: KeptAnswers, given: Uint8Array | null) {
    const update = () => encodeFrame({ type: 'syncStep2', update: Y.encodeStateAsUpdate(doc) })
    const state = () => stateFrame(Y.encodeStateAsUpdateV2(doc))
    this.#updates = new FirstAnswer(update, clock, kept)
    this.#states = new FirstAnswer(state, clock, kept)
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
  readonly #kept: KeptAnswers
  #frames: Uint8Array[] = []
  #bytes = 0
  /** Bytes of the changes that may be added to the answer. */
  #room = 0
  #cancel: (() => void) | null = null

  /** @param encode the whole board, as a frame. */
  constructor(encode: () => Uint8Array, clock: Clock, kept: KeptAnswers) {
    this.#encode = encode
    this.#clock = clock
    this.#kept = kept
  }

  get frames(): readonly Uint8Array[] {
    return this.#frames.length === 0 ? this.keep(this.#encode()) : this.#rest()
  }

  /** Has this for an answer. Returns what to give. */
  keep(whole: Uint8Array): readonly Uint8Array[] {
    if (whole.length > LARGEST) return [whole]
    this.#frames = [whole]
    this.#bytes = whole.length
    this.#room = whole.length * CHANGED_SHARE
    return this.#rest()
  }

  /** @param frame the update that everybody gets. */
  changed(frame: Uint8Array): void {
    if (this.#frames.length === 0) return
    this.#room -= frame.length
    if (this.#room < 0) return this.forget()
    // A new list: the other may be being sent.
    this.#frames = [...this.#frames, frame]
    this.#bytes += frame.length
    this.#kept.grown(this, frame.length)
  }

  forget(): void {
    this.#cancel?.()
    this.#cancel = null
    this.#frames = []
    this.#kept.forgotten(this)
  }

  /** They are given whether there is room to keep them or not. */
  #rest(): readonly Uint8Array[] {
    const frames = this.#frames
    this.#cancel?.()
    this.#cancel = this.#clock.after(KEPT_FOR, () => this.forget())
    this.#kept.given(this, this.#bytes)
    return frames
  }
}

/** Whether a state vector is that of an empty document. */
export const isNothing = (stateVector: Uint8Array): boolean =>
  stateVector.length === 1 && stateVector[0] === 0
