import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import type { WebrtcProvider } from 'y-webrtc'
import * as Y from 'yjs'
import type { Hello } from '../../shared/protocol/hello.ts'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { framesOf } from './chunks.ts'
import { PeerMesh } from './peer-mesh.ts'
import { encodePeerMessage } from './peer-message.ts'

/** A connection as y-webrtc hands it out. */
class FakePeer {
  connected = false
  destroyed = false
  _channel = null
  readonly sent: Uint8Array[] = []
  readonly #listeners = new Map<string, ((data?: unknown) => void)[]>()

  on(event: string, listener: (data?: unknown) => void): void {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener])
  }

  removeAllListeners(event: string): void {
    this.#listeners.delete(event)
  }

  send(data: Uint8Array): void {
    this.sent.push(data)
  }

  destroy(): void {
    if (this.destroyed) return
    this.destroyed = true
    this.emit('close')
  }

  connect(): void {
    this.connected = true
    this.emit('connect')
  }

  emit(event: string, data?: unknown): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(data)
  }
}

interface Options {
  readonly password: string
  readonly signaling: readonly string[]
  readonly maxConns: number
  readonly peerOpts: { readonly config: unknown }
}

/** What y-webrtc would be to us, without a network. */
class FakeProvider {
  readonly room = { webrtcConns: new Map<string, { peer: FakePeer }>() }
  readonly options: Options
  readonly ended: string[] = []
  #onPeers: (event: { added: string[] }) => void = () => {}

  constructor(_room: string, _doc: Y.Doc, options: Options) {
    this.options = options
    providers.push(this)
  }

  on(_event: 'peers', listener: (event: { added: string[] }) => void): void {
    this.#onPeers = listener
  }

  disconnect(): void {
    this.ended.push('disconnect')
    for (const { peer } of this.room.webrtcConns.values()) peer.destroy()
  }

  destroy(): void {
    this.ended.push('destroy')
  }

  /** Somebody was found. */
  find(id: string): FakePeer {
    const peer = new FakePeer()
    // y-webrtc reads what arrives, until the connection is taken from it.
    peer.on('data', () => expect.unreachable('y-webrtc read what a peer sent'))
    this.room.webrtcConns.set(id, { peer })
    this.#onPeers({ added: [id] })
    return peer
  }
}

const providers: FakeProvider[] = []

/** Stands in for the code of y-webrtc; counts how often it was asked for. */
const load = vi.fn(async () => ({ WebrtcProvider: FakeProvider as unknown as typeof WebrtcProvider }))

const hello: Hello = {
  role: 'editor',
  schema: 1,
  limits: { frameBytes: 1_000_000 },
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
  providers.length = 0
  load.mockClear()
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
    awareness,
    clock,
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
  await vi.waitFor(() => expect(providers).toHaveLength(1))
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
    expect(provider.options).toMatchObject({
      signaling: ['wss://a/signal'],
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
    await vi.waitFor(() => expect(providers).toHaveLength(2))
    expect(providers[1]?.options.password).toBe('second')
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
    await vi.waitFor(() => expect(providers).toHaveLength(2))
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
    other.getMap('shapes').set('theirs', 1)
    const message = encodePeerMessage({ type: 'update', update: Y.encodeStateAsUpdate(other) })
    for (const frame of framesOf(message)) peer.emit('data', frame)
    peer.connect()
    expect(made.state).toBe(1)
    expect(doc.getMap('shapes').get('theirs')).toBe(1)
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
