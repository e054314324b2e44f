import { expect, test } from 'vitest'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { Pulse } from './pulse.ts'

function setUp(utilization = 0) {
  const clock = fakeClock()
  const start = clock.now()
  const pulse = new Pulse({ clock, seconds: () => clock.now() / 1000, utilization: () => utilization })
  const ticks: [name: string, at: number][] = []
  /** A board that ticked `ago` ms ago. */
  const next = (name: string, ago = 0) =>
    pulse.next(
      () => ticks.push([name, clock.now() - start]),
      (clock.now() - ago) / 1000 + pulse.length / 1000,
    )
  return { clock, pulse, ticks, next }
}

test('boards that are busy tick together, whenever each of them changed', () => {
  const { clock, ticks, next } = setUp()
  next('a')
  clock.advance(10)
  next('b')
  clock.advance(6)
  expect(ticks).toEqual([
    ['a', 16],
    ['b', 16],
  ])
  clock.advance(4)
  next('b')
  next('a')
  clock.advance(12)
  expect(ticks.slice(2)).toEqual([
    ['b', 32],
    ['a', 32],
  ])
})

test('after a pause the first who is busy sets the beat', () => {
  const { clock, ticks, next } = setUp()
  clock.advance(1000)
  next('a', 6)
  clock.advance(9)
  expect(ticks).toEqual([])
  // A ms more, since seconds with fractions are not exact.
  clock.advance(2)
  expect(ticks).toHaveLength(1)
  expect(clock.waiting).toBe(0)
})

test.each([
  [0, 16],
  [0.1, 16],
  [0.25, 33],
  [0.4, 50],
  [1, 50],
])('a relay that is busy for %d of its time beats every %d ms', (utilization, ms) => {
  expect(setUp(utilization).pulse.length).toBeCloseTo(ms, 5)
})

test('a board that no longer wants to tick does not', () => {
  const { clock, ticks, next } = setUp()
  const undo = next('a')
  next('b')
  undo()
  clock.advance(16)
  expect(ticks).toEqual([['b', 16]])
})
