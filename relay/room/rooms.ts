import { CLOSE } from '../../shared/protocol/close.ts'
import { Turns } from '../../shared/util/turns.ts'
import type { Grant } from '../auth/authorizer.ts'
import { Backlog } from './backlog.ts'
import { CatchUp } from './catch-up.ts'
import type { Commons } from './commons.ts'
import { KeptAnswers } from './first-answer.ts'
import { Pulse } from './pulse.ts'
import { Revocations, revoked } from './revocation.ts'
import { Room, STOPPING } from './room.ts'
import type { RoomParts, RoomSocket } from './seams.ts'
import type { Session } from './session.ts'
import { SnapshotSchedule } from './snapshot-schedule.ts'

/** ms that closing waits for snapshots at most: well within what supervisors grant before they kill. */
const SNAPSHOTS_WITHIN = 10_000

export interface RoomStats {
  /** Boards in memory. */
  readonly rooms: number
  readonly sessions: number
  /** Changes that wait for a tick. */
  readonly queued: number
  /** Boards with changes that no snapshot has. */
  readonly unsnapshotted: number
  /** Seconds for which the oldest of those changes has waited; 0 when there is none. */
  readonly snapshotLagSeconds: number
  /** Whether the last snapshot could not be stored. */
  readonly snapshotsFail: boolean
}

/**
 * The boards in use.
 *
 * 1. A board has at most one room that takes sessions; whoever comes while it loads joins that one.
 * 2. A new room of a board waits until the room before it has let go of the log.
 * 3. A board that nobody uses any more is loaded once more if it is not snapshotted yet.
 */
export class Rooms {
  readonly #parts: RoomParts
  readonly #rooms = new Map<string, Room>()
  readonly #leaving = new Map<string, Promise<void>>()
  readonly #commons: Commons
  readonly #revocations: Revocations
  readonly #schedule: SnapshotSchedule
  readonly #catchUp: CatchUp
  #isClosing = false

  constructor(parts: RoomParts) {
    this.#parts = parts
    this.#revocations = new Revocations(parts.clock)
    this.#schedule = new SnapshotSchedule(parts, board => this.#snapshot(board))
    this.#commons = {
      requests: this.#schedule,
      backlog: new Backlog(parts.limits.totalBacklogBytes),
      pulse: new Pulse(parts),
      turns: new Turns(parts.clock, parts.seconds),
      answers: new KeptAnswers(),
    }
    this.#catchUp = new CatchUp(parts, boards => this.#schedule.found(boards))
  }

  /** Rooms in memory. */
  get count(): number {
    return this.#rooms.size
  }

  get stats(): RoomStats {
    const rooms = [...this.#rooms.values()]
    return {
      rooms: rooms.length,
      sessions: rooms.reduce((sum, room) => sum + room.sessions, 0),
      queued: rooms.reduce((sum, room) => sum + room.queued, 0),
      unsnapshotted: this.#schedule.unsnapshotted,
      snapshotLagSeconds: this.#schedule.lagSeconds,
      snapshotsFail: this.#schedule.isFailing,
    }
  }

  join(board: string, socket: RoomSocket, grant: Grant): Session {
    const room = this.#room(board)
    const current = this.#revocations.leave(board, grant)
    const session = room.join(socket, current ?? grant)
    if (this.#isClosing) session.close(CLOSE.goingAway, STOPPING)
    else if (!current) session.reject(revoked())
    return session
  }

  /** The owner replaced the links of a board: those who came by older ones are closed, and nobody else comes by them. */
  revoke(board: string, epoch: number): void {
    this.#revocations.add(board, epoch)
    this.#rooms.get(board)?.revoke(epoch)
  }

  /** To be called once when a relay starts: finds the boards that wait for a snapshot. Rejects when the log cannot be listed. */
  catchUp(): Promise<void> {
    return this.#catchUp.run()
  }

  /**
   * Stores and acknowledges all that has arrived, closes everybody with 1001, snapshots what it can within a few seconds,
   * and lets go of the log.
   */
  async close(): Promise<void> {
    this.#isClosing = true
    this.#catchUp.stop()
    await Promise.all([...this.#rooms.values()].map(room => room.dismiss()))
    await this.#schedule.finish(SNAPSHOTS_WITHIN)
    for (const room of [...this.#rooms.values()]) room.close()
    this.#revocations.stop()
    await Promise.all(this.#leaving.values())
  }

  #room(board: string): Room {
    const known = this.#rooms.get(board)
    if (known) return known
    const before = this.#leaving.get(board) ?? Promise.resolve()
    const onEnd = (settled: Promise<void>) => this.#ended(board, settled)
    const room = new Room(board, this.#parts, this.#commons, before, onEnd)
    this.#rooms.set(board, room)
    return room
  }

  async #snapshot(board: string): Promise<number | null> {
    const known = this.#rooms.get(board)
    const room = known ?? this.#room(board)
    try {
      return await room.snapshot()
    } finally {
      if (!known) void room.leaveIfIdle()
    }
  }

  #ended(board: string, settled: Promise<void>): void {
    this.#rooms.delete(board)
    const leaving = settled.then(() => {
      if (this.#leaving.get(board) === leaving) this.#leaving.delete(board)
    })
    this.#leaving.set(board, leaving)
  }
}
