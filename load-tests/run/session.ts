import { randomBytes } from 'node:crypto'
import type { Options } from '../cli/options.ts'
import { DISASTERS, type Load, type Plan } from '../plan.ts'
import { FORMAT_VERSION, type RampBy, type RampResult, type RunResult } from '../result.ts'
import { type Host, remoteHost } from '../servers/host.ts'
import { ownHost } from '../servers/own-host.ts'
import { probe } from './probe.ts'
import { climb, joinPatience } from './ramp.ts'
import { run, type Watcher } from './run.ts'

const LOOPBACK = /^wss?:\/\/(127\.|localhost|\[::1\])/

export interface SessionParts {
  readonly options: Options
  readonly watch: (load: Load) => Watcher
  /** Told each run of a ramp as it ends. */
  readonly onRun: (result: RunResult) => void
}

/**
 * Runs a scenario once, on a server of its own or on the one that was named.
 * @param joining ms that people may take to join; null: as long as the generator waits.
 */
export async function runOnce(
  { options, watch }: SessionParts,
  load = options.load,
  joining: number | null = null,
): Promise<RunResult> {
  const asked = planOf(options, load)
  const host = await hostOf(options, asked)
  try {
    const plan: Plan = { ...asked, url: host.url, spreads: isLoopback(host.url) }
    if (options.target !== null) await probe(plan)
    return await run({
      ...{ plan, host, joinPatience: joining },
      label: options.label,
      scenario: options.scenario,
      cores: options.generatorCores,
      patience: options.patience,
      watcher: watch(load),
    })
  } finally {
    await host.stop()
  }
}

/** Finds the highest load that holds. Each step is a run on boards of its own. */
export async function runRamp(parts: SessionParts, by: RampBy): Promise<RampResult> {
  const { options, onRun } = parts
  const runs: RunResult[] = []
  const found = await climb(options.load, by, async load => {
    const result = await runOnce(parts, load, joinPatience(load))
    runs.push(result)
    onRun(result)
    return result
  })
  return { format: 'driftboard-load-ramp', version: FORMAT_VERSION, label: options.label, ...found, runs }
}

function planOf({ scenario, protocol, access, processes, compareFor }: Options, load: Load): Plan {
  return {
    ...{ load, access, compareFor, target: protocol },
    edits: scenario.edits,
    steps: scenario.steps?.(load) ?? [],
    joinsMeasured: scenario.joinsMeasured ?? false,
    hostile: scenario.hostile ?? 0,
    url: '',
    run: `load-${randomBytes(9).toString('base64url')}`,
    processes: Math.min(processes, load.clients),
    spreads: false,
  }
}

/** On loopback people may come from any of its addresses: on Linux alone. */
const isLoopback = (url: string): boolean => process.platform === 'linux' && LOOPBACK.test(url)

async function hostOf({ target, pid, metrics, adapter, core, settings }: Options, plan: Plan): Promise<Host> {
  if (target !== null) return remoteHost(target, pid, metrics)
  const struck = plan.steps.flatMap(step => ('share' in step ? [] : [step.do]))
  return ownHost({ adapter, core, settings, disasters: DISASTERS.filter(each => struck.includes(each)) })
}
