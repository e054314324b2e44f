import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { CLOSE } from '../../shared/protocol/close.ts'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { MemoryLog } from '../storage/memory-log.ts'
import { updateRecord } from './record.ts'
import { BOARD, contentOf, NOTHING, testRelay, watchedLog, writer } from './room.testing.ts'

describe('loading (rules 8 and 18)', () => {
  test('people who come while a board loads share one load, and what they send meanwhile is kept in order', async () => {
    const { log, watch } = watchedLog()
    const relay = testRelay({ log, clock: watch.clock })
    const [ann, ben] = [relay.join(), relay.join()]
    const ink = writer()
    for (const key of ['a', 'b', 'c']) ann.say({ type: 'update', update: ink.set(key, 1) })
    ben.say({ type: 'syncStep1', stateVector: NOTHING })
    expect(ann.frames).toEqual([])
    await relay.settle()
    expect(watch.opened).toBe(1)
    expect(contentOf(ben)).toEqual({ a: 1, b: 1, c: 1 })
    expect(ann.got('ack').at(-1)?.frames).toBe(3)
  })

  test('what a client sent before it left, while the board was loading, is stored', async () => {
    const relay = testRelay()
    const ann = relay.join()
    ann.say({ type: 'update', update: writer().set('title', 'Plan') })
    ann.leave()
    await relay.settle()
    const ben = relay.join()
    ben.say({ type: 'syncStep1', stateVector: NOTHING })
    await relay.settle()
    expect(contentOf(ben)).toEqual({ title: 'Plan' })
  })

  test('more than the bound sent while a board loads closes its sender, and nobody else, with 4503', async () => {
    const relay = testRelay({ limits: { heldBytes: 100 } })
    const [greedy, modest] = [relay.join(), relay.join()]
    const update = writer().set('blob', 'x'.repeat(200))
    greedy.say({ type: 'update', update })
    modest.say({ type: 'update', update: writer().set('small', 1) })
    await relay.settle()
    expect(greedy.closeCode).toBe(CLOSE.unavailable)
    expect(modest.closeCode).toBe(null)
  })

  test('a load that fails closes everybody with 4503, writes nothing, and the next to come tries again', async () => {
    const { log, watch } = watchedLog()
    watch.failOpen = true
    const relay = testRelay({ log, clock: watch.clock })
    const ann = relay.join()
    ann.say({ type: 'update', update: writer().set('title', 'Plan') })
    await relay.settle()
    expect(ann.closeCode).toBe(CLOSE.unavailable)
    expect(ann.got('rejected')).toMatchObject([{ code: CLOSE.unavailable }])
    expect(watch.appended).toEqual([])
    expect(relay.rooms.count).toBe(0)
    expect(relay.errors.join()).toContain('The disk is gone.')
    watch.failOpen = false
    const ben = relay.join()
    await relay.settle()
    expect(ben.closeCode).toBe(null)
    expect(ben.got('syncStep1')).toHaveLength(1)
  })

  test('a record that cannot be read names its board in the log and is not replaced by an empty board', async () => {
    const clock = fakeClock()
    const log = new MemoryLog(clock)
    const opened = await log.open(BOARD)
    void opened.log.append(updateRecord(Uint8Array.of(1, 2, 3)))
    await clock.settle(5)
    const relay = testRelay({ log, clock })
    const ann = relay.join()
    await relay.settle()
    expect(ann.closeCode).toBe(CLOSE.unavailable)
    expect(relay.errors.join()).toContain(`Record 0 of board ${BOARD} cannot be read`)
    expect((await log.open(BOARD)).records).toHaveLength(1)
  })

  test('a log that lost the record which later ones build on is not served', async () => {
    const clock = fakeClock()
    const log = new MemoryLog(clock)
    const ink = writer()
    ink.set('first', 1)
    const opened = await log.open(BOARD)
    void opened.log.append(updateRecord(ink.set('second', 2)))
    await clock.settle(5)
    const relay = testRelay({ log, clock })
    const ann = relay.join()
    await relay.settle()
    expect(ann.closeCode).toBe(CLOSE.unavailable)
    expect(relay.errors.join()).toContain('builds on changes that its log no longer has')
  })

  test('a Driftboard client hears hello first, a stock client hears only y-websocket frames', async () => {
    const relay = testRelay()
    const [ours, stock] = [relay.join(), relay.join({ stock: true })]
    stock.say({ type: 'update', update: writer().set('title', 'Plan') })
    await relay.settle()
    expect(ours.frames.map(frame => frame.type).slice(0, 3)).toEqual(['hello', 'syncStep1', 'ack'])
    expect(stock.frames.map(frame => frame.type)).toEqual(['syncStep1'])
  })
})

describe('changes (rules 9 and 10)', () => {
  test('all that arrives in one tick is one append and one publish', async () => {
    const { log, watch } = watchedLog()
    const relay = testRelay({ log, clock: watch.clock })
    const writers = [relay.join(), relay.join(), relay.join()]
    const reader = relay.join()
    reader.say({ type: 'syncStep1', stateVector: NOTHING })
    await relay.settle()
    writers.forEach((client, at) => {
      const ink = writer()
      client.say({ type: 'update', update: ink.set(`a${at}`, at) })
      client.say({ type: 'update', update: ink.set(`b${at}`, at) })
    })
    await relay.settle()
    expect(watch.appended).toHaveLength(1)
    expect(reader.got('update')).toHaveLength(1)
    expect(contentOf(reader)).toEqual({ a0: 0, b0: 0, a1: 1, b1: 1, a2: 2, b2: 2 })
    expect(writers.map(client => client.got('ack').at(-1)?.frames)).toEqual([2, 2, 2])
  })

  test('on a quiet board a change goes out at once, on a busy one with all that came within a frame', async () => {
    const clock = fakeClock()
    const relay = testRelay({ clock })
    const [ann, ben] = [relay.join(), relay.join()]
    ben.say({ type: 'syncStep1', stateVector: NOTHING })
    await relay.settle()
    const ink = writer()
    const say = (n: number) => ann.say({ type: 'update', update: ink.set('title', `Plan ${n}`) })
    say(1)
    await clock.settle(0)
    expect(ben.got('update')).toHaveLength(1)
    for (let n = 2; n <= 4; n += 1) {
      say(n)
      await clock.settle(4)
    }
    expect(ben.got('update')).toHaveLength(1)
    await clock.settle(5)
    expect(ben.got('update')).toHaveLength(2)
    expect(contentOf(ben)).toEqual({ title: 'Plan 4' })
    await clock.settle(20)
    say(5)
    await clock.settle(0)
    expect(ben.got('update')).toHaveLength(3)
  })

  test('the only writer of a tick is not sent its own change', async () => {
    const relay = testRelay()
    const [ann, ben] = [relay.join(), relay.join()]
    for (const client of [ann, ben]) client.say({ type: 'syncStep1', stateVector: NOTHING })
    await relay.settle()
    ann.say({ type: 'update', update: writer().set('title', 'Plan') })
    await relay.settle()
    expect(ann.got('update')).toHaveLength(0)
    expect(ben.got('update')).toHaveLength(1)
  })

  test('what a client sent just before it left, or was closed for something else, reaches the others', async () => {
    const relay = testRelay()
    const [ann, mallory, ben] = [relay.join(), relay.join(), relay.join()]
    ben.say({ type: 'syncStep1', stateVector: NOTHING })
    await relay.settle()
    ann.say({ type: 'update', update: writer().set('by Ann', 1) })
    ann.leave()
    await relay.settle()
    mallory.say({ type: 'update', update: writer().set('by Mallory', 2) })
    mallory.sayBytes(Uint8Array.of(99))
    await relay.settle()
    expect(contentOf(ben)).toEqual({ 'by Ann': 1, 'by Mallory': 2 })
  })

  test('a change is acknowledged only after the log has it', async () => {
    const clock = fakeClock()
    const relay = testRelay({ clock, log: new MemoryLog(clock, 1000) })
    const ann = relay.join()
    await relay.settle()
    ann.say({ type: 'update', update: writer().set('title', 'Plan') })
    await clock.settle(900)
    expect(ann.got('ack').map(ack => ack.frames)).toEqual([0])
    await clock.settle(200)
    expect(ann.got('ack').map(ack => ack.frames)).toEqual([0, 1])
  })

  test('a change that the relay knows already is acknowledged after the append that first brought it', async () => {
    const clock = fakeClock()
    const relay = testRelay({ clock, log: new MemoryLog(clock, 1000) })
    const [ann, ben] = [relay.join(), relay.join()]
    await relay.settle()
    const update = writer().set('title', 'Plan')
    ann.say({ type: 'update', update })
    await clock.settle(500)
    ben.say({ type: 'update', update })
    await clock.settle(400)
    expect(ben.got('ack').map(ack => ack.frames)).toEqual([0])
    await clock.settle(450)
    expect(ben.got('ack').map(ack => ack.frames)).toEqual([0, 1])
  })

  test('an append that fails closes everybody with 4503 and acknowledges nothing, and a later room can store', async () => {
    const { log, watch } = watchedLog()
    const relay = testRelay({ log, clock: watch.clock })
    const [ann, ben] = [relay.join(), relay.join()]
    await relay.settle()
    watch.failAppend = true
    const ink = writer()
    ann.say({ type: 'update', update: ink.set('title', 'Plan') })
    await relay.settle()
    expect([ann.closeCode, ben.closeCode]).toEqual([CLOSE.unavailable, CLOSE.unavailable])
    expect(ann.got('ack').map(ack => ack.frames)).toEqual([0])
    watch.failAppend = false
    const again = relay.join()
    again.say({ type: 'syncStep2', update: Y.encodeStateAsUpdate(ink.doc) })
    await relay.settle()
    expect(again.got('ack').at(-1)?.frames).toBe(1)
  })

  test('a long log is merged into one record that still holds the board', async () => {
    const { log, watch } = watchedLog()
    const relay = testRelay({ log, clock: watch.clock })
    const ann = relay.join()
    await relay.settle()
    const ink = writer()
    for (let at = 0; at < 4; at += 1) {
      ann.say({ type: 'update', update: ink.set(`page${at}`, `${at}`.repeat(100_000)) })
      await relay.settle()
    }
    expect(watch.compacted).toBeGreaterThan(0)
    expect((await log.open(BOARD)).records.length).toBeLessThan(4)
    const after = testRelay({ log, clock: watch.clock })
    const ben = after.join()
    ben.say({ type: 'syncStep1', stateVector: NOTHING })
    await after.settle()
    expect(contentOf(ben)).toEqual(ink.doc.getMap('meta').toJSON())
  })
})
