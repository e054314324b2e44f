import type { Spread } from './histogram.ts'
import type { Load, Slo, TargetName } from './plan.ts'

/** What a file with results starts with: a program that reads it looks at both. */
export const FORMAT = 'driftboard-load'
export const FORMAT_VERSION = 1

/** One second of a run. Durations in ms. */
export interface Row {
  /** Seconds from the start to its end. */
  readonly at: number
  readonly here: number
  readonly offered: number
  /** Null where the relay does not tell. */
  readonly accepted: number | null
  readonly delivered: number
  readonly caughtUp: number
  readonly presenceOut: number
  readonly presenceIn: number
  readonly framesIn: number
  readonly bytesIn: number
  readonly framesOut: number
  readonly bytesOut: number
  readonly joined: number
  readonly closes: Readonly<Record<string, number>>
  readonly refusals: Readonly<Record<string, number>>
  readonly delivery: Spread
  readonly safe: Spread
  readonly lag: Spread
  /** Cores that the generator used, and the longest that one of its processes stood still. */
  readonly generatorCores: number
  readonly generatorStalled: number
  readonly server: ServerSample | null
}

export interface ServerSample {
  /** Cores used. */
  readonly cores: number
  /** Bytes of memory. */
  readonly rss: number
  /** ms; null where the server does not tell. */
  readonly loopP99: number | null
}

export interface Totals {
  readonly offered: number
  readonly accepted: number | null
  readonly delivered: number
  readonly caughtUp: number
  readonly presenceOut: number
  readonly presenceIn: number
  readonly framesIn: number
  readonly bytesIn: number
  readonly framesOut: number
  readonly bytesOut: number
  readonly joined: number
  readonly closes: Readonly<Record<string, number>>
  readonly refusals: Readonly<Record<string, number>>
  readonly delivery: Spread
  readonly safe: Spread
  readonly presence: Spread
  readonly join: Spread
  readonly lag: Spread
  readonly server: ServerTotals | null
}

export interface ServerTotals {
  readonly cores: number
  readonly rssMax: number
  readonly loopP99Max: number | null
  /** µs of processor time for one edit delivered to one reader. */
  readonly cpuPerDelivery: number
}

export interface Convergence {
  readonly rooms: number
  readonly people: number
  /** People whose whole document was compared; all state vectors were. */
  readonly inFull: number
  readonly lostSafe: number
  readonly lost: number
  readonly problems: readonly string[]
  readonly isProven: boolean
}

export interface RunResult {
  readonly format: typeof FORMAT
  readonly version: typeof FORMAT_VERSION
  /** What to call it in a comparison. */
  readonly label: string
  /** When it began, as ISO 8601. */
  readonly at: string
  readonly machine: Machine
  readonly scenario: string
  readonly target: { readonly name: TargetName; readonly url: string; readonly server: string }
  readonly load: Load
  readonly slo: Slo
  readonly processes: number
  readonly rows: readonly Row[]
  readonly totals: Totals
  /** Null where the server keeps no documents. */
  readonly convergence: Convergence | null
  readonly verdict: Verdict
}

export interface Verdict {
  readonly isHeld: boolean
  /** Why not, in words. */
  readonly misses: readonly string[]
  /** Whether one of these is no matter of time: something was lost, or closed, which a slow generator does not do. */
  readonly isBroken: boolean
  /** Why the figures speak of the generator and not of the relay, in words; empty when they do not. */
  readonly generatorLimits: readonly string[]
}

export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memory: number
  readonly node: string
  readonly platform: string
}

/** What a ramp raises: the people, or the edits a second of each. */
export const RAMPS = ['clients', 'rate'] as const
export type RampBy = (typeof RAMPS)[number]

/** The highest load that held; null when none did. */
export interface Highest {
  readonly by: RampBy
  readonly highest: number | null
  /** Whether the generator was the limit at what did not hold: the server may do more. */
  readonly isGeneratorLimited: boolean
  /** In words, why a load above the highest could not be run at all; null when each could. */
  readonly trouble: string | null
}

/** What `--ramp` found. */
export interface RampResult extends Highest {
  readonly format: 'driftboard-load-ramp'
  readonly version: typeof FORMAT_VERSION
  readonly label: string
  readonly runs: readonly RunResult[]
}
