import { expect, test } from 'vitest'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { MemoryLog } from '../storage/memory-log.ts'
import { NOTHING, testRelay, writer } from './room.testing.ts'

/** ms until an idle room is evicted, and everything else that waits has run. */
const ALL_OVER = 120_000

test('2,000 boards that were opened, drawn on and left leave no room, task or subscription behind', async () => {
  const clock = fakeClock()
  const relay = testRelay({ clock, log: new MemoryLog(clock) })
  for (let board = 0; board < 2_000; board += 1) {
    const people = [0, 1, 2].map(() => relay.join({ board: `board-number-${board}` }))
    for (const [at, person] of people.entries()) {
      person.say({ type: 'syncStep1', stateVector: NOTHING })
      person.say({ type: 'awareness', update: Uint8Array.of(1, at + 1, 1, 2, 123, 125) })
      person.say({ type: 'update', update: writer().set('title', board) })
    }
    // Some leave before the board is loaded, some in the middle of a tick, some are thrown out.
    if (board % 3 === 0) people[0]?.leave()
    else await clock.settle(board % 5)
    people[1]?.sayBytes(Uint8Array.of(99))
    for (const person of people) person.leave()
  }
  await clock.settle(ALL_OVER)
  expect(relay.rooms.count).toBe(0)
  expect(clock.waiting).toBe(0)
  expect(relay.topics.count).toBe(0)
  expect(relay.errors).toEqual([])
})
