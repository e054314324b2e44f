import { existsSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { TASKSET } from '../servers/taskset.ts'
import type { Options } from './options.ts'
import { UsageError } from './values.ts'

/** ms. */
const METRICS_PATIENCE = 5000

/** The figure that is read there: prom-client's, of Node's event loop. */
const LOOP = 'nodejs_eventloop_lag_p99_seconds'

/** Looks, before a run, whether what was named is there. Rejects with UsageError in words. */
export async function checkSurroundings(
  options: Pick<Options, 'pid' | 'metrics' | 'core' | 'generatorCores'>,
): Promise<void> {
  const { pid, metrics } = options
  checkCores(options)
  if (pid !== null && !isProcess(pid))
    throw new UsageError(`--pid is ${pid}. There is no such process on this machine.`)
  if (metrics !== null) await checkMetrics(metrics)
}

/** @param allowed Cores that this process may use. */
export function checkCores(
  { core, generatorCores }: Pick<Options, 'core' | 'generatorCores'>,
  allowed = allowedCores(),
  canPin = process.platform === 'linux' && existsSync(TASKSET),
): void {
  const asked = [
    { flag: 'core', text: core === null ? null : String(core) },
    { flag: 'generator-cores', text: generatorCores },
  ] as const
  for (const { flag, text } of asked) {
    if (text === null) continue
    if (!canPin) throw new UsageError(`--${flag} needs Linux with ${TASKSET}. Leave it out.`)
    const cores = listed(text)
    if (cores.length > 0 && cores.every(each => allowed.includes(each))) continue
    throw new UsageError(
      `--${flag} is ${JSON.stringify(text)}. Give ${flag === 'core' ? 'one of the' : 'some of the'} cores that this tool may use: ${allowed.join(',')}.`,
    )
  }
}

/** `0-2,5` as its numbers; none for a range that ends before it begins, or is beyond any machine. */
function listed(text: string): number[] {
  return text.split(',').flatMap(part => {
    const [first = 0, last = first] = part.split('-').map(Number)
    return last < first || last > 4096 ? [] : Array.from({ length: last - first + 1 }, (_, at) => first + at)
  })
}

function allowedCores(): number[] {
  try {
    const text = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
    if (text) return listed(text)
  } catch {
    // No /proc.
  }
  return cpus().map((_, at) => at)
}

function isProcess(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It is there, and another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

async function checkMetrics(url: string): Promise<void> {
  let text: string
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(METRICS_PATIENCE) })
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`)
    text = await answer.text()
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    throw new UsageError(
      `--metrics is ${url}. It gives no metrics: ${cause instanceof Error ? cause.message : cause}.`,
    )
  }
  if (!text.includes(LOOP))
    throw new UsageError(`--metrics is ${url}. What is there has no ${LOOP}: leave it out.`)
}
