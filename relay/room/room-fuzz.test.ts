import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { documentProblems } from '../../shared/protocol/document-problems.ts'
import { encodeFrame } from '../../shared/protocol/frame.ts'
import { Author, mutated } from '../../shared/protocol/traffic.testing.ts'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { type Random, randomInt } from '../../shared/util/random.ts'
import { MemoryLog } from '../storage/memory-log.ts'
import { schemaGate } from './gate.ts'
import { readRecords } from './record.ts'
import { BOARD, type Client, NOTHING, type TestRelay, testRelay } from './room.testing.ts'

/** More when somebody asks for them: `FUZZ_SEEDS=1000 npx vitest run room-fuzz`. */
const SEEDS = Number(process.env.FUZZ_SEEDS ?? 12)
const seeds = Array.from({ length: SEEDS }, (_, i) => Number(process.env.FUZZ_FROM ?? 1) + i)

/** Rounds of one run, in each of which honest people draw and strangers send changed frames. */
const ROUNDS = 120
const STRANGERS = 4
const FRAMES_EACH = 3

/** Somebody honest: draws, sends what was drawn, and takes what others drew. */
class Person {
  readonly author: Author
  readonly client: Client
  sent = 0
  #heard = 0

  constructor(random: Random, client: Client) {
    this.author = new Author(random)
    this.client = client
    client.say({ type: 'syncStep1', stateVector: NOTHING })
  }

  hear(): void {
    for (const frame of this.client.frames.slice(this.#heard)) {
      if (frame.type === 'syncStep2' || frame.type === 'update') this.author.hear(frame.update)
    }
    this.#heard = this.client.frames.length
  }

  draw(): void {
    const known = this.author.changes.length
    this.author.act()
    for (const update of this.author.changes.slice(known)) {
      this.client.say({ type: 'update', update })
      this.sent += 1
    }
  }
}

/** What somebody who knows the protocol and the board well might send, before a byte of it is changed. */
function framesOf({ changes, doc }: Author): Uint8Array[] {
  return [
    ...changes.slice(-12).map(update => encodeFrame({ type: 'update', update })),
    encodeFrame({ type: 'syncStep2', update: Y.encodeStateAsUpdate(doc) }),
    encodeFrame({ type: 'syncStep1', stateVector: Y.encodeStateVector(doc) }),
    Uint8Array.of(1, 7, 1, 5, 1, 2, 123, 125),
  ]
}

function disturb(relay: TestRelay, mallory: Author, random: Random): void {
  mallory.act()
  const frames = framesOf(mallory)
  for (let stranger = 0; stranger < STRANGERS; stranger += 1) {
    const role = (['editor', 'editor', 'commenter', 'viewer'] as const)[stranger % 4] ?? 'viewer'
    const client = relay.join({ grant: { role } })
    for (let count = 0; count < FRAMES_EACH; count += 1) {
      const frame = frames[randomInt(random, frames.length)] as Uint8Array
      client.sayBytes(mutated(frame, frames, random))
    }
    if (random.next() < 0.5) client.leave()
  }
}

async function run(seed: number): Promise<void> {
  const random = seededRandom(seed)
  const clock = fakeClock()
  const log = new MemoryLog(clock)
  const relay = testRelay({ clock, log, gate: schemaGate })
  const [ann, ben] = [new Person(random, relay.join()), new Person(random, relay.join())]
  const mallory = new Author(random)
  await relay.settle()
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const person of [ann, ben]) {
      person.hear()
      person.draw()
    }
    // Strangers see the board, too.
    if (round % 10 === 0) mallory.hear(Y.encodeStateAsUpdate(ann.author.doc))
    disturb(relay, mallory, random)
    await relay.settle()
  }
  for (const person of [ann, ben]) {
    person.hear()
    expect(person.client.closeCode, `seed ${seed}`).toBe(null)
    expect(person.client.got('ack').at(-1)?.frames, `seed ${seed}`).toBe(person.sent)
  }
  const stored = readRecords(BOARD, (await log.open(BOARD)).records).doc
  expect(documentProblems(stored), `seed ${seed}`).toEqual([])
  for (const { author } of [ann, ben]) {
    expect(Y.equalSnapshots(Y.snapshot(author.doc), Y.snapshot(stored)), `seed ${seed}`).toBe(true)
    expect(author.doc.getMap('shapes').toJSON(), `seed ${seed}`).toEqual(stored.getMap('shapes').toJSON())
  }
  expect(relay.errors, `seed ${seed}`).toEqual([])
}

test(`${SEEDS * ROUNDS * STRANGERS * FRAMES_EACH} changed frames harm nobody but who sent them, and nothing that is stored`, async () => {
  for (const seed of seeds) await run(seed)
}, 600_000)

test('any bytes from anybody leave the room at work', async () => {
  for (const seed of seeds) {
    const random = seededRandom(seed)
    const relay = testRelay({ gate: schemaGate })
    const ann = new Person(random, relay.join())
    await relay.settle()
    for (let noise = 0; noise < 100; noise += 1) {
      const stranger = relay.join()
      stranger.sayBytes(random.bytes(randomInt(random, 60)))
      stranger.leave()
    }
    ann.draw()
    await relay.settle()
    expect(ann.client.got('ack').at(-1)?.frames, `seed ${seed}`).toBe(ann.sent)
  }
})
