import { expect, test } from 'vitest'
import { fakeClock } from './fake-clock.ts'
import { seededRandom } from './seeded-random.ts'

test('tasks run in order of time, then of asking, those that tasks ask for included', () => {
  const clock = fakeClock(1000)
  const ran: string[] = []
  clock.after(20, () => ran.push(`late ${clock.now()}`))
  clock.after(10, () => {
    ran.push(`early ${clock.now()}`)
    clock.after(5, () => ran.push(`nested ${clock.now()}`))
  })
  clock.after(10, () => ran.push('second'))
  clock.advance(19)
  expect(ran).toEqual(['early 1010', 'second', 'nested 1015'])
  expect(clock.now()).toBe(1019)
  clock.advance(1)
  expect(ran.at(-1)).toBe('late 1020')
})

test('an undone task does not run', () => {
  const clock = fakeClock()
  let ran = false
  const undo = clock.after(1, () => {
    ran = true
  })
  undo()
  clock.advance(5)
  expect(ran).toBe(false)
  expect(clock.waiting).toBe(0)
})

test('of thousands of tasks, many of them undone, the others run in order of time, then of asking', () => {
  const clock = fakeClock()
  const random = seededRandom(5)
  const ran: { at: number; order: number }[] = []
  let expected = 0
  for (let order = 0; order < 5_000; order += 1) {
    const at = Math.floor(random.next() * 300)
    const undo = clock.after(at, () => ran.push({ at: clock.now(), order }))
    if (random.next() < 0.5) undo()
    else expected += 1
  }
  expect(clock.waiting).toBe(expected)
  clock.advance(150)
  clock.advance(150)
  expect(ran).toHaveLength(expected)
  expect(ran).toEqual(ran.toSorted((a, b) => a.at - b.at || a.order - b.order))
  expect(clock.waiting).toBe(0)
})

test('settle lets a task that a promise asks for run in time', async () => {
  const clock = fakeClock()
  const ran: number[] = []
  void Promise.resolve().then(() => clock.after(3, () => ran.push(clock.now())))
  await clock.settle(5)
  expect(ran).toEqual([3])
})

test('a seed replays the same numbers, and two seeds differ', () => {
  function draw(seed: number): number[] {
    const random = seededRandom(seed)
    return Array.from({ length: 5 }, () => random.next())
  }
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
})
