import { expect, test } from 'vitest'
import { Tally } from '../worker/tally.ts'
import { Sums } from './totals.ts'

function second(delivered: number, ms: number, cpu = 100) {
  const tally = new Tally()
  tally.delivered = delivered
  for (let at = 0; at < delivered; at += 1) tally.delivery.note(ms)
  tally.closed(4503)
  return tally.take({ cpu, stalled: ms })
}

test('a second is whole when every process has told of it, in whatever order they do', () => {
  const sums = new Sums({ tellsSafe: true, processes: 2, warmUp: 0 })
  expect(sums.add(0, second(1, 10), 5)).toBe(false)
  expect(sums.add(0, second(2, 10), 5)).toBe(false)
  expect(sums.add(1, second(4, 30), 6)).toBe(true)
  const first = sums.row(null)
  expect([first.at, first.here, first.delivered, first.generatorCores]).toEqual([1, 11, 5, 0.2])
  expect(first.delivery.max).toBeCloseTo(30, 1)
  expect(first.closes).toEqual({ 4503: 2 })
  expect(sums.add(1, second(8, 20), 6)).toBe(true)
  expect(sums.row(null).delivered).toBe(10)
  expect(sums.totals().delivered).toBe(15)
  expect(sums.totals().closes).toEqual({ 4503: 4 })
})

test('what a delivery costs is the processor time of the server over what was delivered', () => {
  const sums = new Sums({ tellsSafe: false, processes: 1, warmUp: 0 })
  for (const cores of [0.4, 0.6]) {
    sums.add(0, second(1000, 5), 1)
    sums.row({ cores, rss: 1e6 * cores, loopP99: null })
  }
  const { server, accepted } = sums.totals()
  expect(server).toEqual({ cores: 0.5, rssMax: 600_000, loopP99Max: null, cpuPerDelivery: 500 })
  expect(accepted).toBeNull()
})

test('the times and costs of the first seconds do not count, what was delivered in them does', () => {
  const sums = new Sums({ tellsSafe: true, processes: 1, warmUp: 1 })
  for (const [ms, cores] of [
    [900, 0.9],
    [5, 0.5],
  ] as const) {
    sums.add(0, second(1000, ms), 1)
    sums.row({ cores, rss: 1e6, loopP99: null })
  }
  const { delivered, delivery, server } = sums.totals()
  expect(delivered).toBe(2000)
  expect(delivery.max).toBeCloseTo(5, 1)
  expect(server?.cpuPerDelivery).toBe(500)
  expect(sums.rows[0]?.delivery.max).toBeCloseTo(900, 0)
})
