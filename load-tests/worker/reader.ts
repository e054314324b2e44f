import { lastEditBy, type Timeline } from '../timeline.ts'
import { type Changes, ROW } from './changes.ts'
import type { Tally } from './tally.ts'

export interface ReaderParts {
  /** Of the writers of the room, by place. */
  readonly timelines: readonly Timeline[]
  /** This person's own place among them; null for who only looks. */
  readonly own: number | null
  readonly tally: Tally
  /** ms since the start of the run. */
  readonly elapsed: () => number
  /** Whether a change may build on what this reader never got, as where nothing is kept. */
  readonly isLoose: boolean
}

/**
 * What one person has of a board: how far it has come with every writer, and which messages it got; no document. Together
 * with what the person wrote that is the document, and `compare.ts` makes it.
 */
export class Reader {
  /** Clock of each writer up to which this reader has all. */
  readonly clocks: Int32Array
  /** The same of other Yjs clients. */
  readonly others = new Map<number, number>()
  /** Ranges of the room's messages that this one got: first, behind the last, and so on. */
  readonly ranges: number[] = []
  /** What it alone was sent. */
  readonly alone: Uint8Array[] = []
  /** Changes that came before what they build on. */
  gaps = 0
  /** ms since the start: this person has an excuse for having missed what was to be made before. */
  excusedUntil = Number.POSITIVE_INFINITY
  readonly #with: ReaderParts

  constructor(parts: ReaderParts) {
    this.#with = parts
    this.clocks = new Int32Array(parts.timelines.length)
  }

  /** Takes changes in. Returns false when they build on something that is missing. */
  take(changes: Changes): boolean {
    const { own, elapsed } = this.#with
    const { rows, dues } = changes
    const { clocks } = this
    const at = elapsed()
    let isWhole = true
    // Nearly all that comes builds on what came last, and runs of such rows are noted together.
    let run = 0
    for (let row = 0; row < rows.length; row += ROW) {
      const writer = rows[row] as number
      if (clocks[writer] === rows[row + 1] && writer !== own) {
        clocks[writer] = rows[row + 2] as number
        continue
      }
      this.#note(dues, run, row > 0 ? (rows[row - 1] as number) : 0, at)
      run = rows[row + 3] as number
      if (writer !== own && !this.#takeOdd(changes, row, at)) isWhole = false
    }
    this.#note(dues, run, dues.length, at)
    for (const { client, to } of changes.others) this.#takeOther(client, to)
    if (!isWhole) this.gaps += 1
    return isWhole
  }

  /** A row that does not begin where this reader is. Returns whether it has all that the row builds on. */
  #takeOdd({ rows, dues }: Changes, row: number, at: number): boolean {
    const writer = rows[row] as number
    const had = this.clocks[writer] as number
    const from = rows[row + 1] as number
    const to = rows[row + 2] as number
    if (to <= had) return true
    const { timelines, isLoose } = this.#with
    if (from > had && !isLoose) return false
    this.clocks[writer] = to
    const timeline = timelines[writer] as Timeline
    const begin = row > 0 ? (rows[row - 1] as number) : 0
    const ahead = lastEditBy(timeline, had) - lastEditBy(timeline, from)
    // Edits that were skipped, where nothing is kept, never came, and are not counted.
    this.#note(dues, begin + Math.max(0, ahead), rows[row + 3] as number, at)
    return true
  }

  #takeOther(client: number, clock: number): void {
    if (clock > (this.others.get(client) ?? 0)) this.others.set(client, clock)
  }

  #note(dues: Float64Array, from: number, to: number, at: number): void {
    if (to <= from) return
    const { tally } = this.#with
    const expected = tally.delivery.noteSince(dues, { from, to, at, earliest: this.excusedUntil })
    tally.delivered += expected
    tally.caughtUp += to - from - expected
  }
}
