/** How near the highest load that held and the lowest that did not have to come: a share of the former. */
const NEAR = 0.1

/** Steps before a search is called off. */
const MOST_STEPS = 20

export interface Probe {
  readonly load: number
  readonly isHeld: boolean
}

/** What is to be tried next, given what was; null when the highest load that holds is known well enough. */
export function nextLoad(first: number, most: number, probes: readonly Probe[]): number | null {
  const held = Math.max(0, ...probes.filter(probe => probe.isHeld).map(probe => probe.load))
  const missed = Math.min(...probes.filter(probe => !probe.isHeld).map(probe => probe.load))
  if (probes.length >= MOST_STEPS || held >= most) return null
  if (probes.length === 0) return Math.min(first, most)
  if (!Number.isFinite(missed)) return Math.min(most, held * 2)
  const next = held === 0 ? Math.floor(missed / 2) : Math.round((held + missed) / 2)
  const isKnown = missed - held <= Math.max(1, held * NEAR)
  return isKnown || next < 1 || next <= held || next >= missed ? null : next
}

/** The highest load that held; null for none. */
export function highestHeld(probes: readonly Probe[]): number | null {
  const held = probes.filter(probe => probe.isHeld).map(probe => probe.load)
  return held.length > 0 ? Math.max(...held) : null
}
