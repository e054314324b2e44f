import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { CLOSE } from '../../shared/protocol/close.ts'
import { addRectangle, changeBy, copyOf } from '../../shared/protocol/document.testing.ts'
import { leaveFormats } from '../../shared/protocol/leave-formats.ts'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { MemoryLog } from '../storage/memory-log.ts'
import { schemaGate } from './gate.ts'
import { type Client, NOTHING, type TestRelay, testRelay } from './room.testing.ts'

const textOf = (doc: Y.Doc) => (doc.getMap('shapes').get('s1') as Y.Map<unknown>).get('text') as Y.Text

const deltaOf = (doc: Y.Doc): unknown => textOf(doc).toDelta()

/** A document that follows what a client hears, and what it says by itself meanwhile. */
function follow(client: Client, doc: Y.Doc) {
  const own: Uint8Array[] = []
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'relay') own.push(update)
  })
  let heard = 0
  return {
    own,
    hear() {
      for (const frame of client.frames.slice(heard)) {
        if (frame.type === 'syncStep2' || frame.type === 'update') Y.applyUpdate(doc, frame.update, 'relay')
      }
      heard = client.frames.length
    },
  }
}

const greet = (client: Client) => client.say({ type: 'syncStep1', stateVector: NOTHING })

/** A board with a text, of which two people have copies that they change without each other. */
function twoApart() {
  const board = new Y.Doc()
  addRectangle(board, 's1', { text: new Y.Text('some words') })
  return { whole: Y.encodeStateAsUpdate(board), ann: copyOf(board), ben: copyOf(board) }
}

/** Both make the same letters bold, which leaves a format that changes nothing. */
function bothBold({ ann, ben }: ReturnType<typeof twoApart>): readonly [Uint8Array, Uint8Array] {
  const bold = (doc: Y.Doc) => textOf(doc).format(0, 4, { b: true })
  return [changeBy(ann, bold), changeBy(ben, bold)]
}

async function send(relay: TestRelay, client: Client, update: Uint8Array): Promise<void> {
  client.say({ type: 'update', update })
  await relay.settle()
}

test('the relay adds nothing to formats that come at once, tells all of them, and keeps them', async () => {
  const clock = fakeClock()
  const log = new MemoryLog(clock)
  const relay = testRelay({ clock, log, gate: schemaGate })
  const board = twoApart()
  const [ann, ben, reader] = [relay.join(), relay.join(), relay.join({ grant: { role: 'viewer' } })]
  greet(reader)
  await send(relay, ann, board.whole)
  const [byAnn, byBen] = bothBold(board)
  ann.say({ type: 'update', update: byAnn })
  ben.say({ type: 'update', update: byBen })
  await relay.settle()
  await send(
    relay,
    ann,
    changeBy(board.ann, doc => textOf(doc).format(2, 5, { i: true })),
  )
  const seen = new Y.Doc()
  leaveFormats(seen)
  const following = follow(reader, seen)
  following.hear()
  expect(deltaOf(seen)).toEqual([
    { insert: 'so', attributes: { b: true } },
    { insert: 'me', attributes: { b: true, i: true } },
    { insert: ' wo', attributes: { i: true } },
    { insert: 'rds' },
  ])
  expect(following.own).toEqual([])
  expect([ann.got('ack').at(-1)?.frames, ben.got('ack').at(-1)?.frames]).toEqual([3, 1])
  // Everything that the relay holds came from the two.
  const all = new Y.Doc()
  leaveFormats(all)
  for (const update of [board.whole, byAnn, byBen, Y.encodeStateAsUpdate(board.ann)])
    Y.applyUpdate(all, update)
  expect(Y.encodeStateAsUpdate(seen)).toEqual(Y.encodeStateAsUpdate(all))

  relay.crash()
  const next = testRelay({ clock, log, gate: schemaGate })
  const late = next.join()
  greet(late)
  await next.settle()
  const reloaded = new Y.Doc()
  leaveFormats(reloaded)
  follow(late, reloaded).hear()
  expect(Y.encodeStateAsUpdate(reloaded)).toEqual(Y.encodeStateAsUpdate(seen))
})

test('a stock client that may only look tidies formats by itself, and stays; nobody else hears of it', async () => {
  const relay = testRelay({ gate: schemaGate })
  const board = twoApart()
  const [ann, reader] = [relay.join(), relay.join()]
  const stock = relay.join({ stock: true, grant: { role: 'viewer' } })
  greet(stock)
  greet(reader)
  await send(relay, ann, board.whole)
  const doc = new Y.Doc()
  const following = follow(stock, doc)
  for (const update of bothBold(board)) await send(relay, ann, update)
  const heard = reader.frames.length
  following.hear()
  // Else this tests nothing.
  expect(following.own.length).toBeGreaterThan(0)
  for (const update of following.own) await send(relay, stock, update)
  stock.say({ type: 'syncStep2', update: Y.encodeStateAsUpdate(doc) })
  await relay.settle()
  expect(stock.closeCode).toBe(null)
  expect(reader.frames.slice(heard).filter(({ type }) => type === 'update')).toEqual([])
  expect(relay.errors).toEqual([])
})

test('who may not write is closed for formats, also for taking them away together with a letter', async () => {
  for (const role of ['viewer', 'commenter'] as const) {
    for (const write of [
      (doc: Y.Doc) => textOf(doc).format(0, 2, { b: true }),
      (doc: Y.Doc) => textOf(doc).delete(0, 1),
    ]) {
      const relay = testRelay({ gate: schemaGate })
      const board = twoApart()
      const [owner, guest] = [relay.join(), relay.join({ grant: { role } })]
      await send(relay, owner, board.whole)
      await send(
        relay,
        owner,
        changeBy(board.ann, doc => textOf(doc).format(0, 1, { b: true })),
      )
      await send(relay, guest, changeBy(board.ann, write))
      expect(guest.closeCode).toBe(CLOSE.refused)
    }
  }
})

test('a stock client that may write and tidies what two others made at once ends with the same text as they', async () => {
  const relay = testRelay({ gate: schemaGate })
  const board = twoApart()
  const [ann, ours] = [relay.join(), relay.join()]
  const stock = relay.join({ stock: true })
  greet(stock)
  greet(ours)
  await send(relay, ann, board.whole)
  const [tidied, kept] = [new Y.Doc(), new Y.Doc()]
  leaveFormats(kept)
  const [following, reading] = [follow(stock, tidied), follow(ours, kept)]
  for (const update of bothBold(board)) await send(relay, ann, update)
  following.hear()
  expect(following.own.length).toBeGreaterThan(0)
  for (const update of following.own) await send(relay, stock, update)
  following.hear()
  reading.hear()
  expect(stock.closeCode).toBe(null)
  expect(deltaOf(kept)).toEqual(deltaOf(tidied))
  expect(Y.encodeStateAsUpdate(kept)).toEqual(Y.encodeStateAsUpdate(tidied))
})
