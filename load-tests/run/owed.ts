import type { Plan } from '../plan.ts'
import { peopleIn, personAt, writersIn } from '../seats.ts'
import { timelineOf } from '../timeline.ts'

/** How often an edit is to reach a reader in a run: each counts once for everybody else in the room. */
export function deliveriesOwed(plan: Pick<Plan, 'load' | 'edits' | 'steps'>): number {
  const { load } = plan
  let owed = 0
  for (let room = 0; room < load.rooms; room += 1) {
    const readers = peopleIn(load, room) - 1
    for (let place = 0; place < writersIn(load, room); place += 1)
      owed += timelineOf(plan, personAt(load, room, place)).due.length * readers
  }
  return owed
}
