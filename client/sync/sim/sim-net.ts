import type { Clock } from '../../../shared/util/clock.ts'
import type { Random } from '../../../shared/util/random.ts'
import type { Trace } from './trace.ts'

/** One end of a connection: reliable and in order, as TCP and data channels are, until it is cut. */
export interface End {
  /** Bytes sent that have not arrived. */
  readonly inFlight: number
  onMessage: (bytes: Uint8Array) => void
  /** Told once when the other end closed or the connection was lost; never after one's own `close`. */
  onClose: (code: number, reason: string) => void
  onDrained: () => void
  send(bytes: Uint8Array): void
  close(code: number, reason: string): void
}

interface Connection {
  readonly places: readonly [string, string]
  cut(): void
}

/** ms. From a good wire to a bad mobile link; each connection draws its own base and each message its own share. */
const LATENCY = { base: [2, 120], spread: 60 } as const

/** ms until an end notices that its connection was lost. */
const NOTICE = 1_500

/** WebSocket's code for a connection that ended without a word. */
const LOST = 1006

/**
 * A network of named places. Messages are delayed, differently on each connection, so that they overtake each
 * other; connections are cut with what is under way; places are partitioned.
 */
export class SimNet {
  readonly #clock: Clock
  readonly #random: Random
  readonly #trace: Trace
  readonly #connections = new Set<Connection>()
  #groups: ReadonlyMap<string, number> = new Map()

  constructor(clock: Clock, random: Random, trace: Trace) {
    this.#clock = clock
    this.#random = random
    this.#trace = trace
  }

  /** Connects after a round trip. `accept` gets the far end, or refuses by returning false. */
  dial(from: string, to: string, accept: (end: End) => boolean, done: (end: End | null) => void): void {
    const delay = this.#latency() * 2
    this.#clock.after(delay, () => {
      if (!this.#reaches(from, to)) return done(null)
      const [near, far] = this.#connect(from, to)
      if (!accept(far)) {
        near.close(LOST, '')
        return done(null)
      }
      this.#trace.add(`${this.#clock.now()} ${from}=${to}`)
      done(near)
    })
  }

  /** Splits the places; those of different groups lose their connections and make none until `heal`. */
  partition(groups: ReadonlyMap<string, number>): void {
    this.#groups = groups
    this.cut((a, b) => !this.#reaches(a, b))
  }

  /** Whether there is a connection between two places that neither end has closed and nothing has cut. */
  connects(from: string, to: string): boolean {
    return [...this.#connections].some(({ places: [a, b] }) => a === from && b === to)
  }

  heal(): void {
    this.#groups = new Map()
  }

  /** Cuts every connection between two places that `concerns` names. */
  cut(concerns: (a: string, b: string) => boolean): void {
    for (const connection of [...this.#connections]) {
      if (concerns(...connection.places)) connection.cut()
    }
  }

  #reaches(a: string, b: string): boolean {
    return (this.#groups.get(a) ?? 0) === (this.#groups.get(b) ?? 0)
  }

  #latency(): number {
    const [least, most] = LATENCY.base
    return least + this.#random.next() * (most - least)
  }

  #connect(from: string, to: string): [End, End] {
    const ended = () => this.#connections.delete(connection)
    const near: SimEnd = new SimEnd(this.#wire(`${from}>${to}`), () => far, ended)
    const far: SimEnd = new SimEnd(this.#wire(`${to}>${from}`), () => near, ended)
    const connection: Connection = {
      places: [from, to],
      cut: () => {
        ended()
        this.#trace.add(`${this.#clock.now()} ${from}/${to}`)
        for (const end of [near, far]) {
          end.lose()
          this.#clock.after(this.#random.next() * NOTICE, () => end.notice())
        }
      },
    }
    this.#connections.add(connection)
    return [near, far]
  }

  #wire(name: string): Wire {
    const base = this.#latency()
    let last = 0
    return (bytes, arrive) => {
      last = Math.max(last, this.#clock.now() + base + this.#random.next() * LATENCY.spread)
      this.#trace.add(`${this.#clock.now()} ${name} ${bytes.length}`, bytes.subarray(0, 64))
      this.#clock.after(last - this.#clock.now(), arrive)
    }
  }
}

/** Carries something to the other end, in order. With no bytes it carries the close. */
type Wire = (bytes: Uint8Array, arrive: () => void) => void

class SimEnd implements End {
  inFlight = 0
  onMessage: (bytes: Uint8Array) => void = () => {}
  onClose: (code: number, reason: string) => void = () => {}
  onDrained: () => void = () => {}
  readonly #wire: Wire
  readonly #other: () => SimEnd
  readonly #ended: () => void
  /** `lost`: nothing arrives any more, which the end has not noticed yet. */
  #state: 'open' | 'lost' | 'closed' = 'open'

  constructor(wire: Wire, other: () => SimEnd, ended: () => void) {
    this.#wire = wire
    this.#other = other
    this.#ended = ended
  }

  send(bytes: Uint8Array): void {
    if (this.#state !== 'open') return
    const copy = bytes.slice()
    this.inFlight += copy.length
    this.#wire(copy, () => {
      this.inFlight -= copy.length
      if (this.#state === 'open') this.onDrained()
      this.#other().#arrived(copy)
    })
  }

  close(code: number, reason: string): void {
    if (this.#state === 'open') this.#wire(new Uint8Array(), () => this.#other().#closedBy(code, reason))
    this.#state = 'closed'
    this.#ended()
  }

  /** The connection is cut: nothing leaves or arrives any more. */
  lose(): void {
    if (this.#state === 'open') this.#state = 'lost'
  }

  /** This end hears that the connection was cut. */
  notice(): void {
    if (this.#state !== 'lost') return
    this.#state = 'closed'
    this.onClose(LOST, '')
  }

  #arrived(bytes: Uint8Array): void {
    if (this.#state === 'open') this.onMessage(bytes)
  }

  #closedBy(code: number, reason: string): void {
    if (this.#state !== 'open') return
    this.#state = 'closed'
    this.onClose(code, reason)
  }
}
