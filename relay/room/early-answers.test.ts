import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Frame } from '../../shared/protocol/frame.ts'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { MemoryLog } from '../storage/memory-log.ts'
import { stateRecord, updateRecord } from './record.ts'
import { BOARD, type Client, contentOf, NOTHING, testRelay, updateOf, writer } from './room.testing.ts'

const ASK_ALL: Frame = { type: 'syncStep1', stateVector: NOTHING }

/** Something that a large board takes longer to decode than anybody should wait for. */
const MUCH = 'x'.repeat(200_000)

/** A relay with a board that its log has as one state, and what came after. */
async function setUp(title: string, later: readonly Uint8Array[] = []) {
  const clock = fakeClock()
  const log = new MemoryLog(clock)
  const { doc } = writer()
  doc.getMap('meta').set('title', title)
  const opened = await log.open(BOARD)
  const written = [opened.log.settle(stateRecord(Y.encodeStateAsUpdateV2(doc), []))]
  for (const update of later) written.push(opened.log.append(updateRecord(update)))
  await clock.settle(100)
  await Promise.all(written)
  return { clock, doc, relay: testRelay({ log, clock }) }
}

/** What it got, in order, but for what it was told of its own changes. */
const typesOf = ({ frames }: Client): string[] =>
  frames.map(({ type }) => type).filter(type => !['awareness', 'ack', 'snapshotted'].includes(type))

test('who has nothing of a large board gets all of it as it is stored, before it is decoded', async () => {
  const { clock, relay } = await setUp(MUCH)
  const ana = relay.join({ takesState: true })
  ana.say(ASK_ALL)
  const stock = relay.join({ stock: true })
  stock.say(ASK_ALL)
  await clock.settle(10)
  expect(typesOf(ana)).toEqual(['hello', 'state'])
  expect(stock.frames).toEqual([])
  const late = relay.join({ takesState: true })
  late.say(ASK_ALL)
  expect(typesOf(late)).toEqual(['hello', 'state'])
  await relay.settle()
  for (const client of [ana, late]) {
    expect(typesOf(client)).toEqual(['hello', 'state', 'syncStep1'])
    expect(contentOf(client)).toEqual({ title: MUCH })
  }
  expect(contentOf(stock)).toEqual({ title: MUCH })
})

test('what is changed while the board is loading reaches those who have it already, and the log', async () => {
  const { relay, clock } = await setUp(MUCH)
  const [ana, bo] = [relay.join({ takesState: true }), relay.join({ takesState: true })]
  ana.say(ASK_ALL)
  await clock.settle(10)
  bo.say({ type: 'update', update: writer().set('theirs', 1) })
  await relay.settle()
  expect(contentOf(ana)).toEqual({ title: MUCH, theirs: 1 })
  expect(bo.got('ack').at(-1)?.frames).toBe(1)
})

test('a small board is decoded at once', async () => {
  const { relay, clock } = await setUp('small')
  const ana = relay.join({ takesState: true })
  ana.say(ASK_ALL)
  await clock.settle(1)
  expect(typesOf(ana)).toEqual(['hello', 'state', 'syncStep1'])
  expect(ana.got('state')[0]?.size).toBe(0)
  expect(contentOf(ana)).toEqual({ title: 'small' })
})

test('nothing is sent as it is stored while the log has changes beside the state: what they removed is nobody’s any more', async () => {
  const secret = writer()
  const later = [secret.set('secret', MUCH), secret.set('secret', 'gone')]
  const { relay } = await setUp(MUCH, later)
  const ana = relay.join({ takesState: true })
  ana.say(ASK_ALL)
  await relay.settle()
  expect(typesOf(ana)).toEqual(['hello', 'syncStep1', 'state'])
  const [state] = ana.got('state')
  if (!state) throw new Error('No state came.')
  expect(state.size).toBeLessThan(1.5 * MUCH.length)
  expect(updateOf(state)).toHaveLength(state.size)
  expect(contentOf(ana)).toEqual({ title: MUCH, secret: 'gone' })
})

test('those who come soon after get the same bytes, and then what has changed', async () => {
  const { relay, clock } = await setUp(MUCH)
  const ana = relay.join({ takesState: true })
  ana.say(ASK_ALL)
  await relay.settle()
  ana.say({ type: 'update', update: writer().set('later', 1) })
  await relay.settle()
  const bo = relay.join({ takesState: true })
  bo.say(ASK_ALL)
  await clock.settle(10)
  expect(bo.got('state')).toEqual(ana.got('state'))
  expect(contentOf(bo)).toEqual({ title: MUCH, later: 1 })
})

test('who has something, or asks for a part, waits for the document', async () => {
  const { doc, relay } = await setUp(MUCH)
  const ana = relay.join({ takesState: true })
  ana.say({ type: 'syncStep1', stateVector: Y.encodeStateVector(doc) })
  await relay.settle()
  expect(typesOf(ana)).toEqual(['hello', 'syncStep1', 'syncStep2'])
})

test('who leaves before it is their turn gets nothing, and the others do', async () => {
  const { relay } = await setUp(MUCH)
  const gone = relay.join({ takesState: true })
  gone.say(ASK_ALL)
  gone.leave()
  const ana = relay.join({ takesState: true })
  ana.say(ASK_ALL)
  await relay.settle()
  expect(gone.frames).toEqual([])
  expect(contentOf(ana)).toEqual({ title: MUCH })
})
