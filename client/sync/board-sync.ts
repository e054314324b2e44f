import { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import type { Hello } from '../../shared/protocol/hello.ts'
import type { Clock } from '../../shared/util/clock.ts'
import type { Random } from '../../shared/util/random.ts'
import type { Readable } from '../../shared/util/readable.ts'
import type { Inflate } from './arriving-state.ts'
import { type ChangeDurability, ChangeLog, type Gesture } from './change-log.ts'
import { type Durability, durabilityOf } from './durability.ts'
import { type Candidacy, type Locks, standFor } from './election.ts'
import { applyForeignUpdate } from './foreign-update.ts'
import type { LocalStore, StoredBoard } from './local-store.ts'
import { followOwnChanges } from './own-changes.ts'
import { Presence } from './presence.ts'
import type { RelayState } from './relay-link.ts'
import { browserChannel, type OpenChannel } from './tab-channel.ts'
import { TabLink } from './tab-link.ts'
import { TabTeam } from './tab-team.ts'
import { type LoadMesh, Uplink } from './uplink.ts'

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
  /** `navigator.locks`; undefined where there are none, and each tab then has a network of its own. */
  readonly locks?: Locks | undefined
  readonly openChannel?: OpenChannel
  readonly loadMesh?: LoadMesh
  readonly inflate?: Inflate
}

export interface RelayAccess {
  /** Resolves once it is known what to present. */
  readonly ready: Promise<void>
  /** The key or token; null for none. */
  readonly credential: string | null
  /** The same for all tabs that may share a network; known once `ready` is. */
  readonly group: string
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
  /** Whether this tab holds the network: what the relay says is then said to this tab, else to another one. */
  readonly leads: boolean
  readonly presence: Presence<P>
  readonly durability: Readable<Durability>
  /** The person's latest gestures in this tab, the newest first, and where each is. */
  readonly changes: Readable<readonly ChangeDurability[]>
  /** Describes the gesture whose transaction is ending, for `changes`. */
  describe(gesture: Gesture): void
  /** Releases everything. Resolves when the last write to this device has ended. */
  destroy(): Promise<void>
}

/**
 * Loads a board from this device, then keeps it in step with other tabs and, through the one of them that is elected, with
 * the relay and with peers.
 */
export function openBoardSync<P>(options: BoardSyncOptions<P>): BoardSync<P> {
  const { doc, boardId, clock, openChannel = browserChannel } = options
  const self = doc.clientID
  const local = options.store.open(doc, boardId)
  const awareness = { tabs: new Awareness(doc), relay: new Awareness(doc), mesh: new Awareness(doc) }
  const presence = new Presence<P>({ client: self, parse: options.parsePresence, clock })
  for (const transport of Object.values(awareness)) presence.attach(transport)
  const isShared = options.locks !== undefined
  const tabs: TabLink = new TabLink({
    doc,
    self,
    name: `driftboard:${boardId}`,
    apply: (update, kind, origin) =>
      applyForeignUpdate(doc, { type: kind === 'state' ? 'syncStep2' : 'update', update }, origin),
    openChannel,
    onHeld: (tab, count) => team.held(tab, count),
  })
  const team = new TabTeam({
    self,
    isShared,
    awareness,
    told: () => tabs.told,
    onGone: tab => tabs.forget(tab),
  })
  const changes = new ChangeLog(clock)
  const own = followOwnChanges({ doc, local, tabs, team, changes })
  const durability = durabilityOf({ local, relay: team.relay, peers: team.peers, holders: own.holders })

  const uplink = () =>
    new Uplink({
      ...options,
      credential: () => options.access?.credential ?? null,
      relayAwareness: awareness.relay,
      meshAwareness: awareness.mesh,
      held: () => tabs.held,
      tabs: isShared ? tabs : undefined,
      speaksFor: team.presence.speaksFor,
    })
  let candidacy: Candidacy | null = null
  let stopListening = () => {}
  let destroyed = false

  function stand(): void {
    if (candidacy) return
    const name = `driftboard:${boardId}:${options.access?.group ?? ''}`
    candidacy = standFor(options.locks, name, () => {
      if (destroyed || team.leads) return
      team.lead(uplink())
      team.connect()
    })
  }

  async function load(): Promise<void> {
    await local.loaded
    if (destroyed) return
    tabs.open()
    void meetTeam()
  }

  async function meetTeam(): Promise<void> {
    await options.access?.ready
    if (destroyed) return
    team.open(openChannel, `driftboard:${boardId}:${options.access?.group ?? ''}`)
    stand()
    stopListening = listen(options.page, {
      back() {
        team.connect()
        team.wake()
        tabs.resync()
      },
      hide() {
        presence.leave()
        // A page that the browser keeps for the way back would keep the others from leading.
        candidacy?.withdraw()
        candidacy = null
        team.resign()
      },
      show() {
        presence.comeBack()
        stand()
      },
    })
  }

  async function destroy(): Promise<void> {
    if (destroyed) return
    destroyed = true
    stopListening()
    durability.stop()
    presence.destroy()
    own.stop()
    team.destroy()
    candidacy?.withdraw()
    tabs.destroy()
    for (const transport of Object.values(awareness)) transport.destroy()
    await local.close('kept')
  }

  return {
    loaded: load(),
    local,
    relay: {
      get state() {
        return team.relay.state
      },
      subscribe: listener => team.relay.subscribe(listener),
      reopen: () => team.reopen(),
    },
    hello: team.hello,
    get leads() {
      return team.leads
    },
    presence,
    durability,
    changes,
    describe: gesture => changes.describe(gesture),
    destroy,
  }
}

interface PageEvents {
  /** The network or the person is back. */
  back(): void
  /** The page goes, perhaps for good. */
  hide(): void
  show(): void
}

/** Returns its own undo. */
function listen(page: Page, { back, hide, show }: PageEvents): () => void {
  const onVisible = () => {
    if (page.document.visibilityState === 'visible') back()
  }
  const onShow = () => {
    show()
    back()
  }
  page.window.addEventListener('online', back)
  page.window.addEventListener('pagehide', hide)
  page.window.addEventListener('pageshow', onShow)
  page.document.addEventListener('visibilitychange', onVisible)
  return () => {
    page.window.removeEventListener('online', back)
    page.window.removeEventListener('pagehide', hide)
    page.window.removeEventListener('pageshow', onShow)
    page.document.removeEventListener('visibilitychange', onVisible)
  }
}
