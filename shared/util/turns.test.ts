import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fakeClock } from '../testing/fake-clock.ts'
import { Turns } from './turns.ts'

/** Tasks of `ms` each take that long. */
function setUp() {
  const clock = fakeClock()
  let worked = 0
  const done: number[] = []
  const turns = new Turns(clock, () => worked / 1000)
  const add = (name: number, ms: number) =>
    turns.run(() => {
      worked += ms
      done.push(name)
    })
  return { clock, turns, done, add }
}

test('what finds time is done at once, the rest in turns', () => {
  const { clock, done, add } = setUp()
  for (let name = 1; name <= 9; name += 1) add(name, 2)
  expect(done).toEqual([1, 2])
  clock.advance(1)
  expect(done).toEqual([1, 2, 3, 4])
  for (let turn = 0; turn < 4; turn += 1) clock.advance(1)
  expect(done).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  expect(clock.waiting).toBe(0)
})

test('everything is done once, in its order, whatever it takes and whenever it comes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.boolean()), { maxLength: 60 }),
      given => {
        const { clock, done, add } = setUp()
        for (const [name, [ms, isLater]] of given.entries()) {
          if (isLater) clock.advance(1)
          add(name, ms)
        }
        for (let turn = 0; turn <= given.length + 1; turn += 1) clock.advance(1)
        expect(done).toEqual(given.map((_, name) => name))
        expect(clock.waiting).toBe(0)
      },
    ),
  )
})

test('a task that fails takes nothing of the others along', () => {
  const { clock, turns, done, add } = setUp()
  add(1, 5)
  turns.run(() => {
    throw new Error('broken')
  })
  add(2, 1)
  expect(() => clock.advance(1)).toThrow('broken')
  clock.advance(1)
  expect(done).toEqual([1, 2])
})
