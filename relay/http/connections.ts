import { CLOSE } from '../../shared/protocol/close.ts'
import type { RelayLimits } from '../../shared/protocol/limits.ts'
import type { Refusal } from '../auth/authorizer.ts'
import { addressGroup } from './proxy.ts'
import { Rates } from './rates.ts'

/** New connections of one address: a class that opens a board together is let in, a loop that reconnects is not. */
const NEW_PER_ADDRESS = { perSecond: 50, most: 200 }

export type EndpointName = 'sync' | 'signal'

export interface ConnectionParts {
  /** Of a clock that is never set back. */
  seconds: () => number
  limits: Pick<RelayLimits, 'connections' | 'connectionsPerAddress'>
}

/** Counts the sockets of all endpoints, and says who may not have another. */
export class Connections {
  readonly #limits: ConnectionParts['limits']
  readonly #recent: Rates
  readonly #byAddress = new Map<string, number>()
  readonly #byEndpoint: Record<EndpointName, number> = { sync: 0, signal: 0 }

  constructor({ seconds, limits }: ConnectionParts) {
    this.#limits = limits
    this.#recent = new Rates(NEW_PER_ADDRESS, seconds)
  }

  get count(): number {
    return this.#byEndpoint.sync + this.#byEndpoint.signal
  }

  countOf(endpoint: EndpointName): number {
    return this.#byEndpoint[endpoint]
  }

  /** Addresses that are remembered. */
  get addresses(): number {
    return Math.max(this.#byAddress.size, this.#recent.size)
  }

  /** Counts a connection until the function that comes back is called, or says why it may not be. */
  enter(endpoint: EndpointName, address: string): (() => void) | Refusal {
    const group = addressGroup(address)
    const own = this.#byAddress.get(group) ?? 0
    const { connections, connectionsPerAddress } = this.#limits
    if (this.count >= connections) return crowded('This relay has as many connections as it takes.')
    if (own >= connectionsPerAddress) return crowded('Your address has as many connections as it may have.')
    if (!this.#recent.take(group)) return crowded('Your address connects too often.')
    this.#byAddress.set(group, own + 1)
    this.#byEndpoint[endpoint] += 1
    let isInside = true
    return () => {
      if (isInside) this.#leave(endpoint, group)
      isInside = false
    }
  }

  #leave(endpoint: EndpointName, group: string): void {
    this.#byEndpoint[endpoint] -= 1
    const left = (this.#byAddress.get(group) ?? 0) - 1
    if (left > 0) this.#byAddress.set(group, left)
    else this.#byAddress.delete(group)
  }
}

const crowded = (why: string): Refusal => ({ code: CLOSE.crowded, refused: `${why} Try again later.` })
