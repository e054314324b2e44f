import * as Y from 'yjs'
import { CLOSE } from '../../shared/protocol/close.ts'
import { ProtocolError } from '../../shared/protocol/error.ts'
import { encodeFrame } from '../../shared/protocol/frame.ts'
import type { Grant } from '../auth/authorizer.ts'
import { StorageError } from '../storage/update-log.ts'
import type { ApplyError } from './apply.ts'
import type { Change } from './batch.ts'
import { Broadcast } from './broadcast.ts'
import { ChangeQueue } from './change-queue.ts'
import type { Commons } from './commons.ts'
import { Durability } from './durability.ts'
import { EarlyAnswers } from './early-answers.ts'
import { FirstAnswers, isNothing } from './first-answer.ts'
import { HeldFrames } from './held-frames.ts'
import { type LoadedBoard, loadBoard } from './load.ts'
import { OpenBoard } from './open-board.ts'
import { PresenceChannel } from './presence-channel.ts'
import { grantSince, revoked } from './revocation.ts'
import type { RoomParts, RoomSocket } from './seams.ts'
import { Session, type SessionRoom } from './session.ts'
import { SnapshotNews } from './snapshot-news.ts'
import { Snapshotter } from './snapshotter.ts'

export const STOPPING = 'The relay is stopping.'
const NOT_LOADED = 'This board could not be loaded. Your changes stay on your device. Try again later.'
const NOT_STORED = 'This board could not be stored. Your changes stay on your device. Try again later.'

interface Loading {
  at: 'loading'
  held: HeldFrames
  early: EarlyAnswers
  isWary: boolean
}

type State =
  | Loading
  | { at: 'open'; board: OpenBoard; changes: ChangeQueue; news: SnapshotNews; firstAnswers: FirstAnswers }
  | { at: 'ended' }

/**
 * One board while somebody uses it, or while it is snapshotted.
 *
 * 1. What arrives while the board is loading is held, within a bound, and read in order once it is open.
 * 2. When an append fails everybody is closed, to offer again what was not acknowledged, and the room ends.
 * 3. When Yjs fails on a change, its sender is closed, and the board is loaded again without that change.
 * 4. A room ends only when nothing is queued or under way, or when it can no longer store.
 */
export class Room implements SessionRoom {
  readonly broadcast: Broadcast
  readonly parts: RoomParts
  readonly commons: Commons
  readonly #board: string
  readonly #onEnd: (settled: Promise<void>) => void
  readonly #sessions = new Set<Session>()
  readonly #presence: PresenceChannel
  readonly #durability = new Durability(error => this.#fail(error, NOT_STORED))
  #state: State
  /** Settles when the load under way, or the last, is over; it never rejects. */
  #loading: Promise<void>
  #isSnapshotting = false
  #cancelEviction: (() => void) | null = null

  /**
   * @param after settles when an earlier room of the board has let go of its log.
   * @param onEnd is told when this room takes no more sessions, and when it will have let go.
   */
  constructor(
    board: string,
    parts: RoomParts,
    commons: Commons,
    after: Promise<void>,
    onEnd: (settled: Promise<void>) => void,
  ) {
    this.#board = board
    this.parts = parts
    this.commons = commons
    this.#onEnd = onEnd
    const { clock, seconds, limits, fanout, metrics } = parts
    this.broadcast = new Broadcast(board, fanout, metrics, () => this.#look())
    const publish = (frame: Uint8Array) => this.broadcast.presence(frame)
    this.#presence = new PresenceChannel({
      clock,
      seconds,
      maxBytes: limits.presenceBytes,
      maxPeople: limits.connectionsPerRoom,
      publish,
    })
    this.#state = this.#loadingState(new HeldFrames(limits.heldBytes), false)
    this.#loading = this.#load(after)
  }

  get sessions(): number {
    return this.#sessions.size
  }

  /** Changes that wait for the next tick. */
  get queued(): number {
    return this.#state.at === 'open' ? this.#state.changes.length : 0
  }

  join(socket: RoomSocket, grant: Grant): Session {
    const session = new Session(this, socket, grant)
    if (this.#sessions.size >= this.parts.limits.connectionsPerRoom) {
      session.reject(new ProtocolError(CLOSE.crowded, 'This board is full. Try again later.'))
      return session
    }
    this.#sessions.add(session)
    this.#cancelEviction?.()
    this.#cancelEviction = null
    if (this.#state.at === 'open') this.#greet(session, this.#state.board.doc, this.#state.news)
    return session
  }

  /**
   * Closes all whose links are of before `epoch`; what they sent in time is kept. Owners stay, and are told the secret of the
   * direct connections that those who were removed do not know.
   */
  revoke(epoch: number): void {
    for (const session of [...this.#sessions]) {
      const grant = grantSince(epoch, session.grant)
      if (!grant) session.reject(revoked())
      else if (grant !== session.grant) session.renew(grant, this.#helloFor(grant))
    }
  }

  /** Stores and acknowledges what has arrived, then closes everybody with 1001. The board stays in memory. */
  async dismiss(): Promise<void> {
    if (this.#state.at === 'loading') return this.close()
    const changes = this.#state.at === 'open' ? this.#state.changes : null
    changes?.tick()
    await this.#durability.settled()
    changes?.acknowledge()
    for (const session of [...this.#sessions]) session.close(CLOSE.goingAway, STOPPING)
  }

  close(): void {
    this.#end(CLOSE.goingAway, STOPPING)
  }

  /** Brings the stored snapshots up to date. Resolves to the bytes put there, null when they were. Rejects with StorageError. */
  async snapshot(): Promise<number | null> {
    await this.#loading
    const state = this.#state
    if (state.at !== 'open')
      throw new StorageError(`Board ${this.#board} cannot be loaded to be snapshotted.`)
    const { board, changes, news } = state
    const snapshotter = new Snapshotter(this.#board, board, this.parts.snapshots, {
      isCurrent: () => this.#state === state,
      merge: update => changes.merge(update),
      covers: stateVector => news.covers(stateVector),
    })
    this.#isSnapshotting = true
    try {
      return await snapshotter.run()
    } finally {
      this.#isSnapshotting = false
      this.#evictIfUnused()
    }
  }

  /** Leaves memory now if it holds nothing that is not stored, and nobody is here. */
  async leaveIfIdle(): Promise<void> {
    await this.#durability.settled()
    // What of it can be snapshotted at once is, from memory; what must wait is loaded again for it.
    if (this.#isIdle()) this.commons.requests.leaving(this.#board)
    if (!this.#isIdle() || this.#state.at !== 'open') return
    this.#state.board.tidy()
    await this.#durability.settled()
    if (this.#isIdle()) this.#end(CLOSE.goingAway, 'This board is no longer in memory.')
  }

  // What sessions ask

  arrived(session: Session, bytes: Uint8Array): void {
    if (this.#state.at === 'open') session.read(bytes)
    else if (this.#state.at === 'loading' && !this.#state.early.answers(session, bytes))
      this.#state.held.hold(session, bytes)
  }

  change(session: Session, kind: Change['kind'], update: Uint8Array): void {
    if (this.#state.at === 'open') this.#state.changes.push({ session, kind, update })
  }

  presence(session: Session, update: Uint8Array): void {
    this.#presence.say(session, update)
  }

  stateSince(stateVector: Uint8Array, takesState: boolean): readonly Uint8Array[] | null {
    if (this.#state.at !== 'open') return null
    const { board, firstAnswers } = this.#state
    if (isNothing(stateVector)) return firstAnswers.frames(takesState)
    return [encodeFrame({ type: 'syncStep2', update: Y.encodeStateAsUpdate(board.doc, stateVector) })]
  }

  presenceFrame(): Uint8Array | null {
    return this.#presence.everybody()
  }

  left(session: Session, cause: ProtocolError | null): void {
    this.#sessions.delete(session)
    this.#presence.leave(session)
    if (cause) {
      this.parts.logger.warn(
        { board: this.#board, code: cause.code, reason: cause.message },
        'closed a client',
      )
    }
    this.#evictIfUnused()
  }

  #look(): void {
    for (const session of [...this.#sessions]) session.drained()
  }

  // Loading

  #loadingState(held: HeldFrames, isWary: boolean): Loading {
    const hello = ({ grant }: Session) => this.#helloFor(grant)
    return {
      at: 'loading',
      held,
      early: new EarlyAnswers(held, this.parts.clock, this.commons.turns, hello),
      isWary,
    }
  }

  async #load(after: Promise<void>): Promise<void> {
    try {
      await after
      const { log, snapshots } = this.parts
      const offer = async (state: Uint8Array) => {
        if (this.#state.at === 'loading') await this.#state.early.offer(state)
      }
      const loaded = await loadBoard(this.#board, log, snapshots, offer)
      if (this.#state.at === 'loading') this.#open(this.#state, loaded)
      else loaded.doc.destroy()
    } catch (error) {
      this.#fail(error, NOT_LOADED)
    }
  }

  #open({ held, early, isWary }: Loading, loaded: LoadedBoard): void {
    const board = new OpenBoard(loaded, this.#durability, this.parts, bytes =>
      this.commons.requests.changed(this.#board, bytes),
    )
    const isStored = loaded.isCompared && board.isWhole
    const news = new SnapshotNews(this.#sessions, isStored ? Y.encodeStateVector(board.doc) : null)
    const firstAnswers = new FirstAnswers(board.doc, this.parts.clock, this.commons.answers, early.given)
    const changes = new ChangeQueue({
      board,
      firstAnswers,
      durability: this.#durability,
      broadcast: this.broadcast,
      pulse: this.commons.pulse,
      news,
      parts: this.parts,
      isWary,
      onBroken: (error, batch, rest) => this.#recover(error, batch, rest),
    })
    this.#state = { at: 'open', board, changes, news, firstAnswers }
    for (const session of [...this.#sessions]) {
      if (session.isGreeted) session.drained()
      else this.#greet(session, board.doc, news)
    }
    held.release()
    if (!loaded.isCompared) this.commons.requests.opened(this.#board, board.isSettled)
    this.#evictIfUnused()
  }

  /** All that a room loads is durable; of an open room only what its sessions await may not be yet. */
  #greet(session: Session, doc: Y.Doc, news: SnapshotNews): void {
    const stateVector = Y.encodeStateVector(doc)
    session.greet(() => this.#helloFor(session.grant), encodeFrame({ type: 'syncStep1', stateVector }))
    if (!session.isOurs) return
    this.#durability.whenDurable(() => session.acknowledge(0, stateVector))
    news.tell(session)
  }

  #helloFor(grant: Grant): Uint8Array {
    return encodeFrame({ type: 'hello', hello: this.parts.hello(this.#board, grant) })
  }

  /**
   * The document may be damaged: what is durable is loaded again, and the good changes are read again. Where it is not
   * known which change it was, all are, each in a transaction of its own: nobody is closed for another's fault.
   */
  #recover(error: ApplyError, batch: readonly Change[], rest: readonly Change[]): void {
    const [only, ...others] = batch
    const offender = others.length === 0 ? only?.session : batch[error.position]?.session
    this.parts.logger.error(
      { board: this.#board, err: error },
      'a change broke the document; loading it again',
    )
    if (this.#state.at === 'open') {
      this.#state.changes.stop()
      this.#state.board.doc.destroy()
    }
    const good = [...batch, ...rest].filter(change => change.session !== offender)
    const held = new HeldFrames(this.parts.limits.heldBytes, good)
    this.#state = this.#loadingState(held, offender === undefined || rest.length > 0)
    offender?.reject(new ProtocolError(CLOSE.malformed, 'An update cannot be applied.'))
    this.#loading = this.#load(this.#durability.settled())
  }

  // Ending

  #evictIfUnused(): void {
    if (this.#sessions.size > 0 || this.#state.at !== 'open') return
    this.#cancelEviction?.()
    this.#cancelEviction = this.parts.clock.after(
      this.parts.limits.idleEvictMs,
      () => void this.leaveIfIdle(),
    )
  }

  #isIdle(): boolean {
    const { at } = this.#state
    return at === 'open' && this.#sessions.size === 0 && this.queued === 0 && !this.#isSnapshotting
  }

  #fail(error: unknown, reason: string): void {
    if (this.#state.at === 'ended') return
    this.parts.logger.error({ board: this.#board, err: error }, 'a board cannot be loaded or stored')
    for (const session of [...this.#sessions]) session.reject(new ProtocolError(CLOSE.unavailable, reason))
    this.#end(CLOSE.unavailable, reason)
  }

  #end(code: typeof CLOSE.goingAway | typeof CLOSE.unavailable, reason: string): void {
    const state = this.#state
    if (state.at === 'ended') return
    this.#state = { at: 'ended' }
    if (state.at === 'open') {
      state.changes.stop()
      state.board.doc.destroy()
    }
    this.#presence.stop()
    this.#cancelEviction?.()
    for (const session of [...this.#sessions]) session.close(code, reason)
    this.#onEnd(this.#durability.settled())
  }
}
