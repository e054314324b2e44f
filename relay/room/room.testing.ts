import { inflateRawSync } from 'node:zlib'
import * as Y from 'yjs'
import {
  decodeFrame,
  encodeFrame,
  type Frame,
  STATE_SUBPROTOCOL,
  SUBPROTOCOL,
} from '../../shared/protocol/frame.ts'
import type { Hello } from '../../shared/protocol/hello.ts'
import { SCHEMA_VERSION } from '../../shared/schema/read.ts'
import { type FakeClock, fakeClock } from '../../shared/testing/fake-clock.ts'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import type { Clock } from '../../shared/util/clock.ts'
import type { Grant } from '../auth/authorizer.ts'
import { NO_METRICS, type RelayMetrics } from '../metrics/relay-metrics.ts'
import { MemoryLog } from '../storage/memory-log.ts'
import type { SnapshotStore } from '../storage/snapshot-store.ts'
import { type BoardLog, StorageError, type UpdateLog } from '../storage/update-log.ts'
import type { Gate } from './gate.ts'
import { Rooms } from './rooms.ts'
import { type Fanout, ROOM_LIMITS, type RoomLimits, type RoomParts, type RoomSocket } from './seams.ts'
import type { Session } from './session.ts'
import { Topics } from './topics.ts'
import { memorySnapshots } from './watched-snapshots.testing.ts'

export const BOARD = 'a-board-under-test'

const HELLO: Hello = {
  role: 'editor',
  schema: SCHEMA_VERSION,
  epoch: null,
  limits: ROOM_LIMITS,
  iceServers: [],
  mesh: null,
}

export interface Client {
  readonly session: Session
  /** Every frame received so far. */
  readonly frames: Frame[]
  /** Bytes of those. */
  readonly bytes: number
  /** The code it was closed with, or null while it is open. */
  readonly closeCode: number | null
  /** Bytes that its socket holds back; what is sent adds to it while `stalled`. */
  waiting: number
  /** Whether its peer takes nothing. */
  stalled: boolean
  say(frame: Frame): void
  sayBytes(bytes: Uint8Array): void
  /** Received frames of one type. */
  got<T extends Frame['type']>(type: T): Extract<Frame, { type: T }>[]
  leave(): void
}

export interface TestRelay {
  rooms: Rooms
  clock: FakeClock
  topics: Topics
  /** Messages of errors logged. */
  errors: string[]
  /** Messages of warnings logged. */
  warnings: string[]
  join(options?: { board?: string; stock?: boolean; takesState?: boolean; grant?: Partial<Grant> }): Client
  /** `kill -9`: none of its tasks runs any more. What its log and store have under way is theirs to end. */
  crash(): void
  /** Lets timers of this moment run, and promises settle, until everything sent has been dealt with. */
  settle(): Promise<void>
}

export interface TestRelayOptions {
  log?: UpdateLog
  snapshots?: SnapshotStore
  metrics?: Partial<RelayMetrics>
  clock?: FakeClock
  gate?: Gate
  limits?: Partial<RoomLimits>
  /** What of the hello depends on the grant. */
  hello?: (grant: Grant) => Partial<Hello>
  /** ms by which the wall clock is wrong. */
  wallClockOff?: () => number
}

const EDITOR: Grant = { role: 'editor', epoch: null, expiresAt: null }

/** The real rooms over sockets in memory. */
export function testRelay(options: TestRelayOptions = {}): TestRelay {
  const clock = options.clock ?? fakeClock()
  const topics = new Topics()
  const errors: string[] = []
  const warnings: string[] = []
  const { wallClockOff = () => 0 } = options
  let isUp = true
  const rooms = new Rooms({
    ...roomParts(clock, topics),
    clock: {
      now: () => clock.now() + wallClockOff(),
      after: (ms, task) => clock.after(ms, () => isUp && task()),
    },
    log: options.log ?? new MemoryLog(clock),
    snapshots: options.snapshots ?? memorySnapshots(clock),
    gate: options.gate ?? openGate,
    metrics: { ...NO_METRICS, ...options.metrics },
    limits: { ...ROOM_LIMITS, ...options.limits },
    hello: (_board, grant) => ({ ...HELLO, ...options.hello?.(grant) }),
    logger: {
      info: () => undefined,
      warn: (_fields, message) => warnings.push(message),
      error: fields => errors.push(JSON.stringify(fields, errorText)),
    },
  })
  return {
    rooms,
    clock,
    topics,
    errors,
    warnings,
    join: ({ board = BOARD, stock = false, takesState = false, grant = {} } = {}) =>
      joinRoom(rooms, topics, { board, stock, takesState, grant: { ...EDITOR, ...grant } }),
    crash: () => {
      isUp = false
    },
    // Covers a presence tick and a few writes of the memory log.
    settle: () => clock.settle(120),
  }
}

/** Admits everything: for tests that are about something else than what a board may hold. */
const openGate: Gate = { admit: () => true }

/** Parts that no test cares about. */
export const roomParts = (clock: Clock, fanout: Fanout): Omit<RoomParts, 'log' | 'snapshots'> => ({
  clock,
  seconds: () => clock.now() / 1000,
  utilization: () => 0,
  random: seededRandom(1),
  fanout,
  gate: openGate,
  metrics: NO_METRICS,
  limits: ROOM_LIMITS,
  logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
  hello: () => HELLO,
})

const errorText = (_key: string, value: unknown): unknown => (value instanceof Error ? value.message : value)

interface Joining {
  board: string
  stock: boolean
  takesState?: boolean
  grant: Grant
}

/** What WebSockets call the end of a connection that came without a close frame. */
export const DROPPED = 1006

/** Somebody who joins a board over a socket in memory. */
export function joinRoom(rooms: Rooms, topics: Topics, { board, stock, takesState, grant }: Joining): Client {
  const frames: Frame[] = []
  const line = { open: true, bytes: 0, closeCode: null as number | null, waiting: 0, stalled: false }
  const subscriber = {
    send(bytes: Uint8Array) {
      frames.push(decodeFrame(bytes, Number.MAX_SAFE_INTEGER))
      line.bytes += bytes.length
      if (line.stalled) line.waiting += bytes.length
    },
  }
  const socket: RoomSocket = {
    protocol: stock ? '' : takesState ? STATE_SUBPROTOCOL : SUBPROTOCOL,
    get buffered() {
      return line.waiting
    },
    send: bytes => line.open && subscriber.send(bytes),
    subscribe: topic => line.open && topics.subscribe(topic, subscriber),
    unsubscribe: topic => topics.unsubscribe(topic, subscriber),
    publish: (topic, bytes) => line.open && topics.publish(topic, bytes, subscriber),
    close: code => {
      line.closeCode ??= code
      line.open = false
    },
    drop: () => socket.close(DROPPED, ''),
  }
  const session = rooms.join(board, socket, grant)
  return Object.assign(line, {
    session,
    frames,
    say: (frame: Frame) => session.receive(encodeFrame(frame)),
    sayBytes: (bytes: Uint8Array) => session.receive(bytes),
    got: <T extends Frame['type']>(type: T) =>
      frames.filter((frame): frame is Extract<Frame, { type: T }> => frame.type === type),
    leave: () => {
      line.open = false
      session.closed()
    },
  })
}

/** A document whose every change is also kept, in order, as an update. */
export function writer(): { doc: Y.Doc; set(key: string, value: unknown): Uint8Array } {
  const doc = new Y.Doc()
  return {
    doc,
    set(key, value) {
      const before = Y.encodeStateVector(doc)
      doc.getMap('meta').set(key, value)
      return Y.encodeStateAsUpdate(doc, before)
    },
  }
}

/** The update (V2) that a `state` carries. */
export const updateOf = ({ size, content }: Extract<Frame, { type: 'state' }>): Uint8Array =>
  size === 0 ? content : inflateRawSync(content)

/** What a client holds after taking every document frame that it received. */
export function contentOf(client: Client): Record<string, unknown> {
  const doc = new Y.Doc()
  for (const frame of client.frames) {
    if (frame.type === 'syncStep2' || frame.type === 'update') Y.applyUpdate(doc, frame.update)
    if (frame.type === 'state') Y.applyUpdateV2(doc, updateOf(frame))
  }
  return doc.getMap('meta').toJSON()
}

/** A memory log that counts, and can be told to be slow or to fail. */
export function watchedLog(clock = fakeClock()) {
  const memory = new MemoryLog(clock)
  const watch = {
    clock,
    opened: 0,
    appended: [] as Uint8Array[],
    compacted: 0,
    settled: 0,
    failOpen: false,
    failAppend: false,
    memory,
  }
  const log: UpdateLog = {
    async open(board) {
      watch.opened += 1
      if (watch.failOpen) throw new StorageError('The disk is gone.')
      const { records, log: inner } = await memory.open(board)
      return { records, log: watchedBoard(inner) }
    },
    boards: () => memory.boards(),
    probe: () => memory.probe(),
    close: () => memory.close(),
  }
  const watchedBoard = (inner: BoardLog): BoardLog => ({
    size: inner.size,
    get isSettled() {
      return inner.isSettled
    },
    append(record) {
      if (watch.failAppend) return Promise.reject(new StorageError('The disk is full.'))
      watch.appended.push(record)
      return inner.append(record)
    },
    compact(record) {
      watch.compacted += 1
      return inner.compact(record)
    },
    settle(record) {
      watch.settled += 1
      return inner.settle(record)
    },
  })
  return { log, watch }
}

/** The state vector of somebody who has nothing. */
export const NOTHING = Y.encodeStateVector(new Y.Doc())
