/**
 * What the rooms need of the world, and how to drive them. Nothing in this folder knows a transport, a storage
 * backend or the system's clock, so that a simulation runs the same Rooms, Room and Session as the relay does.
 *
 * ```ts
 * const rooms = new Rooms(parts)
 * await rooms.catchUp()                             // once: finds boards that the store of snapshots lacks
 * const session = rooms.join(board, socket, grant)  // at once; what arrives before the board is loaded is held
 * session.receive(bytes)                            // for each binary message, in order; the bytes are the session's now
 * session.drained()                                 // when the socket's buffer has shrunk
 * session.closed()                                  // once, when the socket is gone, whoever closed it
 * rooms.revoke(board, epoch)                        // the owner replaced the links: those of before are closed
 * rooms.stats                                       // for whoever watches
 * await rooms.close()                               // all that was received is durable, acknowledged, closed with 1001
 * ```
 *
 * A crash is a room set that is dropped without `close`, on a clock whose tasks no longer run. `Topics` is a
 * ready fan-out for sockets that have none of their own.
 */
import type { Hello } from '../../shared/protocol/hello.ts'
import type { RelayLimits } from '../../shared/protocol/limits.ts'
import type { Clock } from '../../shared/util/clock.ts'
import type { Random } from '../../shared/util/random.ts'
import type { Grant } from '../auth/authorizer.ts'
import type { RelayMetrics } from '../metrics/relay-metrics.ts'
import type { SnapshotStore } from '../storage/snapshot-store.ts'
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
  /** Ends it at once, without a word, and forgets what waits for it. */
  drop(): void
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

/** What a room needs of the limits, beside those that clients are told. */
export interface RoomLimits extends RelayLimits {
  /** Bytes of frames held while a board is loaded. */
  heldBytes: number
  /** Bytes waiting in a socket from which on it gets no presence and no new sync. */
  congestedBytes: number
  /** Bytes waiting in a socket, its last sync step 2 not counted, from which on it is closed. */
  backlogBytes: number
  /** Bytes waiting in the sockets of all boards together, from which on those who have been behind longest are closed. */
  totalBacklogBytes: number
  /** ms that a room without sessions stays in memory. */
  idleEvictMs: number
  /** ms without a change after which a board is snapshotted. */
  snapshotAfterMs: number
  /** ms after which a board that never rests is snapshotted. */
  snapshotMaxMs: number
  /** Bytes of changes after which a board is snapshotted at once. */
  snapshotBytes: number
}

const MIB = 1024 * 1024

export const ROOM_LIMITS: RoomLimits = {
  // A board of 10,000 shapes is 2.8 MB in one sync step 2; five of those still fit.
  frameBytes: 16 * MIB,
  // Some 200,000 shapes: far more than a browser draws well.
  documentBytes: 64 * MIB,
  shapes: 100_000,
  // A stroke's newest points, a selection of thousands: below 60 KB in our client.
  presenceBytes: 128 * 1024,
  connectionsPerRoom: 1_000,
  // A school or an office behind one address.
  connectionsPerAddress: 1_000,
  connections: 20_000,
  // A pointer at 120 Hz, and as much again.
  messagesPerSecond: 250,
  bytesPerSecond: 4 * MIB,
  heldBytes: 32 * MIB,
  // A few frames' worth of updates: more waiting than this and a cursor would be shown late.
  congestedBytes: MIB / 4,
  backlogBytes: 4 * MIB,
  // Eight of the largest boards at once, and a fraction of what a small machine has.
  totalBacklogBytes: 512 * MIB,
  idleEvictMs: 30_000,
  snapshotAfterMs: 10_000,
  snapshotMaxMs: 120_000,
  snapshotBytes: 8 * MIB,
}

export interface RoomParts {
  log: UpdateLog
  snapshots: SnapshotStore
  clock: Clock
  gate: Gate
  fanout: Fanout
  logger: Logger
  metrics: RelayMetrics
  random: Random
  /** Seconds that only ever go on, from any start: durations, which a wall clock that is set back would spoil. */
  seconds: () => number
  /** The share of its time, 0 to 1, that this process has been busy of late. */
  utilization: () => number
  limits: RoomLimits
  /** The first frame for a Driftboard client. */
  hello(board: string, grant: Grant): Hello
}
