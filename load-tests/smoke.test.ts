import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Options, parseCommand } from './cli/options.ts'
import { reportHtml } from './output/html.ts'
import { ratioTable } from './output/ratios.ts'
import type { Row, RunResult } from './result.ts'
import { compareAll } from './run/comparison.ts'
import type { Watcher } from './run/run.ts'
import { runOnce } from './run/session.ts'
import { scenarios } from './scenarios/index.ts'
import type { Host } from './servers/host.ts'
import { ownHost } from './servers/own-host.ts'

/** ms. Each starts processes of its own; nothing here asserts how long anything takes. */
const LONG = 240_000

const silent: Watcher = { phase: () => undefined, row: (_row: Row) => undefined }

/** Small enough for a shared core; everything else is as the scenario has it. */
const SMALL = [
  '--clients',
  '6',
  '--rooms',
  '1',
  '--shapes',
  '60',
  '--join-over',
  '0',
  '--processes',
  '1',
  '--wait',
  '120',
]

function optionsOf(scenario: string, ...more: string[]): Options {
  const command = parseCommand([scenario, ...SMALL, ...more])
  if (command.name !== 'run') throw new Error('This is no run.')
  return command.options
}

const once = (options: Options): Promise<RunResult> =>
  runOnce({ options, watch: () => silent, onRun: () => undefined })

/** What must hold however slow this machine is. */
function expectWhole(result: RunResult): void {
  const { convergence, totals } = result
  expect(convergence?.problems).toEqual([])
  expect(convergence).toMatchObject({ isProven: true, people: 6, lost: 0, lostSafe: 0 })
  expect(totals.delivered + totals.caughtUp).toBeGreaterThan(0)
  expect(totals.accepted).toBe(totals.offered)
}

describe.concurrent('load', () => {
  let relay: Host
  beforeAll(async () => {
    relay = await ownHost({ adapter: 'native', core: null, disasters: [], settings: {} })
  }, LONG)
  afterAll(() => relay.stop())

  const calm = scenarios.filter(scenario => scenario.name !== 'chaos')
  test.each(calm)('$name runs, and everybody ends with one document', { timeout: LONG }, async ({ name }) => {
    const pid = String(relay.pid)
    const options = optionsOf(name, '--duration', '1.5', '--target', relay.url, '--pid', pid)
    const result = await once(options)
    expectWhole(result)
    expect(result.target.url).toBe(relay.url)
    // People are never turned away, and attackers are.
    expect(result.verdict.misses.filter(miss => miss.includes('were closed'))).toEqual([])
    if (name === 'hostile') expect(Object.keys(result.totals.refusals)).toContain('4400')
  })

  test('a relay that is killed while people work loses nothing', { timeout: LONG }, async () => {
    const result = await once(optionsOf('chaos', '--duration', '6', '--rate', '10'))
    expectWhole(result)
    expect(Object.keys(result.totals.closes).length).toBeGreaterThan(0)
    expect(result.verdict.misses.filter(miss => miss.includes('were closed'))).toEqual([])
  })

  test('every contender of the comparison runs, and a table comes out', { timeout: LONG }, async () => {
    const load = { clients: 4, rooms: 1, rate: 10, duration: 1, shapes: 0, joinOver: 0 }
    const entries = await compareAll({
      options: {
        contenders: ['ours', 'ours-ws', 'y-websocket', 'hocuspocus', 'bare'],
        workloads: [{ name: 'small', scenario: 'workshop', load: { viewers: 0, presence: 1 } }],
        set: load,
        ramp: null,
      },
      pinned: { core: null, generatorCores: null, processes: 1 },
      watch: () => silent,
    })
    expect(entries).toHaveLength(5)
    for (const { contender, result } of entries) {
      expect(result.totals.delivered).toBe(3 * result.totals.offered)
      expect(result.verdict.isBroken).toBe(false)
      expect(result.convergence?.isProven ?? null).toBe(contender === 'bare' ? null : true)
    }
    expect(entries[1]?.result.target.server).toContain('ws')
    expect(ratioTable(entries).split('\n')).toHaveLength(7)
    expect(await reportHtml(entries.map(entry => entry.result))).toContain('@hocuspocus/server')
  })
})
