import * as Y from 'yjs'
import { decodeFrame, encodeFrame, type Frame, SUBPROTOCOL } from '../../shared/protocol/frame.ts'
import type { Hello } from '../../shared/protocol/hello.ts'
import { type FakeClock, fakeClock } from '../../shared/testing/fake-clock.ts'
import { MemoryLog } from '../storage/memory-log.ts'
import { StorageError, type UpdateLog } from '../storage/update-log.ts'
import { type Gate, rootGate } from './gate.ts'
import { Rooms } from './rooms.ts'
import { ROOM_LIMITS, type RoomLimits, type RoomSocket } from './seams.ts'
import type { Session } from './session.ts'
import { Topics } from './topics.ts'

export const BOARD = 'a-board-under-test'

const HELLO: Hello = {
  role: 'editor',
  schema: 1,
  limits: { frameBytes: ROOM_LIMITS.frameBytes },
  iceServers: [],
  mesh: null,
}

export interface Client {
  readonly session: Session
  /** Every frame received so far. */
  readonly frames: Frame[]
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
  join(options?: { board?: string; stock?: boolean }): Client
  /** Lets timers of this moment run, and promises settle, until everything sent has been dealt with. */
  settle(): Promise<void>
}

export interface TestRelayOptions {
  log?: UpdateLog
  clock?: FakeClock
  gate?: Gate
  limits?: Partial<RoomLimits>
}

/** The real rooms over sockets in memory. */
export function testRelay(options: TestRelayOptions = {}): TestRelay {
  const clock = options.clock ?? fakeClock()
  const topics = new Topics()
  const errors: string[] = []
  const silent = () => undefined
  const rooms = new Rooms({
    clock,
    fanout: topics,
    log: options.log ?? new MemoryLog(clock),
    gate: options.gate ?? rootGate,
    limits: { ...ROOM_LIMITS, ...options.limits },
    logger: { info: silent, warn: silent, error: fields => errors.push(JSON.stringify(fields, errorText)) },
    hello: () => HELLO,
  })
  return {
    rooms,
    clock,
    topics,
    errors,
    join: ({ board = BOARD, stock = false } = {}) => joinRoom(rooms, topics, board, stock),
    // Covers a presence tick and a few writes of the memory log.
    settle: () => clock.settle(20),
  }
}

const errorText = (_key: string, value: unknown): unknown => (value instanceof Error ? value.message : value)

function joinRoom(rooms: Rooms, topics: Topics, board: string, stock: boolean): Client {
  const frames: Frame[] = []
  const line = { open: true, closeCode: null as number | null, waiting: 0, stalled: false }
  const subscriber = {
    send(bytes: Uint8Array) {
      frames.push(decodeFrame(bytes, Number.MAX_SAFE_INTEGER))
      if (line.stalled) line.waiting += bytes.length
    },
  }
  const socket: RoomSocket = {
    protocol: stock ? '' : SUBPROTOCOL,
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
  }
  const session = rooms.join(board, socket, { role: 'editor' })
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

/** What a client holds after taking every document frame that it received. */
export function contentOf(client: Client): Record<string, unknown> {
  const doc = new Y.Doc()
  for (const frame of client.frames) {
    if (frame.type === 'syncStep2' || frame.type === 'update') Y.applyUpdate(doc, frame.update)
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
    failOpen: false,
    failAppend: false,
    memory,
  }
  const log: UpdateLog = {
    async open(board) {
      watch.opened += 1
      if (watch.failOpen) throw new StorageError('The disk is gone.')
      const { records, log: inner } = await memory.open(board)
      return {
        records,
        log: {
          size: inner.size,
          append(record) {
            if (watch.failAppend) return Promise.reject(new StorageError('The disk is full.'))
            watch.appended.push(record)
            return inner.append(record)
          },
          compact(record) {
            watch.compacted += 1
            return inner.compact(record)
          },
        },
      }
    },
    close: () => memory.close(),
  }
  return { log, watch }
}

/** The state vector of somebody who has nothing. */
export const NOTHING = Y.encodeStateVector(new Y.Doc())
