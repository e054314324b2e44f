import type { Clock } from '../../shared/util/clock.ts'
import { Cell, type Readable } from '../../shared/util/readable.ts'

/** What a gesture did, as the board tells it. */
export interface Gesture {
  readonly what: 'added' | 'changed' | 'removed'
  /** The ids of the shapes. */
  readonly shapes: readonly string[]
}

/** Where one of the person's latest gestures is by now; each part comes from a real confirmation, and stays true. */
export interface ChangeDurability extends Gesture {
  readonly id: number
  /** When it was made, in ms since the epoch. */
  readonly at: number
  readonly device: boolean
  /** How many peers have said at one time that they hold it. */
  readonly peers: number
  /** On the relay's disk. */
  readonly relay: boolean
  readonly snapshot: boolean
}

/** How many of this tab's changes have arrived where; -1 while nothing is known. */
export interface OwnArrivals {
  readonly disk: number
  readonly snapshot: number
  /** One for each peer that is connected. */
  readonly peers: readonly number[]
}

export const NOWHERE: OwnArrivals = { disk: -1, snapshot: -1, peers: [] }

/** Gestures kept: more than a person looks back at. */
const KEPT = 20

/** ms within which another gesture of the same kind on the same shapes is part of it, such as the next letter of a text. */
const JOINS_WITHIN = 2_000

interface Entry {
  readonly durability: ChangeDurability
  /** Which change of this tab it is. */
  readonly count: number
}

/** The person's latest gestures in this tab, the newest first, and where each is. */
export class ChangeLog implements Readable<readonly ChangeDurability[]> {
  readonly #clock: Clock
  readonly #cell = new Cell<readonly ChangeDurability[]>([])
  #entries: readonly Entry[] = []
  #described: Gesture | null = null
  #made = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get state(): readonly ChangeDurability[] {
    return this.#cell.state
  }

  subscribe(listener: (changes: readonly ChangeDurability[]) => void): () => void {
    return this.#cell.subscribe(listener)
  }

  /** Describes the gesture whose transaction is ending; `made` follows. */
  describe(gesture: Gesture): void {
    this.#described = gesture
  }

  /** The transaction ended, as this tab's change number `count`. */
  made(count: number): void {
    const gesture = this.#described
    this.#described = null
    if (!gesture) return
    const at = this.#clock.now()
    const [latest, ...others] = this.#entries
    const joins = latest && at - latest.durability.at < JOINS_WITHIN && isSame(latest.durability, gesture)
    const id = joins ? latest.durability.id : this.#made++
    const durability = { ...gesture, id, at, device: false, peers: 0, relay: false, snapshot: false }
    this.#set([{ durability, count }, ...(joins ? others : this.#entries)].slice(0, KEPT))
  }

  /** The device has all that was made so far. */
  saved(): void {
    this.#update(({ durability }) => (durability.device ? durability : { ...durability, device: true }))
  }

  arrived({ disk, snapshot, peers }: OwnArrivals): void {
    this.#update(({ durability, count }) => {
      const next = {
        peers: Math.max(durability.peers, peers.filter(held => held >= count).length),
        relay: durability.relay || disk >= count,
        snapshot: durability.snapshot || snapshot >= count,
      }
      const isKnown =
        next.peers === durability.peers &&
        next.relay === durability.relay &&
        next.snapshot === durability.snapshot
      return isKnown ? durability : { ...durability, ...next }
    })
  }

  destroy(): void {
    this.#cell.clear()
  }

  #update(read: (entry: Entry) => ChangeDurability): void {
    const next = this.#entries.map(entry => ({ ...entry, durability: read(entry) }))
    if (next.some(({ durability }, at) => durability !== this.#entries[at]?.durability)) this.#set(next)
  }

  #set(entries: readonly Entry[]): void {
    this.#entries = entries
    this.#cell.set(entries.map(({ durability }) => durability))
  }
}

const isSame = (a: Gesture, b: Gesture): boolean =>
  a.what === b.what && a.shapes.length === b.shapes.length && a.shapes.every((id, at) => id === b.shapes[at])
