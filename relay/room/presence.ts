import { type AwarenessEntry, DEPARTED } from '../../shared/protocol/awareness.ts'

/** ms without renewal after which somebody is gone. Stock clients renew every 15 s. */
export const PRESENCE_TIMEOUT = 30_000

/** ms that the clock of somebody who left is remembered, so that a late echo cannot bring them back. */
const TOMBSTONE_LIFE = 60_000

/** Clients that one connection may vouch for: itself, and peers that it reaches directly. */
const MAX_VOUCHED = 64

/** Those of them that left and are still remembered: more than leave a busy board in that time. */
const MAX_DEPARTED = 256

interface Present {
  clock: number
  state: string
  renewed: number
  /** The connection whose end removes it. */
  owner: object
}

/** A connection that speaks. */
interface Owner {
  /** Whom it claimed to be; null when its first frame named nobody in particular. */
  claim: number | null
  /** Clients that it vouches for. */
  vouched: number
  /** Characters of their states. */
  size: number
  /** Clients that it vouched for and that left, as long as their clocks are remembered. */
  departed: number
}

/**
 * Who is present on one board, merged by client id and clock as y-protocols does. Owners are opaque: they are
 * connections.
 *
 * 1. An entry belongs to the connection that claimed it (its first frame names it alone), else to the one that first
 *    brought it. Echoes of a known clock change nothing.
 * 2. When a connection ends, what belongs to it is removed.
 * 3. What one connection vouches for is bounded; more is not taken.
 */
export class Presence {
  readonly #present = new Map<number, Present>()
  readonly #owners = new Map<object, Owner>()
  readonly #maxVouched: number

  /** @param maxVouched characters of the states that one connection may vouch for. */
  constructor(maxVouched: number) {
    this.#maxVouched = maxVouched
  }

  /**
   * Takes what a connection says.
   * @returns the clients that changed, and those whose announcement is older than their known departure.
   */
  apply(
    owner: object,
    entries: readonly AwarenessEntry[],
    now: number,
  ): { changed: number[]; stale: number[] } {
    if (!this.#owners.has(owner)) this.#claim(owner, entries)
    const changed: number[] = []
    const stale: number[] = []
    for (const entry of entries) {
      const known = this.#present.get(entry.client)
      if (this.#isNews(known, entry)) {
        if (this.#take(owner, entry, known, now)) changed.push(entry.client)
      } else if (
        known?.state === DEPARTED &&
        entry.state !== DEPARTED &&
        this.#owners.get(owner)?.claim === entry.client
      ) {
        stale.push(entry.client)
      }
    }
    return { changed, stale }
  }

  /** A connection ended. Returns the clients that left with it. */
  leave(owner: object, now: number): number[] {
    const left = this.#removeWhere(present => present.owner === owner, now)
    this.#owners.delete(owner)
    return left
  }

  /** Returns the clients that went unrenewed for too long, and forgets those that left long ago. */
  sweep(now: number): number[] {
    for (const [client, present] of this.#present) {
      if (present.state !== DEPARTED || now - present.renewed <= TOMBSTONE_LIFE) continue
      this.#count(present, -1)
      this.#present.delete(client)
    }
    return this.#removeWhere(present => now - present.renewed >= PRESENCE_TIMEOUT, now)
  }

  entriesOf(clients: Iterable<number>): AwarenessEntry[] {
    const entries: AwarenessEntry[] = []
    for (const client of clients) {
      const present = this.#present.get(client)
      if (present) entries.push({ client, clock: present.clock, state: present.state })
    }
    return entries
  }

  /** Everybody present. */
  all(): AwarenessEntry[] {
    return this.entriesOf(this.#present.keys()).filter(entry => entry.state !== DEPARTED)
  }

  /** Whether there is anything that time will change. */
  get isEmpty(): boolean {
    return this.#present.size === 0
  }

  #claim(owner: object, entries: readonly AwarenessEntry[]): void {
    const [only, ...others] = entries
    const claim = only && others.length === 0 ? only.client : null
    this.#owners.set(owner, { claim, vouched: 0, size: 0, departed: 0 })
    const known = claim === null ? undefined : this.#present.get(claim)
    if (!known || known.owner === owner) return
    this.#count(known, -1)
    known.owner = owner
    this.#count(known, 1)
  }

  #isNews(known: Present | undefined, entry: AwarenessEntry): boolean {
    if (!known) return entry.state !== DEPARTED
    if (known.clock < entry.clock) return true
    return known.clock === entry.clock && entry.state === DEPARTED && known.state !== DEPARTED
  }

  #take(owner: object, entry: AwarenessEntry, known: Present | undefined, now: number): boolean {
    const present = {
      clock: entry.clock,
      state: entry.state,
      renewed: now,
      owner: known && known.state !== DEPARTED ? known.owner : owner,
    }
    if (known) this.#count(known, -1)
    if (!this.#hasRoom(present)) {
      if (known) this.#count(known, 1)
      return false
    }
    this.#count(present, 1)
    this.#present.set(entry.client, present)
    return true
  }

  #hasRoom({ owner, state }: Present): boolean {
    const account = this.#owners.get(owner)
    if (!account || state === DEPARTED) return true
    if (account.departed >= MAX_DEPARTED) return false
    return account.vouched < MAX_VOUCHED && account.size + state.length <= this.#maxVouched
  }

  /** Enters somebody into the account of the connection that vouches for them, or takes them out of it. */
  #count({ owner, state }: Present, sign: 1 | -1): void {
    const account = this.#owners.get(owner)
    if (!account) return
    if (state === DEPARTED) {
      account.departed += sign
      return
    }
    account.vouched += sign
    account.size += sign * state.length
  }

  #removeWhere(gone: (present: Present) => boolean, now: number): number[] {
    const removed: number[] = []
    for (const [client, present] of this.#present) {
      if (present.state === DEPARTED || !gone(present)) continue
      this.#count(present, -1)
      present.state = DEPARTED
      present.renewed = now
      this.#count(present, 1)
      removed.push(client)
    }
    return removed
  }
}
