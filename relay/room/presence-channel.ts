import { type AwarenessEntry, decodeAwareness, encodeAwareness } from '../../shared/protocol/awareness.ts'
import { CLOSE } from '../../shared/protocol/close.ts'
import { ProtocolError } from '../../shared/protocol/error.ts'
import { encodeFrame } from '../../shared/protocol/frame.ts'
import type { Clock } from '../../shared/util/clock.ts'
import { PRESENCE_TIMEOUT, Presence } from './presence.ts'

/** ms. What is said within this is sent together: one frame of a screen, so nobody sees the delay. */
const PRESENCE_TICK = 16

/** ms between looks for people who went without a word. */
const SWEEP_EVERY = PRESENCE_TIMEOUT / 10

/** What one connection may vouch for, in clients of the largest presence: its own, and a few that only it can reach. */
const VOUCHED_SHARE = 4

/**
 * A stock client sends back whatever it hears, of everybody who is there, at once: so many clients for each connection of
 * the board, and so many bytes on the average.
 */
const ECHOED_CLIENTS = 4
const ECHOED_BYTES = 4_096

interface Speaker {
  send(frame: Uint8Array): void
}

interface PresenceParts {
  clock: Clock
  /** Seconds that only ever go on. */
  seconds: () => number
  /** Bytes of one client's presence. */
  maxBytes: number
  /** Connections of the board. */
  maxPeople: number
  publish: (frame: Uint8Array) => void
}

/** The presence of one board on the wire: merged, coalesced per tick, and swept. */
export class PresenceChannel {
  readonly #presence: Presence
  readonly #changed = new Set<number>()
  readonly #clock: Clock
  readonly #seconds: () => number
  readonly #maxBytes: number
  readonly #maxFrame: number
  readonly #maxEntries: number
  readonly #publish: (frame: Uint8Array) => void
  #cancelTick: (() => void) | null = null
  #cancelSweep: (() => void) | null = null
  #stopped = false

  constructor({ clock, seconds, maxBytes, maxPeople, publish }: PresenceParts) {
    this.#clock = clock
    this.#seconds = seconds
    this.#maxBytes = maxBytes
    this.#maxFrame = VOUCHED_SHARE * maxBytes + ECHOED_BYTES * maxPeople
    this.#maxEntries = ECHOED_CLIENTS * (VOUCHED_SHARE + maxPeople)
    this.#presence = new Presence(VOUCHED_SHARE * maxBytes)
    this.#publish = publish
  }

  /** Takes the payload of an awareness frame. Throws ProtocolError when it cannot be read or somebody's is too large. */
  say(speaker: Speaker, update: Uint8Array): void {
    // Before it is read: the largest frame has room for millions of clients.
    if (update.length > this.#maxFrame) {
      throw new ProtocolError(CLOSE.tooLarge, `What a client shows of everybody has ${update.length} bytes.`)
    }
    const entries = decodeAwareness(update, this.#maxEntries)
    if (update.length > this.#maxBytes) for (const entry of entries) this.#checkSize(entry)
    const { changed, stale } = this.#presence.apply(speaker, entries, this.#now())
    this.#announce(changed)
    if (stale.length > 0) speaker.send(this.#frame(stale))
    this.#cancelSweep ??= this.#clock.after(SWEEP_EVERY, () => this.#sweep())
  }

  leave(speaker: Speaker): void {
    this.#announce(this.#presence.leave(speaker, this.#now()))
  }

  /** Everybody who is here, as a frame; null when nobody is. */
  everybody(): Uint8Array | null {
    const entries = this.#presence.all()
    return entries.length === 0 ? null : encodeFrame({ type: 'awareness', update: encodeAwareness(entries) })
  }

  stop(): void {
    this.#stopped = true
    this.#cancelTick?.()
    this.#cancelSweep?.()
  }

  #announce(clients: readonly number[]): void {
    if (clients.length === 0 || this.#stopped) return
    for (const client of clients) this.#changed.add(client)
    this.#cancelTick ??= this.#clock.after(PRESENCE_TICK, () => this.#flush())
  }

  #flush(): void {
    this.#cancelTick = null
    const frame = this.#frame(this.#changed)
    this.#changed.clear()
    this.#publish(frame)
  }

  #sweep(): void {
    this.#announce(this.#presence.sweep(this.#now()))
    this.#cancelSweep = this.#presence.isEmpty ? null : this.#clock.after(SWEEP_EVERY, () => this.#sweep())
  }

  #checkSize({ state }: AwarenessEntry): void {
    const bytes = new TextEncoder().encode(state).length
    if (bytes <= this.#maxBytes) return
    throw new ProtocolError(
      CLOSE.tooLarge,
      `The presence of one client has ${bytes} bytes; the limit is ${this.#maxBytes}.`,
    )
  }

  /** ms, of a time that is never set back. */
  #now(): number {
    return this.#seconds() * 1000
  }

  #frame(clients: Iterable<number>): Uint8Array {
    return encodeFrame({ type: 'awareness', update: encodeAwareness(this.#presence.entriesOf(clients)) })
  }
}
