import type * as Y from 'yjs'
import { randomInt } from '../../../shared/util/random.ts'
import { TestBrowser } from '../tabs.testing.ts'
import { addChanges, type Changes, holds, noChanges } from './claims.ts'
import { SimDevice } from './sim-device.ts'
import type { End } from './sim-net.ts'
import { SimTab } from './sim-tab.ts'
import type { SimWorld } from './sim-world.ts'

/** Claims that were made and checked. */
export interface ClaimCounts {
  readonly durable: number
  readonly snapshot: number
  readonly peers: number
}

/** One person's browser on one device, with a tab or two, which may crash and start again. */
export class SimPeer {
  readonly name: string
  readonly #world: SimWorld
  readonly #device: SimDevice
  readonly #browser: TestBrowser
  readonly #saved = noChanges()
  readonly #past: SimTab[] = []
  #tabs: SimTab[] = []
  #opened = 0

  constructor(name: string, world: SimWorld) {
    this.name = name
    this.#world = world
    this.#device = new SimDevice(world.clock, world.random)
    this.#browser = new TestBrowser(world.clock, world.random)
  }

  /** Of each tab that is open. */
  get docs(): readonly { readonly name: string; readonly doc: Y.Doc }[] {
    return this.#tabs.map(({ doc }, at) => ({ name: `${this.name}, tab ${at}`, doc }))
  }

  /** What the device last said it had saved. */
  get saved(): Changes {
    return this.#saved
  }

  get claims(): ClaimCounts {
    const all = [...this.#past, ...this.#tabs]
    const total = (read: (tab: SimTab) => number) => all.reduce((sum, tab) => sum + read(tab), 0)
    return {
      durable: total(tab => tab.durableClaims),
      snapshot: total(tab => tab.snapshotClaims),
      peers: total(tab => tab.peerClaims),
    }
  }

  get isRunning(): boolean {
    return this.#tabs.length > 0
  }

  /** Opens the board in one tab more: from the device first, then from the network. */
  openTab(): void {
    const promised = noChanges()
    addChanges(promised, this.#saved)
    const tab = new SimTab({
      name: `${this.name}-${this.#opened++}`,
      place: this.name,
      world: this.#world,
      device: this.#device,
      browser: this.#browser,
      promised,
      onSaved: changes => addChanges(this.#saved, changes),
      holders: changes => this.#holders(changes),
    })
    this.#tabs.push(tab)
  }

  gesture(): void {
    this.#anyTab()?.gesture()
  }

  /** The browser dies without a word: only what its device kept is left. */
  crash(): void {
    this.#device.crash()
    this.#cut()
    for (const tab of [...this.#tabs]) this.#end(tab)
  }

  /** One of its tabs dies without a word. */
  crashTab(): void {
    const tab = this.#anyTab()
    if (!tab) return
    if (tab.leads) this.#cut()
    this.#end(tab)
  }

  get tabs(): number {
    return this.#tabs.length
  }

  /** Takes a direct connection; false when no tab has the code of the mesh. */
  join(end: End): boolean {
    const mesh = this.#mesh
    mesh?.join(end)
    return mesh !== null
  }

  get canJoin(): boolean {
    return this.#mesh !== null
  }

  hasHeld(changes: Changes): boolean {
    return [...this.#tabs, ...this.#past].some(({ doc }) => holds(doc, changes))
  }

  #holders(changes: Changes): number {
    return this.#world.peers().filter(peer => peer !== this && peer.hasHeld(changes)).length
  }

  get #mesh() {
    return this.#tabs.find(tab => tab.mesh)?.mesh ?? null
  }

  #anyTab(): SimTab | undefined {
    return this.#tabs[randomInt(this.#world.random, this.#tabs.length)]
  }

  #cut(): void {
    this.#world.net.cut((a, b) => a === this.name || b === this.name)
  }

  #end(tab: SimTab): void {
    this.#tabs = this.#tabs.filter(other => other !== tab)
    this.#past.push(tab)
    tab.end()
  }
}
