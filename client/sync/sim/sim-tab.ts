import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { randomInt } from '../../../shared/util/random.ts'
import { type BoardSync, openBoardSync } from '../board-sync.ts'
import type { ChangeDurability } from '../change-log.ts'
import { TabLink } from '../tab-link.ts'
import type { TestBrowser } from '../tabs.testing.ts'
import { addTransaction, type Changes, changesIn, holds, missing, noChanges } from './claims.ts'
import { Hand } from './gestures.ts'
import type { SimDevice } from './sim-device.ts'
import { SimMesh } from './sim-mesh.ts'
import { simInflate, simWebSocket } from './sim-socket.ts'
import type { SimWorld } from './sim-world.ts'

export const BOARD = 'simulated-board-0001'

export interface SimTabParts {
  /** Of the tab, for who reads a problem. */
  readonly name: string
  /** Of the browser, on the network. */
  readonly place: string
  readonly world: SimWorld
  readonly device: SimDevice
  readonly browser: TestBrowser
  /** What the device last said it had saved. */
  readonly promised: Changes
  /** Told whenever the device says that it has all. */
  readonly onSaved: (changes: Changes) => void
  /** How many other people have held the changes at some time. */
  readonly holders: (changes: Changes) => number
}

/** One tab: the client's own BoardSync on what a browser gives it, held to what it claims. */
export class SimTab {
  readonly doc = new Y.Doc()
  mesh: SimMesh | null = null
  isReady = false
  durableClaims = 0
  snapshotClaims = 0
  peerClaims = 0
  readonly #parts: SimTabParts
  readonly #sync: BoardSync<never>
  readonly #hand: Hand
  /** What this tab's person wrote, what its device had, and what came over direct links. */
  readonly #offered = noChanges()
  readonly #gestures = new Map<string, Changes>()
  readonly #claimed = new Set<string>()
  #current = noChanges()

  constructor(parts: SimTabParts) {
    this.#parts = parts
    const { browser, device, name, place, world } = parts
    const { clock, net, random, relay } = world
    this.doc.clientID = 1 + randomInt(random, 2 ** 31)
    this.#hand = new Hand(this.doc, random)
    this.doc.on('afterTransaction', this.#onTransaction)
    this.#sync = openBoardSync<never>({
      doc: this.doc,
      boardId: BOARD,
      store: device,
      relayUrl: 'ws://relay',
      parsePresence: () => undefined,
      clock,
      random,
      page: { window: new EventTarget(), document: visible() },
      WebSocket: simWebSocket(net, place, (end, board, protocol) => relay.accept(end, board, protocol)),
      inflate: simInflate,
      locks: browser.locks(name),
      openChannel: browser.openChannel(name),
      loadMesh: async () => options => this.#openMesh(options),
    })
    this.#sync.relay.subscribe(state => {
      if (state.at === 'synced' && state.durable) this.#checkDurable()
      if (state.at === 'synced' && state.inSnapshot) this.#checkSnapshotted()
      if (state.at === 'refused') world.problem(`${name} was refused: ${state.code} ${state.reason}`)
    })
    this.#sync.changes.subscribe(changes => {
      for (const change of changes) this.#checkChange(change)
    })
    this.#sync.local.subscribe(({ at }) => at === 'saved' && parts.onSaved(changesIn(this.doc)))
    void this.#sync.loaded.then(() => this.#onLoaded())
  }

  get leads(): boolean {
    return this.#sync.leads
  }

  gesture(): void {
    if (!this.isReady) return
    const id = `${this.#gestures.size}`
    this.#current = noChanges()
    this.#gestures.set(id, this.#current)
    this.#sync.describe({ what: 'changed', shapes: [id] })
    this.#hand.gesture()
  }

  /** The tab is gone: what it would still say to others or to the network goes nowhere. */
  end(): void {
    this.#parts.browser.end(this.#parts.name)
    void this.#sync.destroy()
    this.doc.off('afterTransaction', this.#onTransaction)
  }

  #openMesh(options: ConstructorParameters<typeof SimMesh>[0]): SimMesh {
    const { name, world } = this.#parts
    const mesh = new SimMesh(
      options,
      reason => world.problem(`${name} dropped a peer: ${reason}`),
      () => {
        this.mesh = null
      },
    )
    this.mesh = mesh
    return mesh
  }

  readonly #onTransaction = (transaction: Y.Transaction): void => {
    if (transaction.local) addTransaction(this.#current, transaction)
    const { origin } = transaction
    if (origin instanceof WebsocketProvider || origin instanceof TabLink) return
    addTransaction(this.#offered, transaction)
  }

  #onLoaded(): void {
    const { name, promised, world } = this.#parts
    const lost = missing(promised, changesIn(this.doc))
    if (lost) world.problem(`${name} lost ${lost} that its device had called saved`)
    this.isReady = true
  }

  #checkDurable(): void {
    this.durableClaims += 1
    const { name, world } = this.#parts
    const lost = missing(this.#offered, changesIn(world.relay.onDisk))
    if (lost) world.problem(`${name} was told durable, but the relay's disk lacks ${lost}`)
  }

  #checkSnapshotted(): void {
    this.snapshotClaims += 1
    const { name, world } = this.#parts
    const lost = missing(this.#offered, changesIn(world.relay.inSnapshots))
    if (lost) world.problem(`${name} was told of a snapshot, but none ever held ${lost}`)
  }

  /** Each claim is checked when it is made. */
  #checkChange({ shapes, peers, relay, snapshot }: ChangeDurability): void {
    const { holders, name, world } = this.#parts
    const [id = ''] = shapes
    const changes = this.#gestures.get(id)
    if (!changes) return
    const { onDisk, inSnapshots } = world.relay
    const problem = (place: string) => world.problem(`${name} showed a change as ${place}, where it is not`)
    if (relay && this.#isNew(`${id} relay`) && !holds(onDisk, changes)) problem("on the relay's disk")
    if (snapshot && this.#isNew(`${id} snapshot`) && !holds(inSnapshots, changes)) problem('in a snapshot')
    if (peers === 0 || !this.#isNew(`${id} peers ${peers}`)) return
    this.peerClaims += 1
    const held = holders(changes)
    if (held < peers) world.problem(`${name} showed a change as held by ${peers} peers; ${held} have had it`)
  }

  #isNew(claim: string): boolean {
    if (this.#claimed.has(claim)) return false
    this.#claimed.add(claim)
    return true
  }
}

const visible = () => Object.assign(new EventTarget(), { visibilityState: 'visible' as const })
