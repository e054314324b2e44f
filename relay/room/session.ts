import { CLOSE, type CloseCode } from '../../shared/protocol/close.ts'
import { ProtocolError } from '../../shared/protocol/error.ts'
import { decodeFrame, encodeFrame, type Frame, SUBPROTOCOL } from '../../shared/protocol/frame.ts'
import type { Clock } from '../../shared/util/clock.ts'
import { unreachable } from '../../shared/util/unreachable.ts'
import type { Grant } from '../auth/authorizer.ts'
import { Pace } from './pace.ts'
import { Receipts } from './receipts.ts'
import type { RoomLimits, RoomSocket } from './seams.ts'

/** What a session asks of its room. */
export interface SessionRoom {
  readonly documentTopic: string
  readonly presenceTopic: string
  readonly limits: RoomLimits
  readonly clock: Clock
  /** Takes a message in; the room reads it with `session.read` once its document is loaded. */
  arrived(session: Session, bytes: Uint8Array): void
  /** Takes a change; the room rejects the session later when the gate refuses it. */
  change(session: Session, kind: 'syncStep2' | 'update', update: Uint8Array): void
  presence(session: Session, update: Uint8Array): void
  /** The frame that answers a sync step 1; null while the board is loading, after which `drained` is called. */
  stateSince(stateVector: Uint8Array): Uint8Array | null
  /** Throws ProtocolError when the state vector cannot be decoded. */
  checkStateVector(stateVector: Uint8Array): void
  presenceFrame(): Uint8Array | null
  left(session: Session, cause: ProtocolError | null): void
}

/**
 * One socket in one room. Whatever happens sets a field and calls `#evaluate`, which holds:
 *
 * 1. A socket with more than `backlogBytes` waiting, beyond the sync step 2 that it asked for, is closed to resync.
 * 2. A congested socket is taken off presence; when it has recovered it is put back and shown everybody.
 * 3. A sync step 1 is answered, the latest only, when the socket is not congested. From then on it gets every change.
 * 4. Who asks again soon, for the board or for everybody's presence, waits.
 */
export class Session {
  readonly grant: Grant
  readonly receipts = new Receipts()
  readonly #room: SessionRoom
  readonly #socket: RoomSocket
  readonly #syncPace: Pace
  readonly #presencePace: Pace
  #at: 'waiting' | 'taking part' | 'gone' | 'rejected' = 'waiting'
  #hasPresence = false
  #asksSince: Uint8Array | null = null
  /** Bytes of the last sync step 2: they may wait in the socket on top of the backlog. */
  #syncBytes = 0
  #acknowledged = -1

  constructor(room: SessionRoom, socket: RoomSocket, grant: Grant) {
    this.#room = room
    this.#socket = socket
    this.grant = grant
    this.#syncPace = new Pace(room.clock, () => this.#evaluate())
    this.#presencePace = new Pace(room.clock, () => this.#evaluate())
  }

  /** Whether it speaks our own frames. */
  get isOurs(): boolean {
    return this.#socket.protocol === SUBPROTOCOL
  }

  /** One binary message. The bytes are the session's from now on. */
  receive(bytes: Uint8Array): void {
    if (!this.#hasEnded) this.#room.arrived(this, bytes)
  }

  /** The socket's buffer has shrunk, or may have grown by what was published. */
  drained(): void {
    this.#evaluate()
  }

  /** The socket is gone. */
  closed(): void {
    this.#end(null)
  }

  /** Whether it takes part: its first frames are sent. */
  get isGreeted(): boolean {
    return this.#at !== 'waiting'
  }

  /** The document is loaded: from now on the session takes part. */
  greet(frames: readonly Uint8Array[]): void {
    this.#at = 'taking part'
    for (const frame of frames) this.#socket.send(frame)
    this.#evaluate()
  }

  /**
   * Reads one message; what is wrong with it closes this session only. What was held for a socket that has gone
   * meanwhile still counts.
   */
  read(bytes: Uint8Array): void {
    if (this.#at === 'rejected') return
    try {
      this.#handle(decodeFrame(bytes, this.#room.limits.frameBytes))
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      this.reject(error)
    }
  }

  /** Lets the socket know that its first `frames` document frames are durable, unless it knows. */
  acknowledge(frames: number, stateVector: Uint8Array): void {
    if (!this.isOurs || frames <= this.#acknowledged) return
    this.#acknowledged = frames
    this.send(encodeFrame({ type: 'ack', frames, stateVector }))
  }

  send(frame: Uint8Array): void {
    if (this.#hasEnded) return
    this.#socket.send(frame)
    this.#evaluate()
  }

  /** Sends to everybody else. Returns false when its socket is gone and could not. */
  publish(topic: string, frame: Uint8Array): boolean {
    if (this.#hasEnded) return false
    this.#socket.publish(topic, frame)
    return true
  }

  /** Says why, then closes. */
  reject(error: ProtocolError): void {
    if (this.#hasEnded) return
    if (this.isOurs)
      this.#socket.send(encodeFrame({ type: 'rejected', code: error.code, reason: error.message }))
    this.close(error.code, error.message)
    this.#end(error)
  }

  close(code: CloseCode, reason: string): void {
    this.#socket.close(code, reason)
  }

  #handle(frame: Frame): void {
    switch (frame.type) {
      case 'syncStep1':
        this.#room.checkStateVector(frame.stateVector)
        this.#asksSince = frame.stateVector
        return this.#evaluate()
      case 'syncStep2':
      case 'update':
        return this.#room.change(this, frame.type, frame.update)
      case 'awareness':
        if (!this.#hasEnded) this.#room.presence(this, frame.update)
        return
      case 'queryAwareness':
        this.#hasPresence = false
        return this.#evaluate()
      case 'hello':
      case 'ack':
      case 'rejected':
        throw new ProtocolError(CLOSE.malformed, `Only the relay sends ${frame.type}.`)
      default:
        return unreachable(frame)
    }
  }

  #evaluate(): void {
    if (this.#at !== 'taking part') return
    const { congestedBytes, backlogBytes } = this.#room.limits
    const waiting = this.#socket.buffered
    if (waiting > backlogBytes + this.#syncBytes) return this.#tooSlow(waiting)
    if (waiting > congestedBytes) return this.#leavePresence()
    this.#syncBytes = 0
    if (this.#asksSince && !this.#syncPace.isResting) this.#sync(this.#asksSince)
    else if (!this.#hasPresence && !this.#presencePace.isResting) this.#joinPresence()
  }

  #sync(stateVector: Uint8Array): void {
    const answer = this.#room.stateSince(stateVector)
    if (!answer) return
    this.#asksSince = null
    this.#socket.subscribe(this.#room.documentTopic)
    this.#syncBytes = answer.length
    this.#syncPace.rest(answer.length)
    this.send(answer)
  }

  #joinPresence(): void {
    this.#hasPresence = true
    this.#socket.subscribe(this.#room.presenceTopic)
    const everybody = this.#room.presenceFrame()
    this.#presencePace.rest(everybody?.length ?? 0)
    if (everybody) this.send(everybody)
  }

  #leavePresence(): void {
    this.#hasPresence = false
    this.#socket.unsubscribe(this.#room.presenceTopic)
  }

  #tooSlow(waiting: number): void {
    this.reject(
      new ProtocolError(CLOSE.tooSlow, `${waiting} bytes wait for this client. Reconnect to catch up.`),
    )
  }

  get #hasEnded(): boolean {
    return this.#at === 'gone' || this.#at === 'rejected'
  }

  #end(cause: ProtocolError | null): void {
    if (this.#hasEnded) return
    this.#at = cause ? 'rejected' : 'gone'
    this.#syncPace.stop()
    this.#presencePace.stop()
    this.#socket.unsubscribe(this.#room.documentTopic)
    this.#socket.unsubscribe(this.#room.presenceTopic)
    this.#room.left(this, cause)
  }
}
