// Runs in the report's own page: draws the charts from the results in it. No network, no module: the file is opened as it is.

/** @typedef {import('../../result.ts').RunResult} RunResult */
/** @typedef {import('../../result.ts').Row} Row */
/** @typedef {{ name: string, run: number, of: (row: Row) => number | null }} Line */
/** @typedef {{ title: string, lines: Line[], isLog: boolean }} Chart */

const HEIGHT = 230
const COLOURS = 6

/** @type {RunResult[]} */
const runs = JSON.parse(document.getElementById('results')?.textContent ?? '[]')

/** @param {number} at */
const colour = at =>
  getComputedStyle(document.documentElement)
    .getPropertyValue(`--series-${(at % COLOURS) + 1}`)
    .trim()

/** `light-dark()` in a custom property is resolved only where it is used. @param {string} name */
function resolved(name) {
  const probe = document.createElement('span')
  probe.style.color = name.startsWith('--') ? `var(${name})` : name
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

/** One line for each run, or, of a single run, one for each of what is named.
 * @param {string} title
 * @param {[string, (row: Row) => number | null][]} parts the first is what runs are compared by
 * @param {boolean} [isLog] whether what is ten times as much is drawn one step higher
 * @returns {Chart}
 */
function chart(title, parts, isLog = false) {
  const [first] = parts
  if (runs.length > 1 && first) {
    const lines = runs.map((run, at) => ({ name: run.label, run: at, of: first[1] }))
    return { title: parts.length > 1 ? `${title}: ${first[0]}` : title, lines, isLog }
  }
  return { title, lines: parts.map(([name, of]) => ({ name, run: 0, of })), isLog }
}

/** @param {(row: Row) => number} of @returns {(row: Row) => number | null} */
const whenDelivered = of => row => (row.delivered > 0 ? of(row) : null)

const charts = [
  chart(
    'Delivery from writer to reader, ms',
    [
      ['p99', whenDelivered(row => row.delivery.p99)],
      ['p50', whenDelivered(row => row.delivery.p50)],
      ['p99.9', whenDelivered(row => row.delivery.p999)],
      ['max', whenDelivered(row => row.delivery.max)],
    ],
    true,
  ),
  chart('Edits a second', [
    ['delivered', row => row.delivered],
    ['offered', row => row.offered],
    ['accepted', row => row.accepted],
  ]),
  chart(
    'Until an edit is safe on the relay, ms',
    [
      ['p99', row => (row.safe.count > 0 ? row.safe.p99 : null)],
      ['p50', row => (row.safe.count > 0 ? row.safe.p50 : null)],
    ],
    true,
  ),
  chart('Server, cores', [['cores', row => row.server?.cores ?? null]]),
  chart('Server, MiB of memory', [['memory', row => (row.server ? row.server.rss / 1048576 : null)]]),
  chart('Server, event loop p99, ms', [['event loop', row => row.server?.loopP99 ?? null]]),
  chart('Messages to readers a second', [
    ['messages', row => row.framesIn],
    ['of writers', row => row.framesOut],
  ]),
  chart('People there', [['people', row => row.here]]),
  chart('The generator: late by, p99, ms', [['late by', row => row.lag.p99]]),
  chart('The generator, cores', [['cores', row => row.generatorCores]]),
].filter(({ lines }) => lines.some(line => (runs[line.run]?.rows ?? []).some(row => line.of(row) !== null)))

/** All seconds at which a run has a row, and each line at them. @param {Chart} chart */
function dataOf({ lines }) {
  const times = [...new Set(runs.flatMap(run => run.rows.map(row => Math.round(row.at))))].sort(
    (a, b) => a - b,
  )
  const columns = lines.map(line => {
    const rows = new Map((runs[line.run]?.rows ?? []).map(row => [Math.round(row.at), line.of(row)]))
    return times.map(time => rows.get(time) ?? null)
  })
  return [times, ...columns]
}

/** @param {number | null} value */
function figure(value) {
  if (value === null) return '-'
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)}M`
  if (value >= 1e4) return `${(value / 1e3).toFixed(0)}k`
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)
}

function draw() {
  const host = document.getElementById('charts')
  if (!host) return
  host.replaceChildren()
  const axis = {
    stroke: resolved('--soft'),
    grid: { stroke: resolved('--line'), width: 1 },
    ticks: { show: false },
  }
  // All boxes first: with one alone, the grid would give it the whole width.
  const boxes = charts.map(({ title }) => {
    const box = document.createElement('figure')
    const caption = document.createElement('figcaption')
    caption.textContent = title
    box.append(caption)
    host.append(box)
    return { box, width: 0 }
  })
  for (const each of boxes) each.width = each.box.clientWidth - 32
  for (const [at, each] of charts.entries()) {
    const { box, width } = /** @type {{ box: HTMLElement, width: number }} */ (boxes[at])
    plot(each, box, width, axis)
  }
  for (const [at, swatch] of document.querySelectorAll('.swatch').entries())
    if (swatch instanceof HTMLElement) swatch.style.background = colour(at)
}

/** @param {Chart} each @param {HTMLElement} box @param {number} width @param {object} axis */
function plot(each, box, width, axis) {
  const series = each.lines.map((line, at) => ({
    label: line.name,
    stroke: resolved(`--series-${(at % COLOURS) + 1}`),
    width: 2,
    points: { show: false },
    value: (/** @type {unknown} */ _plot, /** @type {number | null} */ value) => figure(value),
  }))
  // The library is inlined before this script.
  const Plot = /** @type {typeof import('uplot')} */ (Reflect.get(globalThis, 'uPlot'))
  const options = {
    width,
    height: HEIGHT,
    scales: {
      x: { time: false },
      y: { distr: each.isLog ? /** @type {const} */ (3) : /** @type {const} */ (1) },
    },
    axes: [
      {
        ...axis,
        values: (/** @type {unknown} */ _plot, /** @type {number[]} */ at) => at.map(time => `${time} s`),
      },
      {
        ...axis,
        size: 56,
        values: (/** @type {unknown} */ _plot, /** @type {(number | null)[]} */ at) =>
          // On a scale of powers only some lines are named.
          at.map(each => (each === null ? '' : figure(each))),
      },
    ],
    series: [{ label: 's' }, ...series],
  }
  new Plot(options, /** @type {import('uplot').AlignedData} */ (dataOf(each)), box)
}

draw()
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw)
let width = innerWidth
addEventListener('resize', () => {
  if (innerWidth === width) return
  width = innerWidth
  draw()
})
