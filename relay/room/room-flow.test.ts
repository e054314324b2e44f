import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { CLOSE } from '../../shared/protocol/close.ts'
import { contentOf, NOTHING, testRelay, writer } from './room.testing.ts'

describe('changes with missing dependencies (rule 11)', () => {
  test('are not kept or acknowledged until the sender has been asked for its state and has sent it', async () => {
    const relay = testRelay()
    const [ann, ben] = [relay.join(), relay.join()]
    ben.say({ type: 'syncStep1', stateVector: NOTHING })
    await relay.settle()
    ann.say({ type: 'syncStep2', update: Y.encodeStateAsUpdate(new Y.Doc()) })
    const ink = writer()
    ink.set('lost', 1)
    ann.say({ type: 'update', update: ink.set('builds on it', 2) })
    ann.say({ type: 'update', update: ink.set('and on that', 3) })
    await relay.settle()
    expect(contentOf(ben)).toEqual({})
    expect(ann.got('ack').at(-1)?.frames).toBe(1)
    expect(ann.got('syncStep1')).toHaveLength(2)
    const [question] = ann.got('syncStep1').slice(-1)
    ann.say({ type: 'syncStep2', update: Y.encodeStateAsUpdate(ink.doc, question?.stateVector) })
    await relay.settle()
    expect(contentOf(ben)).toEqual({ lost: 1, 'builds on it': 2, 'and on that': 3 })
    expect(ann.got('ack').at(-1)?.frames).toBe(4)
  })

  test('that the sender lacks too do not make the relay ask for ever', async () => {
    const relay = testRelay()
    const ann = relay.join()
    await relay.settle()
    const ink = writer()
    ink.set('lost', 1)
    const orphan = ink.set('orphan', 2)
    for (let round = 0; round < 5; round += 1) ann.say({ type: 'syncStep2', update: orphan })
    await relay.settle()
    expect(ann.got('syncStep1')).toHaveLength(1)
    expect(ann.got('ack').at(-1)?.frames).toBe(5)
  })
})

describe('a slow socket (rules 13 and 14)', () => {
  test('loses presence first, gets it back whole when it recovers, and never misses a document frame', async () => {
    const relay = testRelay({ limits: { congestedBytes: 1000 } })
    const [slow, ann] = [relay.join(), relay.join()]
    slow.say({ type: 'syncStep1', stateVector: NOTHING })
    await relay.settle()
    slow.waiting = 2000
    slow.session.drained()
    ann.say({ type: 'awareness', update: Uint8Array.of(1, 7, 1, 2, 123, 125) })
    ann.say({ type: 'update', update: writer().set('title', 'Plan') })
    await relay.settle()
    expect(slow.got('awareness')).toHaveLength(0)
    expect(contentOf(slow)).toEqual({ title: 'Plan' })
    slow.waiting = 0
    slow.session.drained()
    await relay.clock.settle(100)
    expect(slow.got('awareness')).toHaveLength(1)
  })

  test('over its bound is closed with 4529 to resync, as publishing notices without being told', async () => {
    const relay = testRelay({ limits: { backlogBytes: 10_000 } })
    const [slow, ann] = [relay.join(), relay.join()]
    slow.say({ type: 'syncStep1', stateVector: NOTHING })
    await relay.settle()
    slow.stalled = true
    ann.say({ type: 'update', update: writer().set('page', 'x'.repeat(70_000)) })
    await relay.settle()
    expect([slow.closeCode, ann.closeCode]).toEqual([CLOSE.tooSlow, null])
  })

  test('is not closed for the sync step 2 that it asked for itself', async () => {
    const relay = testRelay({ limits: { backlogBytes: 10_000, congestedBytes: 1000 } })
    const ann = relay.join()
    ann.say({ type: 'update', update: writer().set('page', 'x'.repeat(50_000)) })
    const slow = relay.join()
    await relay.settle()
    slow.stalled = true
    slow.say({ type: 'syncStep1', stateVector: NOTHING })
    slow.session.drained()
    expect(slow.waiting).toBeGreaterThan(50_000)
    expect(slow.closeCode).toBe(null)
    expect(contentOf(slow)).toHaveProperty('page')
  })

  test('that is congested gets the answer to its sync step 1 when it has recovered', async () => {
    const relay = testRelay({ limits: { congestedBytes: 1000 } })
    const slow = relay.join()
    await relay.settle()
    slow.waiting = 1001
    slow.say({ type: 'syncStep1', stateVector: NOTHING })
    expect(slow.got('syncStep2')).toHaveLength(0)
    slow.waiting = 0
    slow.session.drained()
    expect(slow.got('syncStep2')).toHaveLength(1)
  })
})
