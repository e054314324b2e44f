import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { CLOSE } from '../../shared/protocol/close.ts'
import { schemaGate } from './gate.ts'
import { contentOf, NOTHING, testRelay, watchedLog, writer } from './room.testing.ts'

describe('hostile clients (rules 6, 7 and 12)', () => {
  const roots = new Y.Doc()
  roots.getMap('secrets').set('a', 1)
  const list = new Y.Doc()
  list.getArray('shapes').push([1])
  const nested = new Y.Doc()
  nested.getMap('meta').set('doc', new Y.Doc())
  // One client, one GC struct of length 0 at clock 0, no deletions.
  const empty = Uint8Array.of(1, 1, 5, 0, 0, 0, 0)

  test.each([
    ['garbage', Uint8Array.of(1, 2, 3, 4)],
    ['another root type', Y.encodeStateAsUpdate(roots)],
    ['a root type used as a list', Y.encodeStateAsUpdate(list)],
    ['a subdocument', Y.encodeStateAsUpdate(nested)],
    ['a struct of no length', empty],
    ['a count of structs that would allocate gigabytes', Uint8Array.of(1, 255, 255, 255, 127, 5, 0, 0)],
  ])('an update with %s closes its sender with 4400 and nobody sees it', async (_name, update) => {
    const { log, watch } = watchedLog()
    const relay = testRelay({ log, clock: watch.clock, gate: schemaGate })
    const [mallory, ben] = [relay.join(), relay.join()]
    ben.say({ type: 'syncStep1', stateVector: NOTHING })
    await relay.settle()
    mallory.say({ type: 'update', update })
    ben.say({ type: 'update', update: writer().set('title', 'Plan') })
    await relay.settle()
    expect(mallory.closeCode).toBe(CLOSE.malformed)
    expect(mallory.got('rejected')).toMatchObject([{ code: CLOSE.malformed }])
    expect(ben.closeCode).toBe(null)
    expect(ben.got('ack').at(-1)?.frames).toBe(1)
    expect(watch.appended).toHaveLength(1)
  })

  test.each([
    ['bytes that are no frame', Uint8Array.of(9, 9)],
    ['a state vector that cannot be decoded', Uint8Array.of(0, 0, 2, 200, 200)],
    ['a frame that only the relay sends', Uint8Array.of(101, 0, 0)],
    ['presence that is not JSON', Uint8Array.of(1, 5, 1, 1, 1, 1, 123)],
  ])('%s closes the sender with 4400', async (_name, bytes) => {
    const relay = testRelay()
    const [mallory, ben] = [relay.join(), relay.join()]
    await relay.settle()
    mallory.sayBytes(bytes)
    await relay.settle()
    expect([mallory.closeCode, ben.closeCode]).toEqual([CLOSE.malformed, null])
  })

  test.each([1, 40])('types in one another, %i ms apart, are stopped at the first', async pause => {
    const relay = testRelay({ gate: schemaGate })
    const [mallory, ben] = [relay.join(), relay.join()]
    await relay.settle()
    const doc = new Y.Doc()
    doc.on('update', (update: Uint8Array) => mallory.say({ type: 'update', update }))
    let deepest = doc.getMap('shapes') as Y.Map<unknown>
    for (let level = 0; level < 20; level += 1) {
      const inner = new Y.Map<unknown>()
      deepest.set('inner', inner)
      deepest = inner
      if (pause > 1) await relay.clock.settle(pause)
    }
    ben.say({ type: 'update', update: writer().set('title', 'Plan') })
    await relay.settle()
    expect(mallory.closeCode).toBe(CLOSE.invalid)
    const reader = relay.join()
    reader.say({ type: 'syncStep1', stateVector: NOTHING })
    await relay.settle()
    expect(contentOf(reader)).toEqual({ title: 'Plan' })
  })

  test('a state vector that would take long to read closes the sender with 4413', async () => {
    const relay = testRelay()
    const mallory = relay.join()
    await relay.settle()
    mallory.say({ type: 'syncStep1', stateVector: new Uint8Array(2_100_000) })
    expect(mallory.closeCode).toBe(CLOSE.tooLarge)
  })

  test('what a client sent before something refused stays, and what it sends after is not taken', async () => {
    const relay = testRelay()
    const [mallory, ben] = [relay.join(), relay.join()]
    ben.say({ type: 'syncStep1', stateVector: NOTHING })
    await relay.settle()
    mallory.say({ type: 'update', update: writer().set('before', 1) })
    mallory.say({ type: 'update', update: Y.encodeStateAsUpdate(roots) })
    mallory.say({ type: 'update', update: writer().set('after', 1) })
    await relay.settle()
    expect(mallory.closeCode).toBe(CLOSE.malformed)
    expect(contentOf(ben)).toEqual({ before: 1 })
  })

  test('a flood of questions is answered once, then at intervals that grow with the answer', async () => {
    const relay = testRelay({ limits: { messagesPerSecond: 10_000 } })
    const [ann, mallory] = [relay.join(), relay.join()]
    ann.say({ type: 'update', update: writer().set('page', 'x'.repeat(300_000)) })
    await relay.settle()
    for (let round = 0; round < 1_000; round += 1) {
      mallory.say({ type: 'syncStep1', stateVector: NOTHING })
      mallory.say({ type: 'queryAwareness' })
    }
    expect(mallory.got('syncStep2')).toHaveLength(1)
    await relay.clock.settle(250)
    expect(mallory.got('syncStep2')).toHaveLength(1)
    await relay.clock.settle(1_000)
    expect(mallory.got('syncStep2')).toHaveLength(2)
    await relay.clock.settle(10_000)
    expect(mallory.got('syncStep2')).toHaveLength(2)
    expect(mallory.closeCode).toBe(null)
  })

  test('presence is shown again on demand, but not as often as somebody likes', async () => {
    const relay = testRelay()
    const [ann, mallory] = [relay.join(), relay.join()]
    await relay.settle()
    ann.say({ type: 'awareness', update: Uint8Array.of(1, 7, 1, 2, 123, 125) })
    await relay.settle()
    const before = mallory.got('awareness').length
    for (let round = 0; round < 1_000; round += 1) mallory.say({ type: 'queryAwareness' })
    expect(mallory.got('awareness').length).toBeLessThanOrEqual(before + 1)
    await relay.clock.settle(1_000)
    expect(mallory.got('awareness').length).toBeGreaterThan(before)
    expect(mallory.got('awareness').length).toBeLessThanOrEqual(before + 2)
  })

  test('an update that cannot be read costs its sender the connection, and everybody else nothing', async () => {
    const relay = testRelay()
    const [mallory, ben, carl] = [relay.join(), relay.join(), relay.join()]
    carl.say({ type: 'syncStep1', stateVector: NOTHING })
    await relay.settle()
    const ink = writer()
    ben.say({ type: 'update', update: ink.set('before', 1) })
    await relay.settle()
    ben.say({ type: 'update', update: ink.set('same tick', 2) })
    mallory.say({ type: 'update', update: Uint8Array.of(1, 2, 3, 4) })
    await relay.settle()
    ben.say({ type: 'update', update: ink.set('after', 3) })
    await relay.settle()
    expect(mallory.closeCode).toBe(CLOSE.malformed)
    expect(ben.got('ack').at(-1)?.frames).toBe(3)
    expect(ben.got('hello')).toHaveLength(1)
    expect(contentOf(carl)).toEqual({ before: 1, 'same tick': 2, after: 3 })
  })
})

test('a change that breaks the document only at the end of the transaction closes its sender, and nobody who came after', async () => {
  const tearer = writer()
  const torn = tearer.set('torn', true)
  const relay = testRelay({
    gate: {
      admit(doc, { incoming }) {
        if (incoming.structs[0]?.id.client !== tearer.doc.clientID) return true
        doc.once('beforeObserverCalls', () => {
          throw new Error('Torn.')
        })
        return true
      },
    },
  })
  const [mallory, ben, carl] = [relay.join(), relay.join(), relay.join()]
  carl.say({ type: 'syncStep1', stateVector: NOTHING })
  await relay.settle()
  mallory.say({ type: 'update', update: torn })
  ben.say({ type: 'update', update: writer().set('good', 1) })
  await relay.settle()
  expect([mallory.closeCode, ben.closeCode]).toEqual([CLOSE.malformed, null])
  expect(ben.got('ack').at(-1)?.frames).toBe(1)
  expect(contentOf(carl)).toEqual({ good: 1 })
})
