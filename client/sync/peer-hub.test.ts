import { describe, expect, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { encodeAwareness } from '../../shared/protocol/awareness.ts'
import { addRectangle, addStrokes } from '../../shared/protocol/document.testing.ts'
import { checkIncoming } from '../../shared/protocol/document-gate.ts'
import { readUpdate } from '../../shared/protocol/incoming.ts'
import { type FakeClock, fakeClock } from '../../shared/testing/fake-clock.ts'
import { framesOf } from './chunks.ts'
import { PeerHub } from './peer-hub.ts'
import type { DirectChannel, LinkEnd, PeerLink } from './peer-link.ts'
import { encodePeerMessage, type PeerMessage } from './peer-message.ts'

interface Peer {
  readonly doc: Y.Doc
  readonly awareness: Awareness
  readonly hub: PeerHub
  readonly shapes: Y.Map<unknown>
  draw(id: string): void
  /** Draws so many bytes. */
  scribble(bytes: number): void
}

function peer(clock: FakeClock = fakeClock()): Peer {
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  const hub = new PeerHub({ doc, awareness, clock, onCount: () => {} })
  const shapes = doc.getMap<unknown>('shapes')
  return {
    doc,
    awareness,
    hub,
    shapes,
    draw: id => void addRectangle(doc, id),
    scribble: bytes => doc.transact(() => addStrokes(doc, 'large', bytes)),
  }
}

/** A wire whose frames arrive when it is pumped, so that a test sees what was sent and when. */
class Wire implements DirectChannel {
  bufferedAmount = 0
  readonly frames: Uint8Array<ArrayBuffer>[] = []
  ended: LinkEnd | undefined
  far: PeerLink | undefined

  send(frame: Uint8Array<ArrayBuffer>): void {
    this.frames.push(frame)
  }

  close(cause: LinkEnd): void {
    this.ended = cause
    this.far?.closed()
  }
}

interface Pair {
  readonly there: Wire
  readonly back: Wire
  readonly linkOfA: PeerLink
  /** Delivers until nothing is under way. Returns how many bytes went from a to b. */
  pump(): number
}

function connect(a: Peer, b: Peer): Pair {
  const [there, back] = [new Wire(), new Wire()]
  const linkOfA = a.hub.add(there)
  const linkOfB = b.hub.add(back)
  there.far = linkOfB
  back.far = linkOfA
  function pump(): number {
    let bytes = 0
    while (there.frames.length + back.frames.length > 0) {
      for (const frame of there.frames.splice(0)) {
        bytes += frame.length
        linkOfB.receive(frame)
      }
      for (const frame of back.frames.splice(0)) linkOfA.receive(frame)
    }
    return bytes
  }
  pump()
  return { there, back, linkOfA, pump }
}

function receive(link: PeerLink, message: PeerMessage): void {
  for (const frame of framesOf(encodePeerMessage(message))) link.receive(frame)
}

/** Sends what somebody wrote who cares for no rule. */
function plant(link: PeerLink, write: (doc: Y.Doc) => void): void {
  const doc = new Y.Doc()
  write(doc)
  receive(link, { type: 'update', update: Y.encodeStateAsUpdate(doc) })
}

/** Brings a change of somebody else, as the relay does. */
function hear({ doc }: Peer, id: string): void {
  const other = new Y.Doc()
  addRectangle(other, id)
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), 'the relay')
}

function relayUp(...peers: Peer[]): void {
  for (const { hub } of peers) hub.setRelayUp(true)
}

describe('peers that meet', () => {
  test('each gets what the other has, deletions included', () => {
    const [a, b] = [peer(), peer()]
    a.draw('mine')
    Y.applyUpdate(b.doc, Y.encodeStateAsUpdate(a.doc))
    b.draw('yours')
    a.shapes.delete('mine')
    connect(a, b)
    expect([...a.shapes.keys()]).toEqual(['yours'])
    expect([...b.shapes.keys()]).toEqual(['yours'])
  })

  test('a board of 3 MB arrives over a channel that is full most of the time', () => {
    const [a, b] = [peer(), peer()]
    const { there, linkOfA, pump } = connect(a, b)
    there.bufferedAmount = 2_000_000
    a.scribble(3_000_000)
    expect(pump()).toBe(0)
    there.bufferedAmount = 0
    linkOfA.drained()
    pump()
    expect(b.shapes.size).toBe(16)
  })

  test('a board larger than any message arrives in several', () => {
    const [a, b] = [peer(), peer()]
    a.scribble(20_000_000)
    connect(a, b)
    expect(b.shapes.size).toBe(101)
    expect(b.doc.store.pendingStructs).toBeNull()
  })
})

describe('what a peer sends on', () => {
  test('with the relay up at both ends, only what its own person wrote', () => {
    const [a, b] = [peer(), peer()]
    const { pump } = connect(a, b)
    relayUp(a, b)
    pump()
    hear(a, 'from-elsewhere')
    expect(pump()).toBe(0)
    a.draw('own')
    expect(pump()).toBeGreaterThan(0)
    expect(b.shapes.has('own')).toBe(true)
  })

  test.each(['its own', 'the other'] as const)(
    'when %s relay goes down: what was kept back, and all that is new',
    who => {
      const [a, b] = [peer(), peer()]
      const { pump } = connect(a, b)
      relayUp(a, b)
      pump()
      hear(a, 'kept-back')
      ;(who === 'its own' ? a : b).hub.setRelayUp(false)
      pump()
      expect(b.shapes.has('kept-back')).toBe(true)
      hear(a, 'new')
      pump()
      expect(b.shapes.has('new')).toBe(true)
    },
  )

  test('what builds on something that has not come yet is asked for again, with all that it builds on', () => {
    const [a, b] = [peer(), peer()]
    const { linkOfA, pump } = connect(a, b)
    b.draw('shape')
    const first = Y.encodeStateVector(b.doc)
    ;(b.shapes.get('shape') as Y.Map<unknown>).set('pos', [9, 9])
    receive(linkOfA, { type: 'update', update: Y.encodeStateAsUpdate(b.doc, first) })
    expect(a.shapes.size).toBe(0)
    expect(a.doc.store.pendingStructs).toBeNull()
    pump()
    expect(a.shapes.toJSON()).toEqual(b.shapes.toJSON())
  })

  test('a value that is replaced by one that cannot come yet stays until it does', () => {
    const [a, b] = [peer(), peer()]
    b.draw('shape')
    const { linkOfA } = connect(a, b)
    const before = Y.encodeStateVector(b.doc)
    b.draw('another')
    const missing = Y.encodeStateVector(b.doc)
    ;(b.shapes.get('shape') as Y.Map<unknown>).set('pos', [9, 9])
    expect(missing).not.toEqual(before)
    receive(linkOfA, { type: 'update', update: Y.encodeStateAsUpdate(b.doc, missing) })
    expect((a.shapes.get('shape') as Y.Map<unknown>).get('pos')).toEqual([1, 2])
  })
})

describe('presence over direct links', () => {
  test('is seen by the other, and gone when the link closes though nobody said goodbye', () => {
    const [a, b] = [peer(), peer()]
    const { linkOfA, there, pump } = connect(a, b)
    a.awareness.setLocalState({ seq: 1 })
    pump()
    expect(b.awareness.getStates().get(a.doc.clientID)).toEqual({ seq: 1 })
    there.far?.closed()
    expect(b.awareness.getStates().has(a.doc.clientID)).toBe(false)
    linkOfA.closed()
    expect(b.hub.count).toBe(0)
  })

  test('of somebody who comes back over a new link with an unchanged state is seen at once', () => {
    const [a, b] = [peer(), peer()]
    a.awareness.setLocalState({ seq: 1 })
    const { linkOfA, there } = connect(a, b)
    there.far?.closed()
    linkOfA.closed()
    connect(a, b)
    expect(b.awareness.getStates().get(a.doc.clientID)).toEqual({ seq: 1 })
  })

  test('waits while the channel is full, then the newest state goes out, once', () => {
    const [a, b] = [peer(), peer()]
    const { there, linkOfA, pump } = connect(a, b)
    there.bufferedAmount = 2_000_000
    a.draw('something-that-waits')
    for (let seq = 1; seq <= 100; seq += 1) a.awareness.setLocalState({ seq })
    there.bufferedAmount = 0
    linkOfA.drained()
    expect(there.frames).toHaveLength(2)
    pump()
    expect(b.awareness.getStates().get(a.doc.clientID)).toEqual({ seq: 100 })
  })

  test('a link whose peer does not answer a probe is closed, and one whose peer does stays', () => {
    const clock = fakeClock(1_000)
    const [a, here, gone] = [peer(clock), peer(clock), peer(clock)]
    const alive = connect(a, here)
    const dead = connect(a, gone)
    a.hub.probe()
    gone.draw('last-words')
    dead.pump()
    clock.advance(500)
    alive.pump()
    clock.advance(3_000)
    expect(alive.there.ended).toBeUndefined()
    expect(dead.there.ended).toBe('done')
    expect(a.hub.count).toBe(1)
  })
})

describe('a hostile peer', () => {
  const rubbish: readonly (readonly [string, (link: PeerLink, victim: Peer) => void])[] = [
    ['bytes that are no frame', link => link.receive(Uint8Array.of(9, 9, 9))],
    ['a message of an unknown type', link => link.receive(Uint8Array.of(0, 55))],
    ['a message that only a relay sends', link => link.receive(Uint8Array.of(0, 101, 1, 0))],
    [
      'an update that cannot be decoded',
      link => receive(link, { type: 'update', update: Uint8Array.of(9, 1, 255) }),
    ],
    ['a root type that no board has', link => plant(link, doc => doc.getMap('secrets').set('a', 1))],
    ['a root type as a list', link => plant(link, doc => doc.getArray('shapes').push([1]))],
    [
      'a shape that does not fit the schema',
      link => plant(link, doc => addRectangle(doc, 'planted', { pos: ['here', 'there'] })),
    ],
    [
      'what fits the schema but takes a shape its type',
      (link, victim) => {
        victim.draw('mine')
        const copy = new Y.Doc()
        Y.applyUpdate(copy, Y.encodeStateAsUpdate(victim.doc))
        ;(copy.getMap('shapes').get('mine') as Y.Map<unknown>).delete('type')
        receive(link, { type: 'update', update: Y.encodeStateAsUpdate(copy) })
      },
    ],
    ['a subdocument', link => plant(link, doc => doc.getMap('meta').set('doc', new Y.Doc()))],
    [
      'a state vector that cannot be decoded',
      link => receive(link, { type: 'syncStep1', stateVector: Uint8Array.of(200) }),
    ],
    [
      'presence that is not JSON',
      link =>
        receive(link, { type: 'awareness', update: encodeAwareness([{ client: 1, clock: 1, state: '{' }]) }),
    ],
    [
      'presence of a thousand made-up people',
      link => {
        const crowd = Array.from({ length: 1_000 }, (_, client) => ({
          client: client + 1,
          clock: 1,
          state: '{}',
        }))
        receive(link, { type: 'awareness', update: encodeAwareness(crowd) })
      },
    ],
  ]

  test.each(rubbish)('that sends %s is dropped, and nobody else', (_what, send) => {
    const [a, b, honest] = [peer(), peer(), peer()]
    const { linkOfA, there } = connect(a, b)
    const other = connect(a, honest)
    send(linkOfA, a)
    expect(there.ended).toBe('rubbish')
    // Else the relay would refuse it from the victim, now and ever after.
    const all = readUpdate(new Y.Doc(), Y.encodeStateAsUpdate(a.doc))
    expect(() => checkIncoming(new Y.Doc(), all, 'editor')).not.toThrow()
    expect(a.doc.share.has('secrets')).toBe(false)
    expect(a.hub.count).toBe(1)
    a.draw('still')
    other.pump()
    expect(honest.shapes.has('still')).toBe(true)
  })

  test('cannot speak for the person at this client', () => {
    const [a, b] = [peer(), peer()]
    a.awareness.setLocalState({ seq: 1 })
    const { linkOfA } = connect(a, b)
    const forged = [{ client: a.doc.clientID, clock: 99, state: '{"seq":99}' }]
    receive(linkOfA, { type: 'awareness', update: encodeAwareness(forged) })
    expect(a.awareness.getLocalState()).toEqual({ seq: 1 })
  })

  test('that takes nothing is dropped before it costs more than a bounded amount of memory', () => {
    const [a, b] = [peer(), peer()]
    const { there } = connect(a, b)
    there.bufferedAmount = 2_000_000
    for (let i = 0; i < 10 && !there.ended; i += 1) a.scribble(10_000_000)
    expect(there.ended).toBe('slow')
  })

  test('is not blamed for an error of our own observer', async () => {
    const [a, b] = [peer(), peer()]
    const { there, pump } = connect(a, b)
    const thrown = new Promise(resolve => process.once('uncaughtException', resolve))
    a.shapes.observe(() => {
      throw new Error('a bug of ours')
    })
    b.draw('fine')
    pump()
    expect(there.ended).toBeUndefined()
    expect(a.shapes.has('fine')).toBe(true)
    expect(await thrown).toMatchObject({ message: 'a bug of ours' })
  })
})

describe('what peers confirm', () => {
  /** A's own changes, counted as TabLink does. */
  function counted(clock: FakeClock) {
    const doc = new Y.Doc()
    const awareness = new Awareness(doc)
    let own = 0
    doc.on('update', () => {
      own += 1
    })
    const hub = new PeerHub({ doc, awareness, clock, onCount: () => {}, held: () => new Map([[7, own]]) })
    const draw = (id: string) => {
      addRectangle(doc, id)
      hub.mark(7, own)
    }
    const shapes = doc.getMap<unknown>('shapes')
    const heldByPeers = () => hub.confirmed.map(counts => counts.get(7))
    return { doc, awareness, hub, shapes, draw, scribble: () => {}, heldByPeers }
  }

  test('is what they hold, deletions included, and nothing that is still on its way', () => {
    const clock = fakeClock()
    const [a, b] = [counted(clock), peer(clock)]
    a.draw('before')
    const { pump } = connect(a, b)
    clock.advance(200)
    pump()
    expect(a.heldByPeers()).toEqual([1])
    a.draw('new')
    a.shapes.delete('before')
    a.hub.mark(7, 3)
    clock.advance(200)
    expect(a.heldByPeers()).toEqual([1])
    pump()
    expect(b.shapes.has('before')).toBe(false)
    clock.advance(200)
    pump()
    expect(a.heldByPeers()).toEqual([3])
  })

  test('counts once for a peer who came back over another link while what is left of the old one lingers', () => {
    const clock = fakeClock()
    const [a, b, other] = [counted(clock), peer(clock), peer(clock)]
    const [dead, alive] = [connect(a, b), connect(a, other)]
    a.draw('x')
    for (const wire of [dead, alive]) wire.pump()
    clock.advance(200)
    for (const wire of [dead, alive]) wire.pump()
    expect(a.heldByPeers()).toEqual([1, 1])
    dead.back.far = undefined
    b.hub.destroy()
    const again = connect(a, peer(clock))
    clock.advance(200)
    for (const wire of [again, alive]) wire.pump()
    expect(a.hub.count).toBe(3)
    expect(a.heldByPeers()).toEqual([1, 1])
  })
})

test('a peer that is still taking a large board is not taken for gone', () => {
  const clock = fakeClock()
  const [a, b] = [peer(clock), peer(clock)]
  const { there } = connect(a, b)
  there.bufferedAmount = 2_000_000
  a.scribble(3_000_000)
  a.hub.probe()
  clock.advance(10_000)
  expect(there.ended).toBeUndefined()
})

test('a hub that is destroyed listens to nothing and waits for nothing', () => {
  const clock = fakeClock()
  const [a, b] = [peer(clock), peer(clock)]
  const { there } = connect(a, b)
  a.hub.probe()
  a.hub.destroy()
  expect(there.ended).toBe('done')
  expect(clock.waiting).toBe(0)
  a.draw('later')
  expect(there.frames).toHaveLength(0)
})
