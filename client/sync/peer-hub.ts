import { type Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Clock } from '../../shared/util/clock.ts'
import { AckLedger, type Counts } from './ack-ledger.ts'
import { applyForeignUpdate } from './foreign-update.ts'
import { PeerIntake } from './peer-intake.ts'
import { type DirectChannel, PeerLink } from './peer-link.ts'
import type { PeerMessage } from './peer-message.ts'
import { applyPresence, forgetPresence } from './remote-presence.ts'

/** What one transaction did to presence, as y-protocols tells it. */
export interface PresenceChange {
  readonly added: number[]
  readonly updated: number[]
  readonly removed: number[]
}

export interface HubOptions {
  readonly doc: Y.Doc
  /** The presence seen over direct links, and nothing else. */
  readonly awareness: Awareness
  readonly clock: Clock
  readonly onCount: (links: number) => void
  /** What the document holds of each tab of this browser. */
  readonly held?: () => Counts
  /** Told when a peer has confirmed more, or is gone. */
  readonly onConfirmed?: () => void
  /** The origin of what other tabs of this browser wrote: it goes the same ways as what this one did. */
  readonly tabs?: unknown
  /** Whether this client speaks for somebody besides itself: another tab, whose presence it sends. */
  readonly speaksFor?: (client: number) => boolean
}

/** One peer. Until it tells otherwise, it is taken to have no relay, so that nothing is kept from it. */
interface Remote {
  relayUp: boolean
  /** Whether a question for its state is out. */
  isAsked: boolean
  /** Whether it understands `got`. */
  counts: boolean
  /** What it was sent, and has confirmed. */
  readonly ledger: AckLedger
  readonly intake: PeerIntake
  /** The links that had been opened when something of it last came. */
  heardAt: number
  /** Undoes the `got` that is due; null when none is. */
  stopGot: (() => void) | null
}

/** ms in which what a peer said before it went has arrived, so that it is not taken for a sign of life. */
const LAST_WORDS = 500

/** ms for an answer to `probe`: many times a round trip, and far less than the 15 s and more that WebRTC takes. */
const ANSWER_WITHIN = 3_000

/** ms. A burst of changes is confirmed once; nobody who looks at the meter sees the delay. */
const GOT_AFTER = 100

/**
 * Syncs one document with every direct peer.
 *
 * 1. A new link exchanges state vectors, both ways, then carries updates.
 * 2. While two peers both have the relay, each sends the other only what its own person wrote: the relay
 *    carries the rest.
 * 3. When one of the two has no relay, everything new is sent on, whoever wrote it.
 * 4. A peer that loses the relay says so, and both sides exchange state vectors again, since rule 2 kept things
 *    from it until then.
 * 5. An update that builds on something missing is not taken; its sender is asked for its state.
 * 6. Each tells the other how many of its document messages its document holds.
 */
export class PeerHub {
  readonly #options: HubOptions
  readonly #links = new Map<PeerLink, Remote>()
  /** The link over which a client's newest presence came. */
  readonly #seenOver = new Map<number, PeerLink>()
  #relayUp = false
  /** Links opened so far. */
  #opened = 0
  readonly #timers = new Set<() => void>()

  constructor(options: HubOptions) {
    this.#options = options
    options.doc.on('update', this.#onUpdate)
    options.awareness.on('update', this.#onPresence)
  }

  get count(): number {
    return this.#links.size
  }

  /**
   * What each peer has confirmed of the changes of each tab of this browser. Left out is one that has not been heard since
   * the latest link was opened: its link may be what is left of the same peer, who came back over the new one.
   */
  get confirmed(): readonly Counts[] {
    return [...this.#links.values()].flatMap(({ heardAt, ledger }) =>
      heardAt === this.#opened ? ledger.acknowledged : [],
    )
  }

  /** The document holds the first `count` changes of a tab, and what there is to send of them has been sent. */
  mark(tab: number, count: number): void {
    for (const { ledger } of this.#links.values()) {
      if (ledger.mark(tab, count)) this.#options.onConfirmed?.()
    }
  }

  /** Takes a connected channel into the hub and syncs over it. */
  add(channel: DirectChannel): PeerLink {
    const remote: Remote = {
      relayUp: false,
      isAsked: false,
      counts: false,
      ledger: new AckLedger(this.#options.held),
      intake: new PeerIntake(),
      heardAt: 0,
      stopGot: null,
    }
    const link: PeerLink = new PeerLink(channel, {
      message: message => this.#onMessage(link, message),
      sent: message => remote.ledger.onSent(message),
      roomy: () => this.#sendPresence(link),
      closed: () => this.#onClosed(link),
    })
    this.#opened += 1
    for (const other of this.#links.keys()) this.#tellRelay(other, true)
    this.#links.set(link, remote)
    this.#tellRelay(link, false)
    this.#ask(link, remote)
    this.#sendPresence(link)
    this.#options.onCount(this.#links.size)
    return link
  }

  setRelayUp(up: boolean): void {
    if (this.#relayUp === up) return
    this.#relayUp = up
    for (const [link, remote] of this.#links) {
      this.#tellRelay(link, false)
      if (!up) this.#ask(link, remote)
    }
  }

  /** Somebody is said to be gone: a link that does not answer is closed, and its people with it. */
  probe(): void {
    this.#later(LAST_WORDS, () => {
      const heard = new Map([...this.#links.keys()].map(link => [link, link.framesHeard]))
      for (const link of heard.keys()) this.#tellRelay(link, true)
      this.#later(ANSWER_WITHIN, () => {
        for (const [link, frames] of heard) {
          if (link.framesHeard === frames && !link.isCongested) link.drop('done', 'the peer is gone')
        }
      })
    })
  }

  destroy(): void {
    for (const stop of this.#timers) stop()
    this.#options.doc.off('update', this.#onUpdate)
    this.#options.awareness.off('update', this.#onPresence)
    for (const link of [...this.#links.keys()]) link.drop('done', 'the board was closed')
  }

  #later(ms: number, task: () => void): () => void {
    const stop = this.#options.clock.after(ms, () => {
      this.#timers.delete(stop)
      task()
    })
    this.#timers.add(stop)
    return stop
  }

  /** Rules 2 and 3. */
  #sendsAll(remote: Remote): boolean {
    return !this.#relayUp || !remote.relayUp
  }

  readonly #onUpdate = (
    update: Uint8Array,
    origin: unknown,
    _doc: Y.Doc,
    transaction: Y.Transaction,
  ): void => {
    // Local is whatever this client wrote, undo included; what came from others or from this device is not.
    const own = transaction.local || this.#isTabs(origin)
    for (const [link, remote] of this.#links) {
      if (link === origin) continue
      if (own || this.#sendsAll(remote)) link.send({ type: 'update', update })
    }
  }

  readonly #onPresence = ({ added, updated, removed }: PresenceChange, origin: unknown): void => {
    const own = origin === 'local' || this.#isTabs(origin)
    if (!own && !this.#cameOver(origin)) return
    const update = encodeAwarenessUpdate(this.#options.awareness, [...added, ...updated, ...removed])
    for (const [link, remote] of this.#links) {
      if (link === origin) continue
      if (own || this.#sendsAll(remote)) link.send({ type: 'awareness', update })
    }
  }

  #isTabs(origin: unknown): boolean {
    return this.#options.tabs !== undefined && origin === this.#options.tabs
  }

  #cameOver(origin: unknown): boolean {
    return origin instanceof PeerLink && this.#links.has(origin)
  }

  #onMessage(link: PeerLink, message: PeerMessage): void {
    const remote = this.#links.get(link)
    if (!remote) return
    this.#hear(remote)
    switch (message.type) {
      case 'syncStep1':
        link.send({
          type: 'syncStep2',
          update: Y.encodeStateAsUpdate(this.#options.doc, message.stateVector),
        })
        return
      case 'syncStep2':
      case 'update':
        return this.#onChange(link, remote, message)
      case 'awareness':
        for (const client of applyPresence(this.#options, message.update, link)) {
          this.#seenOver.set(client, link)
        }
        return
      case 'relay':
        remote.counts = message.counts
        this.#onRemoteRelay(link, remote, message.up)
        if (message.asks) this.#tellRelay(link, false)
        return
      case 'got':
        remote.ledger.onAck(message.messages)
        this.#options.onConfirmed?.()
        return
      default:
        message satisfies never
    }
  }

  #hear(remote: Remote): void {
    if (remote.heardAt === this.#opened) return
    remote.heardAt = this.#opened
    this.#options.onConfirmed?.()
  }

  #onChange(
    link: PeerLink,
    remote: Remote,
    message: Extract<PeerMessage, { type: 'syncStep2' | 'update' }>,
  ): void {
    const isWhole = applyForeignUpdate(this.#options.doc, message, link)
    remote.intake.take(message.type, isWhole)
    this.#oweGot(link, remote)
    if (message.type === 'syncStep2') remote.isAsked = false
    // Rule 5. What it answers a question that is out with holds this too.
    else if (!isWhole && !remote.isAsked) this.#ask(link, remote)
  }

  /** Rule 6. */
  #oweGot(link: PeerLink, remote: Remote): void {
    remote.stopGot ??= this.#later(GOT_AFTER, () => {
      remote.stopGot = null
      if (remote.counts) link.send({ type: 'got', messages: remote.intake.whole })
    })
  }

  #tellRelay(link: PeerLink, asks: boolean): void {
    link.send({ type: 'relay', up: this.#relayUp, asks, counts: true })
  }

  /** Rule 4. The peer sends its state vector by itself; ours makes it send what it has and we lack. */
  #onRemoteRelay(link: PeerLink, remote: Remote, up: boolean): void {
    const lost = remote.relayUp && !up
    remote.relayUp = up
    if (!lost) return
    this.#ask(link, remote)
    this.#sendPresence(link)
  }

  #onClosed(link: PeerLink): void {
    this.#links.get(link)?.stopGot?.()
    this.#links.delete(link)
    const gone = [...this.#seenOver].filter(([, over]) => over === link).map(([client]) => client)
    for (const client of gone) this.#seenOver.delete(client)
    forgetPresence(this.#options.awareness, gone, 'link closed')
    this.#options.onCount(this.#links.size)
    this.#options.onConfirmed?.()
  }

  #isOurs(client: number): boolean {
    const { awareness, speaksFor } = this.#options
    return client === awareness.clientID || speaksFor?.(client) === true
  }

  /** Asks a peer for what it has and we lack. */
  #ask(link: PeerLink, remote: Remote): void {
    remote.isAsked = true
    link.send({ type: 'syncStep1', stateVector: Y.encodeStateVector(this.#options.doc) })
  }

  /** Our own presence, and that of others where rule 3 holds. */
  #sendPresence(link: PeerLink): void {
    const remote = this.#links.get(link)
    if (!remote) return
    const { awareness } = this.#options
    const known = [...awareness.getStates().keys()]
    const told = this.#sendsAll(remote) ? known : known.filter(client => this.#isOurs(client))
    if (told.length > 0) link.send({ type: 'awareness', update: encodeAwarenessUpdate(awareness, told) })
  }
}
