import { CLOSE, type CloseCode } from '../../shared/protocol/close.ts'
import { ProtocolError } from '../../shared/protocol/error.ts'
import {
  decodeFrame,
  encodeFrame,
  type Frame,
  OUR_SUBPROTOCOLS,
  STATE_SUBPROTOCOL,
} from '../../shared/protocol/frame.ts'
import { unreachable } from '../../shared/util/unreachable.ts'
import type { Grant } from '../auth/authorizer.ts'
import { type Broadcast, Listening } from './broadcast.ts'
import type { Commons } from './commons.ts'
import { Intake } from './intake.ts'
import { afterLong } from './long-timer.ts'
import { Pace } from './pace.ts'
import { Receipts } from './receipts.ts'
import type { RoomParts, RoomSocket } from './seams.ts'
import { checkStateVector } from './state-vector.ts'

/** A state vector that says of nobody how much there is: it would grow with everybody who ever drew on the board. */
const NOTHING_MORE = new Uint8Array([0])

/** What a session asks of its room. */
export interface SessionRoom {
  readonly broadcast: Broadcast
  readonly commons: Pick<Commons, 'backlog' | 'turns'>
  readonly parts: Pick<RoomParts, 'limits' | 'clock' | 'seconds' | 'metrics'>
  /** Takes a message in; the room reads it with `session.read` once its document is loaded. */
  arrived(session: Session, bytes: Uint8Array): void
  /** Takes a change; the room rejects the session later when the gate refuses it. */
  change(session: Session, kind: 'syncStep2' | 'update', update: Uint8Array): void
  presence(session: Session, update: Uint8Array): void
  /** The frames that answer a sync step 1; null while the board is loading, after which `drained` is called. */
  stateSince(stateVector: Uint8Array, takesState: boolean): readonly Uint8Array[] | null
  presenceFrame(): Uint8Array | null
  left(session: Session, cause: ProtocolError | null): void
}

/**
 * One socket in one room. Whatever happens sets a field and calls `#evaluate`, which holds:
 *
 * 1. A socket with more than `backlogBytes` waiting, beyond the sync step 2 that it asked for, is closed to resync.
 * 2. A congested socket is taken off presence; when it has recovered it is put back and shown everybody.
 * 3. A sync step 1 is answered, the latest only, when the socket is not congested and it is its turn. From then on it gets every
 *    change.
 * 4. Who asks again soon, for the board or for everybody's presence, waits.
 * 5. What waits in a congested socket counts towards the backlog of all, which may close it too.
 *
 * Beside that, what comes in faster than the limits allow closes it, and so does the end of its grant.
 */
export class Session {
  readonly receipts = new Receipts()
  readonly #room: SessionRoom
  readonly #socket: RoomSocket
  readonly #document: Listening
  readonly #presence: Listening
  readonly #syncPace: Pace
  readonly #presencePace: Pace
  readonly #intake: Intake
  readonly #cancelExpiry: () => void
  #grant: Grant
  #at: 'waiting' | 'taking part' | 'gone' | 'rejected' = 'waiting'
  #asksSince: Uint8Array | null = null
  /** Whether it waits for its turn to be answered. */
  #isInLine = false
  #hasHello = false
  /** Bytes of the last sync step 2: they may wait in the socket on top of the backlog. */
  #syncBytes = 0
  #acknowledged = -1

  constructor(room: SessionRoom, socket: RoomSocket, grant: Grant) {
    this.#room = room
    this.#socket = socket
    this.#grant = grant
    this.#document = new Listening(socket, room.broadcast.documents)
    this.#presence = new Listening(socket, room.broadcast.presences)
    this.#syncPace = new Pace(room.parts.clock, () => this.#evaluate())
    this.#presencePace = new Pace(room.parts.clock, () => this.#evaluate())
    this.#intake = new Intake(room.parts.limits, room.parts.seconds())
    this.#cancelExpiry = this.#expireLater(grant.expiresAt)
  }

  get grant(): Grant {
    return this.#grant
  }

  /** Whether it speaks our own frames. */
  get isOurs(): boolean {
    return OUR_SUBPROTOCOLS.includes(this.#socket.protocol)
  }

  /** Whether it takes a whole board as a `state`. */
  get takesState(): boolean {
    return this.#socket.protocol === STATE_SUBPROTOCOL
  }

  /** One binary message. The bytes are the session's from now on. */
  receive(bytes: Uint8Array): void {
    if (this.#hasEnded) return
    this.#room.parts.metrics.received(bytes.length)
    const refusal = this.#intake.refusal(bytes.length, this.#room.parts.seconds())
    if (refusal) this.reject(refusal)
    else this.#room.arrived(this, bytes)
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

  /** The document is loaded: from now on the session takes part. `hello` is for those who are ours, and have not had it. */
  greet(hello: () => Uint8Array, question: Uint8Array): void {
    this.#at = 'taking part'
    this.#sayHello(hello)
    this.#send(question)
    this.#evaluate()
  }

  /** Gives the whole board, as it is stored, to a session that asked for it while it is loading. From now on it gets every change. */
  answerEarly(hello: () => Uint8Array, state: Uint8Array): void {
    if (this.#hasEnded) return
    this.#sayHello(hello)
    this.#answer([state])
  }

  #sayHello(hello: () => Uint8Array): void {
    if (!this.isOurs || this.#hasHello) return
    this.#hasHello = true
    this.#send(hello())
  }

  /**
   * Reads one message; what is wrong with it closes this session only. What was held for a socket that has gone
   * meanwhile still counts.
   */
  read(bytes: Uint8Array): void {
    if (this.#at === 'rejected') return
    try {
      this.#handle(decodeFrame(bytes, this.#room.parts.limits.frameBytes))
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      this.reject(error)
    }
  }

  /** The grant goes on as another, that ends when it did. @param hello what it is told of that, unless its first is yet to come */
  renew(grant: Grant, hello: Uint8Array): void {
    this.#grant = grant
    if (this.#hasHello) this.send(hello)
  }

  /** Lets the socket know that its first `frames` document frames are durable, unless it knows. */
  acknowledge(frames: number, stateVector: Uint8Array = NOTHING_MORE): void {
    if (!this.isOurs || frames <= this.#acknowledged) return
    this.#acknowledged = frames
    this.send(encodeFrame({ type: 'ack', frames, stateVector }))
  }

  /** Lets the socket know that a stored snapshot holds its first `frames` document frames. */
  snapshotted(frames: number, stateVector: Uint8Array): void {
    if (this.isOurs) this.send(encodeFrame({ type: 'snapshotted', frames, stateVector }))
  }

  send(frame: Uint8Array): void {
    if (this.#hasEnded) return
    this.#send(frame)
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
    const { code, message: reason, where } = error
    if (this.isOurs) this.#send(encodeFrame({ type: 'rejected', code, reason, where }))
    this.#close(code, reason, error)
  }

  /** Closes the socket of somebody who did nothing wrong. */
  close(code: CloseCode, reason: string): void {
    if (!this.#hasEnded) this.#close(code, reason, null)
  }

  #close(code: CloseCode, reason: string, cause: ProtocolError | null): void {
    this.#room.parts.metrics.closed(code)
    // First: a socket may tell at once that it is closed, and not why.
    this.#end(cause)
    this.#socket.close(code, reason)
  }

  #send(frame: Uint8Array): void {
    this.#room.parts.metrics.sent(frame.length, 1)
    this.#socket.send(frame)
  }

  /** What the grant had left when it came is measured from there: the wall clock may be set while it lasts. */
  #expireLater(expiresAt: number | null): () => void {
    if (expiresAt === null) return () => undefined
    const { clock } = this.#room.parts
    const expired = new ProtocolError(CLOSE.revoked, 'Your access to this board has ended. Sign in again.')
    return afterLong(clock, expiresAt - clock.now(), () => this.reject(expired))
  }

  #handle(frame: Frame): void {
    switch (frame.type) {
      case 'syncStep1':
        checkStateVector(frame.stateVector)
        this.#asksSince = frame.stateVector
        return this.#evaluate()
      case 'syncStep2':
      case 'update':
        return this.#room.change(this, frame.type, frame.update)
      case 'awareness':
        if (!this.#hasEnded) this.#room.presence(this, frame.update)
        return
      case 'queryAwareness':
        this.#presence.leave()
        return this.#evaluate()
      case 'hello':
      case 'ack':
      case 'rejected':
      case 'snapshotted':
      case 'state':
        throw new ProtocolError(CLOSE.malformed, `Only the relay sends ${frame.type}.`)
      default:
        return unreachable(frame)
    }
  }

  #evaluate(isItsTurn = false): void {
    if (this.#at !== 'taking part') return
    const { congestedBytes, backlogBytes } = this.#room.parts.limits
    const waiting = this.#socket.buffered
    this.#room.commons.backlog.note(this, waiting > congestedBytes ? waiting : 0)
    if (this.#hasEnded) return
    if (waiting > backlogBytes + this.#syncBytes) return this.#tooSlow(waiting)
    if (waiting > congestedBytes) return this.#dropPresence()
    this.#syncBytes = 0
    if (this.#asksSince && !this.#syncPace.isResting) {
      if (isItsTurn) this.#sync(this.#asksSince)
      else this.#lineUp()
    } else if (!this.#presence.isOn && !this.#presencePace.isResting) this.#joinPresence()
  }

  #lineUp(): void {
    if (this.#isInLine) return
    this.#isInLine = true
    this.#room.commons.turns.run(() => {
      this.#isInLine = false
      this.#evaluate(true)
    })
  }

  #sync(stateVector: Uint8Array): void {
    const answer = this.#room.stateSince(stateVector, this.takesState)
    if (!answer) return
    this.#asksSince = null
    this.#answer(answer)
    this.#evaluate()
  }

  #answer(frames: readonly Uint8Array[]): void {
    this.#document.join()
    this.#syncBytes = frames.reduce((sum, frame) => sum + frame.length, 0)
    this.#syncPace.rest(this.#syncBytes)
    for (const frame of frames) this.#send(frame)
  }

  #joinPresence(): void {
    this.#presence.join()
    const everybody = this.#room.presenceFrame()
    this.#presencePace.rest(everybody?.length ?? 0)
    if (everybody) this.send(everybody)
  }

  #dropPresence(): void {
    if (this.#presence.leave()) this.#room.parts.metrics.presenceDropped()
  }

  /** A close frame would wait behind all the rest, and that rest stay in memory. */
  giveUp(): void {
    if (this.#hasEnded) return
    this.#room.parts.metrics.closed(CLOSE.tooSlow)
    this.#end(null)
    this.#socket.drop()
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
    this.#cancelExpiry()
    this.#room.commons.backlog.note(this, 0)
    this.#document.leave()
    this.#presence.leave()
    this.#room.left(this, cause)
  }
}
