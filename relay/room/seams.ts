/**
 * What the rooms need of the world, and how to drive them. Nothing in this folder knows a transport, a storage
 * backend or the system's clock, so that a simulation runs the same Rooms, Room and Session as the relay does.
 *
 * ```ts
 * const rooms = new Rooms({ log, clock, gate: rootGate, fanout, logger, limits: ROOM_LIMITS, hello })
 * const session = rooms.join(board, socket, grant)  // at once; what arrives before the board is loaded is held
 * session.receive(bytes)                            // for each binary message, in order; the bytes are the session's now
 * session.drained()                                 // when the socket's buffer has shrunk
 * session.closed()                                  // once, when the socket is gone, whoever closed it
 * await rooms.close()                               // all that was received is durable, acknowledged, closed with 1001
 * ```
 *
 * A crash is a room set that is dropped without `close`, on a clock whose tasks no longer run. `Topics` is a
 * ready fan-out for sockets that have none of their own.
 */
import type { Hello } from '../../shared/protocol/hello.ts'
import type { Clock } from '../../shared/util/clock.ts'
import type { Grant } from '../auth/authorizer.ts'
import type { UpdateLog } from '../storage/update-log.ts'
import type { Gate } from './gate.ts'

/** One client's connection. Calls on a socket that has closed do nothing. */
export interface RoomSocket {
  /** The WebSocket subprotocol that was selected, or the empty text. */
  readonly protocol: string
  /** Bytes accepted by `send` or `publish` that the peer's machine has not taken yet. */
  readonly buffered: number
  /** Never drops. Keeps its order with what is published. */
  send(frame: Uint8Array): void
  subscribe(topic: string): void
  unsubscribe(topic: string): void
  /** Sends to every subscriber of the topic but this socket. */
  publish(topic: string, frame: Uint8Array): void
  close(code: number, reason: string): void
}

export interface Fanout {
  /** Sends to every subscriber of the topic. */
  publish(topic: string, frame: Uint8Array): void
}

export interface Logger {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export interface RoomLimits {
  /** Bytes of the largest frame taken. */
  frameBytes: number
  /** Bytes of frames held while a board is loaded. */
  heldBytes: number
  /** Bytes waiting in a socket from which on it gets no presence and no new sync. */
  congestedBytes: number
  /** Bytes waiting in a socket, its last sync step 2 not counted, from which on it is closed. */
  backlogBytes: number
  /** ms that a room without sessions stays in memory. */
  idleEvictMs: number
}

const MIB = 1024 * 1024

export const ROOM_LIMITS: RoomLimits = {
  // A board of 10,000 shapes is 2.8 MB in one sync step 2; five of those still fit.
  frameBytes: 16 * MIB,
  heldBytes: 32 * MIB,
  // A few frames' worth of updates: more waiting than this and a cursor would be shown late.
  congestedBytes: MIB / 4,
  backlogBytes: 4 * MIB,
  idleEvictMs: 30_000,
}

export interface RoomParts {
  log: UpdateLog
  clock: Clock
  gate: Gate
  fanout: Fanout
  logger: Logger
  limits: RoomLimits
  /** The first frame for a Driftboard client. */
  hello(board: string, grant: Grant): Hello
}
