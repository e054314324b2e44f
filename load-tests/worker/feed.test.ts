import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeFrame } from '../../shared/protocol/frame.ts'
import { Writing } from '../edits.ts'
import { EDITS, type EditKind, type Load, type Plan } from '../plan.ts'
import { clientOf } from '../seats.ts'
import { driftboard } from '../targets/driftboard.ts'
import { type Timeline, timelineOf } from '../timeline.ts'
import { Feed } from './feed.ts'
import { Reader } from './reader.ts'
import { Tally } from './tally.ts'

const load: Load = {
  ...{
    clients: 3,
    rooms: 1,
    rate: 10,
    presence: 0,
    duration: 3,
    joinOver: 0,
    viewers: 0,
    shapes: 0,
    seed: 1,
    warmUp: 0,
  },
}
const plan = { load, processes: 1, edits: { move: 1, stroke: 1 }, steps: [] } satisfies Partial<Plan>
const timelines = [0, 1, 2].map(person => timelineOf(plan, person))

/** The updates of a writer, the card first. */
function updatesOf(person: number, edits: number): Uint8Array[] {
  const writing = new Writing(clientOf(person), person, load.seed)
  const updates = [Y.encodeStateAsUpdate(writing.doc)]
  writing.doc.on('update', (update: Uint8Array) => updates.push(update))
  const { kinds } = timelines[person] as Timeline
  for (let edit = 0; edit < edits; edit += 1) writing.make(EDITS[kinds[edit] as number] as EditKind, edit)
  return updates
}

const message = (update: Uint8Array): Uint8Array => encodeFrame({ type: 'update', update })

function readers(count: number, at = 5000) {
  const feed = new Feed(plan, driftboard, timelines)
  const made = Array.from({ length: count }, (_, own) => {
    const tally = new Tally()
    const reader = new Reader({ timelines, own, tally, elapsed: () => at, isLoose: false })
    reader.excusedUntil = 0
    return { reader, tally }
  })
  return { feed, made }
}

test('an edit is delivered once to each reader, and not to who made it', () => {
  const { feed, made } = readers(3)
  for (const update of [...updatesOf(0, 8), ...updatesOf(0, 8)]) {
    for (const { reader } of made) feed.pass(reader, message(update))
  }
  expect(made.map(({ tally }) => tally.delivered)).toEqual([0, 8, 8])
  expect(feed.log).toHaveLength(9)
})

test('edits that a relay has merged into one update are delivered all', () => {
  const { feed, made } = readers(2)
  const merged = new Y.Doc()
  for (const update of updatesOf(0, 20)) Y.applyUpdate(merged, update)
  for (const { reader } of made) feed.pass(reader, message(Y.encodeStateAsUpdate(merged)))
  expect(made.map(({ tally }) => tally.delivered)).toEqual([0, 20])
})

test('the latency of a delivery counts from when the edit was to be made', () => {
  const { feed, made } = readers(2, 5000)
  for (const update of updatesOf(0, 5)) for (const { reader } of made) feed.pass(reader, message(update))
  const { due } = timelines[0] as Timeline
  const noted = made[1]?.tally.delivery.take() ?? []
  const waited = noted.flatMap((value, at) => (at % 2 === 0 && value > 2e6 ? [value / 1000] : []))
  for (const ms of waited) expect([...due].some(at => Math.abs(5000 - at - ms) < 0.02)).toBe(true)
  expect(waited).toHaveLength(5)
})

test('a reader is told of an update that builds on one it never got', () => {
  const { feed, made } = readers(2)
  const updates = updatesOf(0, 4)
  const { reader, tally } = made[1] as (typeof made)[number]
  expect(feed.pass(reader, message(updates[0] as Uint8Array))).toEqual({ type: 'taken', isWhole: true })
  expect(feed.pass(reader, message(updates[3] as Uint8Array))).toEqual({ type: 'taken', isWhole: false })
  expect(reader.gaps).toBe(1)
  expect(tally.delivered).toBe(0)
})

test('what was to be made before a reader came is caught up on, not late', () => {
  const { feed, made } = readers(2)
  const { reader, tally } = made[1] as (typeof made)[number]
  const { due } = timelines[0] as Timeline
  reader.excusedUntil = (due[2] as number) + 1
  for (const update of updatesOf(0, 6)) feed.pass(reader, message(update))
  expect([tally.caughtUp, tally.delivered]).toEqual([3, 3])
})

test('readers that got messages in another order have each their own account of it', () => {
  const { feed, made } = readers(3)
  const [one, two] = [updatesOf(0, 2), updatesOf(1, 2)]
  for (const update of [...one, ...two]) feed.pass((made[2] as (typeof made)[number]).reader, message(update))
  for (const update of two) feed.pass((made[0] as (typeof made)[number]).reader, message(update))
  expect(made[2]?.reader.ranges).toEqual([0, 6])
  expect(made[0]?.reader.ranges).toEqual([3, 6])
})
