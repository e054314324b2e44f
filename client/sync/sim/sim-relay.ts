import * as Y from 'yjs'
import { rootGate } from '../../../relay/room/gate.ts'
import { docOf } from '../../../relay/room/record.ts'
import { Rooms } from '../../../relay/room/rooms.ts'
import { ROOM_LIMITS, type RoomSocket } from '../../../relay/room/seams.ts'
import { MemoryLog } from '../../../relay/storage/memory-log.ts'
import type { BoardLog, UpdateLog } from '../../../relay/storage/update-log.ts'
import type { Clock } from '../../../shared/util/clock.ts'
import type { End, SimNet } from './sim-net.ts'

export interface SimRelayOptions {
  readonly net: SimNet
  readonly clock: Clock
  /** ms from an append to its being on disk. */
  readonly writeDelay: number
  /** A broken relay, to see that it is found out: it says that an append is on disk when it is not. */
  readonly lies?: boolean
  /** Bytes of the largest frame that it takes. */
  readonly frameBytes?: number
}

/** ms. Short, so that rooms are evicted and loaded again within a run. */
const IDLE_EVICT = 1_500

/** The relay's own rooms over a simulated network, a log that survives crashes, and what of it is on disk. */
export class SimRelay {
  /** What the log would give back after a crash at this moment. */
  readonly onDisk = new Y.Doc()
  readonly #options: SimRelayOptions
  readonly #log: MemoryLog
  #life = {}
  #running: { readonly rooms: Rooms; readonly topics: Topics } | null = null

  constructor(options: SimRelayOptions) {
    this.#options = options
    this.#log = new MemoryLog(options.clock, options.writeDelay)
  }

  get isUp(): boolean {
    return this.#running !== null
  }

  start(): void {
    if (this.#running) return
    const life = {}
    this.#life = life
    const { frameBytes = ROOM_LIMITS.frameBytes } = this.#options
    const topics: Topics = new Map()
    const rooms = new Rooms({
      log: this.#watchedLog(),
      clock: this.#clockOf(life),
      gate: rootGate,
      fanout: { publish: (topic, frame) => publish(topics, topic, frame) },
      logger: { info: () => {}, warn: () => {}, error: () => {} },
      limits: { ...ROOM_LIMITS, frameBytes, idleEvictMs: IDLE_EVICT },
      hello: () => ({
        role: 'editor',
        schema: 1,
        limits: { frameBytes },
        iceServers: [],
        mesh: null,
      }),
    })
    this.#running = { rooms, topics }
  }

  /** `kill -9`: connections break, what was not on disk is gone. */
  crash(): void {
    this.#running = null
    this.#life = {}
    this.#log.crash()
    this.#options.net.cut((a, b) => a === 'relay' || b === 'relay')
  }

  accept(end: End, boardId: string, protocol: string): boolean {
    const running = this.#running
    if (!running) return false
    const socket = socketOver(end, protocol, running.topics, () => session.closed())
    const session = running.rooms.join(boardId, socket, { role: 'editor' })
    end.onMessage = bytes => session.receive(bytes)
    end.onDrained = () => session.drained()
    end.onClose = () => session.closed()
    return true
  }

  /** The document that the log holds, as the next relay would load it. */
  async stored(boardId: string): Promise<Y.Doc> {
    return docOf(boardId, (await this.#log.open(boardId)).records)
  }

  /** Tasks of a relay that crashed no longer run. */
  #clockOf(life: object): Clock {
    const { clock } = this.#options
    return {
      now: () => clock.now(),
      after: (ms, task) => clock.after(ms, () => this.#life === life && task()),
    }
  }

  #watchedLog(): UpdateLog {
    const watch = (log: BoardLog): BoardLog => ({
      get size() {
        return log.size
      },
      append: record => this.#noted(record, log.append(record)),
      compact: record => this.#noted(record, log.compact(record)),
    })
    return {
      open: async board => {
        const { records, log } = await this.#log.open(board)
        return { records, log: watch(log) }
      },
      close: () => this.#log.close(),
    }
  }

  #noted(record: Uint8Array, written: Promise<void>): Promise<void> {
    const noted = written.then(() => applyRecord(this.onDisk, record))
    return this.#options.lies ? Promise.resolve() : noted
  }
}

/** A record is an update in v1 (first byte 1) or a state in v2 (first byte 2). */
function applyRecord(doc: Y.Doc, record: Uint8Array): void {
  if (record[0] === 1) Y.applyUpdate(doc, record.subarray(1))
  else Y.applyUpdateV2(doc, record.subarray(1))
}

type Topics = Map<string, Set<RoomSocket>>

function socketOver(end: End, protocol: string, topics: Topics, onClosed: () => void): RoomSocket {
  const socket: RoomSocket = {
    protocol,
    get buffered() {
      return end.inFlight
    },
    send: frame => end.send(frame),
    subscribe: topic => void topics.set(topic, (topics.get(topic) ?? new Set()).add(socket)),
    unsubscribe: topic => void topics.get(topic)?.delete(socket),
    publish: (topic, frame) => publish(topics, topic, frame, socket),
    close: (code, reason) => {
      end.close(code, reason)
      queueMicrotask(onClosed)
    },
  }
  return socket
}

function publish(topics: Topics, topic: string, frame: Uint8Array, but?: RoomSocket): void {
  for (const socket of topics.get(topic) ?? []) if (socket !== but) socket.send(frame)
}
