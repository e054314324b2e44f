import { addCounts, type Counts, type Histogram, newHistogram, spreadOf } from '../histogram.ts'
import type { Row, ServerSample, ServerTotals, Totals } from '../result.ts'
import type { Second } from '../worker/tally.ts'

const NUMBERS = [
  'offered',
  'accepted',
  'delivered',
  'caughtUp',
  'presenceOut',
  'presenceIn',
  'framesIn',
  'bytesIn',
  'framesOut',
  'bytesOut',
  'joined',
] as const

type Counted = Record<(typeof NUMBERS)[number], number>

const LATENCIES = ['delivery', 'safe', 'presence', 'join', 'lag'] as const
type Latencies = Record<(typeof LATENCIES)[number], Histogram>

interface SumsParts {
  /** Whether the relay says what is safe. */
  readonly tellsSafe: boolean
  /** Of the generator. */
  readonly processes: number
  /** Seconds at the start whose times and costs do not count. */
  readonly warmUp: number
}

/** Adds up what the processes of the generator tell, second by second and over all. */
export class Sums {
  readonly rows: Row[] = []
  readonly #with: SumsParts
  readonly #all = newPart()
  /** Seconds that not all processes have told of yet, the earliest first. */
  readonly #parts: Part[] = []
  /** Seconds that each process has told of and that are no row yet. */
  readonly #told: number[]
  /** Seconds that each process has told of. */
  readonly #seconds: number[]

  constructor(parts: SumsParts) {
    this.#with = parts
    this.#told = Array.from({ length: parts.processes }, () => 0)
    this.#seconds = Array.from({ length: parts.processes }, () => 0)
  }

  /** Takes the next second of a process. Returns whether that second is whole now. */
  add(process: number, second: Second, here: number): boolean {
    const told = this.#told[process] ?? 0
    const part = this.#parts[told] ?? newPart()
    this.#parts[told] = part
    this.#told[process] = told + 1
    const seconds = this.#seconds[process] ?? 0
    this.#seconds[process] = seconds + 1
    addTo(part, second)
    count(this.#all, second)
    if (seconds >= this.#with.warmUp) time(this.#all, second)
    part.here += here
    part.tellers += 1
    return this.#parts[0]?.tellers === this.#with.processes
  }

  /** Ends the earliest second. */
  row(server: ServerSample | null): Row {
    const { counted, closes, refusals, cpu, stalled, latencies, here } = this.#parts.shift() ?? newPart()
    for (const [process, told] of this.#told.entries()) this.#told[process] = Math.max(0, told - 1)
    const row: Row = {
      at: this.rows.length + 1,
      here,
      ...counted,
      accepted: this.#with.tellsSafe ? counted.accepted : null,
      ...{ closes, refusals, server },
      delivery: spreadOf(latencies.delivery),
      safe: spreadOf(latencies.safe),
      lag: spreadOf(latencies.lag),
      generatorCores: Math.round(cpu) / 1000,
      generatorStalled: Math.round(stalled * 10) / 10,
    }
    this.rows.push(row)
    return row
  }

  totals(): Totals {
    const { counted, closes, refusals, latencies } = this.#all
    return {
      ...counted,
      accepted: this.#with.tellsSafe ? counted.accepted : null,
      ...{ closes, refusals },
      delivery: spreadOf(latencies.delivery),
      safe: spreadOf(latencies.safe),
      presence: spreadOf(latencies.presence),
      join: spreadOf(latencies.join),
      lag: spreadOf(latencies.lag),
      server: serverTotals(this.rows.slice(this.#with.warmUp)),
    }
  }
}

interface Part {
  readonly counted: Counted
  readonly closes: Record<string, number>
  readonly refusals: Record<string, number>
  readonly latencies: Latencies
  cpu: number
  stalled: number
  here: number
  tellers: number
}

function newPart(): Part {
  const counted = Object.fromEntries(NUMBERS.map(name => [name, 0])) as Counted
  const latencies = Object.fromEntries(LATENCIES.map(name => [name, newHistogram()])) as Latencies
  return { counted, closes: {}, refusals: {}, latencies, cpu: 0, stalled: 0, here: 0, tellers: 0 }
}

function addTo(part: Part, second: Second): void {
  count(part, second)
  time(part, second)
}

function time({ latencies }: Part, second: Second): void {
  for (const name of LATENCIES) addCounts(latencies[name], second[name] satisfies Counts)
}

function count(part: Part, second: Second): void {
  for (const name of NUMBERS) part.counted[name] += second[name]
  for (const name of ['closes', 'refusals'] as const) {
    for (const [code, count] of Object.entries(second[name]))
      part[name][code] = (part[name][code] ?? 0) + count
  }
  part.cpu += second.cpu
  part.stalled = Math.max(part.stalled, second.stalled)
}

function serverTotals(rows: readonly Row[]): ServerTotals | null {
  const seen = rows.flatMap(row => (row.server ? [{ server: row.server, delivered: row.delivered }] : []))
  if (seen.length === 0) return null
  const cores = mean(seen.map(({ server }) => server.cores))
  const loops = seen.flatMap(({ server }) => (server.loopP99 === null ? [] : [server.loopP99]))
  const delivered = mean(seen.map(each => each.delivered))
  return {
    cores: Math.round(cores * 1000) / 1000,
    rssMax: Math.max(...seen.map(({ server }) => server.rss)),
    loopP99Max: loops.length > 0 ? Math.max(...loops) : null,
    cpuPerDelivery: delivered > 0 ? Math.round((cores / delivered) * 1e9) / 1000 : 0,
  }
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
