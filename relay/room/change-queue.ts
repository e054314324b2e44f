import * as Y from 'yjs'
import { encodeFrame } from '../../shared/protocol/frame.ts'
import { Acknowledgements } from './acknowledgements.ts'
import { ApplyError, changesOf } from './apply.ts'
import { applyBatch, type Change, type Taken, takeReceipts } from './batch.ts'
import type { Broadcast } from './broadcast.ts'
import type { Durability } from './durability.ts'
import type { FirstAnswers } from './first-answer.ts'
import type { OpenBoard } from './open-board.ts'
import type { Pulse } from './pulse.ts'
import type { RoomParts } from './seams.ts'
import type { Session } from './session.ts'
import type { SnapshotNews } from './snapshot-news.ts'

export interface ChangeQueueParts {
  board: OpenBoard
  durability: Durability
  broadcast: Broadcast
  firstAnswers: FirstAnswers
  pulse: Pulse
  news: SnapshotNews
  parts: Pick<RoomParts, 'clock' | 'seconds' | 'utilization' | 'gate' | 'limits' | 'metrics'>
  /** Whether the first changes are applied one by one, since one of them breaks the document. */
  isWary: boolean
  /** The document may be damaged. Told once, of the changes that were applied together, and of those not yet tried. */
  onBroken(error: ApplyError, batch: readonly Change[], rest: readonly Change[]): void
}

/**
 * What people change on one open board. The changes of one tick are applied in one transaction, logged by one append and
 * published by one frame; an acknowledgement follows the append that it speaks of, and every append before it. On a quiet
 * board nothing waits; a busy one ticks on the pulse, and whatever comes until then costs one frame to everybody, not one each.
 */
export class ChangeQueue {
  readonly #with: ChangeQueueParts
  readonly #acknowledgements: Acknowledgements
  #queue: Change[] = []
  #isWary: boolean
  #cancelTick: (() => void) | null = null
  /** Seconds, from when on a tick may be at once. */
  #restedAt = 0

  constructor(queueParts: ChangeQueueParts) {
    this.#with = queueParts
    this.#acknowledgements = new Acknowledgements(queueParts.parts)
    this.#isWary = queueParts.isWary
  }

  get length(): number {
    return this.#queue.length
  }

  push(change: Change): void {
    this.#queue.push(change)
    if (this.#cancelTick) return
    const { pulse, parts } = this.#with
    const tick = () => this.tick()
    this.#cancelTick =
      parts.seconds() < this.#restedAt ? pulse.next(tick, this.#restedAt) : parts.clock.after(0, tick)
  }

  /** Applies what has queued, now. */
  tick(): void {
    this.#cancelTick?.()
    this.#cancelTick = null
    if (this.#queue.length === 0) return
    const queue = this.#queue
    this.#queue = []
    const { metrics, seconds } = this.#with.parts
    const begun = seconds()
    this.#restedAt = begun + this.#with.pulse.length / 1000
    if (this.#apply(queue)) metrics.tick(seconds() - begun, queue.length, bytesOf(queue))
  }

  /** Takes a change of the relay's own. */
  merge(update: Uint8Array): void {
    const { doc } = this.#with.board
    const merged = changesOf(doc, () => Y.applyUpdate(doc, update))
    if (merged) this.#take(merged, new Set())
  }

  /** Lets everybody know at once what is durable. */
  acknowledge(): void {
    this.#acknowledgements.flush()
  }

  stop(): void {
    this.#cancelTick?.()
    this.#cancelTick = null
    this.#acknowledgements.stop()
    this.#with.firstAnswers.forget()
  }

  /** Returns false when the document broke. */
  #apply(queue: readonly Change[]): boolean {
    const { board, parts, onBroken } = this.#with
    const batches = this.#isWary ? queue.map(change => [change]) : [queue]
    this.#isWary = false
    for (const [at, batch] of batches.entries()) {
      try {
        const { merged, taken, writers, refused } = applyBatch(board.doc, batch, parts)
        this.#accept(taken, merged, writers)
        for (const [session, error] of refused) session.reject(error)
      } catch (error) {
        if (!(error instanceof ApplyError)) throw error
        onBroken(error, batch, batches.slice(at + 1).flat())
        return false
      }
    }
    return true
  }

  #accept(batch: readonly Taken[], merged: Uint8Array | null, writers: ReadonlySet<Session>): void {
    const { board, news } = this.#with
    const asked = takeReceipts(batch)
    if (merged) this.#take(merged, writers)
    else if (board.isWhole) for (const { session } of batch) news.tell(session)
    this.#acknowledgeOnceDurable(batch)
    if (asked.length === 0) return
    const question = encodeFrame({ type: 'syncStep1', stateVector: Y.encodeStateVector(board.doc) })
    for (const session of asked) session.send(question)
  }

  /** Stores and publishes what the document has taken. */
  #take(change: Uint8Array, senders: ReadonlySet<Session>): void {
    const { board, broadcast, firstAnswers } = this.#with
    const frame = encodeFrame({ type: 'update', update: change })
    board.store(change)
    firstAnswers.changed(frame)
    broadcast.change(frame, senders)
  }

  #acknowledgeOnceDurable(batch: readonly Change[]): void {
    const counts = new Map(batch.map(({ session }) => [session, session.receipts.whole]))
    this.#with.durability.whenDurable(() => this.#acknowledgements.add(counts))
  }
}

const bytesOf = (changes: readonly Change[]): number =>
  changes.reduce((sum, { update }) => sum + update.length, 0)
