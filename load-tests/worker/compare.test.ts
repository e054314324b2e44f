import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeFrame } from '../../shared/protocol/frame.ts'
import { now } from '../clock.ts'
import type { Load, Plan } from '../plan.ts'
import { seatOf } from '../seats.ts'
import { driftboard } from '../targets/driftboard.ts'
import { timelineOf } from '../timeline.ts'
import { Client } from './client.ts'
import { compareRoom } from './compare.ts'
import { Feed } from './feed.ts'
import { Tally } from './tally.ts'

const load: Load = {
  ...{
    clients: 3,
    rooms: 1,
    rate: 10,
    presence: 0,
    duration: 1,
    joinOver: 0,
    viewers: 0,
    shapes: 0,
    seed: 1,
    warmUp: 0,
  },
}
const plan = { load, processes: 1, edits: { move: 1, stroke: 1, type: 1 }, steps: [] } satisfies Partial<Plan>

/** Three people who have made all their edits and heard of each other's, and the relay's document. */
function meeting() {
  const timelines = [0, 1, 2].map(person => timelineOf(plan, person))
  const feed = new Feed(plan, driftboard, timelines)
  const people = [0, 1, 2].map(
    person =>
      new Client({
        ...{
          seat: seatOf(plan, person),
          target: driftboard,
          url: '',
          board: '',
          credential: null,
          spreads: false,
        },
        ...{ feed, timelines, tally: new Tally(), elapsed: () => 0, load },
      }),
  )
  const relay = new Y.Doc()
  const updates: Uint8Array[] = []
  for (const person of people) {
    const doc = (person.script as NonNullable<Client['script']>).doc
    updates.push(Y.encodeStateAsUpdate(doc))
    doc.on('update', (update: Uint8Array) => updates.push(update))
    for (let edit = 0; edit < 10; edit += 1) person.edit()
    person.safe = person.made
  }
  const hear = (person: Client, update: Uint8Array) =>
    feed.pass(person.reader, encodeFrame({ type: 'update', update }))
  const compared = () => compareRoom(0, relay, people, { feed, load, until: now() + 10_000 })
  return { people, relay, updates, hear, compared }
}

test('people who heard everything hold what the relay holds', () => {
  const { people, relay, updates, hear, compared } = meeting()
  for (const update of updates) {
    Y.applyUpdate(relay, update)
    for (const person of people) hear(person, update)
  }
  expect(compared()).toMatchObject({ people: 3, inFull: 3, lost: 0, lostSafe: 0, problems: [] })
})

test('a reader that lacks the last update of another is found', () => {
  const { people, relay, updates, hear, compared } = meeting()
  for (const [at, update] of updates.entries()) {
    Y.applyUpdate(relay, update)
    for (const person of people) if (person !== people[0] || at < updates.length - 1) hear(person, update)
  }
  expect(compared().problems).toEqual([expect.stringContaining('Person 0 has client')])
})

test('edits that the relay called safe and then lost are counted, and apart from others', () => {
  const { people, relay, updates, hear, compared } = meeting()
  const last = people[2] as Client
  last.safe = 8
  for (const update of updates.slice(0, -4)) {
    Y.applyUpdate(relay, update)
    for (const person of people) hear(person, update)
  }
  expect(compared()).toMatchObject({ lostSafe: 2, lost: 2 })
})

test('a document that says something else at the same state vector is found', () => {
  const { people, relay, updates, hear, compared } = meeting()
  for (const update of updates) {
    Y.applyUpdate(relay, update)
    for (const person of people) hear(person, update)
  }
  relay.getMap('shapes').delete('card-1')
  expect(compared().problems).toHaveLength(3)
  expect(compared().problems[0]).toContain('has another document')
})
