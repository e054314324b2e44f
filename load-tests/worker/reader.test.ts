import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { Writing } from '../edits.ts'
import { EDITS, type EditKind, type Load } from '../plan.ts'
import { clientOf, personOf } from '../seats.ts'
import { type Timeline, timelineOf } from '../timeline.ts'
import { changesIn } from './changes.ts'
import { Reader } from './reader.ts'
import { Tally } from './tally.ts'

const load: Load = {
  ...{ clients: 3, rooms: 1, rate: 5, presence: 0, duration: 2, joinOver: 0 },
  ...{ viewers: 0, shapes: 0, seed: 3, warmUp: 0 },
}
const WRITERS = [0, 1, 2]
const timelines = WRITERS.map(person =>
  timelineOf({ load, edits: { move: 2, stroke: 1 }, steps: [] }, person),
)
const updates = WRITERS.map(updatesOf)
/** ms. All edits were to be made before. */
const NOW = 2500

/** The updates of a writer, one for each edit; its card comes with the first. */
function updatesOf(person: number): Uint8Array[] {
  const writing = new Writing(clientOf(person), person, load.seed)
  const made = [Y.encodeStateAsUpdate(writing.doc)]
  writing.doc.on('update', (update: Uint8Array) => made.push(update))
  for (const [edit, kind] of (timelines[person] as Timeline).kinds.entries())
    writing.make(EDITS[kind] as EditKind, edit)
  const [card, first, ...rest] = made as [Uint8Array, Uint8Array, ...Uint8Array[]]
  return [Y.mergeUpdates([card, first]), ...rest]
}

interface Piece {
  readonly writer: number
  readonly from: number
  readonly count: number
}

/** What must come of messages: edit by edit, as slowly as can be. */
function expectedOf(messages: readonly (readonly Piece[])[], own: number, isLoose: boolean) {
  const had = WRITERS.map(() => 0)
  let delivered = 0
  let gaps = 0
  for (const message of messages) {
    let isGap = false
    for (const { writer, from, count } of message) {
      const to = Math.min(10, from + count)
      if (writer === own || to <= (had[writer] as number)) continue
      if (from > (had[writer] as number) && !isLoose) {
        isGap = true
        continue
      }
      // What was skipped, where nothing is kept, never came.
      delivered += to - Math.max(from, had[writer] as number)
      had[writer] = to
    }
    if (isGap) gaps += 1
  }
  const clocks = had.map((edits, writer) =>
    edits > 0 ? ((timelines[writer] as Timeline).end[edits - 1] ?? 0) : 0,
  )
  return { delivered, gaps, clocks }
}

function changesOf(message: readonly Piece[]) {
  const parts = message.map(({ writer, from, count }) =>
    Y.mergeUpdates((updates[writer] as Uint8Array[]).slice(from, from + count)),
  )
  return changesIn(parts, timelines, personOf)
}

test('whatever comes, in whatever pieces and however often, each edit is counted once and what is missing is noticed', () => {
  const piece = fc.record({ writer: fc.nat(2), from: fc.nat(9), count: fc.integer({ min: 1, max: 4 }) })
  // Half of it in order, so that most of it fits.
  const inOrder = Array.from({ length: 5 }, (_, at) =>
    WRITERS.map(writer => ({ writer, from: 2 * at, count: 2 })),
  )
  const message = fc.oneof(fc.constantFrom(...inOrder), fc.array(piece, { minLength: 1, maxLength: 4 }))
  const messages = fc.array(message, { maxLength: 12 }).map(each => [...each, ...inOrder])
  fc.assert(
    fc.property(messages, fc.nat(3), fc.boolean(), (sent, own, isLoose) => {
      const tally = new Tally()
      const reader = new Reader({
        timelines,
        own: own === 3 ? null : own,
        tally,
        elapsed: () => NOW,
        isLoose,
      })
      reader.excusedUntil = 0
      for (const each of sent) reader.take(changesOf(each))
      const { delivered, gaps, clocks } = expectedOf(sent, own, isLoose)
      expect([tally.delivered, tally.caughtUp, reader.gaps]).toEqual([delivered, 0, gaps])
      expect([...reader.clocks]).toEqual(clocks)
      const noted = tally.delivery.take()
      expect(noted.reduce((sum, count, at) => sum + (at % 2) * count, 0)).toBe(delivered)
      for (let at = 0; at < noted.length; at += 2) expect(noted[at]).toBeLessThanOrEqual(NOW * 1000)
    }),
    { numRuns: 150 },
  )
})

test('times are those since each edit was to be made, of every edit and of no other', () => {
  const tally = new Tally()
  const reader = new Reader({ timelines, own: 1, tally, elapsed: () => NOW, isLoose: false })
  reader.excusedUntil = 1000
  reader.take(changesOf(WRITERS.map(writer => ({ writer, from: 0, count: 10 }))))
  const due = [0, 2].flatMap(writer => [...(timelines[writer] as Timeline).due])
  const late = due.filter(at => at >= 1000).map(at => Math.max(1, Math.round((NOW - at) * 100) * 10))
  const noted = tally.delivery.take()
  const times = Array.from({ length: noted.length / 2 }, (_, at) =>
    Array.from({ length: noted[2 * at + 1] as number }, () => noted[2 * at] as number),
  )
  expect(times.flat().sort((a, b) => a - b)).toEqual(late.sort((a, b) => a - b))
  expect(tally.caughtUp).toBe(due.length - late.length)
})
