import type { RelayMetrics } from '../metrics/relay-metrics.ts'
import type { Fanout, RoomSocket } from './seams.ts'

/** Bytes published between looks at the sockets' buffers: no buffer grows by more without being looked at. */
const LOOK_EVERY = 64 * 1024

interface Sender {
  /** Sends to everybody else. Returns false when its socket is gone and could not. */
  publish(topic: string, frame: Uint8Array): boolean
}

interface Channel {
  readonly topic: string
  /** Sockets that listen. */
  listeners: number
}

/** Whether one socket listens to a channel. */
export class Listening {
  readonly #socket: Pick<RoomSocket, 'subscribe' | 'unsubscribe'>
  readonly #channel: Channel
  #isOn = false

  constructor(socket: Pick<RoomSocket, 'subscribe' | 'unsubscribe'>, channel: Channel) {
    this.#socket = socket
    this.#channel = channel
  }

  get isOn(): boolean {
    return this.#isOn
  }

  join(): void {
    if (this.#isOn) return
    this.#isOn = true
    this.#channel.listeners += 1
    this.#socket.subscribe(this.#channel.topic)
  }

  /** Returns whether it did listen. */
  leave(): boolean {
    if (!this.#isOn) return false
    this.#isOn = false
    this.#channel.listeners -= 1
    this.#socket.unsubscribe(this.#channel.topic)
    return true
  }
}

/** What a room says to everybody. */
export class Broadcast {
  readonly documents: Channel
  readonly presences: Channel
  readonly #fanout: Fanout
  readonly #metrics: RelayMetrics
  readonly #look: () => void
  #unlookedBytes = 0

  /** @param look looks at the buffers of all sockets. */
  constructor(board: string, fanout: Fanout, metrics: RelayMetrics, look: () => void) {
    this.documents = { topic: `document/${board}`, listeners: 0 }
    this.presences = { topic: `presence/${board}`, listeners: 0 }
    this.#fanout = fanout
    this.#metrics = metrics
    this.#look = look
  }

  /** Publishes a change. What came from one client alone is no news to it. */
  change(frame: Uint8Array, senders: ReadonlySet<Sender>): void {
    const { topic, listeners } = this.documents
    const [sender] = senders
    const told = senders.size === 1 && sender?.publish(topic, frame)
    if (!told) this.#fanout.publish(topic, frame)
    this.#published(frame.length, told ? listeners - 1 : listeners)
  }

  presence(frame: Uint8Array): void {
    this.#fanout.publish(this.presences.topic, frame)
    this.#published(frame.length, this.presences.listeners)
  }

  #published(bytes: number, sockets: number): void {
    this.#metrics.sent(bytes, Math.max(0, sockets))
    this.#unlookedBytes += bytes
    if (this.#unlookedBytes < LOOK_EVERY) return
    this.#unlookedBytes = 0
    this.#look()
  }
}
