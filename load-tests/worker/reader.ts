import { lastEditBy, type Timeline } from '../timeline.ts'
import type { Changes } from './changes.ts'
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
  readonly #edits: Int32Array
  readonly #with: ReaderParts

  constructor(parts: ReaderParts) {
    this.#with = parts
    this.clocks = new Int32Array(parts.timelines.length)
    this.#edits = new Int32Array(parts.timelines.length).fill(-1)
  }

  /** Takes changes in. Returns false when they build on something that is missing. */
  take(changes: Changes): boolean {
    const { own, isLoose } = this.#with
    let isWhole = true
    for (const span of changes.spans) {
      if (span.writer === null) this.#takeOther(span.client, span.to)
      else if (span.writer !== own) {
        const had = this.clocks[span.writer] as number
        if (span.to <= had) continue
        if (span.from > had && !isLoose) isWhole = false
        else this.#reach(span.writer, Math.max(had, span.from), span.to, span.lastEdit)
      }
    }
    if (!isWhole) this.gaps += 1
    return isWhole
  }

  #takeOther(client: number, clock: number): void {
    if (clock > (this.others.get(client) ?? 0)) this.others.set(client, clock)
  }

  /** `after`: what came begins there. Only where changes may build on what never came is that later than what was had. */
  #reach(writer: number, after: number, clock: number, lastEdit: number): void {
    const { timelines, tally, elapsed } = this.#with
    const isWhole = after <= (this.clocks[writer] as number)
    this.clocks[writer] = clock
    const timeline = timelines[writer] as Timeline
    const { due, away } = timeline
    // Edits that were skipped never came, and are not counted.
    const from = isWhole ? (this.#edits[writer] as number) + 1 : lastEditBy(timeline, after) + 1
    if (lastEdit < from) return
    const at = elapsed()
    for (let edit = from; edit <= lastEdit; edit += 1) {
      const intended = due[edit] as number
      if (intended < this.excusedUntil || away[edit] === 1) tally.caughtUp += 1
      else {
        tally.delivered += 1
        tally.delivery.note(at - intended)
      }
    }
    this.#edits[writer] = lastEdit
  }
}
