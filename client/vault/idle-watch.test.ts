import { expect, test } from 'vitest'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { IdleWatch } from './idle-watch.ts'

const MINUTE = 60_000

function watched(minutes: number | null) {
  const clock = fakeClock(1_000_000)
  const told: number[] = []
  const idle = new IdleWatch(clock, () => {
    told.push(clock.now())
    idle.watch(null)
  })
  idle.watch(minutes)
  return { clock, idle, told }
}

test('it tells once, just after the time without input, which input begins anew', () => {
  const { clock, idle, told } = watched(5)
  clock.advance(4 * MINUTE)
  idle.touch()
  clock.advance(5 * MINUTE - 1)
  expect(told).toEqual([])
  clock.advance(2_000)
  expect(told).toHaveLength(1)
  clock.advance(60 * MINUTE)
  expect(told).toHaveLength(1)
})

test('a clock that is set back by a day keeps nothing open for a day', () => {
  const clock = fakeClock(1_000_000_000)
  let offset = 0
  let isIdle = false
  const shifted = { now: () => clock.now() + offset, after: clock.after }
  const idle = new IdleWatch(shifted, () => (isIdle = true))
  idle.watch(5)
  offset = -86_400_000
  clock.advance(4 * MINUTE)
  expect(isIdle).toBe(false)
  clock.advance(2 * MINUTE)
  expect(isIdle).toBe(true)
})

test('input in another tab counts, also when it is heard late', () => {
  const { clock, idle, told } = watched(1)
  clock.advance(MINUTE + 500)
  idle.touchedElsewhere(clock.now() - 30_000)
  clock.advance(28_000)
  expect(told).toEqual([])
  clock.advance(4_000)
  expect(told).toHaveLength(1)
})

test('input that comes after the time does not count: it may be that of somebody else', () => {
  const { clock, idle, told } = watched(1)
  clock.advance(MINUTE + 10)
  expect(idle.touch()).toBe(false)
  clock.advance(1_000)
  expect(told).toHaveLength(1)
})

test('without a number it never tells, and another number begins anew', () => {
  const { clock, idle, told } = watched(null)
  clock.advance(1_000 * MINUTE)
  idle.watch(2)
  clock.advance(MINUTE)
  idle.watch(3)
  clock.advance(2.9 * MINUTE)
  expect(told).toEqual([])
  clock.advance(0.2 * MINUTE)
  expect(told).toHaveLength(1)
})

test('a watch that ended leaves no timer behind', () => {
  const { clock, idle } = watched(5)
  idle.watch(null)
  expect(clock.waiting).toBe(0)
})
