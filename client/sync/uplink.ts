import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import { CLOSE } from '../../shared/protocol/close.ts'
import type { Hello } from '../../shared/protocol/hello.ts'
import type { Clock } from '../../shared/util/clock.ts'
import type { Random } from '../../shared/util/random.ts'
import { Cell, type Readable } from '../../shared/util/readable.ts'
import type { Counts } from './ack-ledger.ts'
import type { Inflate } from './arriving-state.ts'
import type { PresenceChange } from './peer-hub.ts'
import type { Mesh, PeerMeshOptions } from './peer-mesh.ts'
import { RelayLink, type RelayState } from './relay-link.ts'

export interface UplinkOptions {
  readonly doc: Y.Doc
  readonly boardId: string
  /** The relay's origin, such as `wss://example.org`. */
  readonly relayUrl: string
  readonly credential: () => string | null
  readonly relayAwareness: Awareness
  readonly meshAwareness: Awareness
  readonly held: () => Counts
  readonly tabs: unknown
  readonly speaksFor: (client: number) => boolean
  readonly clock: Clock
  readonly random: Random
  readonly WebSocket: typeof WebSocket
  readonly loadMesh?: LoadMesh
  readonly inflate?: Inflate
}

/** Fetches the code of the mesh; null where the browser has no use for it. */
export type LoadMesh = () => Promise<((options: PeerMeshOptions) => Mesh) | null>

/** 34 KB that a lone person never needs. */
const fetchMesh: LoadMesh = async () => {
  // Its signalling is encrypted by the browser's own cryptography, which pages over plain HTTP do not have.
  if (typeof RTCPeerConnection === 'undefined' || !globalThis.crypto?.subtle) return null
  const { PeerMesh } = await import('./peer-mesh.ts')
  return options => new PeerMesh(options)
}

/** What has arrived of the changes of each tab. */
export interface Arrivals {
  readonly disk: Counts
  readonly snapshot: Counts
  /** One for each peer that is connected. */
  readonly peers: readonly Counts[]
}

const NO_ARRIVALS: Arrivals = { disk: new Map(), snapshot: new Map(), peers: [] }

/** The network of one browser and board: a connection to the relay, and direct links to peers once there are any. */
export class Uplink {
  readonly relay: RelayLink
  readonly #options: UplinkOptions
  readonly #peers = new Cell(0)
  readonly #arrivals = new Cell(NO_ARRIVALS)
  #mesh: Mesh | null = null
  #isLoading = false
  #destroyed = false

  constructor(options: UplinkOptions) {
    this.#options = options
    const { relayAwareness, relayUrl } = options
    this.relay = new RelayLink({ ...options, url: `${relayUrl}/sync`, awareness: relayAwareness })
    this.relay.subscribe(state => this.#onRelay(state))
    this.relay.hello.subscribe(hello => hello && this.#onHello(hello))
    this.relay.receipts.subscribe(() => this.#tellArrivals())
    relayAwareness.on('change', this.#onPresence)
  }

  /** Directly connected peers. */
  get peers(): Readable<number> {
    return this.#peers
  }

  get arrivals(): Readable<Arrivals> {
    return this.#arrivals
  }

  /** The document holds the first `count` changes of a tab, and what there is to send of them has been sent. */
  mark(tab: number, count: number): void {
    this.relay.mark(tab, count)
    this.#mesh?.mark(tab, count)
  }

  destroy(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    this.#options.relayAwareness.off('change', this.#onPresence)
    this.#mesh?.destroy()
    this.relay.destroy()
    this.#peers.clear()
    this.#arrivals.clear()
  }

  #onRelay(state: RelayState): void {
    this.#mesh?.setRelayUp(state.at === 'synced')
    if (state.at === 'refused' && isShutOut(state.code)) this.#mesh?.shutOut()
  }

  #onHello(hello: Hello): void {
    if (this.#mesh) this.#mesh.configure(hello)
    else if (hello.mesh) void this.#startMesh()
  }

  async #startMesh(): Promise<void> {
    if (this.#isLoading) return
    this.#isLoading = true
    const { loadMesh = fetchMesh } = this.#options
    try {
      const make = await loadMesh()
      if (make && !this.#destroyed) this.#adopt(make)
    } catch (error) {
      console.warn('Direct links are off: their code could not be loaded.', error)
    }
    this.#isLoading = false
  }

  #adopt(make: (options: PeerMeshOptions) => Mesh): void {
    const { relayUrl, meshAwareness } = this.#options
    const mesh = make({
      ...this.#options,
      signalUrl: `${relayUrl}/signal`,
      awareness: meshAwareness,
      onConfirmed: () => this.#tellArrivals(),
    })
    this.#mesh = mesh
    mesh.subscribe(count => this.#peers.set(count))
    mesh.setOthers(this.#others())
    mesh.setRelayUp(this.relay.state.at === 'synced')
    const { state } = this.relay.hello
    if (state && this.relay.state.at !== 'refused') mesh.configure(state)
  }

  readonly #onPresence = ({ removed }: PresenceChange): void => {
    // A link that is down sees nobody, which says nothing about who is there.
    if (!this.#mesh || this.relay.state.at !== 'synced') return
    this.#mesh.setOthers(this.#others())
    if (removed.length > 0) this.#mesh.probe()
  }

  #others(): number {
    const { relayAwareness, speaksFor } = this.#options
    const isOther = (client: number) => client !== relayAwareness.clientID && !speaksFor(client)
    return [...relayAwareness.getStates().keys()].filter(isOther).length
  }

  #tellArrivals(): void {
    this.#arrivals.set({ ...this.relay.receipts.state, peers: this.#mesh?.confirmed ?? [] })
  }
}

/** Whether the code says that somebody may not be here, not that something is wrong with what they sent. */
const isShutOut = (code: number): boolean => code === CLOSE.revoked || code === CLOSE.refused
