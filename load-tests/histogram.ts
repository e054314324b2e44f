import { build, type Histogram } from 'hdr-histogram-js'

/** µs that are kept apart at most: ten minutes. What took longer counts as that. */
const MOST = 600_000_000

/** Significant digits: a value is right to a thousandth. */
const DIGITS = 3

/** µs of one step of a recorder. */
const STEP = 10

const STEPS_PER_MS = 1000 / STEP

/** Steps of a recorder: two seconds. */
const STEPS = 200_000

/** ms, but for `count`. */
export interface Spread {
  readonly count: number
  readonly mean: number
  readonly p50: number
  readonly p90: number
  readonly p99: number
  readonly p999: number
  readonly max: number
}

/** Values in µs and how often each came, in turns: what a process tells of a second. */
export type Counts = readonly number[]

/** Moments of a list, `from` to before `to`, as seen `at` a later one. */
interface Since {
  readonly from: number
  readonly to: number
  readonly at: number
  readonly earliest: number
}

/**
 * Takes a million durations a second, which HdrHistogram for JavaScript does not (0.6 µs each), and hands them on to one
 * once a second.
 */
export class Recorder {
  readonly #counts = new Uint32Array(STEPS)
  #over: number[] = []

  /** Notes a duration, given in ms. */
  note(ms: number): void {
    const step = Math.max(0, Math.round(ms * STEPS_PER_MS))
    if (step >= STEPS) {
      this.#over.push(Math.min(MOST, Math.round(ms * 1000)), 1)
      return
    }
    this.#counts[step] = (this.#counts[step] as number) + 1
  }

  /**
   * Notes for each of some moments how long it was ago, in ms; not for those before `earliest`. Returns how many it noted. As
   * `note` would, a million at a time: what every reader gets in one message.
   */
  noteSince(moments: Float64Array, { from, to, at, earliest }: Since): number {
    const counts = this.#counts
    let noted = 0
    for (let index = from; index < to; index += 1) {
      const moment = moments[index] as number
      if (moment < earliest) continue
      noted += 1
      const steps = (at - moment) * STEPS_PER_MS + 0.5
      if (steps >= STEPS) {
        this.note(at - moment)
        continue
      }
      const step = steps > 0 ? steps | 0 : 0
      counts[step] = (counts[step] as number) + 1
    }
    return noted
  }

  /** What was noted since the last time. */
  take(): Counts {
    const taken = this.#over
    this.#over = []
    for (let step = 0; step < STEPS; step += 1) {
      const count = this.#counts[step] as number
      if (count > 0) taken.push(Math.max(1, step * STEP), count)
    }
    this.#counts.fill(0)
    return taken
  }
}

export type { Histogram }

export const newHistogram = (): Histogram =>
  build({
    bitBucketSize: 32,
    lowestDiscernibleValue: 1,
    highestTrackableValue: MOST,
    numberOfSignificantValueDigits: DIGITS,
  })

export function addCounts(histogram: Histogram, counts: Counts): void {
  for (let at = 0; at < counts.length; at += 2) {
    histogram.recordValueWithCount(counts[at] as number, counts[at + 1] as number)
  }
}

export function spreadOf(histogram: Histogram): Spread {
  const at = (percentile: number): number => rounded(histogram.getValueAtPercentile(percentile) / 1000)
  const { totalCount: count } = histogram
  if (count === 0) return { count, mean: 0, p50: 0, p90: 0, p99: 0, p999: 0, max: 0 }
  return {
    count,
    mean: rounded(histogram.mean / 1000),
    p50: at(50),
    p90: at(90),
    p99: at(99),
    p999: at(99.9),
    max: rounded(histogram.maxValue / 1000),
  }
}

/** ms to a µs. */
const rounded = (ms: number): number => Math.round(ms * 1000) / 1000
