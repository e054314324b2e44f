import * as Y from 'yjs'
import { type FakeClock, fakeClock } from '../../../shared/testing/fake-clock.ts'
import { seededRandom } from '../../../shared/testing/seeded-random.ts'
import { type Random, randomInt } from '../../../shared/util/random.ts'
import { changesIn, missing } from './claims.ts'
import { SimNet } from './sim-net.ts'
import { type ClaimCounts, SimPeer } from './sim-peer.ts'
import { SimRelay } from './sim-relay.ts'
import { BOARD } from './sim-tab.ts'
import type { SimWorld } from './sim-world.ts'
import { Trace } from './trace.ts'

export interface Course {
  /** ms of virtual time in which people draw and things break. */
  readonly duration: number
  /**
   * `unreliable`: it crashes and comes back. `dies`: so it does, then it is gone for good while people draw on.
   * `none`: it greets, and never opens a board. `replaced`: it comes back on a machine with an empty disk. `lying`: it acknowledges what is
   * not on its disk, to see that this is found out.
   */
  readonly relay: 'unreliable' | 'dies' | 'none' | 'replaced' | 'lying'
}

export interface Outcome {
  readonly seed: number
  /** Broken promises, in words. Empty when all held. */
  readonly problems: readonly string[]
  readonly trace: string
  readonly gestures: number
  readonly faults: number
  readonly claims: ClaimCounts
}

const PEERS = 5

/** Those of them who have the board open in two tabs. */
const WITH_TWO_TABS = 2

/** ms between two gestures of all people together, on average. */
const GESTURE_EVERY = 40

/** ms between two faults, on average. */
const FAULT_EVERY = 700

/** ms until something that broke works again, at most. */
const REPAIR_WITHIN = 4_000

/** ms between two looks for pairs without a direct link. */
const SIGNAL_EVERY = 400

/** ms of peace after which everybody must agree: longer than the longest wait before a reconnection. */
const HEALING = 40_000

/** Pairs that can reach each other directly; the others are behind networks that WebRTC cannot cross. */
const DIRECT_SHARE = 0.6

/** ms in which every direct link that can be is up again. */
const LINKS_UP = 10_000

/** ms that people draw on after the relay died. */
const DRAW_ON = 3_000

/** ms from an append to its being on disk: long enough that an early acknowledgement always arrives earlier. */
const SLOW_DISK = 2_000

/** One run: five people draw for a while over a network that breaks in every way, then it heals. */
export async function simulate(seed: number, course: Course): Promise<Outcome> {
  const run = new Run(seed, course)
  return run.outcome()
}

class Run {
  readonly #seed: number
  readonly #course: Course
  readonly #clock: FakeClock = fakeClock(1_000_000)
  readonly #random: Random
  readonly #trace = new Trace()
  readonly #problems: string[] = []
  readonly #net: SimNet
  readonly #relay: SimRelay
  readonly #peers: SimPeer[]
  readonly #pairs: readonly (readonly [SimPeer, SimPeer])[]
  readonly #dialling = new Set<string>()
  #draws = true
  #breaks = true
  #gestures = 0
  #faults = 0

  constructor(seed: number, course: Course) {
    this.#seed = seed
    this.#course = course
    this.#random = seededRandom(seed)
    this.#net = new SimNet(this.#clock, this.#random, this.#trace)
    const lies = course.relay === 'lying'
    const writeDelay = lies ? SLOW_DISK : 2 + randomInt(this.#random, 30)
    const isBroken = course.relay === 'none'
    const { net, clock, random } = { net: this.#net, clock: this.#clock, random: this.#random }
    this.#relay = new SimRelay({ net, clock, random, writeDelay, lies, isBroken })
    const world: SimWorld = {
      clock,
      random,
      net,
      relay: this.#relay,
      peers: () => this.#peers,
      problem: what => this.#problems.push(`${Math.round(this.#clock.now())}: ${what}`),
    }
    this.#peers = Array.from({ length: PEERS }, (_, i) => new SimPeer(`peer-${i}`, world))
    this.#pairs = this.#directPairs()
  }

  async outcome(): Promise<Outcome> {
    this.#relay.start()
    for (const peer of this.#peers) this.#open(peer)
    this.#every(GESTURE_EVERY, () => this.#gesture())
    this.#every(FAULT_EVERY, () => this.#breaks && this.#fault())
    this.#signal()
    await this.#clock.settle(this.#course.duration)
    this.#breaks = false
    this.#net.heal()
    if (this.#course.relay === 'dies') await this.#loseRelay()
    this.#draws = false
    await this.#clock.settle(HEALING)
    await this.#check()
    for (const peer of this.#peers) peer.crash()
    return {
      seed: this.#seed,
      problems: this.#problems,
      trace: this.#trace.digest,
      gestures: this.#gestures,
      faults: this.#faults,
      claims: {
        durable: this.#total('durable'),
        snapshot: this.#total('snapshot'),
        peers: this.#total('peers'),
      },
    }
  }

  #total(claim: keyof ClaimCounts): number {
    return this.#peers.reduce((sum, peer) => sum + peer.claims[claim], 0)
  }

  /** Opens the tabs that a person has. */
  #open(peer: SimPeer): void {
    const wanted = this.#peers.indexOf(peer) < WITH_TWO_TABS ? 2 : 1
    while (peer.tabs < wanted) peer.openTab()
  }

  /** A line where the relay cannot help, so that everything must be passed on; else some pairs of all. */
  #directPairs(): (readonly [SimPeer, SimPeer])[] {
    const pairs: (readonly [SimPeer, SimPeer])[] = []
    const isLine = this.#course.relay === 'none' || this.#course.relay === 'dies'
    this.#peers.forEach((a, i) => {
      for (const [step, b] of this.#peers.slice(i + 1).entries()) {
        const isDirect = isLine ? step === 0 : this.#random.next() < DIRECT_SHARE
        if (isDirect) pairs.push([a, b])
      }
    })
    return pairs
  }

  /** Repeats at random intervals while people draw. */
  #every(average: number, task: () => void): void {
    this.#clock.after(this.#random.next() * 2 * average, () => {
      if (!this.#draws) return
      task()
      this.#every(average, task)
    })
  }

  #gesture(): void {
    const peer = this.#anyPeer()
    if (!peer.isRunning) return
    this.#gestures += 1
    peer.gesture()
  }

  #fault(): void {
    this.#faults += 1
    const roll = this.#random.next()
    const peer = this.#anyPeer()
    if (roll < 0.35) this.#net.cut((a, b) => b === 'relay' && a === peer.name)
    else if (roll < 0.55) this.#net.cut((a, b) => a === peer.name && b === this.#anyPeer().name)
    else if (roll < 0.7) this.#partition()
    else if (roll < 0.78) this.#crash(peer)
    else if (roll < 0.88) this.#crashTab()
    else if (this.#course.relay !== 'none') this.#crashRelay()
  }

  #partition(): void {
    const places = ['relay', ...this.#peers.map(peer => peer.name)]
    this.#net.partition(new Map(places.map(place => [place, randomInt(this.#random, 2)])))
    this.#repair(() => this.#net.heal())
  }

  #crash(peer: SimPeer): void {
    if (!peer.isRunning) return
    peer.crash()
    this.#repair(() => this.#open(peer))
  }

  /** One of two tabs: the one that leads, as likely as not. */
  #crashTab(): void {
    const peer = this.#peers[randomInt(this.#random, WITH_TWO_TABS)]
    if (!peer?.isRunning) return
    peer.crashTab()
    this.#repair(() => this.#open(peer))
  }

  #crashRelay(): void {
    if (!this.#relay.isUp) return
    if (this.#course.relay === 'replaced') this.#relay.loseDisk()
    else this.#relay.crash()
    this.#repair(() => this.#relay.start())
  }

  #repair(task: () => void): void {
    this.#clock.after(this.#random.next() * REPAIR_WITHIN, task)
  }

  /** Joins pairs that have no direct link, as signalling does: through the relay, unless there never is one. */
  #signal(): void {
    this.#clock.after(SIGNAL_EVERY, () => this.#signal())
    if (this.#course.relay !== 'none' && !this.#relay.isUp) return
    for (const [a, b] of this.#pairs) this.#join(a, b)
  }

  #join(a: SimPeer, b: SimPeer): void {
    const pair = `${a.name}-${b.name}`
    if (this.#dialling.has(pair) || this.#net.connects(a.name, b.name) || !a.canJoin) return
    this.#dialling.add(pair)
    this.#net.dial(
      a.name,
      b.name,
      end => b.join(end),
      end => {
        this.#dialling.delete(pair)
        if (end && !a.join(end)) end.close(1000, '')
      },
    )
  }

  /** All is well again, then the relay dies in the middle of the drawing. */
  async #loseRelay(): Promise<void> {
    await this.#clock.settle(LINKS_UP)
    this.#relay.crash()
    await this.#clock.settle(DRAW_ON)
  }

  async #check(): Promise<void> {
    const [first, ...others] = this.#peers.flatMap(peer => peer.docs)
    if (!first) return void this.#problems.push('nobody came back')
    for (const { name, isRunning } of this.#peers) {
      if (!isRunning) this.#problems.push(`${name} did not come back`)
    }
    const everybody = [...others]
    if (this.#relay.isUp && this.#course.relay !== 'none')
      everybody.push({ name: 'relay', doc: await this.#relay.stored(BOARD) })
    for (const { name, doc } of everybody) {
      const difference = differenceOf(first.doc, doc)
      if (difference) this.#problems.push(`after healing ${name} differs from ${first.name}: ${difference}`)
    }
    const final = changesIn(first.doc)
    for (const peer of this.#peers) {
      const lost = missing(peer.saved, final)
      if (lost) this.#problems.push(`${lost}, saved by ${peer.name}, are on no board`)
    }
    const lost = missing(changesIn(this.#relay.onDisk), final)
    if (lost) this.#problems.push(`${lost}, durable on the relay, are on no board`)
    const forgotten = missing(changesIn(this.#relay.inSnapshots), final)
    if (forgotten) this.#problems.push(`${forgotten}, once in a snapshot, are on no board`)
    this.#problems.push(...this.#relay.problems)
  }

  #anyPeer(): SimPeer {
    return this.#peers[randomInt(this.#random, PEERS)] as SimPeer
  }
}

function differenceOf(a: Y.Doc, b: Y.Doc): string | undefined {
  for (const doc of [a, b]) for (const root of ['shapes', 'comments', 'meta']) doc.getMap(root)
  if (!Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b))) return 'other inserts or deletions'
  return sorted(a.toJSON()) === sorted(b.toJSON()) ? undefined : 'other content'
}

/** JSON with keys in order: maps list theirs in the order in which they came. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (part instanceof Uint8Array) return part.join()
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
