import { GeneratorError } from '../fleet/fleet.ts'
import type { Load } from '../plan.ts'
import type { Highest, RampBy, RunResult, Verdict } from '../result.ts'
import { standingOf } from '../verdict.ts'

/** What a ramp tries at most. */
const MOST: Readonly<Record<RampBy, number>> = { clients: 20_000, rate: 1000 }

/** Seconds that count of each step, unless fewer were asked for. */
const STEP_SECONDS = 8

/** People who join in a second. */
const JOINS = 100

/**
 * ms that people may take to join in one step, beside the time over which they do: thrice what any scenario asks for at p99.
 * So a load that is far too high costs a step of seconds, where a run by itself waits for a minute.
 */
const JOIN_PATIENCE = 15_000

/** How near the highest load that held and the lowest that did not have to come: a share of the former. */
const NEAR = 0.1

/** Steps before a search is called off. */
const MOST_STEPS = 20

/** ms from when the last is to join. The same time again, since a relay may take fewer a second from one address. */
export const joinPatience = ({ joinOver }: Load): number => joinOver * 1000 + JOIN_PATIENCE

export interface Probe {
  readonly load: number
  readonly isHeld: boolean
}

/**
 * Finds the highest load that holds. Each step is one run. One that cannot be run, as where the relay takes no more people,
 * does not hold; but when none has held before, it is the set-up that is wrong.
 */
export async function climb(
  load: Load,
  by: RampBy,
  once: (load: Load) => Promise<RunResult>,
): Promise<Highest> {
  const probes: Probe[] = []
  let trouble: string | null = null
  let isGeneratorLimited = false
  // Each board needs somebody.
  const least = by === 'clients' ? load.rooms : 0
  const next = (): number | null => nextLoad(load[by], MOST[by], probes, least)
  for (let value = next(); value !== null; value = next()) {
    let verdict: Verdict
    try {
      verdict = (await once(stepLoad(load, by, value))).verdict
    } catch (error) {
      if (error instanceof GeneratorError || !probes.some(probe => probe.isHeld)) throw error
      trouble = error instanceof Error ? error.message : String(error)
      probes.push({ load: value, isHeld: false })
      continue
    }
    probes.push({ load: value, isHeld: verdict.isHeld })
    if (!verdict.isHeld && standingOf(verdict) === 'says nothing') isGeneratorLimited = true
  }
  return { by, highest: highestHeld(probes), isGeneratorLimited, trouble }
}

function stepLoad(load: Load, by: RampBy, value: number): Load {
  const clients = by === 'clients' ? value : load.clients
  return {
    ...load,
    [by]: value,
    duration: Math.min(load.duration, load.warmUp + STEP_SECONDS),
    joinOver: Math.max(load.joinOver, clients / JOINS),
  }
}

/** What is to be tried next, given what was; null when the highest load that holds is known well enough. */
export function nextLoad(first: number, most: number, probes: readonly Probe[], least = 0): number | null {
  const held = Math.max(0, ...probes.filter(probe => probe.isHeld).map(probe => probe.load))
  const missed = Math.min(...probes.filter(probe => !probe.isHeld).map(probe => probe.load))
  if (probes.length >= MOST_STEPS || held >= most) return null
  if (probes.length === 0) return Math.max(least, Math.min(first, most))
  if (!Number.isFinite(missed)) return Math.min(most, Math.max(1, held * 2))
  const next = held === 0 ? Math.max(least, Math.floor(missed / 2)) : Math.round((held + missed) / 2)
  const isKnown = missed - held <= Math.max(1, held * NEAR)
  return isKnown || next < 1 || next <= held || next >= missed ? null : next
}

/** The highest load that held; null for none. */
export function highestHeld(probes: readonly Probe[]): number | null {
  const held = probes.filter(probe => probe.isHeld).map(probe => probe.load)
  return held.length > 0 ? Math.max(...held) : null
}
