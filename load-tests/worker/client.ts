import * as Y from 'yjs'
import { encodeAwareness } from '../../shared/protocol/awareness.ts'
import { isFinalClose } from '../../shared/protocol/close.ts'
import type { Load } from '../plan.ts'
import { unit } from '../random.ts'
import { addressOf, clientOf, type Seat } from '../seats.ts'
import type { Heard, Said, Target } from '../targets/target.ts'
import { lastEditBy, type Timeline } from '../timeline.ts'
import type { Feed } from './feed.ts'
import { clientFrame, OPCODE, payloadIn } from './frames.ts'
import { Reader } from './reader.ts'
import { Script } from './script.ts'
import { Socket } from './socket.ts'
import type { Tally } from './tally.ts'
import { clocksOf } from './vector.ts'

/** ms before the first attempt to come back, and at most; as y-websocket does. */
const FIRST_RETRY = 100
const LAST_RETRY = 2500

const NOTHING = new Uint8Array([0, 0])

export interface ClientParts {
  readonly seat: Seat
  readonly target: Target
  readonly url: string
  readonly board: string
  readonly credential: string | null
  readonly spreads: boolean
  readonly feed: Feed
  /** Of all writers of the room. */
  readonly timelines: readonly Timeline[]
  readonly tally: Tally
  readonly elapsed: () => number
  readonly load: Load
}

type Link =
  | { readonly at: 'away' }
  | { readonly at: 'joining' | 'here'; readonly socket: Socket; readonly since: number }
  | { readonly at: 'waiting'; readonly timer: NodeJS.Timeout; readonly since: number }
  /** The relay does not want this client. */
  | { readonly at: 'refused'; readonly code: number }

/** One person at a board: writes on time, hears everything, comes back when the connection is lost. */
export class Client {
  readonly reader: Reader
  readonly script: Script | null
  readonly seat: Seat
  /** Edits that the relay has said are safe. */
  safe = 0
  /** Edits that were safe, and that the relay asked for later. They are brought again, so that nothing shows it at the end. */
  forgotten = 0
  #link: Link = { at: 'away' }
  #attempts = 0
  /** Whether what is missed until this client is here again is no fault of the relay. */
  #isExcused = true
  #isStalled = false
  #wasStalled = false
  #canSend = false
  /** Edits made by the time of each document frame of this connection, and how many of the frames are safe. */
  #frames: number[] = []
  #safeFrames = 0
  #presenceClock = 0
  readonly #with: ClientParts

  constructor(parts: ClientParts) {
    this.#with = parts
    this.seat = parts.seat
    const { seat, timelines, tally, elapsed, target } = parts
    this.reader = new Reader({ timelines, own: seat.writer, tally, elapsed, isLoose: !target.keepsDocuments })
    const { timeline } = this
    const encode = (update: Uint8Array): Uint8Array => target.encode(parts.board, { type: 'change', update })
    this.script = timeline && new Script({ person: seat.person, seed: parts.load.seed, timeline, encode })
  }

  /** Edits made. */
  get made(): number {
    return this.script?.made ?? 0
  }

  get timeline(): Timeline | null {
    const { seat, timelines } = this.#with
    return seat.writer === null ? null : (timelines[seat.writer] ?? null)
  }

  get isHere(): boolean {
    return this.#link.at === 'here'
  }

  /** The code with which the relay turned this client away for good. */
  get refusedWith(): number | null {
    return this.#link.at === 'refused' ? this.#link.code : null
  }

  /** Whether everything it made is safe, as far as the relay tells. */
  get isSafe(): boolean {
    return !this.#with.target.tellsSafe || this.safe === this.made
  }

  /** Joins, or comes back. `since`: when that was to begin, ms since the start. */
  join(since = this.#with.elapsed()): void {
    if (this.#link.at === 'joining' || this.#link.at === 'here') return
    if (this.#link.at === 'waiting') clearTimeout(this.#link.timer)
    this.#open(since)
  }

  /** Loses the connection, and means to. */
  leave(): void {
    const link = this.#link
    this.#excuse()
    this.#link = { at: 'away' }
    this.#canSend = false
    if (link.at === 'waiting') clearTimeout(link.timer)
    if (link.at === 'joining' || link.at === 'here') link.socket.terminate()
  }

  stall(): void {
    this.#isStalled = true
    this.#wasStalled = true
    this.reader.excusedUntil = Number.POSITIVE_INFINITY
    if (this.#link.at === 'here') this.#link.socket.pause()
  }

  wake(): void {
    if (!this.#isStalled) return
    this.#isStalled = false
    this.reader.excusedUntil = this.#with.elapsed()
    if (this.#link.at === 'here') this.#link.socket.resume()
  }

  /** Makes the next edit. */
  edit(): void {
    if (!this.script) return
    this.#with.tally.offered += 1
    const frame = this.script.next()
    if (!this.#canSend) return
    this.#frames.push(this.made)
    this.#sendFrame(frame)
  }

  /** Shows where the pointer is. `due`: when that was to be sent. */
  point(due: number): void {
    if (this.#link.at !== 'here') return
    const { person } = this.seat
    this.#presenceClock += 1
    const clock = this.#presenceClock
    const cursor = [Math.round(unit(person, clock) * 4000), Math.round(unit(person, clock, 1) * 4000)]
    const state = JSON.stringify({ name: `Person ${person}`, cursor, at: Math.round(due * 100) / 100 })
    this.#with.tally.presenceOut += 1
    this.#send({ type: 'presence', update: encodeAwareness([{ client: clientOf(person), clock, state }]) })
  }

  #excuse(): void {
    this.#isExcused = true
    this.reader.excusedUntil = Number.POSITIVE_INFINITY
  }

  #open(since: number): void {
    const { target, url, board, credential, spreads, seat } = this.#with
    const socket = new Socket({
      url: target.address(url, board),
      offers: target.offers(credential),
      from: spreads ? addressOf(seat.person) : null,
      onOpen: () => this.#greet(),
      onMessage: message => this.#hear(socket, message),
      onClose: code => this.#closed(socket, code),
    })
    this.#link = { at: 'joining', socket, since }
    this.#frames = []
    this.#safeFrames = 0
    this.#canSend = false
  }

  #greet(): void {
    const { target, board, credential } = this.#with
    const greeting = target.greeting(board, credential)
    if (greeting) this.#sendBytes(greeting)
    else this.#ask()
  }

  #ask(): void {
    const clocks = clocksOf(this.reader, this.script, this.#with.load, this.seat.room)
    this.#send({ type: 'asks', stateVector: Y.encodeStateVector(clocks) })
  }

  #hear(socket: Socket, message: Uint8Array): void {
    if (this.#link.at === 'away' || this.#link.at === 'refused' || this.#link.at === 'waiting') return
    if (this.#link.socket !== socket) return
    const { tally, feed, elapsed } = this.#with
    tally.framesIn += 1
    tally.bytesIn += message.length
    const passed = feed.pass(this.reader, message)
    if (passed.type === 'heard') this.#answerTo(passed.heard)
    else if (passed.type === 'taken' && !passed.isWhole) this.#ask()
    else if (passed.type === 'presence' && this.isHere) {
      const now = elapsed()
      tally.presenceIn += passed.stamps.length
      for (const stamp of passed.stamps)
        if (stamp >= this.reader.excusedUntil) tally.presence.note(now - stamp)
    }
  }

  #answerTo(heard: Heard): void {
    switch (heard.type) {
      case 'welcome':
        return this.#ask()
      case 'asks':
        this.#canSend = true
        this.#lookForForgotten(heard.stateVector)
        return this.#sendDocument({ type: 'answer', update: this.#own(heard.stateVector) })
      case 'answer':
        return this.#synced(heard.update)
      case 'safe':
        return this.#areSafe(heard.more ? this.#safeFrames + heard.frames : heard.frames)
      default:
    }
  }

  #lookForForgotten(stateVector: Uint8Array): void {
    const { timeline, script } = this
    if (!timeline || !script || this.safe === 0) return
    const clock = Y.decodeStateVector(stateVector).get(script.client) ?? 0
    this.forgotten = Math.max(this.forgotten, this.safe - 1 - lastEditBy(timeline, clock))
  }

  #own(stateVector: Uint8Array): Uint8Array {
    return this.script ? Y.encodeStateAsUpdate(this.script.doc, stateVector) : NOTHING
  }

  #synced(update: Uint8Array): void {
    const { tally, elapsed, feed } = this.#with
    const now = elapsed()
    if (this.#link.at === 'joining') {
      tally.joined += 1
      tally.join.note(now - this.#link.since)
      if (this.#isExcused) this.reader.excusedUntil = now
      this.#link = { ...this.#link, at: 'here' }
      this.#attempts = 0
      this.#isExcused = false
    }
    const changes = feed.answer(update)
    if (changes.rows.length > 0 || update.length > NOTHING.length) this.reader.alone.push(...changes.updates)
    this.reader.take(changes)
  }

  #areSafe(frames: number): void {
    const { tally, elapsed } = this.#with
    const { timeline } = this
    this.#safeFrames = Math.min(frames, this.#frames.length)
    const safe = this.#frames[this.#safeFrames - 1] ?? 0
    if (!timeline || safe <= this.safe) return
    const now = elapsed()
    for (let edit = this.safe; edit < safe; edit += 1) {
      const due = timeline.due[edit] as number
      tally.accepted += 1
      if (due >= this.reader.excusedUntil && timeline.away[edit] === 0) tally.safe.note(now - due)
    }
    this.safe = safe
  }

  #closed(socket: Socket, code: number): void {
    const link = this.#link
    if ((link.at !== 'joining' && link.at !== 'here') || link.socket !== socket) return
    const { tally, elapsed, load, seat } = this.#with
    tally.closed(code)
    this.#canSend = false
    if (this.#wasStalled) this.#excuse()
    if (isFinalClose(code)) {
      this.#link = { at: 'refused', code }
      return
    }
    const since = link.at === 'here' ? elapsed() : link.since
    this.#attempts += 1
    const longest = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** Math.min(10, this.#attempts - 1))
    const wait = longest * (0.5 + 0.5 * unit(load.seed, seat.person, this.#attempts, 9))
    this.#link = { at: 'waiting', since, timer: setTimeout(() => this.#open(since), wait) }
  }

  #sendDocument(said: Said): void {
    this.#frames.push(this.made)
    this.#send(said)
  }

  #send(said: Said): void {
    this.#sendBytes(this.#with.target.encode(this.#with.board, said))
  }

  #sendBytes(bytes: Uint8Array): void {
    this.#sendFrame(clientFrame(OPCODE.binary, bytes))
  }

  #sendFrame(frame: Uint8Array): void {
    const link = this.#link
    if ((link.at !== 'joining' && link.at !== 'here') || !link.socket.isOpen) return
    this.#with.tally.framesOut += 1
    this.#with.tally.bytesOut += payloadIn(frame)
    link.socket.send(frame)
  }
}
