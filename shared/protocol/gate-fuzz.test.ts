import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { seededRandom } from '../testing/seeded-random.ts'
import { type Random, randomInt } from '../util/random.ts'
import { copyOf } from './document.testing.ts'
import { checkIncoming } from './document-gate.ts'
import { documentProblems } from './document-problems.ts'
import { ProtocolError } from './error.ts'
import { readUpdate } from './incoming.ts'
import { integrate } from './integrate.ts'
import type { Role } from './role.ts'
import { Author, mutated } from './traffic.testing.ts'

/** More when somebody asks for them: `FUZZ_SEEDS=1000 npx vitest run gate-fuzz`. Each stands for `INPUTS` updates. */
const SEEDS = Number(process.env.FUZZ_SEEDS ?? 40)
const INPUTS = 2_000

/** Changes and whole states of three people who draw together. */
function traffic(random: Random): Uint8Array[] {
  const authors = [new Author(random), new Author(random), new Author(random)]
  for (let step = 0; step < 60; step += 1) {
    const [author, other] = [authors[step % 3] as Author, authors[randomInt(random, 3)] as Author]
    author.act()
    if (random.next() < 0.3) other.hear(Y.encodeStateAsUpdate(author.doc))
  }
  return authors.flatMap(({ changes, doc }) => [...changes, Y.encodeStateAsUpdate(doc)])
}

/** Takes an update as the relay does. Returns whether it was let pass; throws what is no ProtocolError. */
function take(doc: Y.Doc, update: Uint8Array, role: Role): boolean {
  try {
    const incoming = readUpdate(doc, update)
    checkIncoming(doc, incoming, role)
    integrate(doc, incoming)
    return true
  } catch (error) {
    if (error instanceof ProtocolError) return false
    throw error
  }
}

const seeds = Array.from({ length: SEEDS }, (_, i) => Number(process.env.FUZZ_FROM ?? 1) + i)

test(`${SEEDS * INPUTS} changed, spliced, doubled and reordered updates leave a document that fits the schema`, () => {
  let passed = 0
  for (const seed of seeds) {
    const random = seededRandom(seed)
    const updates = traffic(random)
    const doc = new Y.Doc()
    for (let input = 0; input < INPUTS; input += 1) {
      const update = updates[randomInt(random, updates.length)] as Uint8Array
      const isHonest = random.next() < 0.1
      const bytes = isHonest ? update : mutated(update, updates, random)
      try {
        if (take(doc, bytes, 'editor') && !isHonest) passed += 1
      } catch (error) {
        throw new Error(`Seed ${seed}, input ${input}: ${String(error)}`, { cause: error })
      }
      if (input % 100 === 0) expect(documentProblems(doc), `seed ${seed}, input ${input}`).toEqual([])
    }
    expect(documentProblems(doc), `seed ${seed}`).toEqual([])
    // What Yjs made of it is whole: it can be sent, and read again.
    expect(copyOf(doc).getMap('shapes').toJSON(), `seed ${seed}`).toEqual(doc.getMap('shapes').toJSON())
  }
  // Else nothing but noise would have been tried.
  expect(passed).toBeGreaterThan(5 * SEEDS)
}, 600_000)

test('nothing of what honest people send is refused, in whatever order and however often it comes', () => {
  for (const seed of seeds) {
    const random = seededRandom(seed)
    const updates = traffic(random)
    const doc = new Y.Doc()
    for (let input = 0; input < 4 * updates.length; input += 1) {
      const update = updates[randomInt(random, updates.length)] as Uint8Array
      expect(take(doc, update, 'editor'), `seed ${seed}, input ${input}`).toBe(true)
    }
    expect(documentProblems(doc), `seed ${seed}`).toEqual([])
  }
})

test('no changed update of a commenter touches anything but comments, and none of a viewer anything', () => {
  for (const seed of seeds) {
    const random = seededRandom(seed)
    const updates = traffic(random)
    const doc = new Y.Doc()
    for (const update of updates) take(doc, update, 'editor')
    const content = () => JSON.stringify([doc.getMap('shapes'), doc.getMap('meta')])
    const before = content()
    for (let input = 0; input < 200; input += 1) {
      const update = mutated(updates[randomInt(random, updates.length)] as Uint8Array, updates, random)
      const comments = JSON.stringify(doc.getMap('comments'))
      const role = random.next() < 0.5 ? 'commenter' : 'viewer'
      take(doc, update, role)
      expect(content(), `seed ${seed}, input ${input}`).toBe(before)
      if (role === 'viewer') expect(JSON.stringify(doc.getMap('comments'))).toBe(comments)
    }
  }
}, 600_000)
