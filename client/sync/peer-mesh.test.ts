import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { ROOM_LIMITS } from '../../relay/room/seams.ts'
import { addRectangle } from '../../shared/protocol/document.testing.ts'
import type { Hello } from '../../shared/protocol/hello.ts'
import { SCHEMA_VERSION } from '../../shared/schema/read.ts'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { framesOf } from './chunks.ts'
import { PeerMesh } from './peer-mesh.ts'
import { encodePeerMessage } from './peer-message.ts'
import {
  conns,
  type FakeProvider,
  FakeSocket,
  load,
  providers,
  resetWebrtc,
  sockets,
} from './webrtc.testing.ts'

const hello: Hello = {
  role: 'editor',
  epoch: 0,
  schema: SCHEMA_VERSION,
  limits: ROOM_LIMITS,
  iceServers: [{ urls: ['stun:a.example'] }],
  mesh: { password: 'first', maxPeers: 4 },
}

/** A browser that can. */
class WorkingConnection {
  close(): void {}
}

/** A browser whose owner forbids it. */
class ForbiddenConnection {
  constructor() {
    throw new DOMException('Forbidden.', 'NotSupportedError')
  }
}

const meshes: PeerMesh[] = []

beforeEach(() => {
  resetWebrtc()
  vi.stubGlobal('RTCPeerConnection', WorkingConnection)
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})

afterEach(() => {
  for (const mesh of meshes.splice(0)) mesh.destroy()
  vi.unstubAllGlobals()
  vi.mocked(console.warn).mockRestore()
})

function mesh() {
  const clock = fakeClock()
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  const made = new PeerMesh({
    doc,
    boardId: 'mesh-test-board',
    signalUrl: 'wss://a/signal',
    credential: () => 'e.key',
    awareness,
    clock,
    random: seededRandom(1),
    WebSocket: FakeSocket as unknown as typeof WebSocket,
    load,
  })
  awareness.destroy()
  meshes.push(made)
  return { mesh: made, clock, doc }
}

/** A mesh whose y-webrtc is loaded. */
async function running() {
  const made = mesh()
  made.mesh.configure(hello)
  await expect.poll(() => providers).toHaveLength(1)
  return { ...made, provider: providers[0] as FakeProvider }
}

describe('whether there is a mesh', () => {
  test('y-webrtc is not loaded before the relay has said so, nor where the browser cannot', async () => {
    const { mesh: made } = mesh()
    made.configure({ ...hello, mesh: null })
    for (const missing of [undefined, ForbiddenConnection]) {
      vi.stubGlobal('RTCPeerConnection', missing)
      mesh().mesh.configure(hello)
    }
    expect(load).not.toHaveBeenCalled()
  })

  test('it is found through our signalling, sealed with the relay’s password, and asks only the servers given', async () => {
    const { provider } = await running()
    expect(sockets[0]).toMatchObject({
      url: 'wss://a/signal/mesh-test-board',
      protocols: ['driftboard.signal', 'auth.e.key'],
    })
    expect(provider.options).toMatchObject({
      signaling: [],
      password: 'first',
      maxConns: 4,
      peerOpts: { config: { iceServers: [{ urls: ['stun:a.example'] }] } },
    })
  })

  test('a hello with the same password keeps it; one with another password starts it anew', async () => {
    const { mesh: made, provider } = await running()
    const peer = provider.find('a')
    peer.connect()
    made.configure({ ...hello })
    expect([provider.ended, made.state]).toEqual([[], 1])
    made.configure({ ...hello, mesh: { password: 'second', maxPeers: 4 } })
    expect(provider.ended).toEqual(['disconnect', 'destroy'])
    expect([peer.destroyed, made.state]).toEqual([true, 0])
    await expect.poll(() => providers).toHaveLength(2)
    expect(providers[1]?.options.password).toBe('second')
  })

  test('new credentials for a TURN server serve those who come next, and cost nobody their connection', async () => {
    const { mesh: made, provider } = await running()
    provider.find('a').connect()
    const iceServers = [{ urls: ['turn:a.example'], username: '1', credential: 'fresh' }]
    made.configure({ ...hello, iceServers })
    expect([provider.ended, made.state]).toEqual([[], 1])
    expect(provider.peerOpts.config).toEqual({ iceServers })
  })

  test('a crowd ends it, and it comes back only when the crowd is well below the limit', async () => {
    const { mesh: made, provider } = await running()
    made.setOthers(4)
    expect(provider.ended).toEqual([])
    made.setOthers(5)
    expect(provider.ended).toEqual(['disconnect', 'destroy'])
    made.setOthers(3)
    expect(load).toHaveBeenCalledTimes(1)
    made.setOthers(2)
    await expect.poll(() => providers).toHaveLength(2)
  })

  test('who is shut out has no direct links from that moment on, until the relay says hello again', async () => {
    const { mesh: made, provider } = await running()
    const peer = provider.find('a')
    peer.connect()
    made.shutOut()
    expect([peer.destroyed, made.state, provider.ended]).toEqual([true, 0, ['disconnect', 'destroy']])
    expect(conns[0]?.destroyed).toBe(true)
    made.configure(hello)
    await expect.poll(() => providers).toHaveLength(2)
  })

  test('it announces itself again when a connection has gone', async () => {
    const { provider } = await running()
    sockets[0]?.onopen()
    expect(conns[0]?.announced).toBe(1)
    provider.find('a').connect()
    provider.lose('a')
    expect(conns[0]?.announced).toBe(2)
  })

  test('signalling that was refused is asked again only when the relay says hello', async () => {
    const { mesh: made, clock } = await running()
    sockets[0]?.onclose({ code: 4403 })
    clock.advance(600_000)
    expect(sockets).toHaveLength(1)
    made.configure(hello)
    expect(sockets).toHaveLength(2)
    made.configure(hello)
    expect(sockets).toHaveLength(2)
  })

  test('a mesh that is destroyed while y-webrtc loads never starts', async () => {
    const { mesh: made } = mesh()
    made.configure(hello)
    made.destroy()
    await Promise.all(load.mock.results.map(({ value }) => value))
    expect(load).toHaveBeenCalledTimes(1)
    expect(providers).toEqual([])
  })
})

describe('a direct connection', () => {
  test('counts once it is connected, carries our messages and none of y-webrtc’s, and is gone when it closes', async () => {
    const { mesh: made, doc, provider } = await running()
    const peer = provider.find('a')
    peer.send(Uint8Array.of(1))
    expect(made.state).toBe(0)
    peer.connect()
    expect(made.state).toBe(1)
    const before = peer.sent.length
    expect(before).toBeGreaterThan(0)
    expect(peer.sent).not.toContainEqual(Uint8Array.of(1))
    doc.getMap('shapes').set('a', 1)
    expect(peer.sent.length).toBe(before + 1)
    peer.destroy()
    expect(made.state).toBe(0)
  })

  test('is open when the other side’s first frame comes before its own `connect`', async () => {
    const { mesh: made, doc, provider } = await running()
    const peer = provider.find('a')
    const other = new Y.Doc()
    addRectangle(other, 'theirs')
    const message = encodePeerMessage({ type: 'update', update: Y.encodeStateAsUpdate(other) })
    for (const frame of framesOf(message)) peer.emit('data', frame)
    peer.connect()
    expect(made.state).toBe(1)
    expect(doc.getMap('shapes').has('theirs')).toBe(true)
  })

  test('that never connects is given up after 15 s, so that it takes nobody’s place', async () => {
    const { clock, provider } = await running()
    const [zombie, alive] = [provider.find('zombie'), provider.find('alive')]
    alive.connect()
    clock.advance(14_900)
    expect(zombie.destroyed).toBe(false)
    clock.advance(200)
    expect([zombie.destroyed, alive.destroyed]).toEqual([true, false])
    expect(clock.waiting).toBe(0)
  })

  test('beyond the limit and a margin is turned away', async () => {
    const { mesh: made, provider } = await running()
    const peers = Array.from({ length: 8 }, (_, at) => provider.find(`${at}`))
    for (const peer of peers) if (!peer.destroyed) peer.connect()
    expect(peers.map(({ destroyed }) => destroyed)).toEqual([...Array(6).fill(false), true, true])
    expect(made.state).toBe(6)
  })

  test('whose peer sends rubbish is closed, and what it sends when it returns is left unread', async () => {
    const { mesh: made, doc, provider } = await running()
    const peer = provider.find('hostile')
    peer.connect()
    const stranger = new Y.Doc()
    stranger.getMap('secrets').set('a', 1)
    const message = encodePeerMessage({ type: 'update', update: Y.encodeStateAsUpdate(stranger) })
    for (const frame of framesOf(message)) peer.emit('data', frame)
    expect([peer.destroyed, made.state]).toEqual([true, 0])
    expect(doc.share.has('secrets')).toBe(false)
    const again = provider.find('hostile')
    again.connect()
    again.emit('data', Uint8Array.of(9, 9, 9))
    expect([again.destroyed, made.state, again.sent]).toEqual([false, 0, []])
  })
})
