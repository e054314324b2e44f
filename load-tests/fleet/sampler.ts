import { readFileSync } from 'node:fs'
import { now } from '../clock.ts'
import type { ServerSample } from '../result.ts'

/** Ticks of the kernel's clock in a second: what Linux tells programs on every machine. */
const TICKS = 100

/** ms. */
const METRICS_PATIENCE = 800

/** prom-client's name for how long the event loop stood still, in seconds. */
const LOOP = /^nodejs_eventloop_lag_p99_seconds ([\d.e+-]+)$/m

/** Looks at a server once a second: at its process, and at its /metrics where it has some. */
export class Sampler {
  readonly #pid: () => number | null
  readonly #metrics: string | null
  #loopP99: number | null = null
  #before: { readonly pid: number; readonly at: number; readonly used: number } | null = null

  /** @param pid of the server as it runs now; null while it does not, or runs elsewhere. */
  constructor(pid: () => number | null, metrics: string | null) {
    this.#pid = pid
    this.#metrics = metrics
  }

  /** What it used since the last time; null the first time, and where that cannot be known. */
  take(): ServerSample | null {
    const pid = this.#pid()
    const found = pid === null ? null : processOf(pid)
    void this.#askMetrics()
    if (pid === null || !found) {
      this.#before = null
      return null
    }
    const before = this.#before
    this.#before = { pid, at: now(), used: found.used }
    if (before?.pid !== pid) return null
    const seconds = (this.#before.at - before.at) / 1000
    return { cores: round((found.used - before.used) / seconds), rss: found.rss, loopP99: this.#loopP99 }
  }

  async #askMetrics(): Promise<void> {
    if (this.#metrics === null) return
    try {
      const answer = await fetch(this.#metrics, { signal: AbortSignal.timeout(METRICS_PATIENCE) })
      const said = LOOP.exec(await answer.text())?.[1]
      this.#loopP99 = said === undefined ? null : round(Number(said) * 1000)
    } catch {
      this.#loopP99 = null
    }
  }
}

/** Seconds of processor time and bytes of memory; null where there is no such process, or no /proc. */
function processOf(pid: number): { readonly used: number; readonly rss: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name of the program, in parentheses, may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const rss = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return { used: (Number(fields[11]) + Number(fields[12])) / TICKS, rss: Number(rss ?? 0) * 1024 }
  } catch {
    return null
  }
}

const round = (value: number): number => Math.round(value * 1000) / 1000
