import { decodeAwareness, encodeAwareness } from '../../shared/protocol/awareness.ts'
import { encodeFrame } from '../../shared/protocol/frame.ts'
import type { Clock } from '../../shared/util/clock.ts'
import { PRESENCE_TIMEOUT, Presence } from './presence.ts'

/** ms. What is said within this is sent together: one frame of a screen, so nobody sees the delay. */
const PRESENCE_TICK = 16

/** ms between looks for people who went without a word. */
const SWEEP_EVERY = PRESENCE_TIMEOUT / 10

interface Speaker {
  send(frame: Uint8Array): void
}

/** The presence of one board on the wire: merged, coalesced per tick, and swept. */
export class PresenceChannel {
  readonly #presence = new Presence()
  readonly #changed = new Set<number>()
  readonly #clock: Clock
  readonly #publish: (frame: Uint8Array) => void
  #cancelTick: (() => void) | null = null
  #cancelSweep: (() => void) | null = null
  #stopped = false

  constructor(clock: Clock, publish: (frame: Uint8Array) => void) {
    this.#clock = clock
    this.#publish = publish
  }

  /** Takes the payload of an awareness frame. Throws ProtocolError when it cannot be read. */
  say(speaker: Speaker, update: Uint8Array): void {
    const { changed, stale } = this.#presence.apply(speaker, decodeAwareness(update), this.#clock.now())
    this.#announce(changed)
    if (stale.length > 0) speaker.send(this.#frame(stale))
    this.#cancelSweep ??= this.#clock.after(SWEEP_EVERY, () => this.#sweep())
  }

  leave(speaker: Speaker): void {
    this.#announce(this.#presence.leave(speaker, this.#clock.now()))
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
    this.#announce(this.#presence.sweep(this.#clock.now()))
    this.#cancelSweep = this.#presence.isEmpty ? null : this.#clock.after(SWEEP_EVERY, () => this.#sweep())
  }

  #frame(clients: Iterable<number>): Uint8Array {
    return encodeFrame({ type: 'awareness', update: encodeAwareness(this.#presence.entriesOf(clients)) })
  }
}
