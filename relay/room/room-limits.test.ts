import { describe, expect, test } from 'vitest'
import { encodeAwareness } from '../../shared/protocol/awareness.ts'
import { CLOSE } from '../../shared/protocol/close.ts'
import {
  type Client,
  contentOf,
  DROPPED,
  NOTHING,
  type TestRelay,
  testRelay,
  writer,
} from './room.testing.ts'

const presence = (client: number, state: string) => encodeAwareness([{ client, clock: 1, state }])

describe('limits (rules 13 and 25)', () => {
  test('one more than a board takes is closed with 4508, nobody else notices, and a place that is left is free', async () => {
    const relay = testRelay({ limits: { connectionsPerRoom: 2 } })
    const [ann, ben, late] = [relay.join(), relay.join(), relay.join()]
    await relay.settle()
    expect([ann.closeCode, ben.closeCode, late.closeCode]).toEqual([null, null, CLOSE.crowded])
    expect(late.frames).toMatchObject([{ type: 'rejected', code: CLOSE.crowded }])
    late.leave()
    ben.leave()
    expect(relay.join().closeCode).toBe(null)
    expect(relay.join({ board: 'another-board-here' }).closeCode).toBe(null)
  })

  test('more messages a second than allowed close the sender with 4509, and what it sent before stays', async () => {
    const relay = testRelay({ limits: { messagesPerSecond: 10 } })
    const [mallory, ben] = [relay.join(), relay.join()]
    ben.say({ type: 'syncStep1', stateVector: NOTHING })
    await relay.settle()
    const ink = writer()
    for (let at = 0; at < 100; at += 1) mallory.say({ type: 'update', update: ink.set('count', at) })
    await relay.settle()
    expect(mallory.closeCode).toBe(CLOSE.tooFast)
    expect(mallory.got('rejected')).toMatchObject([{ code: CLOSE.tooFast }])
    expect(contentOf(ben)).toEqual({ count: 39 })
    expect(ben.closeCode).toBe(null)
  })

  test('a client at its rate is never closed, however long it stays, and may catch up after a pause', async () => {
    const relay = testRelay({ limits: { messagesPerSecond: 10 } })
    const ann = relay.join()
    const ink = writer()
    for (let second = 0; second < 60; second += 1) {
      for (let at = 0; at < 10; at += 1) ann.say({ type: 'update', update: ink.set('count', second) })
      await relay.clock.settle(1_000)
    }
    await relay.clock.settle(4_000)
    for (let at = 0; at < 40; at += 1) ann.say({ type: 'update', update: ink.set('count', at) })
    await relay.settle()
    expect(ann.closeCode).toBe(null)
    expect(ann.got('ack').at(-1)?.frames).toBe(640)
  })

  test('a whole board may come at once, and no more than the rate after it', async () => {
    const limits = { documentBytes: 100_000, frameBytes: 10_000, bytesPerSecond: 1_000 }
    const relay = testRelay({ limits })
    const ann = relay.join()
    await relay.settle()
    const page = (at: number) => writer().set(`page${at}`, 'x'.repeat(9_000))
    for (let at = 0; at < 12; at += 1) ann.say({ type: 'update', update: page(at) })
    await relay.settle()
    expect(ann.closeCode).toBe(null)
    ann.say({ type: 'update', update: page(12) })
    await relay.settle()
    expect(ann.closeCode).toBe(CLOSE.tooFast)
    expect(ann.got('ack').at(-1)?.frames).toBe(12)
  })

  test('presence over the limit closes its sender with 4413 and nobody sees it', async () => {
    const relay = testRelay({ limits: { presenceBytes: 1_000 } })
    const [mallory, ben] = [relay.join(), relay.join()]
    await relay.settle()
    mallory.say({ type: 'awareness', update: presence(1, JSON.stringify('x'.repeat(1_000))) })
    await relay.settle()
    expect([mallory.closeCode, ben.closeCode]).toEqual([CLOSE.tooLarge, null])
    expect(ben.got('awareness')).toEqual([])
  })

  test('a frame that names more clients than the board could have, or of more bytes than they could have, closes with 4413', async () => {
    const relay = testRelay({ limits: { presenceBytes: 1_000, connectionsPerRoom: 10 } })
    const crowd = (count: number, state: string) =>
      encodeAwareness(Array.from({ length: count }, (_, client) => ({ client, clock: 1, state })))
    const say = (update: Uint8Array) => {
      const client = relay.join()
      client.say({ type: 'awareness', update })
      return client
    }
    await relay.settle()
    const [many, large, fair] = [
      say(crowd(57, '1')),
      say(crowd(55, JSON.stringify('x'.repeat(900)))),
      say(crowd(56, '1')),
    ]
    await relay.settle()
    expect([many.closeCode, large.closeCode, fair.closeCode]).toEqual([CLOSE.tooLarge, CLOSE.tooLarge, null])
  })

  test('a frame that names many, each within the limit, is taken, as far as one connection may vouch for others', async () => {
    const relay = testRelay({ limits: { presenceBytes: 1_000 } })
    const [ann, ben] = [relay.join(), relay.join()]
    await relay.settle()
    const crowd = Array.from({ length: 10 }, (_, client) => ({
      client,
      clock: 1,
      state: JSON.stringify('x'.repeat(900)),
    }))
    ann.say({ type: 'awareness', update: encodeAwareness(crowd) })
    await relay.settle()
    expect(ann.closeCode).toBe(null)
    expect(ben.got('awareness')[0]?.update.length).toBeGreaterThan(3_000)
    expect(ben.got('awareness')[0]?.update.length).toBeLessThan(5_000)
  })
})

describe('clients that ask for a board and take none of it', () => {
  const limits = { congestedBytes: 1_000, totalBacklogBytes: 260_000 }

  /** Asks a board of 50 KB, and reads the answer if `reads`. */
  function ask(relay: TestRelay, reads: boolean): Client {
    const client = relay.join()
    client.stalled = !reads
    client.say({ type: 'syncStep1', stateVector: NOTHING })
    client.session.drained()
    return client
  }

  test('are cut off, who waits longest first, when they hold more than all together may; who reads is not', async () => {
    const relay = testRelay({ limits })
    relay.join().say({ type: 'update', update: writer().set('page', 'x'.repeat(50_000)) })
    await relay.settle()
    const [reader, ...stuck] = [true, false, false, false, false, false, false, false].map(reads =>
      ask(relay, reads),
    )
    expect(stuck.map(client => client.closeCode)).toEqual([DROPPED, DROPPED, null, null, null, null, null])
    expect(reader?.closeCode).toBe(null)
  })

  test('make room by leaving, or by reading at last', async () => {
    const relay = testRelay({ limits })
    relay.join().say({ type: 'update', update: writer().set('page', 'x'.repeat(50_000)) })
    await relay.settle()
    for (let round = 0; round < 10; round += 1) {
      const [one, other] = [ask(relay, false), ask(relay, false)]
      other.stalled = false
      other.waiting = 0
      other.session.drained()
      one.leave()
      expect([one.closeCode, other.closeCode]).toEqual([null, null])
    }
  })
})

describe('a client that takes nothing (rules 13 and 25)', () => {
  /** What somebody who draws and somebody who looks on receive, and when, beside `others` that may be stuck. */
  async function course(others: number) {
    const relay = testRelay({ limits: { backlogBytes: 100_000, congestedBytes: 10_000 } })
    const times: number[] = []
    const stuck = Array.from({ length: others }, () => relay.join())
    const [ann, ben] = [relay.join(), relay.join()]
    for (const client of [...stuck, ann, ben]) client.say({ type: 'syncStep1', stateVector: NOTHING })
    await relay.settle()
    for (const client of stuck) client.stalled = true
    const ink = writer()
    for (let at = 0; at < 200; at += 1) {
      const before = ben.frames.length
      ann.say({ type: 'update', update: ink.set(`page${at % 7}`, `${at}`.padEnd(3_000)) })
      ann.say({
        type: 'awareness',
        update: encodeAwareness([{ client: 7, clock: at, state: `{"x":${at}}` }]),
      })
      await relay.clock.settle(20)
      times.push(ben.frames.length - before)
    }
    const seen = (client: Client) => client.frames.map(frame => frame.type).join()
    return { stuck, heard: [seen(ann), seen(ben)], times, content: contentOf(ben), relay }
  }

  test('costs the others nothing: they receive the same frames at the same times as without it', async () => {
    const alone = await course(0)
    const beside = await course(20)
    expect(beside.heard).toEqual(alone.heard)
    expect(beside.times).toEqual(alone.times)
    expect(beside.content).toEqual(alone.content)
  })

  test('gets no presence once it lags, then is closed with 4529, and never holds more than the backlog and a look', async () => {
    const { stuck } = await course(3)
    for (const client of stuck) {
      expect(client.closeCode).toBe(CLOSE.tooSlow)
      expect(client.waiting).toBeLessThan(100_000 + 64 * 1024 + 10_000)
      const presences = client.frames.flatMap((frame, at) => (frame.type === 'awareness' ? [at] : []))
      const documents = client.frames.flatMap((frame, at) => (frame.type === 'update' ? [at] : []))
      expect(documents.length).toBeGreaterThan(presences.length)
      expect(documents.at(-1)).toBeGreaterThan(presences.at(-1) ?? -1)
    }
  })
})
