import type { Spread } from './histogram.ts'
import type { Convergence, Row, RunResult, Totals } from './result.ts'

export const spread = (p99: number, count = 100): Spread => ({
  ...{ count, mean: p99 / 2, p50: p99 / 2, p90: p99 * 0.9, p99, p999: p99, max: p99 },
})

const counted = {
  ...{ offered: 10, accepted: 10, delivered: 90, caughtUp: 0, presenceOut: 5, presenceIn: 45 },
  ...{ framesIn: 30, bytesIn: 3000, framesOut: 10, bytesOut: 1000, joined: 10, closes: {}, refusals: {} },
}

export const totals = (changed: Partial<Totals> = {}): Totals => ({
  ...counted,
  ...{ delivery: spread(20), safe: spread(10), presence: spread(5), join: spread(50), lag: spread(1) },
  server: { cores: 0.5, rssMax: 200e6, loopP99Max: 12, cpuPerDelivery: 5.5 },
  ...changed,
})

export const row = (changed: Partial<Row> = {}): Row => ({
  ...counted,
  ...{ at: 1, here: 10, delivery: spread(20), safe: spread(10), lag: spread(1) },
  ...{ generatorCores: 0.2, generatorStalled: 3, server: { cores: 0.5, rss: 200e6, loopP99: 12 } },
  ...changed,
})

export const convergence = (changed: Partial<Convergence> = {}): Convergence => ({
  ...{ rooms: 1, people: 10, inFull: 10, lostSafe: 0, lost: 0, problems: [], isProven: true },
  ...changed,
})

/** The result of a run in which all went well. */
export const result = (changed: Partial<RunResult> = {}): RunResult => ({
  format: 'driftboard-load',
  version: 1,
  label: 'a run',
  at: '2026-01-02T03:04:05.000Z',
  machine: { cpu: 'a processor', cores: 2, memory: 8e9, node: 'v20.0.0', platform: 'linux x64' },
  scenario: 'workshop',
  target: { name: 'driftboard', url: 'ws://127.0.0.1:1', server: 'Driftboard (ws)' },
  load: {
    ...{
      clients: 10,
      rooms: 1,
      rate: 1,
      presence: 1,
      duration: 2,
      joinOver: 0,
      viewers: 0,
      shapes: 0,
      seed: 1,
      warmUp: 0,
    },
  },
  slo: { deliveryP99: 100, joinP99: null },
  processes: 1,
  rows: [row(), row({ at: 2 })],
  totals: totals(),
  convergence: convergence(),
  verdict: { isHeld: true, misses: [], isBroken: false, generatorLimits: [] },
  ...changed,
})
