import { afterEach, describe, expect, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { encodeFrame } from '../../shared/protocol/frame.ts'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { RelayLink, type RelayState } from './relay-link.ts'
import { type End, SimNet } from './sim/sim-net.ts'
import { SimRelay } from './sim/sim-relay.ts'
import { type Accept, simWebSocket } from './sim/sim-socket.ts'
import { Trace } from './sim/trace.ts'

const BOARD = 'relay-link-test-board'

/** ms in which any message has arrived and any answer too. */
const A_WHILE = 1_000

const links: RelayLink[] = []

afterEach(() => {
  for (const link of links.splice(0)) link.destroy()
})

/** The real relay rooms at the other end of a simulated network. */
function world(frameBytes?: number) {
  const clock = fakeClock(1_000)
  const random = seededRandom(3)
  const net = new SimNet(clock, random, new Trace())
  const relay = new SimRelay({ net, clock, writeDelay: 100, ...(frameBytes && { frameBytes }) })
  relay.start()
  return { clock, random, net, relay, accept: relay.accept.bind(relay) as Accept }
}

function client(
  { clock, random, net, accept }: ReturnType<typeof world>,
  name = 'a',
  takes: Accept = accept,
) {
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  const WebSocket = simWebSocket(net, name, takes)
  const link = new RelayLink({
    doc,
    boardId: BOARD,
    url: 'ws://relay/sync',
    awareness,
    clock,
    random,
    WebSocket,
  })
  links.push(link)
  const seen: RelayState[] = []
  link.subscribe(state => seen.push(state))
  return { doc, awareness, link, seen, shapes: doc.getMap<unknown>('shapes') }
}

describe('the link to the relay', () => {
  test('goes through connecting and syncing to synced, and is durable once the relay says so', async () => {
    const here = world()
    const { link, seen, shapes } = client(here)
    shapes.set('drawn offline', 1)
    expect(link.state).toEqual({ at: 'offline' })
    link.connect()
    await here.clock.settle(A_WHILE)
    expect(seen.map(state => (state.at === 'synced' ? state.durable : state.at))).toEqual([
      'connecting',
      'syncing',
      false,
      true,
    ])
    expect(here.relay.onDisk.getMap('shapes').toJSON()).toEqual({ 'drawn offline': 1 })
    expect(link.hello.state?.role).toBe('editor')
  })

  test('is not durable from a change on until that very change is on disk, a pure deletion included', async () => {
    const here = world()
    const { link, shapes } = client(here)
    shapes.set('a', 1)
    link.connect()
    await here.clock.settle(A_WHILE)
    shapes.delete('a')
    expect(link.state).toEqual({ at: 'synced', durable: false })
    await here.clock.settle(90)
    expect(link.state).toEqual({ at: 'synced', durable: false })
    await here.clock.settle(A_WHILE)
    expect(link.state).toEqual({ at: 'synced', durable: true })
    expect(here.relay.onDisk.getMap('shapes').toJSON()).toEqual({})
  })

  test('that is lost comes back by itself and brings what was drawn meanwhile', async () => {
    const here = world()
    const { link, shapes } = client(here)
    link.connect()
    await here.clock.settle(A_WHILE)
    here.relay.crash()
    await here.clock.settle(2_000)
    shapes.set('meanwhile', 1)
    expect(['offline', 'connecting']).toContain(link.state.at)
    here.relay.start()
    await here.clock.settle(16_000)
    expect(link.state).toEqual({ at: 'synced', durable: true })
    expect(here.relay.onDisk.getMap('shapes').toJSON()).toEqual({ meanwhile: 1 })
  })

  test('waits longer after each failure, says when it tries again, and tries at once when it is told to', async () => {
    const here = world()
    here.relay.crash()
    const { link, seen } = client(here)
    link.connect()
    await here.clock.settle(120_000)
    const waits: number[] = []
    for (const state of seen) if (state.at === 'offline') waits.push(state.retryAt ?? 0)
    const gaps = waits.slice(1).map((at, i) => at - (waits[i] as number))
    expect(gaps.slice(0, 3).every(gap => gap < 3_000)).toBe(true)
    expect(Math.max(...gaps)).toBeGreaterThan(7_500)
    expect(Math.max(...gaps)).toBeLessThan(16_000)
    here.relay.start()
    while (link.state.at !== 'offline') await here.clock.settle(100)
    link.connect()
    expect(link.state.at).toBe('connecting')
    await here.clock.settle(A_WHILE)
    expect(link.state.at).toBe('synced')
  })

  test('gives up on a host that never answers and tries again', async () => {
    const here = world()
    const { link } = client({ ...here, net: { dial: () => {} } as unknown as SimNet })
    link.connect()
    await here.clock.settle(9_900)
    expect(link.state.at).toBe('connecting')
    await here.clock.settle(200)
    expect(link.state.at).toBe('offline')
  })

  test('says that it was refused, with the relay’s reason, and does not come back', async () => {
    const here = world()
    let dials = 0
    const refusing: Accept = end => {
      dials += 1
      end.send(encodeFrame({ type: 'rejected', code: 4403, reason: 'This board is private.' }))
      end.close(4403, 'private')
      return true
    }
    const { link } = client(here, 'a', refusing)
    link.connect()
    await here.clock.settle(60_000)
    expect(link.state).toEqual({ at: 'refused', code: 4403, reason: 'This board is private.' })
    link.connect()
    await here.clock.settle(60_000)
    expect(dials).toBe(1)
  })

  test('that the relay closed for being too slow comes back', async () => {
    const here = world()
    let first = true
    const slow: Accept = (end: End, ...rest) => {
      if (!first) return here.accept(end, ...rest)
      first = false
      end.close(4529, 'too slow')
      return true
    }
    const { link } = client(here, 'a', slow)
    link.connect()
    await here.clock.settle(3_000)
    expect(link.state).toEqual({ at: 'synced', durable: true })
  })

  test('offers a peer’s change that had waited for one of the relay’s', async () => {
    const here = world()
    const source = new Y.Doc()
    source.getMap('shapes').set('first', 1)
    const first = Y.encodeStateAsUpdate(source)
    source.getMap('shapes').set('second', 2)
    const second = Y.encodeStateAsUpdate(source, Y.encodeStateVectorFromUpdate(first))
    const [a, b] = [client(here, 'a'), client(here, 'b')]
    for (const { link } of [a, b]) link.connect()
    await here.clock.settle(A_WHILE)
    Y.applyUpdate(a.doc, second, 'a peer')
    Y.applyUpdate(b.doc, first, 'a peer')
    await here.clock.settle(A_WHILE)
    expect(here.relay.onDisk.getMap('shapes').toJSON()).toEqual({ first: 1, second: 2 })
    expect(b.shapes.toJSON()).toEqual({ first: 1, second: 2 })
  })

  test('shows others again as soon as it is back, though their presence has not changed', async () => {
    const here = world()
    const [a, b] = [client(here, 'a'), client(here, 'b')]
    b.awareness.setLocalState({ seq: 5 })
    for (const { link } of [a, b]) link.connect()
    await here.clock.settle(A_WHILE)
    expect(a.awareness.getStates().get(b.doc.clientID)).toEqual({ seq: 5 })
    here.net.cut(from => from === 'a')
    while (a.link.state.at === 'synced') await here.clock.settle(50)
    expect(a.awareness.getStates().has(b.doc.clientID)).toBe(false)
    await here.clock.settle(3_000)
    expect(a.awareness.getStates().get(b.doc.clientID)).toEqual({ seq: 5 })
  })

  test('survives that Yjs changes the client id, which a hostile peer can bring about', async () => {
    const here = world()
    const { doc, link, shapes } = client(here)
    const thief = new Y.Doc()
    thief.clientID = doc.clientID
    thief.getMap('shapes').set('stolen', 1)
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(thief), 'a peer')
    expect(doc.clientID).not.toBe(thief.clientID)
    shapes.set('mine', 2)
    link.connect()
    await here.clock.settle(A_WHILE)
    expect(link.state).toEqual({ at: 'synced', durable: true })
    expect(() => link.destroy()).not.toThrow()
  })

  test('brings a board that is larger than any frame the relay takes, in frames that it takes', async () => {
    const here = world(20_000)
    const { link, shapes, doc } = client(here)
    doc.transact(() => {
      for (let i = 0; i < 50; i += 1) shapes.set(`offline ${i}`, new Uint8Array(3_000))
    })
    link.connect()
    await here.clock.settle(A_WHILE)
    expect(link.state).toEqual({ at: 'synced', durable: true })
    doc.transact(() => {
      for (let i = 0; i < 50; i += 1) shapes.set(`imported ${i}`, new Uint8Array(3_000))
      shapes.delete('offline 0')
    })
    expect(link.state).toEqual({ at: 'synced', durable: false })
    await here.clock.settle(A_WHILE)
    expect(link.state).toEqual({ at: 'synced', durable: true })
    expect(here.relay.onDisk.getMap('shapes').toJSON()).toEqual(shapes.toJSON())
    expect(shapes.size).toBe(99)
  })

  test('says that one thing is larger than the relay takes, sends it not once, and the board works on', async () => {
    const here = world(20_000)
    const { link, shapes, seen } = client(here)
    link.connect()
    await here.clock.settle(A_WHILE)
    shapes.set('huge', new Uint8Array(30_000))
    expect(link.state).toMatchObject({ at: 'refused', code: 4413 })
    expect(link.state).toHaveProperty('reason', expect.stringContaining('stays on this device'))
    shapes.set('later', 1)
    await here.clock.settle(60_000)
    expect(link.state.at).toBe('refused')
    expect(seen.at(-1)?.at).toBe('refused')
    expect(here.net.connects('a', 'relay')).toBe(false)
    expect(here.relay.onDisk.getMap('shapes').size).toBe(0)
    expect(shapes.size).toBe(2)
  })

  test('that is destroyed waits for nothing and leaves the relay', async () => {
    const here = world()
    const { link, shapes } = client(here)
    link.connect()
    await here.clock.settle(A_WHILE)
    link.destroy()
    expect(here.net.connects('a', 'relay')).toBe(false)
    shapes.set('later', 1)
    await here.clock.settle(60_000)
    expect(here.net.connects('a', 'relay')).toBe(false)
    expect(here.relay.onDisk.getMap('shapes').toJSON()).toEqual({})
    expect(link.state).toEqual({ at: 'offline' })
  })
})
