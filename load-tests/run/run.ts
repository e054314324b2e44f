import { setTimeout as pause } from 'node:timers/promises'
import { now } from '../clock.ts'
import { Fleet } from '../fleet/fleet.ts'
import { Sampler } from '../fleet/sampler.ts'
import type { Disaster, Plan, Scenario, Step } from '../plan.ts'
import { type Convergence, FORMAT, FORMAT_VERSION, type Row, type RunResult } from '../result.ts'
import type { Host } from '../servers/host.ts'
import { targets } from '../targets/index.ts'
import { verdictOf } from '../verdict.ts'
import type { Compared } from '../worker/compare.ts'
import type { Settled } from '../worker/messages.ts'
import { machine } from './machine.ts'
import { deliveriesOwed } from './owed.ts'
import { Sums } from './totals.ts'

/** ms. */
const SECOND = 1000

/** What is shown while it runs. */
export interface Watcher {
  phase(text: string): void
  row(row: Row): void
}

export interface RunParts {
  readonly label: string
  readonly scenario: Scenario
  readonly plan: Plan
  readonly host: Host
  /** Cores for the generator; null for all. */
  readonly cores: string | null
  /** ms to wait at the end for everything to arrive. */
  readonly patience: number
  /** ms that people may take to join, from when the last of them was to; null: as long as the processes wait. */
  readonly joinPatience: number | null
  readonly watcher: Watcher
}

/** One run: people join, work for the time set, everything arrives, and all documents are compared. */
export async function run(parts: RunParts): Promise<RunResult> {
  const { plan, host, watcher, patience } = parts
  const at = new Date().toISOString()
  const sums = new Sums({
    tellsSafe: targets[plan.target].tellsSafe,
    processes: plan.processes,
    warmUp: plan.load.warmUp,
  })
  const sampler = new Sampler(() => host.pid, host.metrics)
  let isMeasuring = false
  const fleet = new Fleet({
    plan,
    cores: parts.cores,
    onSecond(process, second, here) {
      if (sums.add(process, second, here) && isMeasuring) watcher.row(sums.row(sampler.take()))
    },
  })
  const ending = new AbortController()
  let working: Promise<void> = Promise.resolve()
  try {
    watcher.phase(
      `${plan.load.clients} people join ${plan.load.rooms} ${plan.load.rooms === 1 ? 'board' : 'boards'}`,
    )
    await fleet.prepare(parts.joinPatience)
    sampler.take()
    isMeasuring = true
    const start = await fleet.go()
    watcher.phase('Measuring')
    working = work(plan, start, host, ending.signal)
    await Promise.race([working, fleet.failed])
    isMeasuring = false
    watcher.phase('Waiting until everything has arrived')
    const settled = together(await fleet.settle(patience))
    watcher.phase('Comparing the documents')
    const compared = convergenceOf(await fleet.compare(), targets[plan.target].keepsDocuments)
    return result(parts, at, sums, settled, compared)
  } finally {
    // What is still to happen to the server must not, once it is to be stopped.
    ending.abort()
    await working.catch(() => undefined)
    await fleet.quit()
  }
}

function result(
  { label, scenario, plan, host }: RunParts,
  at: string,
  sums: Sums,
  settled: Settled,
  convergence: Convergence | null,
): RunResult {
  const totals = sums.totals()
  const { rows } = sums
  const { slo } = scenario
  const { load, processes, target, url } = plan
  const owed = targets[target].keepsDocuments ? null : deliveriesOwed(plan)
  return {
    format: FORMAT,
    version: FORMAT_VERSION,
    ...{ label, at, machine: machine(), scenario: scenario.name },
    target: { name: target, url, server: host.description },
    ...{ load, slo, processes, rows, totals, convergence },
    verdict: verdictOf({ slo, steps: plan.steps, processes, rows, totals, convergence, settled, owed }),
  }
}

/** Lasts as long as people work. */
async function work({ steps, load }: Plan, start: number, host: Host, signal: AbortSignal): Promise<void> {
  const until = (at: number): Promise<void> => pause(Math.max(0, at - now()), undefined, { signal })
  await strike(steps, host, seconds => until(start + seconds * SECOND))
  // Half a second more, since the last second is told when it is over.
  await until(start + (load.duration + 0.5) * SECOND)
}

/** Carries out what happens to the relay itself, each at its time. */
async function strike(
  steps: readonly Step[],
  host: Host,
  until: (seconds: number) => Promise<void>,
): Promise<void> {
  const disasters = steps.flatMap(step =>
    'share' in step ? [] : [{ at: step.at, disaster: step.do satisfies Disaster }],
  )
  for (const { at, disaster } of disasters.sort((a, b) => a.at - b.at)) {
    await until(at)
    await host.strike(disaster)
  }
}

function together(parts: readonly Settled[]): Settled {
  const absent: Record<string, number> = {}
  for (const part of parts) {
    for (const [why, count] of Object.entries(part.absent)) absent[why] = (absent[why] ?? 0) + count
  }
  const sum = (of: (part: Settled) => number): number => parts.reduce((all, part) => all + of(part), 0)
  return {
    made: sum(part => part.made),
    safe: sum(part => part.safe),
    leftOut: sum(part => part.leftOut),
    absent,
    people: sum(part => part.people),
    gaps: sum(part => part.gaps),
    forgotten: sum(part => part.forgotten),
    isQuiet: parts.every(part => part.isQuiet),
  }
}

/** Proven: nobody differs from the relay, and the relay gave every process the same. */
function convergenceOf(compared: readonly Compared[], keepsDocuments: boolean): Convergence | null {
  if (!keepsDocuments) return null
  const problems = compared.flatMap(({ room, problems }) =>
    problems.map(problem => `Board ${room}: ${problem}.`),
  )
  const hashes = new Map<number, string>()
  for (const { room, hash } of compared) {
    if (hash === null) continue
    if ((hashes.get(room) ?? hash) !== hash)
      problems.push(`Board ${room}: the relay gives different documents.`)
    hashes.set(room, hash)
  }
  const sum = (of: (each: Compared) => number): number => compared.reduce((all, each) => all + of(each), 0)
  const lost = sum(each => each.lost)
  const lostSafe = sum(each => each.lostSafe)
  return {
    rooms: hashes.size,
    people: sum(each => each.people),
    inFull: sum(each => each.inFull),
    ...{ lost, lostSafe, problems },
    isProven: problems.length === 0 && lost === 0 && lostSafe === 0,
  }
}
