import { type AwarenessEntry, DEPARTED } from '../../shared/protocol/awareness.ts'

/** ms without renewal after which somebody is gone. Stock clients renew every 15 s. */
export const PRESENCE_TIMEOUT = 30_000

/** ms that the clock of somebody who left is remembered, so that a late echo cannot bring them back. */
const TOMBSTONE_LIFE = 60_000

/** Clients that one connection may vouch for: itself, and peers that it reaches directly. */
const MAX_VOUCHED = 64

interface Present {
  clock: number
  state: string
  renewed: number
  /** The connection whose end removes it. */
  owner: object
}

/**
 * Who is present on one board, merged by client id and clock as y-protocols does. Owners are opaque: they are
 * connections.
 *
 * 1. An entry belongs to the connection that claimed it (its first frame names it alone), else to the one that first
 *    brought it. Echoes of a known clock change nothing.
 * 2. When a connection ends, what belongs to it is removed.
 */
export class Presence {
  readonly #present = new Map<number, Present>()
  /** What each connection claimed to be; null once its first frame has named nobody in particular. */
  readonly #claims = new Map<object, number | null>()

  /**
   * Takes what a connection says.
   * @returns the clients that changed, and those whose announcement is older than their known departure.
   */
  apply(
    owner: object,
    entries: readonly AwarenessEntry[],
    now: number,
  ): { changed: number[]; stale: number[] } {
    if (!this.#claims.has(owner)) this.#claim(owner, entries)
    const changed: number[] = []
    const stale: number[] = []
    for (const entry of entries) {
      const known = this.#present.get(entry.client)
      if (this.#isNews(known, entry)) {
        if (this.#take(owner, entry, known, now)) changed.push(entry.client)
      } else if (
        known?.state === DEPARTED &&
        entry.state !== DEPARTED &&
        this.#claims.get(owner) === entry.client
      ) {
        stale.push(entry.client)
      }
    }
    return { changed, stale }
  }

  /** A connection ended. Returns the clients that left with it. */
  leave(owner: object, now: number): number[] {
    this.#claims.delete(owner)
    return this.#removeWhere(present => present.owner === owner, now)
  }

  /** Returns the clients that went unrenewed for too long, and forgets those that left long ago. */
  sweep(now: number): number[] {
    for (const [client, present] of this.#present) {
      if (present.state === DEPARTED && now - present.renewed > TOMBSTONE_LIFE) this.#present.delete(client)
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
    const client = only && others.length === 0 ? only.client : null
    this.#claims.set(owner, client)
    const known = client === null ? undefined : this.#present.get(client)
    if (known) known.owner = owner
  }

  #isNews(known: Present | undefined, entry: AwarenessEntry): boolean {
    if (!known) return entry.state !== DEPARTED
    if (known.clock < entry.clock) return true
    return known.clock === entry.clock && entry.state === DEPARTED && known.state !== DEPARTED
  }

  #take(owner: object, entry: AwarenessEntry, known: Present | undefined, now: number): boolean {
    const keeper = known && known.state !== DEPARTED ? known.owner : owner
    if (keeper === owner && !known && this.#vouched(owner) >= MAX_VOUCHED) return false
    this.#present.set(entry.client, { clock: entry.clock, state: entry.state, renewed: now, owner: keeper })
    return true
  }

  #vouched(owner: object): number {
    let count = 0
    for (const present of this.#present.values()) if (present.owner === owner) count += 1
    return count
  }

  #removeWhere(gone: (present: Present) => boolean, now: number): number[] {
    const removed: number[] = []
    for (const [client, present] of this.#present) {
      if (present.state === DEPARTED || !gone(present)) continue
      present.state = DEPARTED
      present.renewed = now
      removed.push(client)
    }
    return removed
  }
}
