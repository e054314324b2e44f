import { expect, test } from 'vitest'
import { fakeClock } from '../testing/fake-clock.ts'
import { soon } from './soon.ts'

function counted() {
  const clock = fakeClock()
  let runs = 0
  const later = soon(clock, () => {
    runs += 1
    if (runs === 1) later.ask()
  })
  return { clock, later, runs: () => runs }
}

test('what is asked for several times at once runs once, and not within the asking', () => {
  const { clock, later, runs } = counted()
  later.ask()
  later.ask()
  expect(runs()).toBe(0)
  expect(clock.waiting).toBe(1)
})

test('it can be asked for again, also by what it runs', () => {
  const { clock, later, runs } = counted()
  later.ask()
  clock.advance(0)
  expect(runs()).toBe(2)
  later.ask()
  clock.advance(0)
  expect(runs()).toBe(3)
})

test('what was taken back does not run, and what is asked for afterwards does', () => {
  const { clock, later, runs } = counted()
  later.ask()
  later.stop()
  clock.advance(10)
  expect(runs()).toBe(0)
  later.ask()
  clock.advance(0)
  expect(runs()).toBeGreaterThan(0)
})
