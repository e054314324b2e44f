import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { type FakeClock, fakeClock } from '../../shared/testing/fake-clock.ts'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { type Random, randomInt } from '../../shared/util/random.ts'
import type { Keychain, Sealer } from '../../shared/util/sealer.ts'
import { memoryKeychain } from '../vault/keychain.ts'
import { type Fate, type MortalPage, mortalPage } from './indexeddb-death.testing.ts'
import { SealedBoard } from './sealed-board.ts'
import { databaseName } from './sealed-key.ts'
import { UnsavedStates } from './unsaved-states.ts'

const SEEDS = 60
const STEPS = 60

/** So that tabs merge all the time, also at once. */
const MERGING = { chunks: 4, bytes: 400 }

interface Tab {
  readonly page: MortalPage
  readonly clock: FakeClock
  readonly doc: Y.Doc
  readonly board: SealedBoard
  readonly leave: () => void
  /** Keys that this tab alone writes. */
  readonly keys: readonly string[]
}

/** What was written under each key, in order, and from where on it must be there. */
interface History {
  readonly values: (number | undefined)[]
  promised: number
}

/** Two or three tabs of one device, drawing, merging, closing and dying as the seed has it. */
class Device {
  readonly #random: Random
  readonly #keychain
  readonly #factory = new IDBFactory()
  readonly #tabs: Tab[] = []
  readonly #peer = { doc: new Y.Doc(), keys: ['far-0', 'far-1'] }
  readonly #histories = new Map<string, History>()
  #made = 0

  constructor(seed: number) {
    this.#random = seededRandom(seed)
    this.#keychain = slowly(memoryKeychain(this.#random))
  }

  async run(): Promise<void> {
    await this.#open()
    await this.#open()
    for (let step = 0; step < STEPS; step += 1) await this.#step()
    for (const tab of [...this.#tabs]) await this.#close(tab)
    await this.#check()
  }

  async #step(): Promise<void> {
    if (this.#tabs.length < 2) return this.#open()
    const tab = this.#tabs[randomInt(this.#random, this.#tabs.length)] as Tab
    const roll = this.#random.next()
    if (tab.page.isDead) this.#bury(tab)
    else if (roll < 0.45) this.#draw(tab)
    else if (roll < 0.6) this.#hear(tab)
    else if (roll < 0.7) tab.clock.advance(this.#random.next() < 0.5 ? 50 : 1_000)
    else if (roll < 0.73) tab.leave()
    else if (roll < 0.78) await this.#close(tab)
    else if (roll < 0.83) this.#kill(tab)
    else if (roll < 0.86) await this.#open()
    else await turnsOfTheLoop(randomInt(this.#random, 16))
    this.#hold()
  }

  async #open(): Promise<void> {
    const dieAt = this.#random.next() < 0.3 ? randomInt(this.#random, 60) : undefined
    const page = mortalPage(this.#factory, dieAt, this.#fate())
    const clock = fakeClock()
    const doc = new Y.Doc()
    // By the seed, as it decides who wins.
    doc.clientID = randomInt(this.#random, 2 ** 32)
    const leaves: (() => void)[] = []
    const board = new SealedBoard({
      doc,
      name: 'board',
      indexedDB: page.indexedDB,
      keychain: this.#keychain,
      clock,
      random: this.#random,
      onLeave: task => {
        leaves.push(task)
        return () => {}
      },
      merging: MERGING,
      unsaved: new UnsavedStates(),
    })
    const keys = [0, 1, 2].map(key => `${this.#made}-${key}`)
    this.#made += 1
    await Promise.race([board.loaded, page.death])
    if (!page.isDead)
      this.#tabs.push({ page, clock, doc, board, keys, leave: () => leaves.map(leave => leave()) })
  }

  #draw({ doc, keys }: Pick<Tab, 'doc' | 'keys'>): void {
    const key = keys[randomInt(this.#random, keys.length)] as string
    const history = this.#histories.get(key) ?? { values: [undefined], promised: 0 }
    const value = this.#random.next() < 0.2 ? undefined : history.values.length
    history.values.push(value)
    this.#histories.set(key, history)
    if (value === undefined) doc.getMap('shapes').delete(key)
    else doc.getMap('shapes').set(key, value)
  }

  /** The tab takes in what another has, or a peer elsewhere. */
  #hear({ doc }: Tab): void {
    const tab = this.#tabs[randomInt(this.#random, this.#tabs.length)] as Tab
    const isFar = this.#random.next() < 0.7
    if (isFar) this.#draw(this.#peer)
    const other = isFar ? this.#peer.doc : tab.doc
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(doc)))
  }

  async #close(tab: Tab): Promise<void> {
    await Promise.race([tab.board.close(), tab.page.death])
    if (!tab.page.isDead) {
      expect(tab.board.state.at).toBe('saved')
      this.#promise(tab)
    }
    this.#bury(tab)
  }

  /** Whose transactions the browser finishes has lost nothing of its own, however early it went. */
  #kill(tab: Tab): void {
    const fate = this.#fate()
    if (fate === 'complete') this.#promiseOwn(tab)
    tab.page.kill(fate)
    this.#bury(tab)
  }

  #bury(tab: Tab): void {
    this.#tabs.splice(this.#tabs.indexOf(tab), 1)
  }

  #fate(): Fate {
    return this.#random.next() < 0.5 ? 'complete' : 'abort'
  }

  /** What is called saved is promised. */
  #hold(): void {
    for (const tab of this.#tabs) if (tab.board.state.at === 'saved') this.#promise(tab)
  }

  #promiseOwn({ keys }: Tab): void {
    for (const key of keys) {
      const history = this.#histories.get(key)
      if (history) history.promised = history.values.length - 1
    }
  }

  /** All that the tab has, others' part too. */
  #promise(tab: Tab): void {
    this.#promiseOwn(tab)
    const shapes = tab.doc.getMap<number>('shapes')
    for (const [key, history] of this.#histories) {
      const value = shapes.get(key)
      if (value !== undefined) history.promised = Math.max(history.promised, history.values.indexOf(value))
    }
  }

  async #check(): Promise<void> {
    const records = await this.#records()
    await this.#open()
    const [tab] = this.#tabs
    if (!tab || tab.page.isDead) return this.#check()
    expect(tab.board.state.at).toBe('saved')
    const found = tab.doc.getMap('shapes')
    for (const [key, { values, promised }] of this.#histories) {
      expect(values.slice(promised), `${key} of ${records} records`).toContain(found.get(key))
    }
    await tab.board.close()
  }

  async #records(): Promise<number> {
    const request = this.#factory.open(databaseName(this.#keychain, 'board'))
    await new Promise(resolve => (request.onsuccess = resolve))
    const count = request.result.transaction('updates').objectStore('updates').count()
    await new Promise(resolve => (count.onsuccess = resolve))
    request.result.close()
    return count.result
  }
}

/** With a moment for everything else while a large thing is sealed or opened. */
function slowly(keychain: Keychain): Keychain {
  const slow = (sealer: Sealer): Sealer => ({
    seal: (plain, context) => sealer.seal(plain, context),
    open: (sealed, context) => sealer.open(sealed, context),
    sealLarge: (plain, context) => turnsOfTheLoop(10).then(() => sealer.sealLarge(plain, context)),
    openLarge: (sealed, context) => turnsOfTheLoop(1).then(() => sealer.openLarge(sealed, context)),
  })
  return {
    storageName: name => keychain.storageName(name),
    sealer: slow(keychain.sealer),
    newKey() {
      const { sealer, wrapped } = keychain.newKey()
      return { sealer: slow(sealer), wrapped }
    },
    openKey: wrapped => slow(keychain.openKey(wrapped)),
  }
}

async function turnsOfTheLoop(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise(resolve => setImmediate(resolve))
}

test.each(Array.from({ length: SEEDS }, (_, seed) => seed))(
  'tabs that draw, merge and die lose nothing that was saved, seed %i',
  seed => new Device(seed).run(),
)
