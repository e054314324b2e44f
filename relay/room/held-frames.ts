import { CLOSE } from '../../shared/protocol/close.ts'
import { ProtocolError } from '../../shared/protocol/error.ts'
import { encodeFrame } from '../../shared/protocol/frame.ts'
import type { Change } from './batch.ts'
import type { Session } from './session.ts'

/** What arrives while a board is loading, within a bound. */
export class HeldFrames {
  readonly #frames: { session: Session; bytes: Uint8Array }[]
  readonly #maxBytes: number
  #bytes = 0

  /** @param changes to be read again before anything else; they are beside the bound. */
  constructor(maxBytes: number, changes: readonly Change[] = []) {
    this.#maxBytes = maxBytes
    this.#frames = changes.map(({ session, kind, update }) => ({
      session,
      bytes: encodeFrame({ type: kind, update }),
    }))
  }

  /** Rejects the session when that is more than can be held. */
  hold(session: Session, bytes: Uint8Array): void {
    if (this.#bytes + bytes.length > this.#maxBytes) {
      return session.reject(new ProtocolError(CLOSE.unavailable, 'This board is still loading. Try again.'))
    }
    this.#frames.push({ session, bytes })
    this.#bytes += bytes.length
  }

  /** Takes out the frames that `isAnswered` says need not be read any more. */
  drop(isAnswered: (session: Session, bytes: Uint8Array) => boolean): void {
    const rest = this.#frames.splice(0).filter(({ session, bytes }) => !isAnswered(session, bytes))
    this.#frames.push(...rest)
  }

  /** Has everything read, in order. */
  release(): void {
    for (const { session, bytes } of this.#frames.splice(0)) session.read(bytes)
  }
}
