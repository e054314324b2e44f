import { encodeFrame } from '../../shared/protocol/frame.ts'
import type { Clock } from '../../shared/util/clock.ts'
import type { Turns } from '../../shared/util/turns.ts'
import type { HeldFrames } from './held-frames.ts'
import type { Session } from './session.ts'
import { stateFrame } from './state-frame.ts'

/** Bytes of a stored board that takes longer to decode than anybody should wait. */
const LARGE = 128 * 1024

/** ms without anybody new, after which a crowd is taken to be here. */
const LULL = 20

/** ms for which a crowd is waited for at the most: what people change meanwhile is held. */
const CROWD_WITHIN = 200

/** A client's question for everything. */
const ASKS_ALL = encodeFrame({ type: 'syncStep1', stateVector: Uint8Array.of(0) })

/**
 * Gives a board that is loading to those who have nothing of it: the very bytes that are stored, before they are decoded, which
 * takes longer than all else. When a hundred people open a large board at once they are all answered first.
 */
export class EarlyAnswers {
  readonly #held: HeldFrames
  readonly #clock: Clock
  readonly #turns: Turns
  readonly #hello: (session: Session) => Uint8Array
  #frame: Uint8Array | null = null
  #asked = 0
  #answered = 0

  constructor(held: HeldFrames, clock: Clock, turns: Turns, hello: (session: Session) => Uint8Array) {
    this.#held = held
    this.#clock = clock
    this.#turns = turns
    this.#hello = hello
  }

  /** What was given; null when nothing was. */
  get given(): Uint8Array | null {
    return this.#answered > 0 ? this.#frame : null
  }

  /** From now on answers whoever asks, and all who have. Resolves when it is time to decode. */
  async offer(state: Uint8Array): Promise<void> {
    this.#frame = stateFrame(state)
    this.#held.drop((session, bytes) => this.answers(session, bytes))
    if (state.length < LARGE) return
    for (let waited = 0; waited < CROWD_WITHIN; waited += LULL) {
      const before = this.#asked
      if (before === 0) return
      await new Promise<void>(resolve => this.#clock.after(LULL, resolve))
      if (this.#asked === before && this.#answered === before) return
    }
  }

  /** Whether that is a question for everything, which need not be read any more. */
  answers(session: Session, bytes: Uint8Array): boolean {
    const frame = this.#frame
    if (!frame || !session.takesState || !asksAll(bytes)) return false
    this.#asked += 1
    this.#turns.run(() => {
      this.#answered += 1
      session.answerEarly(() => this.#hello(session), frame)
    })
    return true
  }
}

const asksAll = (bytes: Uint8Array): boolean =>
  bytes.length === ASKS_ALL.length && ASKS_ALL.every((byte, at) => bytes[at] === byte)
