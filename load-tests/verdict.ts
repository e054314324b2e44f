import { CLOSE } from '../shared/protocol/close.ts'
import type { Slo, Step } from './plan.ts'
import type { Convergence, Row, Totals, Verdict } from './result.ts'
import type { Settled } from './worker/messages.ts'

/** ms that the generator may be late at p99: the figures are those of the relay and of this. */
const MAX_LAG = 25

/** Share of its cores from which on a generator is busy more than not. */
const MAX_BUSY = 0.92

/** How a connection ends that nobody closed. */
const CUT = 1006

/** The codes with which people are closed by what a scenario does. Who leaves closes the connection itself, and is not counted. */
const PLANNED: Readonly<Partial<Record<Step['do'], readonly number[]>>> = {
  // Who takes nothing from the network is closed, or cut off where the relay keeps no more for them.
  stall: [CLOSE.tooSlow, CUT],
  kill: [CUT],
  // Boards are let go of, and cannot be loaded, until there is room again.
  'disk full': [CLOSE.unavailable],
  's3 down': [CLOSE.unavailable],
}

interface Judged {
  readonly slo: Slo
  readonly steps: readonly Step[]
  readonly processes: number
  readonly rows: readonly Row[]
  readonly totals: Totals
  readonly convergence: Convergence | null
  readonly settled: Settled
  /** Edits that were to reach readers, once for each, where that alone can be looked at since no documents are kept. */
  readonly owed: number | null
}

/** Whether a run held what it must, and whether it says anything about the relay at all. */
export function verdictOf(run: Judged): Verdict {
  const failures = [...lossMisses(run), ...closeMisses(run, code => code !== CLOSE.tooSlow)]
  // These may be the generator's own doing, where it is the bottleneck.
  const delays = [
    ...latencyMisses(run),
    ...restMisses(run),
    ...closeMisses(run, code => code === CLOSE.tooSlow),
  ]
  const misses = [...delays, ...failures]
  return {
    isHeld: misses.length === 0,
    misses,
    isBroken: failures.length > 0,
    generatorLimits: generatorLimits(run),
  }
}

/** What a run says of the relay: nothing where the generator was the bottleneck, unless the relay broke something. */
export function standingOf({ isHeld, isBroken, generatorLimits }: Verdict): Standing {
  if (isBroken) return 'missed'
  if (generatorLimits.length > 0) return 'says nothing'
  return isHeld ? 'held' : 'missed'
}

export type Standing = 'held' | 'missed' | 'says nothing'

function latencyMisses({ slo, totals }: Judged): string[] {
  const misses: string[] = []
  const { delivery, join, delivered } = totals
  if (slo.deliveryP99 !== null && delivered > 0 && delivery.p99 > slo.deliveryP99)
    misses.push(`p99 of delivery is ${delivery.p99.toFixed(1)} ms; at most ${slo.deliveryP99} ms hold.`)
  if (slo.joinP99 !== null && join.count > 0 && join.p99 > slo.joinP99)
    misses.push(`p99 of joining is ${join.p99.toFixed(0)} ms; at most ${slo.joinP99} ms hold.`)
  return misses
}

/** What had no time: of the relay, or of the generator. */
function restMisses({ settled }: Judged): string[] {
  const misses: string[] = []
  if (!settled.isQuiet && Object.keys(settled.absent).length === 0)
    misses.push('Not everything had arrived when the wait was over.')
  if (settled.leftOut > 0) misses.push(`${settled.leftOut} edits were never made.`)
  return misses
}

function lossMisses({ convergence, settled, totals, owed }: Judged): string[] {
  const misses: string[] = []
  for (const [why, people] of Object.entries(settled.absent))
    misses.push(`${people} people were not there at the end (${why}).`)
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
  if (settled.gaps > 0)
    misses.push(
      `${settled.gaps} times a change came without what it builds on: the relay lost some, or changed their order. Who noticed asked for them again.`,
    )
  const arrived = totals.delivered + totals.caughtUp
  if (settled.made > 0 && arrived === 0 && settled.people > 1)
    misses.push('Nothing was delivered to anybody.')
  else if (owed !== null && settled.leftOut === 0 && arrived < owed)
    misses.push(`${owed} edits were to reach a reader, and ${arrived} did.`)
  return misses
}

/** Connections of people that ended though nothing in the scenario ends them. */
function closeMisses({ totals, steps }: Judged, isAsked: (code: number) => boolean): string[] {
  const planned = steps.flatMap(step => PLANNED[step.do] ?? [])
  const codes = Object.entries(totals.closes).filter(
    ([code]) => isAsked(Number(code)) && !planned.includes(Number(code)),
  )
  if (codes.length === 0) return []
  const count = codes.reduce((sum, [, times]) => sum + times, 0)
  return [`${count} connections were closed that the scenario does not close (${codesText(codes)}).`]
}

const codesText = (codes: readonly (readonly [string, number])[]): string =>
  codes.map(([code, count]) => `${code} x ${count}`).join(', ')

function generatorLimits({ totals, rows, processes, settled }: Judged): string[] {
  const limits: string[] = []
  if (totals.lag.p99 > MAX_LAG) limits.push(`It was up to ${totals.lag.p99.toFixed(0)} ms late (p99).`)
  const busy = rows.filter(row => row.generatorCores > MAX_BUSY * processes).length
  if (rows.length > 1 && busy > rows.length / 3)
    limits.push(`Its ${processes} processes were busy all the time for ${busy} of ${rows.length} s.`)
  if (settled.leftOut > 0) limits.push(`It had no time for ${settled.leftOut} edits.`)
  return limits
}
