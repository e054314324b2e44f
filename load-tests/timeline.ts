import { EDITS, type EditKind, type Plan } from './plan.ts'
import { unit } from './random.ts'
import { isAmong } from './seats.ts'

/** Steps of a writer's Yjs clock that an edit takes; `edits.ts` makes them so. */
const CLOCKS: Readonly<Record<EditKind, number>> = { move: 1, stroke: 6, type: 3 }

/** Steps that the card takes which everybody who writes puts down first. */
export const CARD_CLOCKS = 6

/**
 * All that one person is going to write, known beforehand by every process: so a reader tells from the clock of an update
 * which edits it holds and when they were to be made, also where the writer sits in another process, and also where a
 * relay has merged several edits into one update.
 */
export interface Timeline {
  /** ms from the start at which each edit is to be made, ascending. */
  readonly due: Float64Array
  readonly kinds: Uint8Array
  /** 1 for an edit that is made while its writer means to be offline: nobody expects it in time. */
  readonly away: Uint8Array
  /** The writer's clock after each edit. */
  readonly end: Int32Array
}

type Timed = Pick<Plan, 'load' | 'edits' | 'steps'>

export function timelineOf(plan: Timed, person: number): Timeline {
  const due = Float64Array.from(dueTimes(plan, person))
  const kinds = new Uint8Array(due.length)
  const end = new Int32Array(due.length)
  const away = awayTimes(plan, person)
  const weights = EDITS.map(kind => plan.edits[kind] ?? 0)
  let clock = CARD_CLOCKS
  for (let at = 0; at < due.length; at += 1) {
    const kind = pick(weights, unit(plan.load.seed, person, at, 3))
    clock += CLOCKS[EDITS[kind] as EditKind]
    kinds[at] = kind
    end[at] = clock
  }
  const isAway = (at: number): boolean => away.some(([from, to]) => at >= from && at < to)
  return { due, kinds, end, away: Uint8Array.from(due, at => Number(isAway(at))) }
}

/** The last edit that an update up to `clock` holds whole; -1 for none. */
export function lastEditBy({ end }: Timeline, clock: number): number {
  let low = 0
  let high = end.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((end[middle] as number) <= clock) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** A fixed schedule, never put off: who is late is late against it. */
function dueTimes({ load, steps }: Timed, person: number): number[] {
  const times: number[] = []
  const every = 1000 / load.rate
  const first = unit(load.seed, person, 1) * every
  for (let at = first; at < load.duration * 1000; at += every) times.push(at)
  for (const step of steps) {
    if (step.do !== 'edit' || !isAmong(load, person, step.share)) continue
    for (let made = 0; made < step.edits; made += 1) times.push(step.at * 1000)
  }
  return times.sort((a, b) => a - b)
}

/** ms between leaving and returning. */
function awayTimes({ load, steps }: Timed, person: number): [from: number, to: number][] {
  const times: [number, number][] = []
  const own = steps.filter(step => 'share' in step && isAmong(load, person, step.share))
  for (const step of own.sort((a, b) => a.at - b.at)) {
    if (step.do === 'leave') times.push([step.at * 1000, Number.POSITIVE_INFINITY])
    const last = times.at(-1)
    if (step.do === 'return' && last) last[1] = Math.min(last[1], step.at * 1000)
  }
  return times
}

function pick(weights: readonly number[], roll: number): number {
  const sum = weights.reduce((all, weight) => all + weight, 0)
  let left = roll * sum
  for (const [at, weight] of weights.entries()) {
    left -= weight
    if (left < 0) return at
  }
  return 0
}
