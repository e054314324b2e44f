import { expect, vi } from 'vitest'
import type { SignalingConn, WebrtcProvider } from 'y-webrtc'
import type * as Y from 'yjs'

/** A connection as y-webrtc hands it out. */
export class FakePeer {
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
  readonly maxConns: number
  readonly peerOpts: { readonly config: unknown }
}

/** What y-webrtc would be to us, without a network. */
export class FakeProvider {
  readonly room = { webrtcConns: new Map<string, { peer: FakePeer }>() }
  readonly options: Options
  peerOpts: Options['peerOpts']
  readonly ended: string[] = []
  #onPeers: (event: { added: string[]; removed: string[] }) => void = () => {}

  constructor(_room: string, _doc: Y.Doc, options: Options) {
    this.options = options
    this.peerOpts = options.peerOpts
    providers.push(this)
  }

  on(event: string, listener: (event: { added: string[]; removed: string[] }) => void): void {
    if (event === 'peers') this.#onPeers = listener
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
    this.#onPeers({ added: [id], removed: [] })
    return peer
  }

  /** Somebody's connection ended. */
  lose(id: string): void {
    this.room.webrtcConns.delete(id)
    this.#onPeers({ added: [], removed: [id] })
  }
}

/** What y-webrtc's signalling would be to us. */
class FakeConn {
  ws: unknown = null
  connected = false
  announced = 0
  destroyed = false

  constructor() {
    conns.push(this)
  }

  emit(event: string): void {
    if (event === 'connect') this.announced += 1
  }

  send(): void {}

  destroy(): void {
    this.destroyed = true
  }
}

/** A WebSocket that does what the test says. */
export class FakeSocket {
  readonly url: string
  readonly protocols: readonly string[]
  onopen: () => void = () => {}
  onclose: (event: { code: number }) => void = () => {}

  constructor(url: string, protocols: readonly string[]) {
    this.url = url
    this.protocols = protocols
    sockets.push(this)
  }

  send(): void {}

  close(): void {}
}

export const conns: FakeConn[] = []
export const sockets: FakeSocket[] = []

export const providers: FakeProvider[] = []

/** Stands in for the code of y-webrtc; counts how often it was asked for. */
export const load = vi.fn(async () => ({
  WebrtcProvider: FakeProvider as unknown as typeof WebrtcProvider,
  SignalingConn: FakeConn as unknown as typeof SignalingConn,
}))

/** To be called before each test. */
export function resetWebrtc(): void {
  providers.length = 0
  conns.length = 0
  sockets.length = 0
  load.mockClear()
}
