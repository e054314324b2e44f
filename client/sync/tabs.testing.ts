import type { Clock } from '../../shared/util/clock.ts'
import { type Random, randomInt } from '../../shared/util/random.ts'
import type { Locks } from './election.ts'
import type { OpenChannel, TabChannel } from './tab-channel.ts'

interface Port {
  readonly tab: string
  readonly channel: string
  readonly hear: (message: unknown) => void
  /** When the last message to it arrives, so that none overtakes another. */
  lastAt: number
}

interface Claim {
  readonly tab: string
  readonly name: string
  readonly grant: () => void
}

/** ms that a message takes from one tab to another, at most. */
const POST_DELAY = 8

/** What the tabs of one browser share: channels that deliver late but in order, and locks; a tab may end without a word. */
export class TestBrowser {
  readonly #clock: Clock
  readonly #random: Random
  readonly #ports = new Set<Port>()
  #claims: Claim[] = []

  constructor(clock: Clock, random: Random) {
    this.#clock = clock
    this.#random = random
  }

  openChannel(tab: string): OpenChannel {
    return (channel, hear): TabChannel => {
      const port: Port = { tab, channel, hear, lastAt: 0 }
      this.#ports.add(port)
      return {
        post: message => {
          if (this.#ports.has(port)) this.#deliver(port, structuredClone(message))
        },
        close: () => void this.#ports.delete(port),
      }
    }
  }

  locks(tab: string): Locks {
    return {
      request: (name, { signal }, held) =>
        new Promise((resolve, reject) => {
          const claim: Claim = {
            tab,
            name,
            grant: () =>
              void held()
                .then(() => this.#release(claim), reject)
                .then(() => resolve(undefined)),
          }
          signal.addEventListener('abort', () => this.#withdraw(claim))
          this.#claims.push(claim)
          if (this.#first(name) === claim) this.#grantSoon(claim)
        }),
    }
  }

  /** The tab ends: it hears and says nothing more, and what it held is free. */
  end(tab: string): void {
    for (const port of [...this.#ports]) if (port.tab === tab) this.#ports.delete(port)
    for (const claim of this.#claims.filter(held => held.tab === tab)) this.#release(claim)
  }

  #deliver(from: Port, message: unknown): void {
    for (const port of this.#ports) {
      if (port === from || port.channel !== from.channel) continue
      port.lastAt = Math.max(port.lastAt, this.#clock.now() + randomInt(this.#random, POST_DELAY))
      this.#clock.after(port.lastAt - this.#clock.now(), () => {
        if (this.#ports.has(port)) port.hear(message)
      })
    }
  }

  #first(name: string): Claim | undefined {
    return this.#claims.find(claim => claim.name === name)
  }

  #grantSoon(claim: Claim): void {
    this.#clock.after(1, () => {
      if (this.#first(claim.name) === claim) claim.grant()
    })
  }

  /** One that waits goes; one that is granted ends by itself. */
  #withdraw(claim: Claim): void {
    if (this.#first(claim.name) !== claim) this.#claims = this.#claims.filter(other => other !== claim)
  }

  #release(claim: Claim): void {
    const wasFirst = this.#first(claim.name) === claim
    this.#claims = this.#claims.filter(other => other !== claim)
    const next = this.#first(claim.name)
    if (wasFirst && next) this.#grantSoon(next)
  }
}
