import { temporaryFolder } from '../testing/temporary-folder.ts'
import { buildRelay } from './testing/build.ts'
import { Loss } from './testing/history.ts'
import { live, type Run, runsOf } from './testing/matrix.ts'

interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
}

interface Tally {
  runs: number
  acknowledged: number
  lost: number
  /** ms. */
  readonly recoveries: number[]
  /** ms. */
  readonly latencies: number[]
}

const RUNS = 200

/**
 * A relay that dies twice in each of 200 runs, at every point ten times, and is then killed from outside: what it lost of what
 * it had acknowledged. Two people draw as fast as they are acknowledged, each with eight changes under way. Recovery is from
 * the start of a relay whose code is loaded to somebody new having the whole board. Throws when a run went wrong otherwise.
 */
export default async function crashBench(): Promise<Figure[]> {
  const relay = await buildRelay()
  const all = newTally()
  const points = new Map<string, Tally>()
  const failures: string[] = []
  try {
    for (const run of runsOf(RUNS)) {
      try {
        const one = await tallyOf(run, relay.file)
        for (const { name } of [run.first, run.second]) {
          const tally = points.get(name) ?? newTally()
          points.set(name, tally)
          add(tally, one)
        }
        add(all, one)
      } catch (error) {
        failures.push(`Seed ${run.seed}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  } finally {
    await relay.remove()
  }
  console.table(Object.fromEntries([...points].map(([name, tally]) => [name, rowOf(tally)])))
  if (failures.length > 0) throw new Error(failures.join('\n'))
  return figuresOf(all)
}

async function tallyOf(run: Run, file: string): Promise<Tally> {
  try {
    const { ledger, recoveries } = await live(run, file, await temporaryFolder())
    const { acknowledged, latencies } = ledger
    return { runs: 1, acknowledged, lost: 0, recoveries, latencies }
  } catch (error) {
    if (!(error instanceof Loss)) throw error
    console.error(`Seed ${run.seed} (${run.first.name}, then ${run.second.name}): ${error.message}`)
    return { ...newTally(), runs: 1, lost: Math.max(1, error.updates) }
  }
}

const newTally = (): Tally => ({ runs: 0, acknowledged: 0, lost: 0, recoveries: [], latencies: [] })

function add(tally: Tally, one: Tally): void {
  tally.runs += one.runs
  tally.acknowledged += one.acknowledged
  tally.lost += one.lost
  tally.recoveries.push(...one.recoveries)
  tally.latencies.push(...one.latencies)
}

const rowOf = ({ runs, acknowledged, lost, recoveries, latencies }: Tally) => ({
  runs,
  acknowledged,
  lost,
  'recovery median, ms': percentile(recoveries, 0.5),
  'p95, ms': percentile(recoveries, 0.95),
  'ack median, ms': percentile(latencies, 0.5),
  'p99, ms': percentile(latencies, 0.99),
})

const figuresOf = ({ runs, acknowledged, lost, recoveries, latencies }: Tally): Figure[] => [
  { name: 'runs', value: runs, unit: 'of three deaths each' },
  { name: 'acknowledged', value: acknowledged, unit: 'updates' },
  { name: 'lost of those', value: lost, unit: 'updates' },
  { name: 'recovery, median', value: percentile(recoveries, 0.5), unit: 'ms' },
  { name: 'recovery, p95', value: percentile(recoveries, 0.95), unit: 'ms' },
  { name: 'acknowledgement, median', value: percentile(latencies, 0.5), unit: 'ms' },
  { name: 'acknowledgement, p99', value: percentile(latencies, 0.99), unit: 'ms' },
]

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  return Number((value ?? Number.NaN).toFixed(1))
}
