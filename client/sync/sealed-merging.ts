import type { Clock } from '../../shared/util/clock.ts'

/** When chunks are merged into one. */
export interface Merging {
  readonly chunks: number
  /** Below, growth alone is no reason to merge. */
  readonly bytes: number
}

/** 400 chunks take half as long again to load as one; 64 KiB is less than what a browser reads at once. */
export const MERGING: Merging = { chunks: 400, bytes: 65_536 }

/** ms of quiet before chunks are merged, so that a merge seldom runs while somebody draws; and the longest it waits. */
const MERGE_AFTER = 1_000
const MERGE_WITHIN = 30_000

/** Says when to merge: when there are many chunks, or they are twice as large as what they add up to. */
export class MergeTimer {
  readonly #clock: Clock
  readonly #merging: Merging
  readonly #task: () => void
  /** Bytes of the document's whole state, as far as known. */
  #stateBytes = 0
  #mergeBy: number | null = null
  #stop: () => void = () => {}

  constructor({ clock, merging }: { readonly clock: Clock; readonly merging: Merging }, task: () => void) {
    this.#clock = clock
    this.#merging = merging
    this.#task = task
  }

  /** There is a record of so many bytes; the largest is taken for the state. */
  saw(bytes: number): void {
    this.#stateBytes = Math.max(this.#stateBytes, bytes)
  }

  /** All was stored as one record of so many bytes. */
  merged(bytes: number): void {
    this.#stateBytes = bytes
    this.gaveUp()
  }

  /** A merge failed: the next is as far off as the first was. */
  gaveUp(): void {
    this.#mergeBy = null
  }

  /** Something was stored; so much there is now. */
  consider({ count, bytes }: { readonly count: number; readonly bytes: number }): void {
    const { chunks, bytes: enough } = this.#merging
    if (count < chunks && (bytes < enough || bytes < 2 * this.#stateBytes)) return
    const now = this.#clock.now()
    this.#mergeBy ??= now + MERGE_WITHIN
    this.#stop()
    this.#stop = this.#clock.after(Math.min(MERGE_AFTER, Math.max(0, this.#mergeBy - now)), this.#task)
  }

  stop(): void {
    this.#stop()
  }
}
