import type { Fault, Operation } from './fault.ts'
import { OPERATIONS } from './fault.ts'

/** Where a relay dies, and what has to be so for it to get there. */
export interface Point {
  readonly name: string
  /** Null: it is killed from outside, at a random moment. */
  readonly operation: Operation | null
  readonly step: Fault['step']
  /** `log`: few snapshots and long texts, so that the log alone is merged. */
  readonly under: 'log' | 'snapshots'
  /** Whether people stop drawing after a while: a log is trimmed only then. */
  readonly rests: boolean
  /** Whether the log is lost before, so that the relay has only what it snapshotted. */
  readonly losesLog: boolean
  /** Occurrences of which one is chosen, from 1. */
  readonly occurrences: number
}

type Steps = readonly Fault['step'][]

const ALL: Steps = ['before', 'during', 'after']

function points(operation: Operation, steps: Steps, given: Partial<Point> = {}): Point[] {
  return steps.map(step => ({
    name: `${step} ${OPERATIONS[operation]}`,
    operation,
    step,
    under: 'snapshots',
    rests: false,
    losesLog: false,
    occurrences: 4,
    ...given,
  }))
}

const killed = (under: Point['under'], name: string): Point => ({
  name: `killed from outside at any time, ${name}`,
  operation: null,
  step: 'before',
  under,
  rests: false,
  losesLog: false,
  occurrences: 1,
})

const first = { occurrences: 1 }
const lost = { losesLog: true, occurrences: 1 }
const lostLog = (points: readonly Point[]): Point[] =>
  points.map(point => ({ ...point, name: `${point.name}, with the log lost` }))

/** Deaths of a relay that has never run before, while people draw. */
export const FIRST_DEATHS: readonly Point[] = [
  ...points('append', ALL, { occurrences: 60 }),
  ...points('compact', ALL, { under: 'log', occurrences: 2 }),
  ...points('settle', ALL, { rests: true, occurrences: 1 }),
  ...points('put', ALL),
  ...points('remove', ALL),
  ...points('claim', ALL, first),
  ...points('version', ['after'], first),
  killed('log', 'among long texts'),
]

/** Deaths of a relay that starts again with boards, or that people draw on again. */
export const SECOND_DEATHS: readonly Point[] = [
  ...points('stores', ALL, first),
  ...points('boards', ['before', 'after'], first),
  ...points('board', ALL, first),
  ...lostLog([
    ...points('list', ['after'], lost),
    ...points('get', ['after'], lost),
    ...points('settle', ['during', 'after'], lost),
  ]),
  killed('snapshots', 'among snapshots'),
  ...points('write', ['during'], { occurrences: 6 }),
  ...points('sync', ['before'], { occurrences: 6 }),
  ...points('rename', ['before', 'after'], { occurrences: 6 }),
  ...points('folder', ['before'], { occurrences: 6 }),
  ...points('unlink', ['before', 'after'], { occurrences: 6 }),
]
