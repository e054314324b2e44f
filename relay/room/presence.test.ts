import { afterEach, describe, expect, test } from 'vitest'
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { decodeAwareness, encodeAwareness } from '../../shared/protocol/awareness.ts'
import { PRESENCE_TIMEOUT, Presence } from './presence.ts'
import { type Client, testRelay } from './room.testing.ts'

const entry = (client: number, clock: number, state = '{}') => ({ client, clock, state })
const clientsOf = (presence: Presence) => presence.all().map(({ client }) => client)

describe('who is present (rules 14 and 15)', () => {
  test('a connection that closes takes the client that it claimed with it', () => {
    const presence = new Presence(1_000_000)
    const [ann, ben] = [{}, {}]
    presence.apply(ann, [entry(1, 1)], 0)
    presence.apply(ben, [entry(2, 1)], 0)
    expect(presence.leave(ann, 0)).toEqual([1])
    expect(clientsOf(presence)).toEqual([2])
  })

  test('an echo of others does not make them leave with the one who echoed', () => {
    const presence = new Presence(1_000_000)
    const [ann, ben] = [{}, {}]
    presence.apply(ann, [entry(1, 1)], 0)
    presence.apply(ben, [entry(2, 1)], 0)
    presence.apply(ben, [entry(1, 1), entry(2, 1)], 0)
    expect(presence.leave(ben, 0)).toEqual([2])
  })

  test('news of somebody that a peer brought first does not make them leave with that peer', () => {
    const presence = new Presence(1_000_000)
    const [ann, ben] = [{}, {}]
    presence.apply(ben, [entry(2, 1)], 0)
    presence.apply(ben, [entry(1, 1)], 0)
    presence.apply(ann, [entry(1, 1)], 0)
    presence.apply(ben, [entry(1, 2)], 0)
    expect(presence.leave(ben, 0)).toEqual([2])
    expect(presence.leave(ann, 0)).toEqual([1])
  })

  test('the old connection of somebody who reconnected does not remove them when it ends at last', () => {
    const presence = new Presence(1_000_000)
    const [old, fresh] = [{}, {}]
    presence.apply(old, [entry(1, 1)], 0)
    presence.apply(fresh, [entry(1, 1)], 0)
    expect(presence.leave(old, 0)).toEqual([])
    expect(clientsOf(presence)).toEqual([1])
  })

  test('a late echo does not bring back somebody who left', () => {
    const presence = new Presence(1_000_000)
    const [ann, ben] = [{}, {}]
    presence.apply(ann, [entry(1, 5)], 0)
    presence.apply(ben, [entry(2, 1)], 0)
    presence.leave(ann, 0)
    expect(presence.apply(ben, [entry(1, 5)], 0)).toEqual({ changed: [], stale: [] })
    expect(clientsOf(presence)).toEqual([2])
  })

  test('one connection cannot have the departures of ever more clients remembered, until they are forgotten', () => {
    const presence = new Presence(1_000_000)
    const ann = {}
    const comeAndGo = (from: number, now: number) => {
      for (let client = from; client < from + 10_000; client += 1) {
        presence.apply(ann, [entry(client, 1), entry(client, 2, 'null')], now)
      }
      const known = Array.from({ length: 10_000 }, (_, at) => from + at)
      return presence.entriesOf(known).length
    }
    expect(comeAndGo(1, 0)).toBeLessThan(1_000)
    expect(comeAndGo(20_000, 1)).toBe(0)
    presence.sweep(120_000)
    expect(comeAndGo(40_000, 120_000)).toBeGreaterThan(0)
  })

  test('somebody who does not renew is gone after the time-out, one who does is not', () => {
    const presence = new Presence(1_000_000)
    presence.apply({}, [entry(1, 1)], 0)
    presence.apply({}, [entry(2, 1)], 0)
    presence.apply({}, [entry(2, 2)], PRESENCE_TIMEOUT - 1)
    expect(presence.sweep(PRESENCE_TIMEOUT)).toEqual([1])
    expect(clientsOf(presence)).toEqual([2])
  })

  test('the clocks of those who left are forgotten in the end', () => {
    const presence = new Presence(1_000_000)
    const ann = {}
    presence.apply(ann, [entry(1, 1)], 0)
    presence.leave(ann, 0)
    expect(presence.isEmpty).toBe(false)
    presence.sweep(60_001)
    expect(presence.isEmpty).toBe(true)
  })

  test('one connection cannot fill a board with people', () => {
    const presence = new Presence(1_000_000)
    const crowd = Array.from({ length: 5000 }, (_, client) => entry(client, 1))
    presence.apply({}, crowd, 0)
    expect(clientsOf(presence).length).toBeLessThanOrEqual(64)
  })
})

describe('presence on the wire (rules 14 to 16)', () => {
  const made: Awareness[] = []
  afterEach(() => {
    for (const awareness of made.splice(0)) awareness.destroy()
  })

  /** Somebody with y-protocols' own awareness, wired to the relay as y-websocket does. */
  function person(client: Client, name: string): Awareness {
    const awareness = new Awareness(new Y.Doc())
    made.push(awareness)
    awareness.setLocalState({ name })
    const tell = () => say(client, encodeAwarenessUpdate(awareness, [awareness.clientID]))
    tell()
    awareness.on('update', ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>) =>
      say(client, encodeAwarenessUpdate(awareness, [...added, ...updated, ...removed])),
    )
    return awareness
  }

  const say = (client: Client, update: Uint8Array) => client.say({ type: 'awareness', update })

  /** Applies what a client received since the last call. */
  function hear(client: Client, awareness: Awareness): void {
    for (const frame of client.frames.splice(0)) {
      if (frame.type === 'awareness') applyAwarenessUpdate(awareness, frame.update, 'relay')
    }
  }

  const namesSeen = (awareness: Awareness) =>
    [...awareness.getStates().values()].map(state => state.name).sort()

  test('people see each other, whoever came first, and a departure at once', async () => {
    const relay = testRelay()
    const [a, b] = [relay.join(), relay.join()]
    const ann = person(a, 'Ann')
    await relay.settle()
    const ben = person(b, 'Ben')
    await relay.settle()
    hear(a, ann)
    hear(b, ben)
    expect([namesSeen(ann), namesSeen(ben)]).toEqual([
      ['Ann', 'Ben'],
      ['Ann', 'Ben'],
    ])
    b.leave()
    await relay.settle()
    hear(a, ann)
    expect(namesSeen(ann)).toEqual(['Ann'])
  })

  test('what is said within a tick reaches others in one frame with the last word of each', async () => {
    const relay = testRelay()
    const [a, b, c] = [relay.join(), relay.join(), relay.join()]
    await relay.settle()
    for (let clock = 1; clock <= 10; clock += 1) {
      say(a, encodeAwareness([{ client: 1, clock, state: `{"x":${clock}}` }]))
      say(b, encodeAwareness([{ client: 2, clock, state: `{"x":${clock}}` }]))
    }
    await relay.settle()
    const heard = c.got('awareness').map(frame => decodeAwareness(frame.update))
    expect(heard).toEqual([[entry(1, 10, '{"x":10}'), entry(2, 10, '{"x":10}')]])
  })

  test('a stock client alone on a board hears its own renewals, which keep its connection alive', async () => {
    const relay = testRelay()
    const alone = relay.join({ stock: true })
    person(alone, 'Ann')
    await relay.settle()
    expect(alone.got('awareness')).toHaveLength(1)
  })

  test('somebody who comes back with an old clock is seen again at once', async () => {
    const relay = testRelay()
    const [a, b] = [relay.join(), relay.join()]
    const ann = person(a, 'Ann')
    const ben = person(b, 'Ben')
    await relay.settle()
    a.leave()
    await relay.settle()
    hear(b, ben)
    expect(namesSeen(ben)).toEqual(['Ben'])
    const again = relay.join()
    await relay.settle()
    ann.on('update', () => say(again, encodeAwarenessUpdate(ann, [ann.clientID])))
    say(again, encodeAwarenessUpdate(ann, [ann.clientID]))
    hear(again, ann)
    await relay.settle()
    hear(b, ben)
    expect(namesSeen(ben)).toEqual(['Ann', 'Ben'])
  })

  test('somebody whose connection stays open but says nothing vanishes for the others', async () => {
    const relay = testRelay()
    const [a, b] = [relay.join(), relay.join()]
    say(a, encodeAwareness([entry(1, 1)]))
    await relay.settle()
    await relay.clock.settle(PRESENCE_TIMEOUT + 5000)
    const last = b.got('awareness').at(-1)
    expect(last && decodeAwareness(last.update)).toEqual([entry(1, 1, 'null')])
  })
})
