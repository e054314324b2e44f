import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { now } from '../clock.ts'
import { Schedule } from './schedule.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Every `every` ms, `times` times; calls `act` with when it was due. */
function repeating(every: number, times: number, act: (due: number) => void) {
  let left = times
  return {
    due: every,
    run(due: number) {
      act(due)
      left -= 1
      return left > 0 ? due + every : null
    },
  }
}

test('tasks run in the order in which they are due, each at its time', () => {
  const ran: string[] = []
  const start = now()
  const schedule = new Schedule(start, () => undefined)
  schedule.add(repeating(30, 3, due => ran.push(`slow ${due} at ${Math.round(now() - start)}`)))
  schedule.add(repeating(20, 4, due => ran.push(`fast ${due} at ${Math.round(now() - start)}`)))
  vi.advanceTimersByTime(200)
  expect(ran).toEqual([
    'fast 20 at 20',
    'slow 30 at 30',
    'fast 40 at 40',
    ...['fast 60 at 60', 'slow 60 at 60'].sort((a, b) => ran.indexOf(a) - ran.indexOf(b)),
    'fast 80 at 80',
    'slow 90 at 90',
  ])
  expect(schedule.isDone).toBe(true)
})

test('what a standstill made late is done, all of it, and counted as late', () => {
  const dues: number[] = []
  const late: number[] = []
  const schedule = new Schedule(now(), ms => late.push(Math.round(ms)))
  schedule.add(repeating(10, 10, due => dues.push(due)))
  schedule.add({
    due: 15,
    isLax: true,
    run() {
      // Stands still: the clock goes on, and nobody gets a turn.
      vi.advanceTimersByTime(60)
      return null
    },
  })
  vi.advanceTimersByTime(300)
  expect(dues).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
  expect(late).toEqual([0, 55, 45, 35, 25, 15, 5, 0, 0, 0])
})

test('nothing runs after it was stopped', () => {
  const ran: number[] = []
  const schedule = new Schedule(now(), () => undefined)
  schedule.add(repeating(10, 10, due => ran.push(due)))
  vi.advanceTimersByTime(25)
  schedule.stop()
  vi.advanceTimersByTime(200)
  expect(ran).toEqual([10, 20])
})
