import type { Row, RunResult } from '../result.ts'
import type { Watcher } from '../run/run.ts'
import { standingOf } from '../verdict.ts'
import { codes, mib, ms, short, table } from './text.ts'

const CLEAR_LINE = '\r\x1b[2K'

/** Columns of the bar of progress. */
const BAR = 20

export interface Screen {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** Shows a run while it runs: one line that changes on a terminal, a line a second elsewhere. */
export class LiveView implements Watcher {
  readonly #screen: Screen
  readonly #duration: number

  constructor(screen: Screen, duration: number) {
    this.#screen = screen
    this.#duration = duration
  }

  phase(text: string): void {
    if (this.#screen.isTTY) this.#screen.write(`${CLEAR_LINE}${text} ...`)
    else this.#screen.write(`${text} ...\n`)
  }

  row(row: Row): void {
    const line = rowLine(row)
    if (!this.#screen.isTTY) {
      this.#screen.write(`${line}\n`)
      return
    }
    const done = Math.min(1, row.at / this.#duration)
    const bar = '#'.repeat(Math.round(done * BAR)).padEnd(BAR, '.')
    const shown = `${bar} ${line}`.slice(0, Math.max(20, (this.#screen.columns ?? 120) - 1))
    this.#screen.write(`${CLEAR_LINE}${shown}`)
  }

  end(): void {
    if (this.#screen.isTTY) this.#screen.write(CLEAR_LINE)
  }
}

function rowLine(row: Row): string {
  const server = row.server ? `  server ${row.server.cores.toFixed(2)} cores ${mib(row.server.rss)}` : ''
  const closes = Object.keys(row.closes).length > 0 ? `  closed ${codes(row.closes)}` : ''
  const late = row.lag.p99 > 25 ? `  generator late ${ms(row.lag.p99)}` : ''
  const { p50, p99, max } = row.delivery
  const latency = row.delivered > 0 ? `  p50 ${ms(p50)} p99 ${ms(p99)} max ${ms(max)}` : ''
  return `${row.at.toFixed(0).padStart(4)} s  ${row.here} here  ${short(row.offered)} edits  ${short(row.delivered)} delivered${latency}${server}${closes}${late}`
}

/** What a run came to, for a person at a terminal. */
export function summary(result: RunResult): string {
  const { totals, convergence, verdict, load } = result
  const { delivery, safe, presence, join, server } = totals
  const spread = (name: string, of: typeof delivery): string[] =>
    of.count === 0
      ? [name, '-']
      : [name, ...[of.p50, of.p90, of.p99, of.p999, of.max].map(ms), short(of.count)]
  const lines = [
    `${result.label}: ${load.clients} people, ${load.rooms} boards, ${load.rate} edits/s each, ${load.duration} s, ${result.target.server}`,
    '',
    table([
      ['', 'p50', 'p90', 'p99', 'p99.9', 'max', 'count'],
      spread('delivery', delivery),
      spread('safe on the relay', safe),
      spread('presence', presence),
      spread('joining', join),
      spread('generator late by', totals.lag),
    ]),
    '',
    `edits offered ${short(totals.offered)}, accepted ${totals.accepted === null ? 'not told' : short(totals.accepted)}, delivered ${short(totals.delivered)}, caught up ${short(totals.caughtUp)}`,
    `to readers ${short(totals.framesIn)} messages, ${mib(totals.bytesIn)}${perDelivery(result)}; closed ${codes(totals.closes)}${Object.keys(totals.refusals).length > 0 ? `; attackers closed ${codes(totals.refusals)}` : ''}`,
  ]
  if (server) {
    const loop = server.loopP99Max === null ? '' : `, event loop p99 ${ms(server.loopP99Max)}`
    lines.push(
      `server ${server.cores.toFixed(2)} cores, ${server.cpuPerDelivery.toFixed(2)} µs per delivery, ${mib(server.rssMax)} at most${loop}`,
    )
  }
  if (convergence) {
    const { people, inFull, rooms } = convergence
    lines.push(
      convergence.isProven
        ? `converged: the relay and ${people} people hold the same ${rooms} documents (${inFull} compared in full, all by state vector), every edit in them`
        : `NOT CONVERGED: ${convergence.lostSafe} safe edits lost, ${convergence.lost} others`,
    )
  } else lines.push('convergence: this server keeps no documents')
  for (const limit of verdict.generatorLimits) lines.push(`The generator is the bottleneck: ${limit}`)
  if (!verdict.isHeld) lines.push(`Missed: ${verdict.misses.join(' ')}`)
  const standing = standingOf(verdict)
  if (standing === 'says nothing')
    lines.push('This run says nothing of the relay. Give the generator --processes, cores, or less to do.')
  if (standing === 'held') lines.push('Held.')
  return lines.join('\n')
}

function perDelivery({ totals }: RunResult): string {
  if (totals.delivered === 0) return ''
  const bytes = (totals.bytesIn / totals.delivered).toFixed(0)
  return ` (${bytes} bytes and ${(totals.framesIn / totals.delivered).toFixed(2)} messages per delivery)`
}
