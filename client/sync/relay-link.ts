import type { Decoder } from 'lib0/decoding'
import type { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import type * as Y from 'yjs'
import { CLOSE, isFinalClose } from '../../shared/protocol/close.ts'
import {
  CREDENTIAL_PREFIX,
  decodeFrame,
  encodeFrame,
  OUR_SUBPROTOCOLS,
  SCHEMA_PREFIX,
} from '../../shared/protocol/frame.ts'
import type { Hello } from '../../shared/protocol/hello.ts'
import { SCHEMA_VERSION } from '../../shared/schema/read.ts'
import { type Backoff, retryDelay } from '../../shared/util/backoff.ts'
import type { Clock } from '../../shared/util/clock.ts'
import type { Random } from '../../shared/util/random.ts'
import { Cell, type Readable, sameFlat } from '../../shared/util/readable.ts'
import { AckLedger, type Counts } from './ack-ledger.ts'
import { ArrivingState, type Inflate } from './arriving-state.ts'
import { takesChanges, verdictOn } from './outgoing.ts'
import { outgoingSocket } from './outgoing-socket.ts'
import { ensureClock, forgetPresence } from './remote-presence.ts'
import { WaitingChanges } from './waiting-changes.ts'

export type RelayState =
  /**
   * Between attempts, or before the first. `retryAt` is in ms since the epoch; `code` is the relay's, when it was the
   * relay that closed the last connection.
   */
  | { readonly at: 'offline'; readonly retryAt?: number; readonly code?: number }
  | { readonly at: 'connecting' }
  | { readonly at: 'syncing' }
  | Synced
  /** The relay will not take this client as it is: `reopen` tries again, once there is something else to present. */
  | Refused

interface Synced {
  readonly at: 'synced'
  /** All that this device has is on the relay's disk, but for others' changes of this instant, and for what is kept back. */
  readonly durable: boolean
  /** All of it is in a stored snapshot, too. */
  readonly inSnapshot?: true
  /** This device holds changes that the person may not make. They stay here. */
  readonly keepsBack?: true
}

interface Refused {
  readonly at: 'refused'
  readonly code: number
  readonly reason: string
  /** The place in the document, such as `shapes/<id>/pos`; empty when the reason is no place. */
  readonly where: string
}

export interface RelayLinkOptions {
  readonly doc: Y.Doc
  readonly boardId: string
  /** Such as `wss://example.org/sync`; the board's id is appended. */
  readonly url: string
  /** The presence seen through the relay, and nothing else. */
  readonly awareness: Awareness
  readonly clock: Clock
  readonly random: Random
  readonly WebSocket: typeof WebSocket
  /** The key or token to present at the next connection; null for none. */
  readonly credential?: () => string | null
  /** What the document holds of each tab of this browser. */
  readonly held?: () => Counts
  /** Whether this link speaks for somebody besides the document's own client: another tab, whose presence it sends. */
  readonly speaksFor?: (client: number) => boolean
  /** Instead of the browser's. */
  readonly inflate?: Inflate
}

/** What the relay has told of the changes of each tab. */
export interface RelayReceipts {
  /** On its disk. */
  readonly disk: Counts
  /** In a stored snapshot. */
  readonly snapshot: Counts
}

const NO_RECEIPTS: RelayReceipts = { disk: new Map(), snapshot: new Map() }

/** A short first delay, since most drops are blips; the cap keeps a dead relay from being hammered. */
const RETRY: Backoff = { first: 250, max: 15_000 }

/** ms. A browser waits minutes for a host that does not answer; a person who just came back online should not. */
const CONNECT_WITHIN = 10_000

/** Close codes from here on are the relay's own, as `shared/protocol` has them. */
const OUR_CODES = 4400

/** Types of the relay's own frames, as `shared/protocol` numbers them. */
const OWN_TYPES = [100, 101, 102, 103, 104] as const

/**
 * One board's connection to the relay: y-websocket speaks the protocol, this class decides when to connect, counts
 * what is acknowledged, and says where the link is.
 *
 * y-websocket retries without jitter and by timers that outlive it, so it is told after each close not to
 * connect again, and connected from here.
 */
export class RelayLink implements Readable<RelayState> {
  /** The latest that the relay said. */
  readonly hello = new Cell<Hello | null>(null)
  readonly #receipts = new Cell(NO_RECEIPTS)
  readonly #options: RelayLinkOptions
  readonly #provider: WebsocketProvider
  readonly #cell = new Cell<RelayState>({ at: 'offline' }, sameFlat)
  readonly #waiting: WaitingChanges
  readonly #arriving: ArrivingState
  #ledger: AckLedger
  /** Of this connection. */
  #greeting: Hello | null = null
  #rejection: { readonly reason: string; readonly where: string } | null = null
  #keepsBack = false
  /** Set when the board holds what the relay does not take. */
  #refused: Refused | null = null
  #attempt = 0
  #stopTimer: () => void = () => {}
  #destroyed = false

  constructor(options: RelayLinkOptions) {
    this.#options = options
    this.#ledger = new AckLedger(options.held)
    this.#waiting = new WaitingChanges(options.doc)
    options.doc.on('update', this.#onUpdate)
    this.#provider = new WebsocketProvider(options.url, options.boardId, options.doc, {
      connect: false,
      awareness: options.awareness,
      WebSocketPolyfill: outgoingSocket(options.WebSocket, {
        allowed: frame => this.#allowed(frame),
        sent: frame => this.#onSent(frame),
      }),
      disableBc: true,
      // A close is answered by #onClose alone; the timer that y-websocket sets then finds nothing to do at once.
      maxBackoffTime: 0,
      shouldReconnect: () => false,
    })
    this.#arriving = new ArrivingState(this.#provider, options.inflate)
    for (const type of OWN_TYPES) this.#provider.messageHandlers[type] = this.#onOwnFrame
    this.#provider.on('status', this.#onStatus)
    this.#provider.on('sync', () => this.#evaluate())
    this.#provider.on('connection-close', this.#onClose)
  }

  get state(): RelayState {
    return this.#cell.state
  }

  subscribe(listener: (state: RelayState) => void): () => void {
    return this.#cell.subscribe(listener)
  }

  /** What this connection has confirmed. */
  get receipts(): Readable<RelayReceipts> {
    return this.#receipts
  }

  /** The document holds the first `count` changes of a tab, and what there is to send of them has been sent. */
  mark(tab: number, count: number): void {
    const { ws } = this.#provider
    // A connection that is gone, or going, has sent nothing of it.
    if (this.#refused || !ws || ws.readyState !== ws.OPEN) return
    if (this.#ledger.mark(tab, count)) this.#tellReceipts()
  }

  /** Connects now if the link is between two attempts: at start, when the network is back, when the tab is looked at. */
  connect(): void {
    if (this.#destroyed || this.#cell.state.at !== 'offline') return
    this.#stopTimer()
    this.#ledger = new AckLedger(this.#options.held)
    this.#receipts.set(NO_RECEIPTS)
    this.#greeting = null
    this.#rejection = null
    this.#keepsBack = false
    this.#provider.protocols = this.#protocols()
    this.#cell.set({ at: 'connecting' })
    this.#stopTimer = this.#options.clock.after(CONNECT_WITHIN, () => this.#provider.ws?.close())
    try {
      this.#provider.connect()
    } catch (error) {
      // The browser refuses the address itself, such as ws:// from a page on https://.
      this.#stopTimer()
      this.#cell.set({
        at: 'refused',
        code: 0,
        reason: error instanceof Error ? error.message : String(error),
        where: '',
      })
    }
  }

  /** Connects anew: there is something else to present, or the relay has something else to say. */
  reopen(): void {
    if (this.#destroyed || this.#refused) return
    if (this.#provider.ws) {
      ensureClock(this.#options.awareness, this.#options.doc.clientID)
      this.#provider.disconnect()
    }
    this.#attempt = 0
    if (this.#cell.state.at === 'refused') this.#cell.set({ at: 'offline' })
    this.connect()
  }

  destroy(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    this.#stopTimer()
    this.#waiting.destroy()
    this.#options.doc.off('update', this.#onUpdate)
    ensureClock(this.#options.awareness, this.#options.doc.clientID)
    this.#provider.destroy()
    this.#cell.set({ at: 'offline' })
    this.#cell.clear()
    this.hello.clear()
    this.#receipts.clear()
  }

  readonly #onStatus = ({ status }: { status: string }): void => {
    if (status !== 'connected') return
    this.#stopTimer()
    ensureClock(this.#options.awareness, this.#options.doc.clientID)
    this.#evaluate()
  }

  /** y-websocket sends back nothing that came from the relay; what had waited for it may have come from a peer. */
  readonly #onUpdate = (update: Uint8Array, origin: unknown): void => {
    const { ws, wsconnected } = this.#provider
    if (origin === this.#provider && this.#waiting.had && wsconnected)
      ws?.send(encodeFrame({ type: 'update', update }))
  }

  /** The credential goes beside the protocols, where no log of addresses keeps it. */
  #protocols(): string[] {
    const credential = this.#options.credential?.() ?? null
    const offers = [...OUR_SUBPROTOCOLS, `${SCHEMA_PREFIX}${SCHEMA_VERSION}`]
    return credential === null ? offers : [...offers, CREDENTIAL_PREFIX + credential]
  }

  /** The frames to send for one of y-websocket's. */
  #allowed(frame: Uint8Array): readonly Uint8Array[] {
    if (this.#refused) return []
    const verdict = verdictOn(frame, this.#greeting, client => this.#isOurs(client))
    if (verdict.do === 'send') return verdict.frames
    if (verdict.do === 'refuse') this.#refuse(verdict.bytes, verdict.limit)
    if (verdict.do === 'keep') {
      this.#keepsBack = true
      this.#evaluate()
    }
    return []
  }

  #isOurs(client: number): boolean {
    const { awareness, doc, speaksFor } = this.#options
    return client === doc.clientID || client === awareness.clientID || speaksFor?.(client) === true
  }

  /** Trying again would send it all again, only to be closed again. */
  #refuse(bytes: number, limit: number): void {
    const reason = `This board holds one thing of ${megabytes(bytes)}; the relay takes ${megabytes(limit)} at once.`
    this.#refused = { at: 'refused', code: CLOSE.tooLarge, reason, where: '' }
    this.#cell.set(this.#refused)
    this.#provider.ws?.close()
  }

  readonly #onSent = (frame: Uint8Array): void => {
    this.#ledger.onSent(frame)
    this.#evaluate()
  }

  readonly #onOwnFrame = (_reply: unknown, decoder: Decoder): void => {
    const bytes = decoder.arr
    decoder.pos = bytes.length
    const frame = decodeFrame(bytes, bytes.length)
    if (frame.type === 'ack') this.#ledger.onAck(frame.frames)
    if (frame.type === 'snapshotted') this.#ledger.onSnapshot(frame.frames)
    if (frame.type === 'ack' || frame.type === 'snapshotted') this.#tellReceipts()
    if (frame.type === 'state') this.#arriving.take(frame.size, frame.content)
    if (frame.type === 'rejected') this.#rejection = frame
    if (frame.type === 'hello') {
      this.#greeting = frame.hello
      this.hello.set(frame.hello)
    }
    this.#evaluate()
  }

  #tellReceipts(): void {
    const { acknowledged: disk, snapshotted: snapshot } = this.#ledger
    this.#receipts.set({ disk, snapshot })
  }

  /** The state that the provider and the ledger amount to while a connection is open. */
  #evaluate(): void {
    const { wsconnected, synced } = this.#provider
    if (!wsconnected || this.#destroyed || this.#refused) return
    if (synced) this.#attempt = 0
    this.#cell.set(synced ? this.#synced() : { at: 'syncing' })
  }

  #synced(): Synced {
    // Who may not write sends nothing that could be waited for.
    const mayWrite = this.#greeting !== null && takesChanges(this.#greeting)
    return {
      at: 'synced',
      durable: !mayWrite || this.#ledger.isDurable,
      ...(mayWrite && this.#ledger.isInSnapshot && { inSnapshot: true }),
      ...(this.#keepsBack && { keepsBack: true }),
    }
  }

  /** `event` is null when y-websocket itself gave up on a silent connection. */
  readonly #onClose = (event: CloseEvent | null): void => {
    this.#provider.shouldConnect = false
    this.#stopTimer()
    if (this.#destroyed) return
    this.#cell.set(this.#afterClose(event))
    const { awareness } = this.#options
    const others = [...awareness.meta.keys()].filter(client => client !== awareness.clientID)
    forgetPresence(awareness, others, this.#provider)
  }

  #afterClose(event: CloseEvent | null): RelayState {
    if (this.#refused) return this.#refused
    if (event && isFinalClose(event.code)) {
      const { reason, where } = this.#rejection ?? { reason: event.reason, where: '' }
      return { at: 'refused', code: event.code, reason, where }
    }
    const wait = retryDelay(RETRY, this.#attempt++, this.#options.random)
    this.#stopTimer = this.#options.clock.after(wait, () => this.connect())
    const retryAt = this.#options.clock.now() + wait
    return { at: 'offline', retryAt, ...(event && event.code >= OUR_CODES && { code: event.code }) }
  }
}

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`
