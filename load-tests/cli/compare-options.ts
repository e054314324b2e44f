import { parseArgs } from 'node:util'
import type { Load } from '../plan.ts'
import { RAMPS, type RampBy } from '../result.ts'
import { EXIT_TEXT } from './exit.ts'
import {
  checkWarmUp,
  flagOf,
  LOAD_OPTIONS,
  oneOf,
  readCores,
  readNumber,
  UsageError,
  withRamp,
} from './values.ts'

/** What is compared, each under its name in tables. */
export const CONTENDERS = ['ours', 'ours-ws', 'y-websocket', 'hocuspocus', 'bare'] as const
export type Contender = (typeof CONTENDERS)[number]

export interface CompareOptions {
  readonly contenders: readonly Contender[]
  /** Of the workloads below, by name; all of them when none is named. */
  readonly workloads: readonly Workload[]
  readonly set: Readonly<Partial<Load>>
  /** What is raised to find the highest load that each holds; null when that is not sought. */
  readonly ramp: RampBy | null
  readonly core: number | null
  readonly generatorCores: string | null
  readonly processes: number | null
  readonly json: string | null
  readonly html: string | null
}

export interface Workload {
  readonly name: string
  readonly scenario: 'workshop' | 'many-rooms'
  readonly load: Readonly<Partial<Load>>
}

/** Edits alone, as the figures that relays are compared by are: no presence, nobody who only looks. */
const EDITS_ALONE = { presence: 0, viewers: 0, shapes: 50, duration: 20, warmUp: 5 }

const WORKLOADS: readonly Workload[] = [
  { name: 'one-room', scenario: 'workshop', load: { ...EDITS_ALONE, clients: 100, rooms: 1, rate: 20 } },
  { name: 'big-room', scenario: 'workshop', load: { ...EDITS_ALONE, clients: 200, rooms: 1, rate: 20 } },
  {
    name: 'many-rooms',
    scenario: 'many-rooms',
    load: { ...EDITS_ALONE, clients: 500, rooms: 100, rate: 16 },
  },
]

const TEXTS = ['only', 'workloads', 'ramp', 'core', 'generator-cores', 'processes', 'json', 'html'] as const

export function parseCompare(args: readonly string[]): CompareOptions | 'help' {
  const values = parsed(args)
  if (values.help === true) return 'help'
  const text = (name: (typeof TEXTS)[number]): string | null => {
    const value = values[name]
    return typeof value === 'string' ? value : null
  }
  const set = Object.entries(LOAD_OPTIONS).flatMap(([name, option]) => {
    const given = values[flagOf(name)]
    return typeof given === 'string' ? [[name, readNumber(flagOf(name), given, option)] as const] : []
  })
  const [core, ramp] = [text('core'), text('ramp')]
  const processes = text('processes')
  const generatorCores = text('generator-cores')
  const workloads = listed(
    'workloads',
    text('workloads'),
    WORKLOADS.map(each => each.name),
  ).flatMap(name => WORKLOADS.filter(each => each.name === name))
  for (const { load } of workloads) checkWarmUp({ ...load, ...Object.fromEntries(set) })
  return {
    contenders: listed('only', text('only'), CONTENDERS),
    workloads,
    set: Object.fromEntries(set),
    ramp: ramp === null ? null : oneOf('ramp', ramp, RAMPS),
    core: core === null ? null : readNumber('core', core, { least: 0, most: 1023, isWhole: true }),
    generatorCores: generatorCores === null ? null : readCores('generator-cores', generatorCores),
    processes:
      processes === null ? null : readNumber('processes', processes, { least: 1, most: 64, isWhole: true }),
    json: text('json'),
    html: text('html'),
  }
}

function parsed(args: readonly string[]): Record<string, unknown> {
  try {
    return parseArgs({
      args: withRamp(args),
      options: {
        help: { type: 'boolean', short: 'h' },
        ...Object.fromEntries(TEXTS.map(name => [name, { type: 'string' as const }])),
        ...Object.fromEntries(
          Object.keys(LOAD_OPTIONS).map(name => [flagOf(name), { type: 'string' as const }]),
        ),
      },
    }).values
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}`)
  }
}

function listed<T extends string>(flag: string, text: string | null, known: readonly T[]): T[] {
  if (text === null) return [...known]
  return text.split(',').map(name => {
    const found = known.find(each => each === name)
    if (found === undefined)
      throw new UsageError(`--${flag} has ${JSON.stringify(name)}. It can be ${known.join(',')}.`)
    return found
  })
}

export const COMPARE_HELP = `Our relay and others under the same load, one after the other, each alone on one core of this machine.
Ours keeps validation, its log on disk and metrics on; the others keep boards in memory alone.

Usage: npm run load:compare -- [options]

  --only <list>             Of ${CONTENDERS.join(',')}. bare is the least that sending costs: it reads and keeps nothing.
  --workloads <list>        Of ${WORKLOADS.map(each => each.name).join(',')}.
  --clients, --rooms, --rate, --presence, --duration, --warm-up, --join-over, --viewers, --shapes, --seed <n>
                            Instead of what the workloads say.
  --ramp [clients|rate]     Also find the most people, or edits, that each holds at a p99 of delivery under 100 ms.
  --core <n>                The core of the servers; 0 where taskset is there.
  --generator-cores <list>  The cores of the generator; all others.
  --processes <n>           Of the generator; one for each of its cores.
  --json <file>             All results.
  --html <file>             A report of all runs, side by side.

Exit codes: of ours alone, since others may drown. ${EXIT_TEXT}

Another server that runs already, such as y/hub: npm run load -- workshop --target ws://... --protocol y-websocket`
