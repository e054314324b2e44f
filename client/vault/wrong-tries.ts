import * as v from 'valibot'

/** The parts of the browser's Storage that the count of tries needs. */
export type TriesStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const KEY = 'driftboard:wrong-tries'

/** Wrong passphrases in a row that cost nothing: slips of the hand. */
const FREE = 2

/** ms after the first wrong passphrase that costs something; it doubles from there. */
const FIRST_WAIT = 1_000

/** ms. */
const LONGEST_WAIT = 30_000

const Tries = v.object({ count: v.pipe(v.number(), v.integer(), v.minValue(0)), at: v.number() })

type Tries = v.InferOutput<typeof Tries>

const NONE: Tries = { count: 0, at: 0 }

/** ms to wait after the last of so many wrong passphrases in a row: 0, 0, 1 s, 2 s, 4 s … 30 s. */
export const waitAfter = (count: number): number =>
  count <= FREE ? 0 : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (count - FREE - 1))

/**
 * Counts wrong passphrases for all tabs and over reloads, where there is a storage to count in. It slows down who sits at
 * the keyboard; who has a copy of the disk is slowed down by Argon2 alone.
 */
export class WrongTries {
  #storage: TriesStorage | null
  /** Counts where there is no storage. */
  #own: Tries = NONE

  constructor(storage: TriesStorage | null) {
    this.#storage = storage
  }

  /** ms since the epoch before which none may be tried; null when one may. */
  waitUntil(now: number): number | null {
    const { count, at } = this.#read()
    const until = at + waitAfter(count)
    // A clock that was set back must not lock the owner out for as long.
    return at <= now && now < until ? until : null
  }

  wrong(now: number): void {
    this.#own = { count: this.#read().count + 1, at: now }
    this.#store(storage => storage.setItem(KEY, JSON.stringify(this.#own)))
  }

  right(): void {
    this.#own = NONE
    this.#store(storage => storage.removeItem(KEY))
  }

  #read(): Tries {
    if (!this.#storage) return this.#own
    try {
      const stored = this.#storage.getItem(KEY)
      return stored ? v.parse(Tries, JSON.parse(stored)) : NONE
    } catch {
      return this.#own
    }
  }

  #store(write: (storage: TriesStorage) => void): void {
    if (!this.#storage) return
    try {
      write(this.#storage)
    } catch {
      // Full or forbidden: this tab goes on counting by itself.
      this.#storage = null
    }
  }
}
