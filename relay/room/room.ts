import * as Y from 'yjs'
import { CLOSE } from '../../shared/protocol/close.ts'
import { ProtocolError } from '../../shared/protocol/error.ts'
import { encodeFrame } from '../../shared/protocol/frame.ts'
import type { Grant } from '../auth/authorizer.ts'
import type { BoardLog } from '../storage/update-log.ts'
import { ApplyError } from './apply.ts'
import { applyBatch, type Change, type Taken, takeReceipts } from './batch.ts'
import { Durability } from './durability.ts'
import { PresenceChannel } from './presence-channel.ts'
import { docOf, shouldCompact, shouldCompactIdle, stateRecord, updateRecord } from './record.ts'
import type { RoomParts, RoomSocket } from './seams.ts'
import { Session, type SessionRoom } from './session.ts'

/** Bytes published between looks at the sockets' buffers: no buffer grows by more without being looked at. */
const CHECK_EVERY = 64 * 1024

/** Bytes. About ten for each time that somebody opened the board and drew. */
const MAX_STATE_VECTOR = 2 * 1024 * 1024

const NOT_LOADED = 'This board could not be loaded. Your changes stay on your device. Try again later.'
const NOT_STORED = 'This board could not be stored. Your changes stay on your device. Try again later.'

interface Held {
  session: Session
  bytes: Uint8Array
}

type State =
  | { at: 'loading'; held: Held[]; heldBytes: number }
  | { at: 'open'; doc: Y.Doc; log: BoardLog; queue: Change[] }
  | { at: 'ended' }

/**
 * One board while somebody uses it.
 *
 * 1. What arrives while the board is loading is held, within a bound, and read in order once it is open.
 * 2. The changes of one tick are applied in one transaction, logged by one append and published by one frame.
 * 3. An acknowledgement follows the append that it speaks of, and every append before it.
 * 4. When an append fails everybody is closed, to offer again what was not acknowledged, and the room ends.
 * 5. When Yjs fails on a change, its sender is closed, and the board is loaded again without that change.
 * 6. A room ends only when nothing is queued or under way, or when it can no longer store.
 */
export class Room implements SessionRoom {
  readonly documentTopic: string
  readonly presenceTopic: string
  readonly #board: string
  readonly #parts: RoomParts
  readonly #onEnd: (settled: Promise<void>) => void
  readonly #sessions = new Set<Session>()
  readonly #presence: PresenceChannel
  readonly #durability = new Durability(error => this.#fail(error, NOT_STORED))
  #state: State = { at: 'loading', held: [], heldBytes: 0 }
  #uncheckedBytes = 0
  /** Whether the next changes are applied one by one, since one of them breaks the document. */
  #isWary = false
  #cancelTick: (() => void) | null = null
  #cancelEviction: (() => void) | null = null

  /**
   * @param after settles when an earlier room of the board has let go of its log.
   * @param onEnd is told when this room takes no more sessions, and when it will have let go.
   */
  constructor(
    board: string,
    parts: RoomParts,
    after: Promise<void>,
    onEnd: (settled: Promise<void>) => void,
  ) {
    this.#board = board
    this.#parts = parts
    this.#onEnd = onEnd
    this.documentTopic = `document/${board}`
    this.presenceTopic = `presence/${board}`
    this.#presence = new PresenceChannel(parts.clock, frame => {
      parts.fanout.publish(this.presenceTopic, frame)
      this.#published(frame.length)
    })
    void this.#load(after)
  }

  get limits() {
    return this.#parts.limits
  }

  get clock() {
    return this.#parts.clock
  }

  join(socket: RoomSocket, grant: Grant): Session {
    const session = new Session(this, socket, grant)
    this.#sessions.add(session)
    this.#cancelEviction?.()
    this.#cancelEviction = null
    if (this.#state.at === 'open') this.#greet(session, this.#state.doc)
    return session
  }

  /** Stores and acknowledges what has arrived, then closes everybody with 1001. */
  async close(): Promise<void> {
    this.#tick()
    await this.#durability.settled()
    this.#end(CLOSE.goingAway, 'The relay is stopping.')
  }

  arrived(session: Session, bytes: Uint8Array): void {
    const state = this.#state
    if (state.at === 'open') return session.read(bytes)
    if (state.at === 'ended') return
    if (state.heldBytes + bytes.length > this.limits.heldBytes) {
      return session.reject(new ProtocolError(CLOSE.unavailable, 'This board is still loading. Try again.'))
    }
    state.held.push({ session, bytes })
    state.heldBytes += bytes.length
  }

  change(session: Session, kind: Change['kind'], update: Uint8Array): void {
    if (this.#state.at !== 'open') return
    this.#state.queue.push({ session, kind, update })
    this.#cancelTick ??= this.#parts.clock.after(0, () => this.#tick())
  }

  presence(session: Session, update: Uint8Array): void {
    this.#presence.say(session, update)
  }

  stateSince(stateVector: Uint8Array): Uint8Array | null {
    if (this.#state.at !== 'open') return null
    return encodeFrame({ type: 'syncStep2', update: Y.encodeStateAsUpdate(this.#state.doc, stateVector) })
  }

  checkStateVector(stateVector: Uint8Array): void {
    if (stateVector.length > MAX_STATE_VECTOR)
      throw new ProtocolError(CLOSE.tooLarge, `A state vector has ${stateVector.length} bytes.`)
    try {
      Y.decodeStateVector(stateVector)
    } catch {
      throw new ProtocolError(CLOSE.malformed, 'A state vector cannot be decoded.')
    }
  }

  presenceFrame(): Uint8Array | null {
    return this.#presence.everybody()
  }

  left(session: Session, cause: ProtocolError | null): void {
    this.#sessions.delete(session)
    this.#presence.leave(session)
    if (cause) {
      this.#parts.logger.warn(
        { board: this.#board, code: cause.code, reason: cause.message },
        'closed a client',
      )
    }
    if (this.#sessions.size === 0 && this.#state.at === 'open') this.#evictLater()
  }

  // Loading

  async #load(after: Promise<void>): Promise<void> {
    try {
      await after
      const { records, log } = await this.#parts.log.open(this.#board)
      const doc = docOf(this.#board, records)
      if (this.#state.at === 'loading') this.#open(this.#state.held, doc, log)
      else doc.destroy()
    } catch (error) {
      this.#fail(error, NOT_LOADED)
    }
  }

  #open(held: readonly Held[], doc: Y.Doc, log: BoardLog): void {
    this.#state = { at: 'open', doc, log, queue: [] }
    for (const session of [...this.#sessions]) {
      if (session.isGreeted) session.drained()
      else this.#greet(session, doc)
    }
    for (const { session, bytes } of held) session.read(bytes)
    if (this.#sessions.size === 0) this.#evictLater()
  }

  /** All that a room loads is durable; of an open room only what its sessions await may not be yet. */
  #greet(session: Session, doc: Y.Doc): void {
    const stateVector = Y.encodeStateVector(doc)
    const step1 = encodeFrame({ type: 'syncStep1', stateVector })
    if (!session.isOurs) return session.greet([step1])
    session.greet([
      encodeFrame({ type: 'hello', hello: this.#parts.hello(this.#board, session.grant) }),
      step1,
    ])
    this.#durability.whenDurable(() => session.acknowledge(0, stateVector))
  }

  // Changes

  #tick(): void {
    this.#cancelTick?.()
    this.#cancelTick = null
    const state = this.#state
    if (state.at !== 'open' || state.queue.length === 0) return
    const queue = state.queue
    state.queue = []
    const batches = this.#isWary ? queue.map(change => [change]) : [queue]
    this.#isWary = false
    for (const [at, batch] of batches.entries()) {
      try {
        const { merged, taken, refused } = applyBatch(state.doc, batch, this.#parts.gate)
        this.#accept(state.doc, state.log, taken, merged)
        for (const [session, error] of refused) session.reject(error)
      } catch (error) {
        if (!(error instanceof ApplyError)) throw error
        return this.#recover(batch, error, batches.slice(at + 1).flat())
      }
    }
  }

  #accept(doc: Y.Doc, log: BoardLog, batch: readonly Taken[], merged: Uint8Array | null): void {
    const stateVector = Y.encodeStateVector(doc)
    const asked = takeReceipts(batch)
    if (merged) {
      this.#durability.follow(log.append(updateRecord(merged)))
      this.#publishChange(batch, encodeFrame({ type: 'update', update: merged }))
      if (shouldCompact(log.size)) this.#durability.follow(log.compact(stateRecord(doc)))
    }
    this.#acknowledgeOnceDurable(batch, stateVector)
    for (const session of asked) session.send(encodeFrame({ type: 'syncStep1', stateVector }))
  }

  #publishChange(batch: readonly Change[], frame: Uint8Array): void {
    const senders = new Set(batch.map(change => change.session))
    const [sender] = senders
    // What came from one client alone is no news to it; its socket, while it has one, leaves it out at no cost.
    const told = senders.size === 1 && sender?.publish(this.documentTopic, frame)
    if (!told) this.#parts.fanout.publish(this.documentTopic, frame)
    this.#published(frame.length)
  }

  #published(bytes: number): void {
    this.#uncheckedBytes += bytes
    if (this.#uncheckedBytes < CHECK_EVERY) return
    this.#uncheckedBytes = 0
    for (const session of [...this.#sessions]) session.drained()
  }

  #acknowledgeOnceDurable(batch: readonly Change[], stateVector: Uint8Array): void {
    const counts = new Map(batch.map(({ session }) => [session, session.receipts.whole]))
    this.#durability.whenDurable(() => {
      for (const [session, frames] of counts) session.acknowledge(frames, stateVector)
    })
  }

  /**
   * The document may be damaged: what is durable is loaded again, and the good changes are read again. Where it is not
   * known which change it was, all are, each in a transaction of its own: nobody is closed for another's fault.
   */
  #recover(batch: readonly Change[], error: ApplyError, rest: readonly Change[]): void {
    const [only, ...others] = batch
    const offender = others.length === 0 ? only?.session : batch[error.position]?.session
    this.#isWary = offender === undefined || rest.length > 0
    this.#parts.logger.error(
      { board: this.#board, err: error },
      'a change broke the document; loading it again',
    )
    const state = this.#state
    if (state.at === 'open') state.doc.destroy()
    const held = [...batch, ...rest]
      .filter(change => change.session !== offender)
      .map(({ session, kind, update }) => ({ session, bytes: encodeFrame({ type: kind, update }) }))
    this.#state = { at: 'loading', held, heldBytes: 0 }
    offender?.reject(new ProtocolError(CLOSE.malformed, 'An update cannot be applied.'))
    void this.#load(this.#durability.settled())
  }

  // Ending

  #evictLater(): void {
    this.#cancelEviction?.()
    this.#cancelEviction = this.#parts.clock.after(this.limits.idleEvictMs, () => void this.#evict())
  }

  async #evict(): Promise<void> {
    await this.#durability.settled()
    if (!this.#isIdle()) return
    if (this.#state.at === 'open' && shouldCompactIdle(this.#state.log.size)) {
      this.#durability.follow(this.#state.log.compact(stateRecord(this.#state.doc)))
      await this.#durability.settled()
    }
    if (this.#isIdle()) this.#end(CLOSE.goingAway, 'This board is no longer in memory.')
  }

  #isIdle(): boolean {
    return this.#state.at === 'open' && this.#sessions.size === 0 && this.#state.queue.length === 0
  }

  #fail(error: unknown, reason: string): void {
    if (this.#state.at === 'ended') return
    this.#parts.logger.error({ board: this.#board, err: error }, 'a board cannot be loaded or stored')
    for (const session of [...this.#sessions]) session.reject(new ProtocolError(CLOSE.unavailable, reason))
    this.#end(CLOSE.unavailable, reason)
  }

  #end(code: typeof CLOSE.goingAway | typeof CLOSE.unavailable, reason: string): void {
    if (this.#state.at === 'ended') return
    if (this.#state.at === 'open') this.#state.doc.destroy()
    this.#state = { at: 'ended' }
    this.#presence.stop()
    this.#cancelTick?.()
    this.#cancelEviction?.()
    for (const session of [...this.#sessions]) session.close(code, reason)
    this.#onEnd(this.#durability.settled())
  }
}
