import * as Y from 'yjs'
import { decodeFrame, encodeFrame, type Frame, SUBPROTOCOL } from '../../shared/protocol/frame.ts'
import type { Grant } from '../auth/authorizer.ts'
import type { RoomSocket } from '../room/seams.ts'
import type { Session } from '../room/session.ts'

/** The operator may do everything. */
export const OWNER: Grant = { role: 'owner', epoch: null, expiresAt: null }

/** A client of a room in this process. It is both ends of its socket. */
export class ImportClient implements RoomSocket {
  readonly protocol = SUBPROTOCOL
  readonly buffered = 0
  session: Session | null = null
  #take: ((frame: Frame) => void) | null = null
  #fail: ((error: Error) => void) | null = null
  readonly #early: Frame[] = []
  #closed: Error | null = null

  /** Whether the board has anything. Rejects when it cannot be loaded. */
  hasContent(): Promise<boolean> {
    return this.#until(frame =>
      frame.type === 'syncStep1' ? { is: Y.decodeStateVector(frame.stateVector).size > 0 } : null,
    )
  }

  /** Resolves when all of the update is durable. Rejects when it is refused. */
  put(update: Uint8Array): Promise<boolean> {
    this.session?.receive(encodeFrame({ type: 'syncStep2', update }))
    return this.#until(frame => (frame.type === 'ack' && frame.frames >= 1 ? { is: true } : null))
  }

  send(bytes: Uint8Array): void {
    const frame = decodeFrame(bytes, Number.MAX_SAFE_INTEGER)
    if (frame.type === 'rejected') this.close(frame.code, `${frame.reason} ${frame.where}`)
    else if (this.#take) this.#take(frame)
    else this.#early.push(frame)
  }

  close(code: number, reason: string): void {
    this.#closed ??= new Error(`The board does not take the file: ${reason.trim()} (${code})`)
    this.#fail?.(this.#closed)
  }

  drop(): void {
    this.close(1006, 'The connection was cut off.')
  }

  subscribe(): void {}
  unsubscribe(): void {}
  publish(): void {}

  /** The first answer that `read` makes of a frame. */
  #until(read: (frame: Frame) => { is: boolean } | null): Promise<boolean> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(this.#closed)
      this.#fail = reject
      this.#take = frame => {
        const answer = read(frame)
        if (!answer) return
        this.#take = null
        resolve(answer.is)
      }
      while (this.#take !== null && this.#early.length > 0) this.#take(this.#early.shift() as Frame)
    })
  }
}
