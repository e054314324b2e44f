import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { convergence, result, row, spread, totals } from '../result.testing.ts'
import { comparisonRows } from './comparison.ts'
import { reportHtml } from './html.ts'
import { ratioTable } from './ratios.ts'
import { readRuns } from './read.ts'
import { LiveView, summary } from './terminal.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'load-report-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function file(content: string): Promise<string> {
  const path = join(folder, `${Math.random()}.json`)
  await writeFile(path, content)
  return path
}

test('a report is one page that asks for nothing else and holds the results', async () => {
  const html = await reportHtml([result(), result({ label: 'another' })])
  expect(html).not.toMatch(/(src|href)=|@import|url\(/)
  const data = /<script type="application\/json" id="results">(.*?)<\/script>/s.exec(html)?.[1]
  expect(JSON.parse(data ?? '')).toEqual([result(), result({ label: 'another' })])
  expect(html).toContain('uPlot')
})

test('a label cannot end the page or write into it', async () => {
  const html = await reportHtml([result({ label: '</script><img src=x onerror=alert(1)>' })])
  expect(html).not.toContain('<img')
  expect(html.match(/<\/script>/g)).toHaveLength(3)
})

test('runs that are called alike are told apart by their load', async () => {
  const more = result({ load: { ...result().load, clients: 20 } })
  expect(await reportHtml([result(), more])).toContain('a run, 20 x 1/s')
})

test('later runs are compared with the first', () => {
  const rows = comparisonRows([result(), result({ totals: totals({ delivery: spread(50) }) })])
  expect(rows).toContainEqual({ name: 'p99', cells: ['20 ms', '50 ms (2.50x)'] })
})

test('files of this tool are read back, also those of a ramp', async () => {
  expect(await readRuns(await file(JSON.stringify(result())))).toEqual([result()])
  const ramp = { format: 'driftboard-load-ramp', version: 1, runs: [result(), result()] }
  expect(await readRuns(await file(JSON.stringify(ramp)))).toHaveLength(2)
  const entries = [{ contender: 'ours', workload: 'one-room', result: result() }]
  const compared = { format: 'driftboard-load-compare', version: 1, entries }
  expect(await readRuns(await file(JSON.stringify(compared)))).toEqual([result()])
})

test.each([
  ['not json', 'is not JSON'],
  ['{"a":1}', 'holds no results of a load test'],
  [JSON.stringify({ ...result(), version: 2 }), 'is of version 2; this program reads version 1'],
  [JSON.stringify({ ...result(), totals: {} }), 'is damaged at totals.offered'],
  [JSON.stringify({ ...result(), machine: undefined }), 'is damaged at machine'],
  [JSON.stringify({ ...result(), load: { ...result().load, rate: '<img>' } }), 'is damaged at load.rate'],
  ['{"format":"driftboard-load-ramp","version":1,"runs":[]}', 'holds no runs'],
])('a file with %.20s is refused in words', async (content, words) => {
  await expect(readRuns(await file(content))).rejects.toThrow(words)
})

test('a file that is not there is refused in words', async () => {
  await expect(readRuns(join(folder, 'none.json'))).rejects.toThrow('cannot be read')
})

test('a terminal is told whether it held, and why not', () => {
  expect(summary(result())).toContain('the relay and 10 people hold the same 1 documents')
  const missed = result({
    convergence: convergence({ lostSafe: 3, isProven: false }),
    verdict: {
      isHeld: false,
      misses: ['Three are lost.'],
      isBroken: true,
      generatorLimits: ['It was late.'],
    },
  })
  expect(summary(missed)).toContain('NOT CONVERGED: 3 safe edits lost')
  expect(summary(missed)).toContain('Missed: Three are lost.')
  expect(summary(missed)).toContain('The generator is the bottleneck: It was late.')
  const late = result({ verdict: { ...result().verdict, generatorLimits: ['It was late.'] } })
  expect(summary(late)).toContain('This run says nothing of the relay')
  expect(summary(late)).not.toContain('Held.')
})

test('a terminal has one line that changes; what is not one has a line for each second', () => {
  const written: string[] = []
  const screen = { write: (text: string) => written.push(text) }
  new LiveView({ ...screen, isTTY: true, columns: 60 }, 10).row(row())
  new LiveView(screen, 10).row(row())
  expect(written[0]?.startsWith(`\r\x1b[2K##${'.'.repeat(18)} `)).toBe(true)
  expect((written[0] ?? '').length).toBeLessThanOrEqual(60 + 5)
  expect(written[1]).toMatch(/^ {3}1 s {2}10 here.*\n$/)
})

test('a table of contenders has what each costs against ours and against bare sending', () => {
  const cost = (cpuPerDelivery: number) =>
    result({ totals: totals({ server: { cores: 0.5, rssMax: 1, loopP99Max: null, cpuPerDelivery } }) })
  const shown = ratioTable([
    { contender: 'ours', workload: 'one-room', result: cost(6) },
    { contender: 'hocuspocus', workload: 'one-room', result: cost(12) },
    { contender: 'bare', workload: 'one-room', result: cost(4) },
  ])
  expect(shown).toMatch(/12\.00\s+2\.00x\s+3\.00x/)
})
