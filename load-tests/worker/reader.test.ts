import { expect, test } from 'vitest'
import { result } from '../result.testing.ts'
import { lastEditBy, timelineOf } from '../timeline.ts'
import { Reader } from './reader.ts'
import { Tally } from './tally.ts'

const timeline = timelineOf({ load: { ...result().load, rate: 5 }, edits: { move: 1 }, steps: [] }, 0)

/** A reader of one writer, and what gives it some of that writer's edits, as one change. */
function setUp(isLoose: boolean) {
  const tally = new Tally()
  const reader = new Reader({ timelines: [timeline], own: null, tally, elapsed: () => 5000, isLoose })
  reader.excusedUntil = 0
  const clockBefore = (edit: number): number => timeline.end[edit - 1] ?? 0
  const give = (first: number, last: number): boolean => {
    const to = timeline.end[last] as number
    const span = { client: 1, writer: 0, from: clockBefore(first), to, lastEdit: lastEditBy(timeline, to) }
    return reader.take({ updates: [], spans: [span] })
  }
  return { tally, reader, give }
}

test('where nothing is kept, an edit that was dropped on its way is not counted with the next', () => {
  const { tally, reader, give } = setUp(true)
  expect([give(0, 0), give(1, 1), give(3, 4), give(6, 6)]).toEqual([true, true, true, true])
  expect(tally.delivered).toBe(5)
  give(7, 7)
  give(7, 7)
  expect([tally.delivered, reader.gaps]).toEqual([6, 0])
})

test('where documents are kept, what builds on a missing change counts only once that is there', () => {
  const { tally, reader, give } = setUp(false)
  expect([give(2, 2), tally.delivered]).toEqual([false, 0])
  expect([give(0, 2), tally.delivered, reader.gaps]).toEqual([true, 3, 1])
})
