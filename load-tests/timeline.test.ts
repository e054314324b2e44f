import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { seedUpdates, Writing } from './edits.ts'
import { EDITS, type EditKind, type Plan } from './plan.ts'
import { clientOf } from './seats.ts'
import { lastEditBy, timelineOf } from './timeline.ts'

type Timed = Pick<Plan, 'load' | 'edits' | 'steps'>

const plan = (load: Partial<Plan['load']>, rest: Partial<Timed> = {}): Timed => ({
  load: {
    ...{ clients: 10, rooms: 2, rate: 10, presence: 0, duration: 2, joinOver: 0, viewers: 0, shapes: 0 },
    seed: 1,
    warmUp: 0,
    ...load,
  },
  edits: { move: 3, stroke: 2, type: 2 },
  steps: [],
  ...rest,
})

test('the clock of a writer is, after every edit, what every process expects', () => {
  const anyPlan = fc.record({ seed: fc.nat(), person: fc.nat(9), duration: fc.integer({ min: 1, max: 8 }) })
  fc.assert(
    fc.property(anyPlan, ({ seed, person, duration }) => {
      const timeline = timelineOf(plan({ seed, duration, rate: 20 }), person)
      const writing = new Writing(clientOf(person), person, seed)
      for (const [edit, end] of timeline.end.entries()) {
        writing.make(EDITS[timeline.kinds[edit] as number] as EditKind, edit)
        expect(Y.getState(writing.doc.store, writing.doc.clientID)).toBe(end)
      }
    }),
    { numRuns: 20 },
  )
})

test('edits are due at even distances, whoever writes, and as many as the rate says', () => {
  const { due } = timelineOf(plan({ rate: 10, duration: 3 }), 4)
  expect(due.length).toBe(30)
  const distances = [...due].slice(1).map((at, index) => at - (due[index] as number))
  for (const distance of distances) expect(distance).toBeCloseTo(100)
})

test('another seed sets other times', () => {
  expect(timelineOf(plan({ seed: 2 }), 0).due[0]).not.toBe(timelineOf(plan({ seed: 3 }), 0).due[0])
})

test('an edit is held by an update that reaches its last clock, and by no shorter one', () => {
  const timeline = timelineOf(plan({}), 1)
  for (const [edit, end] of timeline.end.entries()) {
    expect(lastEditBy(timeline, end)).toBe(edit)
    expect(lastEditBy(timeline, end - 1)).toBe(edit - 1)
  }
})

test('what is made while its writer means to be offline is expected by nobody', () => {
  const steps = [
    { at: 0.5, do: 'leave', share: 1 },
    { at: 0.6, do: 'edit', share: 1, edits: 7 },
    { at: 1, do: 'return', share: 1 },
  ] as const
  const { due, away } = timelineOf(plan({ rate: 10 }, { steps }), 0)
  expect(due.length).toBe(27)
  for (const [edit, at] of due.entries()) expect(away[edit]).toBe(Number(at >= 500 && at < 1000))
})

test('the first shapes of a board come in updates that build on each other', () => {
  const doc = new Y.Doc()
  for (const update of seedUpdates(2500)) {
    Y.applyUpdate(doc, update)
    expect(doc.store.pendingStructs).toBeNull()
  }
  expect(doc.getMap('shapes').size).toBe(2500)
  expect(doc.getMap('meta').has('schema')).toBe(true)
})
