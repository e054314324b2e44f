import { Awareness } from 'y-protocols/awareness'
import type { SignalingConn, WebrtcConn, WebrtcProvider } from 'y-webrtc'
import * as Y from 'yjs'
import type { Hello, IceServer } from '../../shared/protocol/hello.ts'
import type { Random } from '../../shared/util/random.ts'
import { Cell, type Readable } from '../../shared/util/readable.ts'
import type { Counts } from './ack-ledger.ts'
import { ignoreLateAnswers } from './late-answer.ts'
import { type HubOptions, PeerHub } from './peer-hub.ts'
import { type DirectChannel, LOW_WATER, type PeerLink } from './peer-link.ts'
import { openSignalling, type Signalling } from './signalling.ts'

export interface PeerMeshOptions extends Omit<HubOptions, 'onCount'> {
  readonly boardId: string
  /** Such as `wss://example.org/signal`; the board's id is appended. */
  readonly signalUrl: string
  /** The key or token to present to the signalling; null for none. */
  readonly credential: () => string | null
  readonly random: Random
  readonly WebSocket: typeof WebSocket
  /** Loads y-webrtc; a test brings its own. */
  readonly load?: () => Promise<Webrtc>
}

/** Direct links to others, as whoever follows a board needs them. */
export interface Mesh extends Readable<number> {
  configure(hello: Hello): void
  shutOut(): void
  setRelayUp(up: boolean): void
  setOthers(others: number): void
  probe(): void
  /** What each peer has confirmed of the changes of each tab of this browser. */
  readonly confirmed: readonly Counts[]
  /** The document holds the first `count` changes of a tab, and what there is to send of them has been sent. */
  mark(tab: number, count: number): void
  destroy(): void
}

/** What we use of y-webrtc. */
export interface Webrtc {
  readonly WebrtcProvider: typeof WebrtcProvider
  readonly SignalingConn: typeof SignalingConn
}

/** Loaded only when there is a mesh: 34 KB that a lone person never needs. */
async function loadWebrtc(): Promise<Webrtc> {
  ignoreLateAnswers(globalThis)
  return import('y-webrtc')
}

/** What the relay says about the mesh: null where there is to be none. */
type MeshConfig = Hello['mesh']

/** A mesh that runs. */
interface Running {
  readonly config: MeshConfig
  /** The relay said hello again, with the same secret. */
  greeted(): void
  stop(): void
}

/** ms. A pair that has not connected by then never will, and would count against the peers we may have. */
const CONNECT_WITHIN = 15_000

/** Peers by which a crowd must shrink below the limit before the mesh starts again, so that it does not flap. */
const CROWD_MARGIN = 2

/** Connections by which newcomers' offers may exceed the limit before they are turned away. */
const OFFER_MARGIN = 2

/** What we use of simple-peer, which y-webrtc does not type. */
interface SimplePeer {
  readonly connected: boolean
  readonly _channel: RTCDataChannel | null
  send(data: Uint8Array): void
  destroy(): void
  on(event: 'connect' | 'close', listener: () => void): void
  on(event: 'data', listener: (data: unknown) => void): void
  removeAllListeners(event: string): void
}

/**
 * Direct links to the other people at a board. y-webrtc finds them through the relay's signalling and connects them;
 * what is said over the links is the PeerHub's. So y-webrtc is given an empty document of its own, and each connection
 * is taken from it as soon as it exists: its frames over 256 KB would be lost, and it sends everything to everybody.
 */
export class PeerMesh implements Mesh {
  readonly #options: PeerMeshOptions
  readonly #hub: PeerHub
  readonly #count = new Cell(0)
  /** Peers that sent rubbish. Their connections are left unread: to close them again would only make them return. */
  readonly #shunned = new Set<string>()
  #config: MeshConfig = null
  /** Null until it matters. */
  #canConnect: boolean | null = null
  #others = 0
  #running: Running | null = null
  #iceServers: readonly IceServer[] = []
  #destroyed = false

  constructor(options: PeerMeshOptions) {
    this.#options = options
    this.#hub = new PeerHub({ ...options, onCount: links => this.#count.set(links) })
  }

  /** How many peers are connected. */
  get state(): number {
    return this.#count.state
  }

  subscribe(listener: (peers: number) => void): () => void {
    return this.#count.subscribe(listener)
  }

  /** What the relay said on connecting; called again on each reconnection. */
  configure({ mesh, iceServers }: Hello): void {
    // Credentials of a TURN server expire, so that they differ each time: those who are connected need no others.
    this.#iceServers = iceServers
    if (JSON.stringify(mesh) !== JSON.stringify(this.#config)) this.#config = mesh
    this.#evaluate()
    this.#running?.greeted()
  }

  /** The relay no longer lets us in: so the direct links end, too, until it says hello again. */
  shutOut(): void {
    this.#config = null
    this.#evaluate()
  }

  setRelayUp(up: boolean): void {
    this.#hub.setRelayUp(up)
  }

  /** How many others the relay sees at the board: a crowd uses the relay only. */
  setOthers(others: number): void {
    this.#others = others
    this.#evaluate()
  }

  get confirmed(): readonly Counts[] {
    return this.#hub.confirmed
  }

  mark(tab: number, count: number): void {
    this.#hub.mark(tab, count)
  }

  /** Somebody is said to be gone: closes the links on which nobody answers. */
  probe(): void {
    this.#hub.probe()
  }

  destroy(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    this.#evaluate()
    this.#hub.destroy()
    this.#count.clear()
  }

  /** The mesh runs with the latest configuration while there is one, the browser can, and there is no crowd. */
  #evaluate(): void {
    const wanted = this.#wanted()
    if (this.#running?.config === wanted) return
    this.#running?.stop()
    this.#running = wanted && { config: wanted, ...this.#start(wanted) }
  }

  #wanted(): MeshConfig {
    const config = this.#config
    if (this.#destroyed || !config) return null
    this.#canConnect ??= canConnect()
    if (!this.#canConnect) return null
    const room = this.#running ? config.maxPeers : config.maxPeers - CROWD_MARGIN
    return this.#others > Math.max(room, 1) ? null : config
  }

  /** Starts y-webrtc, as soon as it is loaded. */
  #start(config: NonNullable<MeshConfig>): Omit<Running, 'config'> {
    let connected: { readonly provider: WebrtcProvider; readonly signalling: Signalling } | null = null
    let stopped = false
    const { load = loadWebrtc } = this.#options
    load().then(
      webrtc => {
        if (!stopped) connected = this.#connect(webrtc, config)
      },
      error => console.warn('Direct links are off: their code could not be loaded.', error),
    )
    return {
      greeted: () => {
        if (!connected) return
        connected.provider.peerOpts = this.#peerOptions()
        connected.signalling.revive()
      },
      stop() {
        stopped = true
        connected?.signalling.destroy()
        // destroy() alone would end the links a moment later, and open the room if its key is still being derived.
        connected?.provider.disconnect()
        connected?.provider.destroy()
      },
    }
  }

  #connect({ WebrtcProvider, SignalingConn }: Webrtc, config: NonNullable<MeshConfig>) {
    const { boardId, signalUrl } = this.#options
    const doc = new Y.Doc()
    const awareness = new Awareness(doc)
    awareness.destroy()
    const provider = new WebrtcProvider(boardId, doc, {
      // Ours is handed to it below.
      signaling: [],
      password: config.password,
      awareness,
      maxConns: config.maxPeers,
      filterBcConns: true,
      peerOpts: this.#peerOptions(),
    })
    const signalling = openSignalling(SignalingConn, { ...this.#options, url: signalUrl })
    provider.on('status', ({ connected }) => connected && signalling.announce())
    provider.on('peers', ({ added, removed }) => {
      const conns = provider.room?.webrtcConns
      for (const id of added) {
        const conn = conns?.get(id)
        if (conn) this.#adopt(id, conn, conns !== undefined && conns.size > config.maxPeers + OFFER_MARGIN)
      }
      if (removed.length > 0 && (conns?.size ?? 0) < config.maxPeers) signalling.announce()
    })
    return { provider, signalling }
  }

  /** iceServers always: simple-peer's default contacts public servers. Object mode keeps frames apart. */
  #peerOptions() {
    return { objectMode: true, config: { iceServers: this.#iceServers } }
  }

  /** Takes a new connection from y-webrtc: what is sent and received over it is the hub's from now on. */
  #adopt(id: string, conn: WebrtcConn, isTooMany: boolean): void {
    const peer = conn.peer as SimplePeer
    const send = peer.send.bind(peer)
    peer.send = () => {}
    peer.removeAllListeners('data')
    if (isTooMany) return peer.destroy()
    const stopWaiting = this.#options.clock.after(CONNECT_WITHIN, () => {
      if (!peer.connected) peer.destroy()
    })
    let link: PeerLink | null = null
    const opened = (): PeerLink | null => {
      stopWaiting()
      if (!link && !this.#shunned.has(id)) link = this.#open(id, peer, send)
      return link
    }
    peer.on('connect', () => opened())
    // The other side may be ready first: its first frames come before our own `connect`.
    peer.on('data', data => {
      if (data instanceof Uint8Array) opened()?.receive(data)
    })
    peer.on('close', () => {
      stopWaiting()
      link?.closed()
    })
  }

  #open(id: string, peer: SimplePeer, send: (frame: Uint8Array) => void): PeerLink {
    const channel: DirectChannel = {
      send,
      get bufferedAmount() {
        return peer._channel?.bufferedAmount ?? 0
      },
      close: (cause, reason) => {
        if (cause !== 'done') console.warn(`A direct link was closed: ${reason}`)
        if (cause === 'rubbish') this.#shunned.add(id)
        peer.destroy()
      },
    }
    const link = this.#hub.add(channel)
    if (peer._channel) {
      peer._channel.bufferedAmountLowThreshold = LOW_WATER
      peer._channel.addEventListener('bufferedamountlow', () => link.drained())
    }
    return link
  }
}

/**
 * Whether this browser makes peer connections. A policy or a privacy tool may leave the constructor and have it throw;
 * y-webrtc would announce itself anew at each failure, and two such browsers flood the signalling with it.
 */
function canConnect(): boolean {
  try {
    new RTCPeerConnection().close()
    return true
  } catch {
    return false
  }
}
