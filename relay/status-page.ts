import type { Readiness } from './health.ts'
import type { Readings } from './metrics/readings.ts'
import type { StoreState } from './store-health.ts'

export interface Status {
  readonly version: string
  readonly adapter: string
  readonly node: string
  /** ms since the epoch. */
  readonly now: number
  readonly startedAt: number
  readonly readiness: Readiness
  readonly readings: Readings
  readonly stores: Readonly<Record<'log' | 'objects', StoreState>>
  /** Where snapshots, images and keys are, in words. */
  readonly objectsAt: string
  /** ms since the epoch; null before the first. */
  readonly lastSnapshotAt: number | null
  /** Bytes of memory that the process holds. */
  readonly memory: number
}

/** s. Often enough to watch, and no load. */
const REFRESH = 10

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#e2e2e8, #34343c); --soft: light-dark(#5b5b66, #a5a5b1);
  --good: light-dark(#18794e, #4cc38a); --bad: light-dark(#b42318, #ff8f85); --page: light-dark(#f6f6f8, #17171b);
  --card: light-dark(#fff, #1f1f25) }
body { margin: 0; padding: 2rem 1rem; background: var(--page); color: light-dark(#1b1b20, #ededf0);
  font: 1rem/1.5 system-ui, sans-serif }
main { max-width: 40rem; margin: auto }
h1 { font-size: 1.4rem; margin: 0 }
h2 { font-size: 1rem; margin: 0; padding: .75rem 1.25rem; border-bottom: 1px solid var(--line) }
.state { margin: .25rem 0 1.5rem; color: var(--soft) }
.good { color: var(--good) } .bad { color: var(--bad) }
section { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; margin-bottom: 1rem }
dl { margin: 0; padding: .5rem 1.25rem }
div { display: flex; flex-wrap: wrap; justify-content: space-between; column-gap: 1.5rem; padding: .3rem 0 }
dt { color: var(--soft) } dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere }
footer { color: var(--soft); font-size: .85rem }
`

/** A page for people: whether this relay is well, and what it does. It needs no script and nothing from elsewhere. */
export function statusPage(status: Status): string {
  const { readiness, readings, stores, now } = status
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${REFRESH}">
<title>Driftboard relay</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Driftboard relay</h1>
<p class="state">${stateLine(readiness)}</p>
${section('People', [
  ['Connections to boards', count(readings.connections.sync)],
  ['Connections for finding peers', count(readings.connections.signal)],
  ['Boards in use', count(readings.rooms)],
])}
${section('Storage', [
  ['Log of changes', storeLine(stores.log, now)],
  [escaped(status.objectsAt), storeLine(stores.objects, now)],
  ['Last snapshot', status.lastSnapshotAt === null ? 'none yet' : `${ago(now - status.lastSnapshotAt)} ago`],
  ['Boards that wait for a snapshot', waitingLine(readings)],
])}
${section('Process', [
  ['Running for', ago(now - status.startedAt)],
  ['Memory', `${count(Math.round(status.memory / 1024 / 1024))} MiB`],
  ['Version', escaped(status.version)],
  ['Runs on', escaped(`${status.adapter}, Node ${status.node}`)],
])}
<footer>This page loads itself again every ${REFRESH} s. For machines: <code>/metrics</code>, <code>/readyz</code>.</footer>
</main>
</body>
</html>
`
}

function stateLine({ ready, reasons, degraded }: Readiness): string {
  if (!ready) return `<strong class="bad">Not ready.</strong> ${escaped(reasons.join(' '))}`
  if (degraded.length === 0) return '<strong class="good">All is well.</strong>'
  return `<strong class="bad">Serving, but not all is well.</strong> ${escaped(degraded.join(' '))} Edits are safe in the log.`
}

function section(title: string, rows: readonly (readonly [string, string])[]): string {
  const list = rows.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join('\n')
  return `<section><h2>${title}</h2><dl>\n${list}\n</dl></section>`
}

function storeLine(state: StoreState, now: number): string {
  if (state.at === 'up') return '<span class="good">works</span>'
  if (state.at === 'unknown') return '<span class="bad">not reached yet</span>'
  return `<span class="bad">failing for ${ago(now - state.since)}: ${escaped(state.reason)}</span>`
}

function waitingLine({ unsnapshottedBoards, snapshotLagSeconds }: Readings): string {
  if (unsnapshottedBoards === 0) return 'none'
  return `${count(unsnapshottedBoards)}, the oldest for ${ago(snapshotLagSeconds * 1000)}`
}

const count = (number: number): string => number.toLocaleString('en')

/** A duration in its two largest units, such as `3 h 20 min`. */
export function ago(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const units = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const
  const first = units.findIndex(([amount]) => amount > 0)
  if (first < 0) return '0 s'
  return units
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ')
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escaped = (text: string): string => text.replace(/[&<>"]/g, sign => ENTITIES[sign] ?? '')
