import { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { Clock } from '../../../shared/util/clock.ts'
import { type Random, randomInt } from '../../../shared/util/random.ts'
import { PeerHub } from '../peer-hub.ts'
import { LOW_WATER } from '../peer-link.ts'
import { RelayLink } from '../relay-link.ts'
import { addTransaction, type Changes, changesIn, missing, noChanges } from './claims.ts'
import { Hand } from './gestures.ts'
import { SimDevice } from './sim-device.ts'
import type { End, SimNet } from './sim-net.ts'
import type { SimRelay } from './sim-relay.ts'
import { simWebSocket } from './sim-socket.ts'

export const BOARD = 'simulated-board-0001'

export interface SimWorld {
  readonly clock: Clock
  readonly random: Random
  readonly net: SimNet
  readonly relay: SimRelay
  /** Told of each promise found broken. */
  readonly problem: (what: string) => void
}

/** A browser that is running: everything here is gone when it crashes. */
interface Running {
  readonly doc: Y.Doc
  readonly hand: Hand
  readonly hub: PeerHub
  readonly link: RelayLink
  readonly awareness: Awareness
}

/** One person's browser on one device: the client's own RelayLink and PeerHub, which may crash and start again. */
export class SimPeer {
  readonly name: string
  readonly #world: SimWorld
  readonly #device: SimDevice
  /** What the device last said it had saved. */
  #saved: Changes = noChanges()
  #running: Running | null = null
  /** Claims that were made and checked. */
  durableClaims = 0
  snapshotClaims = 0

  constructor(name: string, world: SimWorld) {
    this.name = name
    this.#world = world
    this.#device = new SimDevice(world.clock, world.random)
  }

  get doc(): Y.Doc | null {
    return this.#running?.doc ?? null
  }

  get saved(): Changes {
    return this.#saved
  }

  /** Opens the board: from the device first, then from the network. */
  start(): void {
    const { clock, random, net, relay } = this.#world
    const doc = new Y.Doc()
    doc.clientID = 1 + randomInt(random, 2 ** 31)
    const hand = new Hand(doc, random)
    const awareness = new Awareness(doc)
    awareness.setLocalState(null)
    const promised = this.#saved
    const board = this.#device.open(doc, BOARD)
    const offered = this.#offered(doc)
    const link = new RelayLink({
      doc,
      boardId: BOARD,
      url: 'ws://relay/sync',
      awareness,
      clock,
      random,
      WebSocket: simWebSocket(net, this.name, (end, boardId, protocol) =>
        relay.accept(end, boardId, protocol),
      ),
    })
    const hub = new PeerHub({ doc, awareness, clock, onCount: () => {} })
    const running: Running = { doc, hand, hub, link, awareness }
    link.subscribe(state => {
      hub.setRelayUp(state.at === 'synced')
      if (state.at === 'synced' && state.durable) this.#checkDurable(offered)
      if (state.at === 'synced' && state.inSnapshot) this.#checkSnapshotted(offered)
      if (state.at === 'refused')
        this.#world.problem(`${this.name} was refused: ${state.code} ${state.reason}`)
    })
    board.subscribe(state => {
      if (state.at === 'saved') this.#saved = changesIn(doc)
    })
    void board.loaded.then(() => {
      this.#checkLoaded(doc, promised)
      this.#running = running
      link.connect()
    })
  }

  gesture(): void {
    this.#running?.hand.gesture()
  }

  /** The browser dies without a word: only what its device kept is left. */
  crash(): void {
    const running = this.#running
    if (!running) return
    this.#running = null
    this.#device.crash()
    this.#world.net.cut((a, b) => a === this.name || b === this.name)
    running.link.destroy()
    running.hub.destroy()
    running.awareness.destroy()
    running.doc.destroy()
  }

  /** Takes a direct connection; false when the browser is not running. */
  join(end: End): boolean {
    if (!this.#running) return false
    const link = this.#running.hub.add({
      send: frame => end.send(frame),
      get bufferedAmount() {
        return end.inFlight
      },
      close: (cause, reason) => {
        if (cause === 'rubbish') this.#world.problem(`${this.name} dropped a peer: ${reason}`)
        end.close(1000, reason)
      },
    })
    end.onMessage = frame => link.receive(frame)
    end.onClose = () => link.closed()
    end.onDrained = () => end.inFlight <= LOW_WATER && link.drained()
    return true
  }

  get links(): number {
    return this.#running?.hub.count ?? 0
  }

  get isRunning(): boolean {
    return this.#running !== null
  }

  /** What this peer owes the relay: all that its document has and that did not come from the relay itself. */
  #offered(doc: Y.Doc): Changes {
    const offered = noChanges()
    doc.on('afterTransaction', (transaction: Y.Transaction) => {
      if (!(transaction.origin instanceof WebsocketProvider)) addTransaction(offered, transaction)
    })
    return offered
  }

  #checkDurable(offered: Changes): void {
    this.durableClaims += 1
    const lost = missing(offered, changesIn(this.#world.relay.onDisk))
    if (lost) this.#world.problem(`${this.name} was told durable, but the relay's disk lacks ${lost}`)
  }

  #checkSnapshotted(offered: Changes): void {
    this.snapshotClaims += 1
    const lost = missing(offered, changesIn(this.#world.relay.inSnapshots))
    if (lost) this.#world.problem(`${this.name} was told of a snapshot, but none ever held ${lost}`)
  }

  #checkLoaded(doc: Y.Doc, promised: Changes): void {
    const lost = missing(promised, changesIn(doc))
    if (lost) this.#world.problem(`${this.name} lost ${lost} that its device had called saved`)
  }
}
