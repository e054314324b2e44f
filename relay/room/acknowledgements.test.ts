import { expect, test } from 'vitest'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { Acknowledgements } from './acknowledgements.ts'

function listener() {
  const told: number[] = []
  return { told, acknowledge: (frames: number) => void told.push(frames) }
}

function setUp(utilization = 1) {
  const clock = fakeClock()
  const acknowledgements = new Acknowledgements({
    clock,
    seconds: () => clock.now() / 1000,
    utilization: () => utilization,
  })
  return { clock, acknowledgements, ann: listener(), ben: listener() }
}

test('after a pause clients are told at once', () => {
  const { clock, acknowledgements, ann } = setUp()
  acknowledgements.add(new Map([[ann, 1]]))
  expect(ann.told).toEqual([1])
  clock.advance(250)
  acknowledgements.add(new Map([[ann, 2]]))
  expect(ann.told).toEqual([1, 2])
  expect(clock.waiting).toBe(0)
})

test('on a relay that has time who waits for each answer is not slowed', () => {
  const { clock, acknowledgements, ann } = setUp(0)
  for (let frames = 1; frames <= 10; frames += 1) {
    acknowledgements.add(new Map([[ann, frames]]))
    clock.advance(6)
  }
  expect(ann.told).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
})

test('on a busy relay each is told its newest count, the less often the more are told', () => {
  const { clock, acknowledgements, ann, ben } = setUp()
  const both = new Map([
    [ann, 1],
    [ben, 1],
  ])
  acknowledgements.add(both)
  for (let frames = 2; frames <= 4; frames += 1) {
    acknowledgements.add(new Map([[ann, frames]]))
    clock.advance(33)
  }
  acknowledgements.add(new Map([[ben, 7]]))
  expect([ann.told, ben.told]).toEqual([[1], [1]])
  clock.advance(1)
  expect([ann.told, ben.told]).toEqual([
    [1, 4],
    [1, 7],
  ])
})

test('no client waits longer than a quarter of a second, however many are told', () => {
  const { clock, acknowledgements, ann } = setUp()
  acknowledgements.add(new Map(Array.from({ length: 500 }, () => [listener(), 1])))
  acknowledgements.add(new Map([[ann, 1]]))
  clock.advance(249)
  expect(ann.told).toEqual([])
  clock.advance(1)
  expect(ann.told).toEqual([1])
})

test('what waits is told at the end, and nothing waits after it', () => {
  const { clock, acknowledgements, ann } = setUp()
  acknowledgements.add(new Map([[ann, 1]]))
  acknowledgements.add(new Map([[ann, 2]]))
  acknowledgements.stop()
  expect(ann.told).toEqual([1, 2])
  acknowledgements.add(new Map([[ann, 3]]))
  expect(ann.told).toEqual([1, 2, 3])
  expect(clock.waiting).toBe(0)
})
