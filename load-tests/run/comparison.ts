import { randomBytes } from 'node:crypto'
import type { CompareOptions, Contender, Workload } from '../cli/compare-options.ts'
import type { Load, Plan, Scenario, TargetName } from '../plan.ts'
import type { Highest, RunResult } from '../result.ts'
import { scenarios } from '../scenarios/index.ts'
import type { Host } from '../servers/host.ts'
import { ownHost, peerHost } from '../servers/own-host.ts'
import { climb, joinPatience } from './ramp.ts'
import { run, type Watcher } from './run.ts'

/** ms to wait at the end: a server that cannot keep up is not waited for. */
const PATIENCE = 15_000

/** ms for each process to compare whole documents. */
const COMPARE_FOR = 3000

/** People who join in a second. */
const JOINS = 100

export interface Pinned {
  readonly core: number | null
  readonly generatorCores: string | null
  readonly processes: number
}

export interface Entry {
  readonly contender: Contender
  readonly workload: string
  readonly result: RunResult
  /** The most that it held; undefined when that was not sought. */
  readonly most?: Highest
}

interface ComparisonParts {
  readonly options: Pick<CompareOptions, 'contenders' | 'workloads' | 'set' | 'ramp'>
  readonly pinned: Pinned
  readonly watch: (title: string, load: Load) => Watcher
}

/** Runs every workload on every contender, each on a server that was started for it. */
export async function compareAll({ options, pinned, watch }: ComparisonParts): Promise<Entry[]> {
  const entries: Entry[] = []
  for (const workload of options.workloads) {
    for (const contender of options.contenders) {
      const load = loadOf(workload, options.set)
      const once = (asked: Load): Promise<RunResult> => runOn(contender, workload, asked, pinned, watch, null)
      const step = (asked: Load): Promise<RunResult> =>
        runOn(contender, workload, asked, pinned, watch, joinPatience(asked))
      const result = await once(load)
      const most = options.ramp ? await climb(load, options.ramp, step) : undefined
      entries.push({ contender, workload: workload.name, result, ...(most ? { most } : {}) })
    }
  }
  return entries
}

async function runOn(
  contender: Contender,
  workload: Workload,
  load: Load,
  pinned: Pinned,
  watch: ComparisonParts['watch'],
  joining: number | null,
): Promise<RunResult> {
  const host = await hostOf(contender, pinned.core)
  try {
    const scenario = scenarioOf(workload)
    return await run({
      ...{ host, scenario, cores: pinned.generatorCores, patience: PATIENCE, joinPatience: joining },
      plan: planOf(contender, scenario, load, host, pinned),
      label: `${host.description}, ${workload.name}`,
      watcher: watch(`${host.description}, ${workload.name}, ${load.clients} people`, load),
    })
  } finally {
    await host.stop()
  }
}

function loadOf({ scenario, load }: Workload, set: Partial<Load>): Load {
  const base = scenarios.find(each => each.name === scenario)?.load as Scenario['load']
  const all: Load = { seed: 1, warmUp: 0, ...base, ...load, ...set }
  return {
    ...all,
    rooms: Math.min(all.rooms, all.clients),
    joinOver: Math.max(all.joinOver, all.clients / JOINS),
  }
}

/** Moves alone: every edit is as large as every other. */
function scenarioOf(workload: Workload): Scenario {
  const found = scenarios.find(each => each.name === workload.scenario) as Scenario
  return { ...found, name: workload.name, edits: { move: 1 } }
}

function planOf(contender: Contender, { edits }: Scenario, load: Load, host: Host, pinned: Pinned): Plan {
  const target = TARGET_OF[contender]
  return {
    ...{ load, edits, target, url: host.url },
    access: { by: target === 'driftboard' ? 'keys' : 'nothing' },
    steps: [],
    joinsMeasured: false,
    hostile: 0,
    run: `load-${randomBytes(9).toString('base64url')}`,
    processes: Math.min(pinned.processes, load.clients),
    spreads: process.platform === 'linux',
    compareFor: COMPARE_FOR,
  }
}

const TARGET_OF: Readonly<Record<Contender, TargetName>> = {
  ours: 'driftboard',
  'ours-ws': 'driftboard',
  'y-websocket': 'y-websocket',
  hocuspocus: 'hocuspocus',
  bare: 'bare',
}

function hostOf(contender: Contender, core: number | null): Promise<Host> {
  switch (contender) {
    case 'ours':
      return ownHost({ adapter: 'native', core, disasters: [], settings: {} })
    case 'ours-ws':
      return ownHost({ adapter: 'ws', core, disasters: [], settings: {} })
    default:
      return peerHost(contender, core)
  }
}
