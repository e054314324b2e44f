import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { encodeAwareness } from '../../shared/protocol/awareness.ts'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { randomInt } from '../../shared/util/random.ts'
import { MemoryLog } from '../storage/memory-log.ts'
import { type Client, NOTHING, testRelay, writer } from './room.testing.ts'
import { WatchedSnapshots } from './watched-snapshots.testing.ts'

/** ms until an idle room is evicted, and everything else that waits has run. */
const ALL_OVER = 180_000

const MINUTE = 60_000

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Bytes in use by what can still be reached. */
function heap(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed
}

test('2,000 boards that were opened, drawn on and left leave no room, task or subscription behind', async () => {
  const clock = fakeClock()
  const relay = testRelay({ clock, log: new MemoryLog(clock) })
  for (let board = 0; board < 2_000; board += 1) {
    const people = [0, 1, 2].map(() => relay.join({ board: `board-number-${board}` }))
    for (const [at, person] of people.entries()) {
      person.say({ type: 'syncStep1', stateVector: NOTHING })
      person.say({ type: 'awareness', update: Uint8Array.of(1, at + 1, 1, 2, 123, 125) })
      person.say({ type: 'update', update: writer().set('title', board) })
    }
    // Some leave before the board is loaded, some in the middle of a tick, some are thrown out.
    if (board % 3 === 0) people[0]?.leave()
    else await clock.settle(board % 5)
    people[1]?.sayBytes(Uint8Array.of(99))
    for (const person of people) person.leave()
  }
  await clock.settle(ALL_OVER)
  expect(relay.rooms.count).toBe(0)
  expect(clock.waiting).toBe(0)
  expect(relay.topics.count).toBe(0)
  expect(relay.errors).toEqual([])
})

/** One day of people who come and go on a few boards, while grants end, links are replaced, and the store is away at times. */
class Day {
  readonly clock = fakeClock(1_700_000_000_000)
  readonly snapshots = new WatchedSnapshots(this.clock)
  readonly log = new MemoryLog(this.clock)
  readonly relay = testRelay({
    clock: this.clock,
    log: this.log,
    snapshots: this.snapshots,
    limits: { connectionsPerRoom: 6, messagesPerSecond: 20 },
  })
  readonly #random = seededRandom(24)
  readonly #boards = Array.from({ length: 30 }, (_, at) => `board-number-${at}`)
  #present: Client[] = []
  #epoch = 0
  sessions = 0
  mostSessions = 0

  async hours(from: number, to: number): Promise<void> {
    for (let minute = from * 60; minute < to * 60; minute += 1) {
      const isAway = minute % 240 > 220
      this.snapshots.fails = () => isAway
      for (let visit = 0; visit < 2; visit += 1) this.#visit()
      await this.clock.settle(MINUTE / 2)
      for (const client of this.#present) this.#act(client)
      await this.clock.settle(MINUTE / 2)
      this.#depart()
      this.mostSessions = Math.max(this.mostSessions, this.relay.rooms.stats.sessions)
    }
  }

  async allLeave(): Promise<void> {
    this.snapshots.fails = () => false
    for (const client of this.#present.splice(0)) client.leave()
    await this.clock.settle(ALL_OVER)
  }

  #visit(): void {
    const board = this.#boards[randomInt(this.#random, this.#boards.length)] ?? ''
    const expiresAt = this.#random.next() < 0.2 ? this.clock.now() + 5 * MINUTE : null
    const client = this.relay.join({ board, grant: { epoch: this.#epoch, expiresAt } })
    client.say({ type: 'syncStep1', stateVector: NOTHING })
    this.#present.push(client)
    this.sessions += 1
  }

  #act(client: Client): void {
    const roll = this.#random.next()
    const at = randomInt(this.#random, 1_000)
    if (roll < 0.5) client.say({ type: 'update', update: writer().set(`key${at % 5}`, at) })
    else if (roll < 0.9)
      client.say({ type: 'awareness', update: encodeAwareness([{ client: at, clock: at, state: '{}' }]) })
    else if (roll < 0.93) client.sayBytes(Uint8Array.of(99))
    else if (roll < 0.95) for (let flood = 0; flood < 100; flood += 1) client.say({ type: 'queryAwareness' })
    else if (roll < 0.96) this.relay.rooms.revoke(this.#boards[at % this.#boards.length] ?? '', ++this.#epoch)
  }

  /** Who was closed is told so by the socket; of the others some leave. */
  #depart(): void {
    const stays = (client: Client) => client.closeCode === null && this.#random.next() < 0.6
    const staying = this.#present.filter(stays)
    for (const client of this.#present) if (!staying.includes(client)) client.leave()
    this.#present = staying
  }
}

test('after 24 hours of people who come and go nothing is left: no room, task, session or subscription, nor memory', async () => {
  const day = new Day()
  await day.hours(0, 4)
  await day.allLeave()
  const early = heap()
  await day.hours(4, 24)
  await day.allLeave()
  const late = heap()
  expect(day.sessions).toBeGreaterThan(2_500)
  expect(day.mostSessions).toBeLessThan(30)
  expect(day.relay.rooms.stats).toEqual({
    rooms: 0,
    sessions: 0,
    queued: 0,
    unsnapshotted: 0,
    snapshotLagSeconds: 0,
    snapshotsFail: false,
  })
  expect([day.clock.waiting, day.relay.topics.count]).toEqual([0, 0])
  expect(day.relay.errors).toEqual([])
  expect(late - early).toBeLessThan(4 * 1024 * 1024)
}, 60_000)
