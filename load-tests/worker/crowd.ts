import { setTimeout as pause } from 'node:timers/promises'
import { now } from '../clock.ts'
import { credentialOf, ownerCredential } from '../credentials.ts'
import { seedUpdates } from '../edits.ts'
import type { Plan } from '../plan.ts'
import { unit } from '../random.ts'
import { addressOf, boardOf, hostOf, isAmong, personAt, seatsOf, writersIn } from '../seats.ts'
import { targets } from '../targets/index.ts'
import type { Target } from '../targets/target.ts'
import { type Timeline, timelineOf } from '../timeline.ts'
import { act } from './act.ts'
import { Attacker } from './attacker.ts'
import { Client } from './client.ts'
import { type Compared, compareRoom, notCompared } from './compare.ts'
import { Feed } from './feed.ts'
import type { Settled } from './messages.ts'
import { Schedule } from './schedule.ts'
import { Tally } from './tally.ts'
import { Visit } from './visit.ts'

/** ms without a message after which everything has arrived. */
const QUIET = 500

/** Bytes of what people write that are made before it begins: a million moves. */
const MADE_AHEAD = 48 * 1024 * 1024

/** ms for people to join where that is not measured. */
const JOIN_PATIENCE = 60_000

interface Room {
  readonly feed: Feed
  readonly timelines: readonly Timeline[]
}

/** The people of one process. */
export class Crowd {
  readonly tally = new Tally()
  readonly #plan: Plan
  readonly #process: number
  readonly #target: Target
  readonly #rooms = new Map<number, Room>()
  readonly #clients: readonly Client[]
  readonly #attackers: readonly Attacker[]
  /** By `now`; until it is known people join a moment before it. */
  #startAt = Number.NaN
  #schedule: Schedule | null = null

  constructor(plan: Plan, process: number) {
    this.#plan = plan
    this.#process = process
    this.#target = targets[plan.target]
    this.#clients = seatsOf(plan, process).map(seat => this.#client(seat))
    this.#attackers = Array.from({ length: plan.hostile }, (_, at) => at)
      .filter(at => at % plan.processes === process)
      .map(at => this.#attacker(at))
  }

  get here(): number {
    return this.#clients.filter(client => client.isHere).length
  }

  /** Puts the first shapes on the boards that this process prepares. */
  async prepare(): Promise<void> {
    const { load } = this.#plan
    const updates = seedUpdates(load.shapes)
    const rooms = Array.from({ length: load.rooms }, (_, room) => room)
    for (const room of rooms.filter(each => hostOf(this.#plan, each) === this.#process)) {
      const visit = await this.#visit(room)
      await visit.put(updates)
      if (!this.#target.tellsSafe) await this.#hasAll(room, updates.length)
      visit.leave()
    }
  }

  async join(): Promise<void> {
    if (this.#plan.joinsMeasured) return
    this.#startAt = now()
    const waits = this.#clients.map(client => pause(this.#joinAt(client)).then(() => client.join()))
    await Promise.all(waits)
    const until = now() + JOIN_PATIENCE
    while (this.here < this.#clients.length) {
      const refused = this.#clients.find(client => client.refusedWith !== null)
      if (refused) throw new Error(`The relay refused a person with ${refused.refusedWith}. ${this.#hint()}`)
      if (now() > until)
        throw new Error(`${this.#clients.length - this.here} people could not join in a minute.`)
      await pause(20)
    }
    await this.#prepareEdits()
  }

  go(startAt: number): void {
    this.#startAt = startAt
    for (const client of this.#clients) if (!this.#plan.joinsMeasured) client.reader.excusedUntil = 0
    const schedule = new Schedule(startAt, ms => this.tally.lag.note(ms))
    this.#schedule = schedule
    for (const client of this.#clients) this.#occupy(schedule, client)
    for (const attacker of this.#attackers) attacker.start()
  }

  async settle(atMost: number): Promise<Settled> {
    const until = now() + atMost
    while (this.#schedule && !this.#schedule.isDone && now() < until) await pause(20)
    this.#schedule?.stop()
    for (const attacker of this.#attackers) attacker.stop()
    for (const client of this.#clients) {
      client.wake()
      client.join()
    }
    const isQuiet = await this.#quiet(until)
    const absent: Record<string, number> = {}
    for (const { isHere, refusedWith } of this.#clients) {
      const code = refusedWith ?? 'not back'
      if (!isHere) absent[code] = (absent[code] ?? 0) + 1
    }
    const sum = (of: (client: Client) => number): number =>
      this.#clients.reduce((all, each) => all + of(each), 0)
    return {
      made: sum(client => client.made),
      safe: sum(client => client.safe),
      leftOut: sum(client => (client.timeline?.due.length ?? 0) - client.made),
      absent,
      people: this.#clients.length,
      gaps: sum(client => client.reader.gaps),
      forgotten: sum(client => client.forgotten),
      isQuiet,
    }
  }

  async compare(): Promise<Compared[]> {
    if (!this.#target.keepsDocuments) return []
    const until = now() + this.#plan.compareFor
    const compared: Compared[] = []
    for (const [room, { feed }] of this.#rooms) {
      const people = this.#clients.filter(client => client.seat.room === room)
      try {
        const visit = await this.#visit(room)
        compared.push(compareRoom(room, visit.doc, people, { feed, load: this.#plan.load, until }))
        visit.leave()
      } catch (error) {
        // A relay that does not answer now has failed; to ask it for every other board would take as long each.
        return [...compared, notCompared(room, error)]
      }
    }
    return compared
  }

  quit(): void {
    this.#schedule?.stop()
    for (const attacker of this.#attackers) attacker.stop()
    for (const client of this.#clients) client.leave()
  }

  /** Not where people come and go: their documents must be those of the moment. */
  async #prepareEdits(): Promise<void> {
    if (this.#plan.steps.length > 0) return
    for (const { script } of this.#clients) {
      script?.prepare(MADE_AHEAD / this.#clients.length)
      // Relays ask now and then whether people are still there.
      await pause(0)
    }
  }

  #client(seat: Client['seat']): Client {
    const { url, spreads, load } = this.#plan
    const { feed, timelines } = this.#room(seat.room)
    const elapsed = (): number => now() - this.#startAt
    return new Client({
      ...{ seat, url, spreads, load, feed, timelines, elapsed },
      target: this.#target,
      tally: this.tally,
      board: boardOf(this.#plan, seat.room),
      credential: credentialOf(this.#plan, seat),
    })
  }

  #attacker(at: number): Attacker {
    const { url, spreads, load } = this.#plan
    const room = at % load.rooms
    return new Attacker({
      ...{ url, spreads, target: this.#target, tally: this.tally },
      number: load.clients + at,
      board: boardOf(this.#plan, room),
      credential: credentialOf(this.#plan, { room, writer: 0 }),
    })
  }

  #room(room: number): Room {
    const known = this.#rooms.get(room)
    if (known) return known
    const { load } = this.#plan
    const timelines = Array.from({ length: writersIn(load, room) }, (_, place) =>
      timelineOf(this.#plan, personAt(load, room, place)),
    )
    const made = { timelines, feed: new Feed(this.#plan, this.#target, timelines) }
    this.#rooms.set(room, made)
    return made
  }

  #visit(room: number): Promise<Visit> {
    const { url, spreads, load } = this.#plan
    return Visit.to({
      ...{ url, target: this.#target, board: boardOf(this.#plan, room) },
      credential: ownerCredential(this.#plan, room),
      from: spreads ? addressOf(load.clients + room) : null,
    })
  }

  /** A relay that acknowledges nothing is asked until it has what it was sent. */
  async #hasAll(room: number, updates: number): Promise<void> {
    if (!this.#target.keepsDocuments || updates === 0) return
    const until = now() + JOIN_PATIENCE
    while (now() < until) {
      const visit = await this.#visit(room)
      const count = visit.doc.getMap('shapes').size
      visit.leave()
      if (count >= this.#plan.load.shapes) return
      await pause(50)
    }
    throw new Error(`The relay did not take the first ${this.#plan.load.shapes} shapes of a board.`)
  }

  /** ms from the start, spread over the time that joining may take. */
  #joinAt({ seat }: Client): number {
    const { clients, joinOver } = this.#plan.load
    return (seat.person / clients) * joinOver * 1000
  }

  #occupy(schedule: Schedule, client: Client): void {
    const { load, steps, joinsMeasured } = this.#plan
    const { timeline, seat } = client
    const run = (due: number, act: (due: number) => void): void =>
      schedule.add({
        due,
        run(at) {
          act(at)
          return null
        },
      })
    if (joinsMeasured) run(this.#joinAt(client), due => client.join(due))
    if (timeline && timeline.due.length > 0) {
      let edit = 0
      schedule.add({
        due: timeline.due[0] as number,
        isLax: timeline.away[0] === 1,
        run() {
          client.edit()
          edit += 1
          this.isLax = timeline.away[edit] === 1
          return timeline.due[edit] ?? null
        },
      })
    }
    if (load.presence > 0) {
      const every = 1000 / load.presence
      const last = load.duration * 1000
      schedule.add({
        due: unit(load.seed, seat.person, 2) * every,
        run(due) {
          client.point(due)
          return due + every < last ? due + every : null
        },
      })
    }
    for (const step of steps) {
      if ('share' in step && isAmong(load, seat.person, step.share))
        run(step.at * 1000, due => act(client, step, due))
    }
  }

  /** Waits until nothing has come for a while, everybody is there, and all is safe that should be. */
  async #quiet(until: number): Promise<boolean> {
    let heard = -1
    let since = now()
    while (now() < until) {
      const { framesIn } = this.tally
      const isSettled = this.#clients.every(client => client.isHere && client.isSafe)
      // The count starts over each second; either way it has moved.
      if (framesIn !== heard && framesIn !== 0) since = now()
      heard = framesIn
      if (isSettled && now() - since >= QUIET) return true
      await pause(20)
    }
    return false
  }

  #hint(): string {
    return this.#plan.target === 'driftboard'
      ? 'Its AUTH says who may enter: --access keys is for AUTH=links, --token for jwt, --access none for open.'
      : ''
  }
}
