import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addCounts, newHistogram, Recorder, spreadOf } from './histogram.ts'

test('a spread is that of all that was noted, by several processes over several seconds', () => {
  const durations = fc.array(fc.double({ min: 0.02, max: 9000, noNaN: true }), {
    minLength: 1,
    maxLength: 400,
  })
  fc.assert(
    fc.property(durations, fc.integer({ min: 1, max: 4 }), (noted, processes) => {
      const recorders = Array.from({ length: processes }, () => new Recorder())
      const all = newHistogram()
      for (const [at, ms] of noted.entries()) {
        recorders[at % processes]?.note(ms)
        if (at % 50 === 0) for (const recorder of recorders) addCounts(all, recorder.take())
      }
      for (const recorder of recorders) addCounts(all, recorder.take())
      const sorted = noted.toSorted((a, b) => a - b)
      const spread = spreadOf(all)
      expect(spread.count).toBe(noted.length)
      for (const [key, share] of [
        ['p50', 0.5],
        ['p99', 0.99],
        ['max', 1],
      ] as const) {
        const right = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number
        expect(Math.abs(spread[key] - right)).toBeLessThanOrEqual(0.011 + right * 0.002)
      }
    }),
    { numRuns: 30 },
  )
})

test('many moments at once are noted as one by one', () => {
  const anyMoments = fc.array(
    fc.oneof(fc.double({ min: -3000, max: 5000, noNaN: true }), fc.constant(-Infinity)),
  )
  fc.assert(
    fc.property(anyMoments, fc.nat(3000), fc.nat(10), (moments, earliest, from) => {
      const [together, single] = [new Recorder(), new Recorder()]
      const range = { from, to: Math.max(from, moments.length - 2), at: 4000, earliest }
      const since = moments.slice(range.from, range.to).filter(moment => moment >= earliest)
      for (const moment of since) single.note(range.at - moment)
      expect(together.noteSince(Float64Array.from(moments), range)).toBe(since.length)
      expect(together.take()).toEqual(single.take())
    }),
  )
})

test('what was taken is not told again', () => {
  const recorder = new Recorder()
  recorder.note(5)
  recorder.note(700_000)
  expect(recorder.take()).toEqual([600_000_000, 1, 5000, 1])
  expect(recorder.take()).toEqual([])
})

test('of nothing there is a spread of zeros', () => {
  expect(spreadOf(newHistogram())).toEqual({ count: 0, mean: 0, p50: 0, p90: 0, p99: 0, p999: 0, max: 0 })
})
