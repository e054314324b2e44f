import { type Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import type { PresenceChange } from './peer-hub.ts'
import { applyPresence, forgetPresence } from './remote-presence.ts'
import type { PostedMessage } from './tab-message.ts'

/** A way to people who are not in this browser. */
export type Way = 'relay' | 'mesh'

const WAYS = ['relay', 'mesh'] as const

export interface TeamPresenceOptions {
  /** Of this tab, and its client in every awareness. */
  readonly self: number
  /** Whether one tab speaks for all. */
  readonly isShared: boolean
  /** The presence of this browser's tabs, and of others as seen over each way. */
  readonly awareness: Readonly<Record<'tabs' | Way, Awareness>>
  /** Whether this tab holds the network. */
  readonly leads: () => boolean
  /** Whether what it says reaches the relay now. */
  readonly isUp: () => boolean
  readonly post: (message: PostedMessage) => void
  /** Told of a tab that has not been heard of for long. */
  readonly onGone: (tab: number) => void
}

/**
 * Presence among the tabs of one browser, and between them and the people elsewhere.
 *
 * 1. Every tab tells the others its presence. Who leads passes it on over the network, and nobody elsewhere speaks for a tab.
 * 2. Who leads tells the others whom it sees over each way.
 * 3. When what it passed on was lost on the way, who leads asks all tabs to tell their presence anew.
 */
export class TeamPresence {
  readonly #options: TeamPresenceOptions

  constructor(options: TeamPresenceOptions) {
    this.#options = options
  }

  /** Whether a client is another tab of the team. */
  readonly speaksFor = (client: number): boolean => {
    const { awareness, isShared, self } = this.#options
    return isShared && client !== self && awareness.tabs.meta.has(client)
  }

  open(): void {
    const { tabs, relay, mesh } = this.#options.awareness
    tabs.on('update', this.#onTabs)
    relay.on('update', this.#onRelay)
    mesh.on('update', this.#onMesh)
    this.tell()
    this.askAll()
  }

  destroy(): void {
    const { tabs, relay, mesh } = this.#options.awareness
    tabs.off('update', this.#onTabs)
    relay.off('update', this.#onRelay)
    mesh.off('update', this.#onMesh)
  }

  /** Tells the other tabs of this one. */
  tell(): void {
    const { awareness, post, self } = this.#options
    if (awareness.tabs.meta.has(self))
      post({ type: 'presence', from: self, update: encodeAwarenessUpdate(awareness.tabs, [self]) })
  }

  /** Somebody missed it, or has an older word that this tab was gone: so it goes out as a newer one. */
  tellAnew(): void {
    const { tabs } = this.#options.awareness
    tabs.setLocalState(tabs.getLocalState())
  }

  /** Rule 3. */
  askAll(): void {
    this.#options.post({ type: 'announce', from: this.#options.self })
  }

  /** What another tab told of itself. */
  hearTab(update: Uint8Array): void {
    applyPresence({ awareness: this.#options.awareness.tabs }, update, this)
  }

  /** What the tab that leads sees over one way. */
  hearPeople(over: Way, update: Uint8Array): void {
    const awareness = this.#options.awareness[over]
    const named = applyPresence({ awareness, speaksFor: this.speaksFor }, update, this)
    // With their clocks: they may come back with the one that they left with.
    for (const client of named) if (!awareness.states.has(client)) awareness.meta.delete(client)
  }

  /** Tells all whom this tab sees. */
  tellPeople(): void {
    for (const way of WAYS) this.#tellPeople(way, [...this.#options.awareness[way].getStates().keys()])
  }

  /** This tab comes to lead: what others have seen of it through another one counts on from there. */
  takeOver(): void {
    const { awareness, self } = this.#options
    const shown = awareness.tabs.meta.get(self)
    for (const way of WAYS) {
      const meta = awareness[way].meta.get(self)
      if (shown && meta && meta.clock < shown.clock) awareness[way].meta.set(self, { ...shown })
      awareness[way].setLocalState(awareness[way].getLocalState())
    }
    this.askAll()
  }

  /** Forgets whom a tab showed that led and is gone, and that tab itself. */
  dismiss(leader: number): void {
    const { awareness, self } = this.#options
    for (const way of WAYS) {
      const others = [...awareness[way].meta.keys()].filter(client => client !== self)
      forgetPresence(awareness[way], others, this)
    }
    forgetPresence(awareness.tabs, [leader], this)
  }

  #tellPeople(over: Way, clients: readonly number[]): void {
    const { awareness, leads, post, self } = this.#options
    if (!leads()) return
    const people = clients.filter(client => client !== self && !this.speaksFor(client))
    if (people.length === 0) return
    post({ type: 'people', from: self, over, update: encodeAwarenessUpdate(awareness[over], people) })
  }

  readonly #onRelay = (change: PresenceChange, origin: unknown): void => {
    if (origin === this) return
    this.#tellPeople('relay', clientsOf(change))
    // Rule 3: a tab is taken away with the connection of whoever led before, which may end later than ours begins.
    const { isUp, leads } = this.#options
    if (leads() && isUp() && change.removed.some(this.speaksFor)) this.askAll()
  }

  readonly #onMesh = (change: PresenceChange, origin: unknown): void => {
    if (origin !== this) this.#tellPeople('mesh', clientsOf(change))
  }

  /** Rule 1. */
  readonly #onTabs = (change: PresenceChange, origin: unknown): void => {
    if (origin === 'local') return this.tell()
    const { awareness, isShared, leads, onGone } = this.#options
    // Not one that only has nothing to show.
    if (origin === 'timeout') for (const tab of change.removed) onGone(tab)
    if (!leads() || !isShared) return
    for (const tab of clientsOf(change)) {
      const update = encodeAwarenessUpdate(awareness.tabs, [tab])
      for (const way of WAYS) applyAwarenessUpdate(awareness[way], update, this)
    }
  }
}

const clientsOf = ({ added, updated, removed }: PresenceChange): number[] => [
  ...added,
  ...updated,
  ...removed,
]
