import type { Grant } from '../auth/authorizer.ts'
import { Room } from './room.ts'
import type { RoomParts, RoomSocket } from './seams.ts'
import type { Session } from './session.ts'

/**
 * The boards in use.
 *
 * 1. A board has at most one room that takes sessions; whoever comes while it loads joins that one.
 * 2. A new room of a board waits until the room before it has let go of the log.
 */
export class Rooms {
  readonly #parts: RoomParts
  readonly #rooms = new Map<string, Room>()
  readonly #leaving = new Map<string, Promise<void>>()

  constructor(parts: RoomParts) {
    this.#parts = parts
  }

  /** Rooms in memory. */
  get count(): number {
    return this.#rooms.size
  }

  join(board: string, socket: RoomSocket, grant: Grant): Session {
    return this.#room(board).join(socket, grant)
  }

  /** Stores and acknowledges all that has arrived, closes everybody with 1001, and lets go of the log. */
  async close(): Promise<void> {
    await Promise.all([...this.#rooms.values()].map(room => room.close()))
    await Promise.all(this.#leaving.values())
  }

  #room(board: string): Room {
    const known = this.#rooms.get(board)
    if (known) return known
    const before = this.#leaving.get(board) ?? Promise.resolve()
    const room = new Room(board, this.#parts, before, settled => this.#ended(board, settled))
    this.#rooms.set(board, room)
    return room
  }

  #ended(board: string, settled: Promise<void>): void {
    this.#rooms.delete(board)
    const leaving = settled.then(() => {
      if (this.#leaving.get(board) === leaving) this.#leaving.delete(board)
    })
    this.#leaving.set(board, leaving)
  }
}
