import { describe, expect, test } from 'vitest'
import { CLOSE } from '../../shared/protocol/close.ts'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { MemoryLog } from '../storage/memory-log.ts'
import type { UpdateLog } from '../storage/update-log.ts'
import { contentOf, NOTHING, testRelay, writer } from './room.testing.ts'

describe('ending', () => {
  test('a room without sessions leaves memory after the delay, and somebody who comes before it does keeps it', async () => {
    const relay = testRelay({ limits: { idleEvictMs: 5000 } })
    relay.join().leave()
    await relay.settle()
    await relay.clock.settle(4900)
    const ann = relay.join()
    await relay.clock.settle(10_000)
    expect(relay.rooms.count).toBe(1)
    ann.leave()
    await relay.clock.settle(5100)
    expect(relay.rooms.count).toBe(0)
    expect(relay.clock.waiting).toBe(0)
  })

  test('a room is not evicted before everything in it is durable', async () => {
    const clock = fakeClock()
    const relay = testRelay({ clock, log: new MemoryLog(clock, 60_000), limits: { idleEvictMs: 1000 } })
    const ann = relay.join()
    await relay.settle()
    ann.say({ type: 'update', update: writer().set('title', 'Plan') })
    ann.leave()
    await clock.settle(30_000)
    expect(relay.rooms.count).toBe(1)
    // Then it is snapshotted, and trimming the log takes as long.
    await clock.settle(91_000)
    expect(relay.rooms.count).toBe(0)
  })

  test('an evicted board is there again for the next to come', async () => {
    const relay = testRelay({ limits: { idleEvictMs: 1000 } })
    const ann = relay.join()
    ann.say({ type: 'update', update: writer().set('title', 'Plan') })
    await relay.settle()
    ann.leave()
    await relay.clock.settle(2000)
    expect(relay.rooms.count).toBe(0)
    const ben = relay.join()
    ben.say({ type: 'syncStep1', stateVector: NOTHING })
    await relay.settle()
    expect(contentOf(ben)).toEqual({ title: 'Plan' })
  })

  test('the next room of a board opens its log only when the last has no write under way', async () => {
    const clock = fakeClock()
    const writes: { done: () => void; fail: (error: Error) => void }[] = []
    let opened = 0
    const append = () => new Promise<void>((done, fail) => writes.push({ done, fail }))
    const log: UpdateLog = {
      async open() {
        opened += 1
        const size = { tail: 0, tailBytes: 0, mergedBytes: 0 }
        return { records: [], log: { size, isSettled: false, append, compact: append, settle: append } }
      },
      boards: async () => [],
      probe: async () => undefined,
      close: async () => undefined,
    }
    const relay = testRelay({ clock, log })
    const ann = relay.join()
    await relay.settle()
    const ink = writer()
    ann.say({ type: 'update', update: ink.set('a', 1) })
    await relay.settle()
    ann.say({ type: 'update', update: ink.set('b', 2) })
    await relay.settle()
    writes[0]?.fail(new Error('The disk is full.'))
    await relay.settle()
    expect(ann.closeCode).toBe(CLOSE.unavailable)
    const ben = relay.join()
    await relay.settle()
    expect(opened).toBe(1)
    writes[1]?.done()
    await relay.settle()
    expect(opened).toBe(2)
    expect(ben.closeCode).toBe(null)
  })

  test('closing stores and acknowledges what has arrived before it closes anybody', async () => {
    const clock = fakeClock()
    const relay = testRelay({ clock, log: new MemoryLog(clock, 500) })
    const ann = relay.join()
    await relay.settle()
    ann.say({ type: 'update', update: writer().set('title', 'Plan') })
    let closed = false
    void relay.rooms.close().then(() => {
      closed = true
    })
    await clock.settle(400)
    expect([closed, ann.closeCode]).toEqual([false, null])
    await clock.settle(200)
    expect(ann.closeCode).toBe(CLOSE.goingAway)
    expect(ann.got('ack').at(-1)?.frames).toBe(1)
    await clock.settle(1_000)
    expect(closed).toBe(true)
    expect(clock.waiting).toBe(0)
  })
})
