import * as Y from 'yjs'
import { DocBoard } from '../../../client/board/doc-board.ts'
import type { Frame } from '../../../shared/protocol/frame.ts'
import type { Random } from '../../../shared/util/random.ts'
import { DriftboardClient } from '../../testing/driftboard-client.ts'
import { type Editing, nextEdit } from './edits.ts'
import type { Ledger } from './ledger.ts'

/** Updates that may wait for their acknowledgement: a relay that dies meets some in every stage. */
const UNDER_WAY = 8

interface Sent {
  /** Which document frame of the connection it is, from 1. */
  readonly frame: number
  readonly update: Uint8Array
  /** Of `performance.now()`. */
  readonly at: number
  /** Whether a person made it here and now, rather than that it is told of again. */
  readonly isNew: boolean
}

export interface WriterParts {
  readonly url: string
  readonly protocols: string[]
  readonly ledger: Ledger
  readonly random: Random
  readonly editing: Editing
  /** What its device had from before. */
  readonly earlier: Uint8Array | null
  /** Edits after which it rests. */
  readonly edits: number
}

/** One connection of a device that draws as fast as it is acknowledged, and notes what the relay has promised it. */
export class Writer {
  readonly #client: DriftboardClient
  readonly #board: DocBoard
  readonly #parts: WriterParts
  readonly #sent: Sent[] = []
  #durable = 0
  #snapshotted = 0
  #acknowledgedFrames = 0
  #isSynced = false
  #left: number

  constructor(parts: WriterParts) {
    this.#parts = parts
    this.#left = parts.edits
    this.#client = new DriftboardClient(parts.url, parts.protocols)
    const { doc } = this.#client
    if (parts.earlier) Y.applyUpdate(doc, parts.earlier)
    this.#board = new DocBoard(doc)
    // The client has sent it by then: it listened first.
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this.#client) this.#note(update, true)
    })
    this.#client.onFrame = frame => this.#hear(frame)
  }

  /** All that the device has. */
  get state(): Uint8Array {
    return Y.encodeStateAsUpdate(this.#client.doc)
  }

  get isSynced(): boolean {
    return this.#isSynced
  }

  /** Whether all its edits are made and acknowledged. */
  get isDone(): boolean {
    return this.#left === 0 && this.#acknowledgedFrames === this.#client.sent
  }

  /** Whether all that it has sent is in a stored snapshot. */
  get isSnapshotted(): boolean {
    return this.#snapshotted === this.#sent.length
  }

  /** The code it was closed with; null while it is open. */
  get closeCode(): number | null {
    return this.#client.closed?.code ?? null
  }

  leave(): void {
    this.#client.leave()
    this.#board.destroy()
  }

  #hear(frame: Frame): void {
    const { ledger } = this.#parts
    switch (frame.type) {
      case 'hello':
        if (frame.hello.role === 'owner') ledger.isClaimed = true
        break
      case 'syncStep1':
        // The client has answered it with all that the relay lacks: with what the relay has, that is all there is.
        this.#note(this.state, false)
        break
      case 'syncStep2':
        this.#isSynced = true
        break
      case 'ack':
        this.#acknowledged(frame.frames)
        ledger.durableVector(frame.stateVector)
        break
      case 'snapshotted':
        for (; this.#reaches(this.#snapshotted, frame.frames); this.#snapshotted += 1)
          ledger.snapshotted(this.#at(this.#snapshotted).update)
        ledger.snapshottedVector(frame.stateVector)
        break
      default:
        break
    }
    if (this.#isSynced) this.#draw()
  }

  #acknowledged(frames: number): void {
    const { ledger } = this.#parts
    this.#acknowledgedFrames = frames
    for (; this.#reaches(this.#durable, frames); this.#durable += 1) {
      const { update, at, isNew } = this.#at(this.#durable)
      ledger.durable(update)
      if (!isNew) continue
      ledger.acknowledged += 1
      ledger.latencies.push(performance.now() - at)
    }
  }

  #draw(): void {
    const { random, editing } = this.#parts
    while (this.#left > 0 && this.#client.sent - this.#acknowledgedFrames < UNDER_WAY) {
      const before = this.#client.sent
      this.#board.transact(nextEdit(this.#board, random, editing))
      this.#left -= 1
      // Its socket has closed: the edit is on the device, and goes out with the next sync.
      if (this.#client.sent === before) return
    }
  }

  /** Notes what has just been sent; what has not is none of the relay's business yet. */
  #note(update: Uint8Array, isNew: boolean): void {
    const frame = this.#client.sent
    if (frame <= (this.#sent.at(-1)?.frame ?? 0)) return
    this.#sent.push({ frame, update, at: performance.now(), isNew })
  }

  #reaches(index: number, frames: number): boolean {
    const sent = this.#sent[index]
    return sent !== undefined && sent.frame <= frames
  }

  #at(index: number): Sent {
    const sent = this.#sent[index]
    if (!sent) throw new RangeError(`There is no frame ${index}.`)
    return sent
  }
}
