import * as Y from 'yjs'
import { NO_METRICS } from '../../../relay/metrics/relay-metrics.ts'
import { schemaGate } from '../../../relay/room/gate.ts'
import { applyRecord, docOf } from '../../../relay/room/record.ts'
import { Rooms } from '../../../relay/room/rooms.ts'
import { ROOM_LIMITS, type RoomSocket } from '../../../relay/room/seams.ts'
import { MemoryLog } from '../../../relay/storage/memory-log.ts'
import type { BoardLog, UpdateLog } from '../../../relay/storage/update-log.ts'
import { CLOSE } from '../../../shared/protocol/close.ts'
import { encodeFrame } from '../../../shared/protocol/frame.ts'
import type { Hello } from '../../../shared/protocol/hello.ts'
import type { RelayLimits } from '../../../shared/protocol/limits.ts'
import { SCHEMA_VERSION } from '../../../shared/schema/read.ts'
import { seededRandom } from '../../../shared/testing/seeded-random.ts'
import type { Clock } from '../../../shared/util/clock.ts'
import type { Random } from '../../../shared/util/random.ts'
import { type Changes, changesIn, missing } from './claims.ts'
import type { End, SimNet } from './sim-net.ts'
import { SimSnapshots } from './sim-snapshots.ts'

export interface SimRelayOptions {
  readonly net: SimNet
  readonly clock: Clock
  /** Of the store of snapshots. */
  readonly random?: Random
  /** ms from an append to its being on disk. */
  readonly writeDelay: number
  /** A broken relay, to see that it is found out: it says that an append is on disk when it is not. */
  readonly lies?: boolean
  /** Bytes of the largest frame that it takes. */
  readonly frameBytes?: number
  /** A relay that greets everybody and can never open a board: peers find each other through it, and that is all. */
  readonly isBroken?: boolean
}

/** Short, so that rooms are evicted, loaded again and snapshotted many times within a run. */
const TIMES = { idleEvictMs: 1_500, snapshotAfterMs: 300, snapshotMaxMs: 1_200 }

const GRANT = { role: 'editor', epoch: null, expiresAt: null } as const

/** The relay's own rooms over a simulated network, a log that survives crashes, and what of it is on disk. */
export class SimRelay {
  /** Broken promises, in words. */
  readonly problems: string[] = []
  readonly #options: SimRelayOptions
  readonly #snapshots: SimSnapshots
  #log: MemoryLog
  #onDisk = new Y.Doc()
  #life = {}
  #running: { readonly rooms: Rooms; readonly topics: Topics } | null = null

  constructor(options: SimRelayOptions) {
    this.#options = options
    this.#log = new MemoryLog(options.clock, options.writeDelay)
    this.#snapshots = new SimSnapshots(options.clock, options.random ?? seededRandom(1))
  }

  /** What the log would give back after a crash at this moment. */
  get onDisk(): Y.Doc {
    return this.#onDisk
  }

  /** All that was ever in a snapshot. */
  get inSnapshots(): Y.Doc {
    return this.#snapshots.stored
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
    const limits = { ...ROOM_LIMITS, ...TIMES, frameBytes }
    const { clock } = this.#options
    const rooms = new Rooms({
      log: this.#watchedLog(),
      snapshots: this.#snapshots.store(() => this.#life === life),
      clock: this.#clockOf(life),
      seconds: () => clock.now() / 1000,
      utilization: () => 0,
      random: seededRandom(1),
      gate: schemaGate,
      metrics: NO_METRICS,
      fanout: { publish: (topic, frame) => publish(topics, topic, frame) },
      logger: { info: () => {}, warn: () => {}, error: () => {} },
      limits,
      hello: () => helloOf(limits),
    })
    void rooms.catchUp()
    this.#running = { rooms, topics }
  }

  /** `kill -9`: connections break, what was not on disk is gone. */
  crash(): void {
    this.#running = null
    this.#life = {}
    this.#log.crash()
    this.#options.net.cut((a, b) => a === 'relay' || b === 'relay')
  }

  /** As `crash`, and the machine is another one: what comes back is what the snapshots hold. */
  loseDisk(): void {
    this.crash()
    this.#log = new MemoryLog(this.#options.clock, this.#options.writeDelay)
    this.#onDisk = new Y.Doc()
  }

  accept(end: End, boardId: string, protocol: string): boolean {
    const running = this.#running
    if (!running) return false
    if (this.#options.isBroken) {
      end.send(encodeFrame({ type: 'hello', hello: helloOf(ROOM_LIMITS) }))
      end.close(CLOSE.unavailable, 'The board could not be loaded.')
      return true
    }
    const socket = socketOver(end, protocol, running.topics, () => session.closed())
    const session = running.rooms.join(boardId, socket, GRANT)
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
    const disk = this.#log
    const watch = (log: BoardLog): BoardLog => ({
      get size() {
        return log.size
      },
      get isSettled() {
        return log.isSettled
      },
      append: record => this.#noted(record, log.append(record)),
      compact: record => this.#noted(record, log.compact(record)),
      settle: record => this.#noted(record, log.settle(record)),
    })
    return {
      open: async board => {
        const { records, log } = await disk.open(board)
        if (records.length > 0) return { records, log: watch(log) }
        const promised = changesIn(this.inSnapshots)
        return { records, log: this.#watchFirst(watch(log), promised) }
      },
      boards: () => disk.boards(),
      probe: () => disk.probe(),
      close: () => disk.close(),
    }
  }

  /** The log of a board that the disk does not have: the first that is written holds all that was in a snapshot by then. */
  #watchFirst(log: BoardLog, promised: Changes): BoardLog {
    let isFirst = true
    const check = async (written: Promise<void>): Promise<void> => {
      await written
      if (!isFirst) return
      isFirst = false
      const lost = missing(promised, changesIn(this.#onDisk))
      if (lost)
        this.problems.push(`a relay with an empty disk came back without ${lost}, which were in a snapshot`)
    }
    return {
      get size() {
        return log.size
      },
      get isSettled() {
        return log.isSettled
      },
      append: record => check(log.append(record)),
      compact: record => check(log.compact(record)),
      settle: record => check(log.settle(record)),
    }
  }

  #noted(record: Uint8Array, written: Promise<void>): Promise<void> {
    const onDisk = this.#onDisk
    const noted = written.then(() => void applyRecord(onDisk, record))
    return this.#options.lies ? Promise.resolve() : noted
  }
}

const helloOf = (limits: RelayLimits): Hello => ({
  role: 'editor',
  epoch: null,
  schema: SCHEMA_VERSION,
  limits,
  iceServers: [],
  mesh: { password: '', maxPeers: 8 },
})

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
    drop: () => socket.close(1006, ''),
  }
  return socket
}

function publish(topics: Topics, topic: string, frame: Uint8Array, but?: RoomSocket): void {
  for (const socket of topics.get(topic) ?? []) if (socket !== but) socket.send(frame)
}
