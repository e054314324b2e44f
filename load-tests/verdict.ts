import type { Slo } from './plan.ts'
import type { Convergence, Row, Totals, Verdict } from './result.ts'
import type { Settled } from './worker/messages.ts'

/** ms that the generator may be late at p99: the figures are those of the relay and of this. */
const MAX_LAG = 25

/** Share of its cores from which on a generator is busy more than not. */
const MAX_BUSY = 0.92

interface Judged {
  readonly slo: Slo
  readonly processes: number
  readonly rows: readonly Row[]
  readonly totals: Totals
  readonly convergence: Convergence | null
  readonly settled: Settled
}

/** Whether a run held what it must, and whether it says anything about the relay at all. */
export function verdictOf(run: Judged): Verdict {
  const misses = [...latencyMisses(run), ...lossMisses(run)]
  return { isHeld: misses.length === 0, misses, generatorLimits: generatorLimits(run) }
}

function latencyMisses({ slo, totals }: Judged): string[] {
  const misses: string[] = []
  const { delivery, join, delivered } = totals
  if (slo.deliveryP99 !== null && delivered > 0 && delivery.p99 > slo.deliveryP99)
    misses.push(`p99 of delivery is ${delivery.p99.toFixed(1)} ms; at most ${slo.deliveryP99} ms hold.`)
  if (slo.joinP99 !== null && join.count > 0 && join.p99 > slo.joinP99)
    misses.push(`p99 of joining is ${join.p99.toFixed(0)} ms; at most ${slo.joinP99} ms hold.`)
  return misses
}

function lossMisses({ convergence, settled, totals }: Judged): string[] {
  const misses: string[] = []
  const absent = Object.entries(settled.absent)
  for (const [why, people] of absent) misses.push(`${people} people were not there at the end (${why}).`)
  if (!settled.isQuiet && absent.length === 0)
    misses.push('Not everything had arrived when the wait was over.')
  if (convergence && !convergence.isProven) {
    const { lostSafe, lost, problems } = convergence
    if (lostSafe > 0) misses.push(`${lostSafe} edits that the relay had called safe are lost.`)
    if (lost > 0) misses.push(`${lost} edits never reached the relay.`)
    misses.push(...problems.slice(0, 3))
  }
  if (settled.forgotten > 0)
    misses.push(
      `${settled.forgotten} edits that the relay had called safe were gone when their writers came back, who brought them again.`,
    )
  if (settled.leftOut > 0) misses.push(`${settled.leftOut} edits were never made.`)
  if (settled.gaps > 0)
    misses.push(
      `${settled.gaps} times a change came without what it builds on: the relay lost some, or changed their order. Who noticed asked for them again.`,
    )
  if (settled.made > 0 && totals.delivered + totals.caughtUp === 0 && settled.people > 1)
    misses.push('Nothing was delivered to anybody.')
  return misses
}

function generatorLimits({ totals, rows, processes, settled }: Judged): string[] {
  const limits: string[] = []
  if (totals.lag.p99 > MAX_LAG) limits.push(`It was up to ${totals.lag.p99.toFixed(0)} ms late (p99).`)
  const busy = rows.filter(row => row.generatorCores > MAX_BUSY * processes).length
  if (rows.length > 1 && busy > rows.length / 3)
    limits.push(`Its ${processes} processes were busy all the time for ${busy} of ${rows.length} s.`)
  if (settled.leftOut > 0) limits.push(`It had no time for ${settled.leftOut} edits.`)
  return limits
}
