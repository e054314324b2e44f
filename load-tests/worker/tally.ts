import { type Counts, Recorder } from '../histogram.ts'

/** What a process counted in one second. */
export interface Second {
  /** Edits that people made. */
  readonly offered: number
  /** Edits that the relay said are safe. */
  readonly accepted: number
  /** Edits that reached a reader, once for each reader, as they came. */
  readonly delivered: number
  /** Edits that a reader got when it came back. */
  readonly caughtUp: number
  readonly presenceOut: number
  readonly presenceIn: number
  readonly framesIn: number
  readonly bytesIn: number
  readonly framesOut: number
  readonly bytesOut: number
  readonly joined: number
  /** Connections that the relay, or the network, ended: how many with each code. */
  readonly closes: Readonly<Record<string, number>>
  /** The same of connections that break the rules. */
  readonly refusals: Readonly<Record<string, number>>
  readonly delivery: Counts
  readonly safe: Counts
  readonly presence: Counts
  readonly join: Counts
  /** How late this generator itself was. */
  readonly lag: Counts
  /** Of this process: ms of processor time, and the longest that its event loop stood still. */
  readonly cpu: number
  readonly stalled: number
}

/** Counts until the second is over. */
export class Tally {
  offered = 0
  accepted = 0
  delivered = 0
  caughtUp = 0
  presenceOut = 0
  presenceIn = 0
  framesIn = 0
  bytesIn = 0
  framesOut = 0
  bytesOut = 0
  joined = 0
  readonly delivery = new Recorder()
  readonly safe = new Recorder()
  readonly presence = new Recorder()
  readonly join = new Recorder()
  readonly lag = new Recorder()
  #closes: Record<string, number> = {}
  #refusals: Record<string, number> = {}

  closed(code: number): void {
    this.#closes[code] = (this.#closes[code] ?? 0) + 1
  }

  refused(code: number): void {
    this.#refusals[code] = (this.#refusals[code] ?? 0) + 1
  }

  /** What was counted since the last time. */
  take(load: { cpu: number; stalled: number }): Second {
    const { offered, accepted, delivered, caughtUp, presenceOut, presenceIn, joined } = this
    const { framesIn, bytesIn, framesOut, bytesOut } = this
    const second: Second = {
      ...{ offered, accepted, delivered, caughtUp, presenceOut, presenceIn, joined },
      ...{ framesIn, bytesIn, framesOut, bytesOut },
      closes: this.#closes,
      refusals: this.#refusals,
      delivery: this.delivery.take(),
      safe: this.safe.take(),
      presence: this.presence.take(),
      join: this.join.take(),
      lag: this.lag.take(),
      ...load,
    }
    this.offered = this.accepted = this.delivered = this.caughtUp = 0
    this.presenceOut = this.presenceIn = this.joined = 0
    this.framesIn = this.bytesIn = this.framesOut = this.bytesOut = 0
    this.#closes = {}
    this.#refusals = {}
    return second
  }
}
