import type { Hello } from '../../shared/protocol/hello.ts'
import { Cell, type Readable, sameFlat } from '../../shared/util/readable.ts'
import { NOWHERE, type OwnArrivals } from './change-log.ts'
import { takesChanges } from './outgoing.ts'
import type { RelayState } from './relay-link.ts'
import type { OpenChannel, TabChannel } from './tab-channel.ts'
import { type PostedMessage, readTeamMessage, type TeamMessage } from './tab-message.ts'
import { TeamPresence, type TeamPresenceOptions } from './team-presence.ts'
import type { Arrivals, Uplink } from './uplink.ts'

export interface TabTeamOptions
  extends Pick<TeamPresenceOptions, 'self' | 'awareness' | 'isShared' | 'onGone'> {
  /** Changes that this tab has told the others. */
  readonly told: () => number
}

/** `waiting`: no tab is known to lead, so that there is no network. */
type Part =
  | { readonly at: 'waiting' }
  | { readonly at: 'following'; readonly leader: number; readonly relay: RelayState }
  | { readonly at: 'leading'; readonly uplink: Uplink; readonly stops: readonly (() => void)[] }

const OFFLINE: RelayState = { at: 'offline' }

/**
 * The tabs of one browser on one board, of which one leads: it alone has the network, and lends it to the others. Where no
 * tab is elected, each leads for itself.
 *
 * 1. Who leads tells the others how the network is, who is seen over it, and what has arrived of each tab's changes.
 * 2. Who follows takes that for its own, but calls a change saved only when its own have arrived.
 * 3. When another comes to lead, what was seen through the former is forgotten, and so is the former.
 */
export class TabTeam {
  readonly relay = new Cell<RelayState>(OFFLINE, sameFlat)
  readonly hello = new Cell<Hello | null>(null)
  /** Directly connected peers. */
  readonly peers = new Cell(0)
  readonly presence: TeamPresence
  readonly #arrivals = new Cell<OwnArrivals>(NOWHERE)
  readonly #options: TabTeamOptions
  #channel: TabChannel | null = null
  #part: Part = { at: 'waiting' }
  /** Whether any other tab was ever heard: who is alone tells nobody. */
  #hasCompany = false
  #isDue = false

  constructor(options: TabTeamOptions) {
    this.#options = options
    this.presence = new TeamPresence({
      ...options,
      leads: () => this.leads,
      isUp: () => this.relay.state.at === 'synced' || this.relay.state.at === 'syncing',
      post: message => this.#post(message),
    })
  }

  /** What has arrived of this tab's changes. */
  get arrivals(): Readable<OwnArrivals> {
    return this.#arrivals
  }

  get leads(): boolean {
    return this.#part.at === 'leading'
  }

  /** Meets the other tabs on a channel, which has one name for all that share a network. */
  open(openChannel: OpenChannel, name: string): void {
    this.#channel = openChannel(name, data => this.#receive(data))
    this.presence.open()
    this.#wish('hear')
  }

  /** To be called after the browser held this tab asleep. */
  wake(): void {
    if (this.leads) return
    this.presence.askAll()
    this.#wish('hear')
  }

  /** This tab was elected. */
  lead(uplink: Uplink): void {
    if (this.#part.at === 'following') this.#dismiss(this.#part.leader)
    const { relay } = uplink
    this.#part = {
      at: 'leading',
      uplink,
      stops: [
        relay.subscribe(state => this.#onRelay(state)),
        relay.hello.subscribe(hello => this.#set(this.hello, hello)),
        uplink.peers.subscribe(peers => this.#set(this.peers, peers)),
        uplink.arrivals.subscribe(arrivals => {
          this.#read(arrivals)
          this.#tellArrivals(arrivals)
        }),
      ],
    }
    this.#arrivals.set(NOWHERE)
    this.#set(this.relay, relay.state)
    this.presence.takeOver()
  }

  /** Gives up the network, if this tab leads. */
  resign(): void {
    if (this.#part.at !== 'leading') return
    const { stops, uplink } = this.#part
    for (const stop of stops) stop()
    uplink.destroy()
    this.#part = { at: 'waiting' }
    this.peers.set(0)
    this.relay.set(OFFLINE)
  }

  /** Connects if the link is between two attempts. */
  connect(): void {
    if (this.#part.at === 'leading') this.#part.uplink.relay.connect()
    else this.#wish('connect')
  }

  /** Connects anew, with what there is to present now. */
  reopen(): void {
    if (this.#part.at === 'leading') this.#part.uplink.relay.reopen()
    else this.#wish('reopen')
  }

  /** The document holds the first `count` changes of another tab, and what there is to send of them has been sent. */
  held(tab: number, count: number): void {
    if (this.#part.at === 'leading') this.#part.uplink.mark(tab, count)
  }

  /** As `held`, of this tab. `isOwn`: its person made the last one. */
  told(count: number, isOwn: boolean): void {
    if (this.#part.at !== 'leading') this.#evaluate()
    else if (isOwn) this.held(this.#options.self, count)
  }

  destroy(): void {
    this.resign()
    this.presence.destroy()
    this.#channel?.close()
    this.#channel = null
    for (const cell of [this.relay, this.hello, this.peers, this.#arrivals]) cell.clear()
  }

  #receive(data: unknown): void {
    const message = readTeamMessage(data)
    if (!message) return
    this.#hasCompany = true
    try {
      this.#onMessage(message)
    } catch (error) {
      console.warn('What another tab said could not be taken in.', error)
    }
  }

  #onMessage(message: TeamMessage): void {
    switch (message.type) {
      case 'presence':
        return this.presence.hearTab(message.update)
      case 'announce':
        return this.presence.tellAnew()
      case 'wish':
        return this.#onWish(message.what)
      case 'network':
        return this.#onNetwork(message)
      case 'arrivals':
        if (this.#follows(message.from)) this.#read(message)
        return
      case 'people':
        if (this.#follows(message.from)) this.presence.hearPeople(message.over, message.update)
        return
      default:
        message satisfies never
    }
  }

  #follows(tab: number): boolean {
    return this.#part.at === 'following' && this.#part.leader === tab
  }

  #onWish(what: Extract<TeamMessage, { type: 'wish' }>['what']): void {
    if (this.#part.at !== 'leading') return
    if (what === 'connect') return this.connect()
    if (what === 'reopen') return this.reopen()
    this.#tellNetwork()
    this.#tellArrivals(this.#part.uplink.arrivals.state)
    this.presence.tellPeople()
  }

  #onRelay(state: RelayState): void {
    const isNew = state.at === 'syncing' && this.relay.state.at === 'connecting'
    this.#set(this.relay, state)
    // Of the other tabs, a new connection has told nothing yet.
    if (isNew) this.presence.askAll()
  }

  #set<T>(cell: Cell<T>, state: T): void {
    cell.set(state)
    this.#tellNetworkSoon()
  }

  /** What passes at once, such as a refusal that is answered with another key, is not told. */
  #tellNetworkSoon(): void {
    if (this.#isDue) return
    this.#isDue = true
    queueMicrotask(() => {
      this.#isDue = false
      if (this.leads) this.#tellNetwork()
    })
  }

  #tellNetwork(): void {
    const { state: hello } = this.hello
    // The secret of the mesh is for who uses it.
    const told = hello && JSON.stringify({ ...hello, mesh: null, iceServers: [] })
    const { self: from } = this.#options
    this.#post({ type: 'network', from, relay: this.relay.state, hello: told, peers: this.peers.state })
  }

  #tellArrivals({ disk, snapshot, peers }: Arrivals): void {
    this.#post({
      type: 'arrivals',
      from: this.#options.self,
      disk: new Map(disk),
      snapshot: new Map(snapshot),
      peers: peers.map(counts => new Map(counts)),
    })
  }

  #onNetwork({ from, relay, hello, peers }: Extract<TeamMessage, { type: 'network' }>): void {
    if (this.#part.at === 'leading') return
    if (!this.#follows(from)) {
      if (this.#part.at === 'following') this.#dismiss(this.#part.leader)
      this.#arrivals.set(NOWHERE)
    }
    this.#part = { at: 'following', leader: from, relay }
    if (JSON.stringify(hello) !== JSON.stringify(this.hello.state)) this.hello.set(hello)
    this.peers.set(peers)
    this.#evaluate()
  }

  #read({ disk, snapshot, peers }: Arrivals): void {
    const { self } = this.#options
    this.#arrivals.set({
      disk: disk.get(self) ?? -1,
      snapshot: snapshot.get(self) ?? -1,
      peers: peers.map(counts => counts.get(self) ?? -1),
    })
    this.#evaluate()
  }

  /** Rule 2. */
  #evaluate(): void {
    if (this.#part.at !== 'following') return
    const mayWrite = this.hello.state !== null && takesChanges(this.hello.state)
    this.relay.set(ownView(this.#part.relay, mayWrite, this.#options.told(), this.#arrivals.state))
  }

  /** Rule 3. */
  #dismiss(leader: number): void {
    this.presence.dismiss(leader)
    this.#options.onGone(leader)
  }

  #wish(what: Extract<TeamMessage, { type: 'wish' }>['what']): void {
    this.#post({ type: 'wish', from: this.#options.self, what })
  }

  #post(message: PostedMessage): void {
    const { isShared } = this.#options
    const isAboutTabs = message.type === 'presence' || message.type === 'announce'
    // Who is alone tells only that it is here.
    if (isAboutTabs || (isShared && (this.#hasCompany || message.type === 'wish')))
      this.#channel?.post(message)
  }
}

/** The state of the relay link that another tab has, as it is for this tab's changes. */
function ownView(state: RelayState, mayWrite: boolean, told: number, arrivals: OwnArrivals): RelayState {
  if (state.at !== 'synced' || !mayWrite) return state
  const { inSnapshot: _, ...synced } = state
  const isInSnapshot = arrivals.snapshot >= told
  return { ...synced, durable: arrivals.disk >= told, ...(isInSnapshot && { inSnapshot: true }) }
}
