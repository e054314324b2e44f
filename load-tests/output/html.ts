import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { RunResult } from '../result.ts'
import { type Standing, standingOf } from '../verdict.ts'
import { comparisonRows } from './comparison.ts'
import { escaped } from './escape.ts'

const PAGE = join(import.meta.dirname, 'page')

/** One page with everything in it: it can be sent, kept, and opened without a network. */
export async function reportHtml(results: readonly RunResult[]): Promise<string> {
  const runs = apart(results)
  const plot = join(dirname(createRequire(import.meta.url).resolve('uplot')), '.')
  const [plotScript, plotStyle, style, script] = await Promise.all([
    readFile(join(plot, 'uPlot.iife.min.js'), 'utf8'),
    readFile(join(plot, 'uPlot.min.css'), 'utf8'),
    readFile(join(PAGE, 'report.css'), 'utf8'),
    readFile(join(PAGE, 'report.js'), 'utf8'),
  ])
  const title = runs.length === 1 ? `Load: ${runs[0]?.label ?? ''}` : `Load: ${runs.length} runs compared`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${plotStyle}${style}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${runs.map(headOf).join('\n')}
<h2>Figures</h2>
<div class="scroll">${tableOf(runs)}</div>
<h2>Second by second</h2>
<div id="charts" class="charts"></div>
<script type="application/json" id="results">${JSON.stringify(runs).replaceAll('<', '\\u003c')}</script>
<script>${plotScript}</script>
<script>${script}</script>
</body>
</html>
`
}

/** Runs that are called alike, as those of a ramp, are told apart by how much there was. */
function apart(runs: readonly RunResult[]): RunResult[] {
  const isAlike = new Set(runs.map(run => run.label)).size < runs.length
  const nameOf = ({ label, load }: RunResult): string => `${label}, ${load.clients} x ${load.rate}/s`
  return runs.map(run => (isAlike ? { ...run, label: nameOf(run) } : run))
}

const HELD: Readonly<Record<Standing, string>> = {
  held: '<strong class="good">held</strong>',
  missed: '<strong class="bad">missed</strong>',
  'says nothing': '<strong class="warn">says nothing of the relay</strong>',
}

function headOf(run: RunResult): string {
  const { verdict, machine, load, target } = run
  const held = HELD[standingOf(verdict)]
  const reasons = verdict.misses.map(miss => `<p class="bad">${escaped(miss)}</p>`)
  const limits = verdict.generatorLimits.map(
    limit => `<p class="warn">The generator is the bottleneck: ${escaped(limit)}</p>`,
  )
  return `<p><strong>${escaped(run.label)}</strong> ${held}
<span class="soft">${escaped(target.server)}; ${load.clients} people, ${load.rooms} boards, ${load.rate} edits/s each, ${load.duration} s, seed ${load.seed};
${escaped(run.at.slice(0, 16).replace('T', ' '))}; ${escaped(machine.cpu)}, ${machine.cores} cores, Node ${escaped(machine.node)}</span></p>
${[...reasons, ...limits].join('\n')}`
}

function tableOf(runs: readonly RunResult[]): string {
  const heads = runs.map(run => `<th scope="col"><span class="swatch"></span>${escaped(run.label)}</th>`)
  const rows = comparisonRows(runs).map(row =>
    'group' in row
      ? `<tr class="group"><th scope="rowgroup" colspan="${runs.length + 1}">${escaped(row.group)}</th></tr>`
      : `<tr><th scope="row">${escaped(row.name)}</th>${row.cells.map(cell => `<td>${escaped(cell)}</td>`).join('')}</tr>`,
  )
  return `<table><thead><tr><th scope="col"></th>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`
}
