import { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import { CLOSE } from '../../shared/protocol/close.ts'
import type { Hello } from '../../shared/protocol/hello.ts'
import type { Clock } from '../../shared/util/clock.ts'
import type { Random } from '../../shared/util/random.ts'
import { type Durability, durabilityOf } from './durability.ts'
import type { LocalStore, StoredBoard } from './local-store.ts'
import type { PresenceChange } from './peer-hub.ts'
import { PeerMesh } from './peer-mesh.ts'
import { Presence } from './presence.ts'
import type { Readable } from './readable.ts'
import { RelayLink, type RelayState } from './relay-link.ts'
import { TabLink } from './tab-link.ts'

/** What of the page tells that the network or the person is back, or that the page is going. */
export interface Page {
  readonly window: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>
  readonly document: Pick<EventTarget, 'addEventListener' | 'removeEventListener'> & {
    readonly visibilityState: DocumentVisibilityState
  }
}

export interface BoardSyncOptions<P> {
  /** Empty: it is loaded from the store. */
  readonly doc: Y.Doc
  readonly boardId: string
  readonly store: LocalStore
  /** The relay's origin, such as `wss://example.org`. */
  readonly relayUrl: string
  /** Reads another person's presence; undefined for what is none. */
  readonly parsePresence: (value: unknown) => P | undefined
  readonly clock: Clock
  readonly random: Random
  readonly page: Page
  readonly WebSocket: typeof WebSocket
  /** What opens the board at the relay; absent where boards have no keys. */
  readonly access?: RelayAccess
}

export interface RelayAccess {
  /** Resolves once it is known what to present. */
  readonly ready: Promise<void>
  /** The key or token; null for none. */
  readonly credential: string | null
}

export interface BoardSync<P> {
  /** Resolves once the board is loaded from this device, or could not be (see `local`). Never waits for a network. */
  readonly loaded: Promise<void>
  readonly local: StoredBoard
  readonly relay: Readable<RelayState> & {
    /** Connects anew, with what there is to present now. */
    reopen(): void
  }
  /** What the relay said on connecting: this client's role and limits. */
  readonly hello: Readable<Hello | null>
  /** Directly connected peers. */
  readonly mesh: Readable<number>
  readonly presence: Presence<P>
  readonly durability: Readable<Durability>
  /** Releases everything. Resolves when the last write to this device has ended. */
  destroy(): Promise<void>
}

/** Loads a board from this device, then keeps it in step with other tabs, with the relay and with peers. */
export function openBoardSync<P>(options: BoardSyncOptions<P>): BoardSync<P> {
  const { doc, boardId, clock, relayUrl } = options
  const local = options.store.open(doc, boardId)
  const relayAwareness = new Awareness(doc)
  const meshAwareness = new Awareness(doc)
  const tabAwareness = new Awareness(doc)
  const presence = new Presence<P>({ client: doc.clientID, parse: options.parsePresence, clock })
  for (const awareness of [relayAwareness, meshAwareness, tabAwareness]) presence.attach(awareness)
  const credential = () => options.access?.credential ?? null
  const shared = { ...options, credential }
  const relay = new RelayLink({ ...shared, url: `${relayUrl}/sync`, awareness: relayAwareness })
  const mesh = new PeerMesh({ ...shared, signalUrl: `${relayUrl}/signal`, awareness: meshAwareness })
  const durability = durabilityOf({ local, relay, mesh })

  relay.subscribe(state => {
    mesh.setRelayUp(state.at === 'synced')
    if (state.at === 'refused' && isShutOut(state.code)) mesh.shutOut()
  })
  relay.hello.subscribe(hello => hello && mesh.configure(hello))
  relayAwareness.on('change', ({ removed }: PresenceChange) => {
    // A link that is down sees nobody, which says nothing about who is there.
    if (relay.state.at !== 'synced') return
    mesh.setOthers(others(relayAwareness))
    if (removed.length > 0) mesh.probe()
  })

  let tabs: TabLink | null = null
  let stopListening = () => {}
  let destroyed = false

  async function load(): Promise<void> {
    await local.loaded
    if (destroyed) return
    tabs = new TabLink({ doc, boardId, awareness: tabAwareness })
    let mayConnect = options.access === undefined
    const connect = () => {
      if (mayConnect) relay.connect()
    }
    stopListening = listen(options.page, presence, () => {
      connect()
      tabs?.resync()
    })
    void options.access?.ready.then(() => {
      mayConnect = true
      connect()
    })
    connect()
  }

  async function destroy(): Promise<void> {
    if (destroyed) return
    destroyed = true
    stopListening()
    durability.stop()
    presence.destroy()
    mesh.destroy()
    relay.destroy()
    tabs?.destroy()
    for (const awareness of [relayAwareness, meshAwareness, tabAwareness]) awareness.destroy()
    await local.close()
  }

  return { loaded: load(), local, relay, hello: relay.hello, mesh, presence, durability, destroy }
}

/** Whether the code says that somebody may not be here, not that something is wrong with what they sent. */
const isShutOut = (code: number): boolean => code === CLOSE.revoked || code === CLOSE.refused

function others(awareness: Awareness): number {
  return [...awareness.getStates().keys()].filter(client => client !== awareness.clientID).length
}

/** Hears when the page goes and comes, and when the network may be back. Returns its own undo. */
function listen(
  page: Page,
  presence: Pick<Presence<never>, 'leave' | 'comeBack'>,
  onBack: () => void,
): () => void {
  const onVisible = () => {
    if (page.document.visibilityState === 'visible') onBack()
  }
  const onHide = () => presence.leave()
  const onShow = () => {
    presence.comeBack()
    onBack()
  }
  page.window.addEventListener('online', onBack)
  page.window.addEventListener('pagehide', onHide)
  page.window.addEventListener('pageshow', onShow)
  page.document.addEventListener('visibilitychange', onVisible)
  return () => {
    page.window.removeEventListener('online', onBack)
    page.window.removeEventListener('pagehide', onHide)
    page.window.removeEventListener('pageshow', onShow)
    page.document.removeEventListener('visibilitychange', onVisible)
  }
}
