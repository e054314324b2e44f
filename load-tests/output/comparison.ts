import type { Spread } from '../histogram.ts'
import type { RunResult } from '../result.ts'
import { codes, mib, ms, short } from './text.ts'

export type ComparisonRow =
  | { readonly group: string }
  | { readonly name: string; readonly cells: readonly string[] }

type Cell = (run: RunResult) => string

const PERCENTILES = [
  ['p50', 'p50'],
  ['p90', 'p90'],
  ['p99', 'p99'],
  ['p99.9', 'p999'],
  ['max', 'max'],
] as const satisfies readonly (readonly [string, keyof Spread])[]

/** What a report says of each run, side by side. Behind each figure of later runs is how it compares with the first. */
export function comparisonRows(runs: readonly RunResult[]): ComparisonRow[] {
  const row = (name: string, cell: Cell): ComparisonRow => ({ name, cells: runs.map(cell) })
  const figure = (name: string, of: (run: RunResult) => number | null, shown: (value: number) => string) =>
    row(name, run => withRatio(of(run), runs[0] ? of(runs[0]) : null, run === runs[0], shown))
  const spread = (of: (run: RunResult) => Spread): ComparisonRow[] =>
    PERCENTILES.map(([name, key]) => figure(name, run => (of(run).count > 0 ? of(run)[key] : null), ms))
  return [
    { group: 'Delivery from writer to reader' },
    ...spread(run => run.totals.delivery),
    { group: 'Until an edit is safe on the relay' },
    ...spread(run => run.totals.safe),
    { group: 'Joining' },
    ...spread(run => run.totals.join),
    { group: 'Edits' },
    figure('offered', run => run.totals.offered, short),
    figure('accepted', run => run.totals.accepted, short),
    figure('delivered', run => run.totals.delivered, short),
    figure('delivered a second', run => run.totals.delivered / run.load.duration, short),
    figure('caught up', run => run.totals.caughtUp, short),
    { group: 'On the wire' },
    figure('messages per delivery', perDelivery('framesIn'), value => value.toFixed(2)),
    figure('bytes per delivery', perDelivery('bytesIn'), value => value.toFixed(0)),
    row('closed, by code', run => codes(run.totals.closes)),
    row('attackers closed, by code', run => codes(run.totals.refusals)),
    { group: 'Server' },
    figure(
      'cores',
      run => run.totals.server?.cores ?? null,
      value => value.toFixed(2),
    ),
    figure(
      'µs of processor per delivery',
      run => run.totals.server?.cpuPerDelivery || null,
      value => value.toFixed(2),
    ),
    figure('memory at most', run => run.totals.server?.rssMax ?? null, mib),
    figure('event loop p99 at most', run => run.totals.server?.loopP99Max ?? null, ms),
    { group: 'Convergence' },
    row('people who hold what the relay holds', convergence),
    row('safe edits lost', run => String(run.convergence?.lostSafe ?? '-')),
    { group: 'Generator' },
    figure('late by, p99', run => run.totals.lag.p99, ms),
  ]
}

const perDelivery =
  (key: 'framesIn' | 'bytesIn') =>
  ({ totals }: RunResult): number | null =>
    totals.delivered > 0 ? totals[key] / totals.delivered : null

function convergence(run: RunResult): string {
  if (!run.convergence) return 'it keeps none'
  const { people, inFull, isProven } = run.convergence
  return isProven ? `all ${people} (${inFull} in full)` : 'NOT ALL'
}

function withRatio(
  value: number | null,
  first: number | null,
  isFirst: boolean,
  shown: (value: number) => string,
): string {
  if (value === null) return '-'
  if (isFirst || first === null || first === 0) return shown(value)
  return `${shown(value)} (${(value / first).toFixed(2)}x)`
}
