import type { Plan } from '../plan.ts'
import type { Compared } from './compare.ts'
import type { Second } from './tally.ts'

/** To a process of the generator. Each but `halt` is answered once. */
export type Order =
  | { readonly type: 'prepare'; readonly plan: Plan; readonly process: number }
  /** People join. Where joining is measured, that comes with `go`. */
  | { readonly type: 'join' }
  /** Begin at that time of the monotonic clock, in ms. */
  | { readonly type: 'go'; readonly at: number }
  /** Make no more edits; see that everything arrives. */
  | { readonly type: 'settle'; readonly atMost: number }
  | { readonly type: 'compare' }
  | { readonly type: 'quit' }

export type Report =
  | { readonly type: 'done'; readonly order: Exclude<Order['type'], 'compare' | 'settle'> }
  /** Said every second, whatever it does: a process that hangs is noticed. */
  | { readonly type: 'alive'; readonly here: number }
  | { readonly type: 'second'; readonly second: Second; readonly here: number }
  | { readonly type: 'settled'; readonly settled: Settled }
  | { readonly type: 'compared'; readonly rooms: readonly Compared[] }
  | { readonly type: 'failed'; readonly message: string }

export interface Settled {
  readonly made: number
  readonly safe: number
  /** Edits of the schedule that this generator had no time for. */
  readonly leftOut: number
  /** People who were not there at the end, with the codes that closed them for good. */
  readonly absent: Readonly<Record<string, number>>
  readonly people: number
  readonly gaps: number
  /** Edits that the relay had called safe, and lacked when their writer came back: the writer brought them again. */
  readonly forgotten: number
  /** Whether everything came to rest in time. */
  readonly isQuiet: boolean
}
