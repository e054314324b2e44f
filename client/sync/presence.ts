import * as v from 'valibot'
import type { Awareness } from 'y-protocols/awareness'
import type { Clock } from '../../shared/util/clock.ts'
import { Cell, type Readable } from '../../shared/util/readable.ts'
import type { PresenceChange } from './peer-hub.ts'

export interface Person<P> {
  readonly client: number
  readonly data: P
  /** Nothing has changed for IDLE_AFTER: the cursor says nothing any more. */
  readonly idle: boolean
}

export interface PresenceOptions<P> {
  readonly client: number
  /** What another's presence must be; undefined for anything else, which is then left out. */
  readonly parse: (value: unknown) => P | undefined
  readonly clock: Clock
}

/** ms. Two frames: cursors look smooth, and a fast mouse costs 30 messages a second. */
export const SEND_EVERY = 33

/** ms without any change after which somebody counts as idle. */
export const IDLE_AFTER = 30_000

/** What travels: `seq` grows with each change, on all transports alike, so that the newest can be told. */
const envelope = v.object({ seq: v.pipe(v.number(), v.safeInteger(), v.minValue(0)), data: v.unknown() })

interface Seen<P> {
  readonly seq: number
  readonly data: P
}

interface Known<P> extends Seen<P> {
  /** When `seq` last grew, by our clock. */
  readonly changedAt: number
}

/**
 * Who is here and what they are doing, over all transports at once. Each transport has an Awareness of its own, so that
 * one that closes takes nobody away who is still seen over another; of two views of one person the newer counts.
 */
export class Presence<P> implements Readable<readonly Person<P>[]> {
  readonly #options: PresenceOptions<P>
  readonly #views = new Map<Awareness, Map<number, Seen<P>>>()
  readonly #known = new Map<number, Known<P>>()
  readonly #cell = new Cell<readonly Person<P>[]>([])
  #own: { seq: number; data: P | null } = { seq: 0, data: null }
  #isAway = false
  #lastSent = Number.NEGATIVE_INFINITY
  #stopSend: (() => void) | null = null
  #stopIdle: () => void = () => {}

  constructor(options: PresenceOptions<P>) {
    this.#options = options
  }

  /** The others, ordered by client. */
  get state(): readonly Person<P>[] {
    return this.#cell.state
  }

  subscribe(listener: (people: readonly Person<P>[]) => void): () => void {
    return this.#cell.subscribe(listener)
  }

  /** Adds a transport. Returns its own undo. */
  attach(awareness: Awareness): () => void {
    const view = new Map<number, Seen<P>>()
    this.#views.set(awareness, view)
    const onChange = ({ added, updated, removed }: PresenceChange) => {
      const others = [...added, ...updated, ...removed].filter(client => client !== this.#options.client)
      // One's own pointer moves most often, and is nothing to tell of here.
      if (others.length === 0) return
      for (const client of others) this.#look(awareness, view, client)
      this.#publish()
    }
    awareness.on('change', onChange)
    awareness.setLocalState(this.#ownState())
    return () => {
      awareness.off('change', onChange)
      this.#views.delete(awareness)
      for (const client of view.keys()) this.#resolve(client)
      this.#publish()
    }
  }

  /** What the others shall see of this person; null for nothing. Sent at once or, within SEND_EVERY, as the newest. */
  set(data: P | null): void {
    this.#own = { seq: this.#own.seq + 1, data }
    if (this.#stopSend) return
    const since = this.#options.clock.now() - this.#lastSent
    // Before the last time: the system's clock was set back.
    if (since >= SEND_EVERY || since < 0) this.#send()
    else this.#stopSend = this.#options.clock.after(SEND_EVERY - since, () => this.#send())
  }

  /** Vanishes for the others at once: the page is closing or going to sleep. */
  leave(): void {
    this.#isAway = true
    this.#send()
  }

  /** Takes back `leave`. */
  comeBack(): void {
    if (!this.#isAway) return
    this.#isAway = false
    this.#send()
  }

  destroy(): void {
    this.leave()
    this.#stopIdle()
    this.#cell.clear()
  }

  #send(): void {
    this.#stopSend?.()
    this.#stopSend = null
    this.#lastSent = this.#options.clock.now()
    for (const awareness of this.#views.keys()) awareness.setLocalState(this.#ownState())
  }

  #ownState(): { seq: number; data: P } | null {
    const { seq, data } = this.#own
    return data === null || this.#isAway ? null : { seq, data }
  }

  #look(awareness: Awareness, view: Map<number, Seen<P>>, client: number): void {
    const seen = this.#read(awareness.getStates().get(client))
    if (seen) view.set(client, seen)
    else view.delete(client)
    this.#resolve(client)
  }

  #read(state: unknown): Seen<P> | undefined {
    const parsed = v.safeParse(envelope, state)
    if (!parsed.success) return undefined
    const data = this.#options.parse(parsed.output.data)
    return data === undefined ? undefined : { seq: parsed.output.seq, data }
  }

  #resolve(client: number): void {
    let newest: Seen<P> | undefined
    for (const view of this.#views.values()) {
      const seen = view.get(client)
      if (seen && (!newest || seen.seq > newest.seq)) newest = seen
    }
    const known = this.#known.get(client)
    if (!newest) this.#known.delete(client)
    else if (newest.seq !== known?.seq) {
      this.#known.set(client, { ...newest, changedAt: this.#options.clock.now() })
    }
  }

  #publish(): void {
    const now = this.#options.clock.now()
    const people = [...this.#known]
      .sort(([a], [b]) => a - b)
      .map(([client, { data, changedAt }]) => ({ client, data, idle: now - changedAt >= IDLE_AFTER }))
    this.#cell.set(people)
    this.#stopIdle()
    const awake = [...this.#known.values()].map(known => known.changedAt + IDLE_AFTER).filter(at => at > now)
    if (awake.length > 0)
      this.#stopIdle = this.#options.clock.after(Math.min(...awake) - now, () => this.#publish())
  }
}
