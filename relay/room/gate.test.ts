import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { CLOSE } from '../../shared/protocol/close.ts'
import {
  addComment,
  addRectangle,
  addStroke,
  addStrokes,
  changeBy,
} from '../../shared/protocol/document.testing.ts'
import type { Role } from '../../shared/protocol/role.ts'
import { schemaGate } from './gate.ts'
import { type Client, NOTHING, type TestRelayOptions, testRelay, watchedLog } from './room.testing.ts'

/** A relay with the gate, and how often its log was opened and written to. */
function gatedRelay(options: TestRelayOptions = {}) {
  const { log, watch } = watchedLog()
  return { watch, relay: testRelay({ log, clock: watch.clock, gate: schemaGate, ...options }) }
}

/** What a client holds after taking every document frame that it received. */
function docOf({ frames }: Client): Y.Doc {
  const doc = new Y.Doc()
  for (const frame of frames) {
    if (frame.type === 'syncStep2' || frame.type === 'update') Y.applyUpdate(doc, frame.update)
  }
  return doc
}

const shapesOf = (client: Client): string[] => [...docOf(client).getMap('shapes').keys()].sort()

const say = (client: Client, doc: Y.Doc, write: (doc: Y.Doc) => void) =>
  client.say({ type: 'update', update: changeBy(doc, write) })

/** Sends a lone change of somebody whose document is empty. */
const sayOf = (client: Client, write: (doc: Y.Doc) => void) => say(client, new Y.Doc(), write)

describe('a change that breaks the rules', () => {
  test.each<[string, number, string, (doc: Y.Doc) => void]>([
    [
      'that does not fit the schema',
      CLOSE.invalid,
      'shapes/bad/pos',
      doc => addRectangle(doc, 'bad', { pos: 'here' }),
    ],
    ['with an unknown root', CLOSE.malformed, '', doc => doc.getMap('secrets').set('a', 1)],
    [
      'with a text that is too long',
      CLOSE.tooLarge,
      'shapes/bad/text',
      doc => addRectangle(doc, 'bad', { text: new Y.Text('x'.repeat(100_001)) }),
    ],
  ])(
    '%s closes its sender with %i and its place; nobody sees it, and the board is not loaded again',
    async (_what, code, where, write) => {
      const { relay, watch } = gatedRelay()
      const [mallory, ben, carl] = [relay.join(), relay.join(), relay.join()]
      carl.say({ type: 'syncStep1', stateVector: NOTHING })
      await relay.settle()
      const ink = new Y.Doc()
      say(ben, ink, doc => addRectangle(doc, 'before'))
      sayOf(mallory, doc => addRectangle(doc, 'kept'))
      sayOf(mallory, write)
      sayOf(mallory, doc => addRectangle(doc, 'late'))
      say(ben, ink, doc => addRectangle(doc, 'after'))
      await relay.settle()
      expect(mallory.closeCode).toBe(code)
      expect(mallory.got('rejected')).toMatchObject([{ code, where }])
      expect([ben.closeCode, carl.closeCode]).toEqual([null, null])
      expect(ben.got('ack').at(-1)?.frames).toBe(2)
      expect(shapesOf(carl)).toEqual(['after', 'before', 'kept'])
      expect([watch.opened, watch.appended.length, relay.errors]).toEqual([1, 1, []])
    },
  )

  test('takes nothing from those who hear what its sender wrote before, also not from the only other who wrote then', async () => {
    const { relay } = gatedRelay()
    const [mallory, ben] = [relay.join(), relay.join()]
    ben.say({ type: 'syncStep1', stateVector: NOTHING })
    await relay.settle()
    sayOf(mallory, doc => addRectangle(doc, 'kept'))
    sayOf(mallory, doc => addRectangle(doc, 'bad', { pos: 'here' }))
    sayOf(ben, doc => addRectangle(doc, 'own'))
    await relay.settle()
    expect(mallory.closeCode).toBe(CLOSE.invalid)
    expect(shapesOf(ben)).toContain('kept')
  })

  test('that would hold the relay up for seconds closes its sender with 4413, before it does', async () => {
    const { relay } = gatedRelay()
    const [mallory, ben] = [relay.join(), relay.join()]
    await relay.settle()
    const doc = new Y.Doc()
    say(mallory, doc, board => addRectangle(board, 'target'))
    await relay.settle()
    const started = performance.now()
    // Each of these is a client of its own that wants its value in the same place.
    for (let round = 0; round < 50 && mallory.closeCode === null; round += 1) {
      const updates = Array.from({ length: 400 }, () => {
        const rival = new Y.Doc()
        Y.applyUpdate(rival, Y.encodeStateAsUpdate(doc))
        return changeBy(rival, copy => (copy.getMap('shapes').get('target') as Y.Map<unknown>).set('z', 'a1'))
      })
      mallory.say({ type: 'update', update: Y.mergeUpdates(updates) })
      await relay.settle()
    }
    expect(mallory.closeCode).toBe(CLOSE.tooLarge)
    say(ben, doc, board => addRectangle(board, 'fine'))
    await relay.settle()
    expect(ben.got('ack').at(-1)?.frames).toBe(1)
    // ms. Nearly all of it goes into making the updates.
    expect(performance.now() - started).toBeLessThan(20_000)
  })
})

describe('roles', () => {
  const board = new Y.Doc()
  addRectangle(board, 's1')
  addComment(board, 'c1')
  const whole = Y.encodeStateAsUpdate(board)
  const copy = () => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, whole)
    return doc
  }
  const as = (role: Role) => ({ grant: { role, epoch: null, expiresAt: null } })

  async function boardWith(role: Role) {
    const { relay, watch } = gatedRelay()
    const [owner, guest, reader] = [relay.join(as('owner')), relay.join(as(role)), relay.join(as('viewer'))]
    reader.say({ type: 'syncStep1', stateVector: NOTHING })
    owner.say({ type: 'syncStep2', update: whole })
    await relay.settle()
    return { relay, watch, owner, guest, reader }
  }

  test.each<[Role, string, (doc: Y.Doc) => void]>([
    ['viewer', 'a comment', doc => addComment(doc, 'c2')],
    ['viewer', 'a shape', doc => addRectangle(doc, 's2')],
    ['viewer', 'a deletion', doc => doc.getMap('shapes').delete('s1')],
    ['commenter', 'a shape', doc => addRectangle(doc, 's2')],
    ['commenter', 'a deletion', doc => doc.getMap('shapes').delete('s1')],
  ])('a %s who writes %s is closed with 4403 and nobody sees it', async (role, _what, write) => {
    const { relay, owner, guest, reader, watch } = await boardWith(role)
    say(guest, copy(), write)
    await relay.settle()
    expect(guest.closeCode).toBe(CLOSE.refused)
    expect(guest.got('rejected')).toMatchObject([{ code: CLOSE.refused }])
    for (const root of ['shapes', 'comments'])
      expect(docOf(reader).getMap(root).toJSON()).toEqual(board.getMap(root).toJSON())
    expect([owner.closeCode, watch.opened, watch.appended.length]).toEqual([null, 1, 1])
  })

  test('a commenter’s comment is taken', async () => {
    const { relay, reader, guest } = await boardWith('commenter')
    guest.say({ type: 'syncStep2', update: whole })
    say(guest, copy(), doc => addComment(doc, 'c2'))
    await relay.settle()
    expect(guest.closeCode).toBe(null)
    expect([...docOf(reader).getMap('comments').keys()]).toEqual(['c1', 'c2'])
    expect(guest.got('ack').at(-1)?.frames).toBe(2)
  })

  test('a viewer who is asked for its state, and has what this relay lost, stays; what it has is not taken', async () => {
    const { relay, reader, guest } = await boardWith('viewer')
    const ahead = copy()
    addRectangle(ahead, 'lost')
    guest.say({ type: 'syncStep2', update: Y.encodeStateAsUpdate(ahead) })
    await relay.settle()
    expect(guest.closeCode).toBe(null)
    expect(guest.got('ack').at(-1)?.frames).toBe(0)
    expect(shapesOf(reader)).toEqual(['s1'])
  })

  test('a viewer who has no more than the board is told that its state is kept', async () => {
    const { relay, guest } = await boardWith('viewer')
    guest.say({ type: 'syncStep2', update: whole })
    await relay.settle()
    expect(guest.got('ack').at(-1)?.frames).toBe(1)
  })

  test('a commenter who has what this relay lost is asked again with its next comment, and by then all of it is taken', async () => {
    const { relay, owner, guest } = await boardWith('commenter')
    const ahead = copy()
    const lost = changeBy(ahead, doc => addRectangle(doc, 'lost'))
    guest.say({ type: 'syncStep2', update: Y.encodeStateAsUpdate(ahead) })
    await relay.settle()
    expect(guest.got('syncStep1')).toHaveLength(1)
    owner.say({ type: 'update', update: lost })
    const commenter = new Y.Doc()
    Y.applyUpdate(commenter, Y.encodeStateAsUpdate(ahead))
    say(guest, commenter, doc => addComment(doc, 'c2'))
    await relay.settle()
    expect(guest.got('syncStep1')).toHaveLength(2)
    guest.say({ type: 'syncStep2', update: Y.encodeStateAsUpdate(commenter) })
    await relay.settle()
    expect(guest.closeCode).toBe(null)
    expect(guest.got('ack').at(-1)?.frames).toBe(3)
  })
})

describe('limits', () => {
  test('a board takes no more shapes than it may, deletions always, and then as many as were deleted', async () => {
    const { relay } = gatedRelay({ limits: { shapes: 3 } })
    const ann = relay.join()
    const doc = new Y.Doc()
    await relay.settle()
    for (const id of ['s1', 's2', 's3']) say(ann, doc, board => addRectangle(board, id))
    await relay.settle()
    const over = relay.join()
    sayOf(over, board => addRectangle(board, 's4'))
    await relay.settle()
    expect(over.closeCode).toBe(CLOSE.tooLarge)
    expect(over.got('rejected')).toMatchObject([{ where: 'shapes' }])
    // In one tick.
    say(ann, doc, board => board.getMap('shapes').delete('s1'))
    say(ann, doc, board => addRectangle(board, 's5'))
    await relay.settle()
    expect([ann.closeCode, ann.got('ack').at(-1)?.frames]).toEqual([null, 5])
  })

  test('a board takes no more bytes than it may, deletions always, and then others in their place', async () => {
    const { relay } = gatedRelay({ limits: { documentBytes: 500_000 } })
    const ann = relay.join()
    const doc = new Y.Doc()
    await relay.settle()
    say(ann, doc, board => addStrokes(board, 'large', 390_000))
    await relay.settle()
    const over = relay.join()
    sayOf(over, board => addStroke(board, 'more', 150_000))
    await relay.settle()
    expect(over.closeCode).toBe(CLOSE.tooLarge)
    for (let round = 0; round < 5; round += 1) {
      say(ann, doc, board => board.getMap('shapes').delete(round === 0 ? 'large-0' : `more-${round - 1}`))
      say(ann, doc, board => addStroke(board, `more-${round}`, 150_000))
      await relay.settle()
    }
    expect([ann.closeCode, ann.got('ack').at(-1)?.frames]).toEqual([null, 11])
  })

  test('ten thousand moves do not use a board up', async () => {
    const { relay } = gatedRelay({ limits: { documentBytes: 4_000, messagesPerSecond: 1_000_000 } })
    const ann = relay.join()
    const doc = new Y.Doc()
    await relay.settle()
    const shape = addRectangle(doc, 's1')
    ann.say({ type: 'syncStep2', update: Y.encodeStateAsUpdate(doc) })
    for (let at = 0; at < 10_000; at += 1) {
      say(ann, doc, () => shape.set('pos', [at, at]))
      if (at % 100 === 0) await relay.settle()
    }
    await relay.settle()
    expect([ann.closeCode, ann.got('ack').at(-1)?.frames]).toEqual([null, 10_001])
  })
})

test('the gate says how long it took', async () => {
  const times: number[] = []
  const { relay } = gatedRelay({ metrics: { validated: seconds => void times.push(seconds) } })
  const ann = relay.join()
  await relay.settle()
  sayOf(ann, doc => addRectangle(doc, 's1'))
  await relay.settle()
  expect(times).toHaveLength(1)
})
