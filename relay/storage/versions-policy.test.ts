import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Retention, versionsToKeep, wantsVersion } from './versions-policy.ts'

/** ms. */
const HOUR = 3_600_000
const DAY = 24 * HOUR

const start = Date.UTC(2026, 0, 1)
const usual: Retention = { hourly: 24, daily: 30 }

interface Kept {
  at: number
}

/** What is kept after a snapshot at each of these times, in their order, as the store does it. */
function after(times: readonly number[], retention: Retention): Kept[] {
  let versions: Kept[] = []
  for (const now of times) {
    const written = wantsVersion(versions, now, retention) ? [{ at: now }] : []
    const kept = versionsToKeep([...versions, ...written], retention)
    versions = [...versions.filter(version => kept.has(version)), ...written]
  }
  return versions
}

const retentions = fc.record({ hourly: fc.nat(30), daily: fc.nat(40) })
const times = fc.array(
  fc.nat(60 * 24).map(hours => start + hours * HOUR),
  { maxLength: 200 },
)
const inOrder = times.map(list => [...list].sort((one, other) => one - other))

test('a board that is edited for two months keeps 24 hours and 30 days', () => {
  const everyTenMinutes = Array.from({ length: 60 * 24 * 6 }, (_, at) => start + at * (HOUR / 6))
  const kept = after(everyTenMinutes, usual).map(({ at }) => at)
  const last = start + 60 * DAY - HOUR
  expect(kept.slice(-24)).toEqual(Array.from({ length: 24 }, (_, at) => last - (23 - at) * HOUR))
  // The last day is among the hours already.
  expect(kept.slice(0, -24)).toEqual(Array.from({ length: 29 }, (_, at) => last - (29 - at) * DAY))
})

test('a board that rests for a year keeps what it had', () => {
  const before = after([start, start + 5 * HOUR, start + 2 * DAY], usual)
  const later = after([start, start + 5 * HOUR, start + 2 * DAY, start + 365 * DAY], usual)
  expect(later.map(({ at }) => at)).toEqual([...before.map(({ at }) => at), start + 365 * DAY])
})

test('no retention keeps nothing and drops what there is', () => {
  expect(wantsVersion([], start, { hourly: 0, daily: 0 })).toBe(false)
  expect(versionsToKeep([{ at: start }], { hourly: 0, daily: 0 }).size).toBe(0)
})

test('without hourly versions there is one a day', () => {
  const kept = after([start, start + HOUR, start + DAY, start + DAY + HOUR], { hourly: 0, daily: 9 })
  expect(kept.map(({ at }) => at)).toEqual([start, start + DAY])
})

test('there are never more than the hours and days together, whatever the clock does', () => {
  fc.assert(
    fc.property(times, retentions, (list, retention) => {
      const kept = versionsToKeep(
        list.map(at => ({ at })),
        retention,
      )
      expect(kept.size).toBeLessThanOrEqual(retention.hourly + retention.daily)
      // One more where the clock went back: the version just made, which newer ones would push out.
      expect(after(list, retention).length).toBeLessThanOrEqual(retention.hourly + retention.daily + 1)
    }),
  )
})

test('the newest is never dropped where any are kept', () => {
  fc.assert(
    fc.property(times, retentions, (list, retention) => {
      fc.pre(list.length > 0 && retention.hourly + retention.daily > 0)
      const kept = [
        ...versionsToKeep(
          list.map(at => ({ at })),
          retention,
        ),
      ]
      expect(Math.max(...kept.map(({ at }) => at))).toBe(Math.max(...list))
    }),
  )
})

test('keeping again drops nothing more', () => {
  fc.assert(
    fc.property(times, retentions, (list, retention) => {
      const kept = versionsToKeep(
        list.map(at => ({ at })),
        retention,
      )
      expect(versionsToKeep([...kept], retention)).toEqual(kept)
    }),
  )
})

test('of the last hours that have a version, each keeps one', () => {
  fc.assert(
    fc.property(inOrder, retentions, (list, retention) => {
      fc.pre(retention.hourly > 0)
      const hours = [...new Set(list.map(at => Math.floor(at / HOUR)))].slice(-retention.hourly)
      const kept = new Set(after(list, retention).map(({ at }) => Math.floor(at / HOUR)))
      expect(hours.filter(hour => !kept.has(hour))).toEqual([])
    }),
  )
})

test('a clock that goes back makes a version of that time and loses none that was there', () => {
  fc.assert(
    fc.property(inOrder, fc.integer({ min: 1, max: 90 }), (list, days) => {
      const before = after(list, usual)
      const back = start - days * DAY
      const written = { at: back }
      expect(wantsVersion(before, back, usual)).toBe(true)
      const kept = versionsToKeep([...before, written], usual)
      expect(before.filter(version => !kept.has(version))).toEqual([])
    }),
  )
})
