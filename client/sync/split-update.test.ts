import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { addStroke } from '../../shared/protocol/document.testing.ts'
import { checkIncoming } from '../../shared/protocol/document-gate.ts'
import { decodeFrame, encodeFrame } from '../../shared/protocol/frame.ts'
import { readUpdate } from '../../shared/protocol/incoming.ts'
import { integrate } from '../../shared/protocol/integrate.ts'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { randomInt } from '../../shared/util/random.ts'
import { Hand } from './sim/gestures.ts'
import { splitFrame, splitUpdate } from './split-update.ts'

/** A board that several people drew on by turns, each upon what the others did. */
function drawnTogether(seed: number, gestures: number): Y.Doc {
  const random = seededRandom(seed)
  const docs = Array.from({ length: 4 }, () => new Y.Doc())
  docs.forEach((doc, at) => {
    doc.clientID = at + 1
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'other')
        for (const other of docs) if (other !== doc) Y.applyUpdate(other, update, 'other')
    })
  })
  const hands = docs.map(doc => new Hand(doc, random))
  for (let i = 0; i < gestures; i += 1) hands[randomInt(random, hands.length)]?.gesture()
  return docs[0] as Y.Doc
}

/** Takes parts one after another, as the relay does; none may wait for a later one, nor need it to be valid. */
function joined(parts: readonly Uint8Array[], doc = new Y.Doc()): Y.Doc {
  for (const part of parts) {
    const incoming = readUpdate(doc, part)
    checkIncoming(doc, incoming, 'editor')
    expect(incoming.isComplete).toBe(true)
    integrate(doc, incoming)
  }
  return doc
}

const same = (a: Y.Doc, b: Y.Doc): boolean => Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b))

describe('an update that is too large', () => {
  test.each([1, 2, 3, 4, 5])(
    'becomes parts within the bound, each of which builds only on those before (seed %i)',
    seed => {
      const doc = drawnTogether(seed, 400)
      const parts = splitUpdate(Y.encodeStateAsUpdate(doc), 150_000) ?? []
      const small = splitUpdate(Y.encodeStateAsUpdate(drawnTogether(seed, 60)), 2_000)
      for (const part of parts) expect(part.length).toBeLessThanOrEqual(150_000)
      if (small) for (const part of small) expect(part.length).toBeLessThanOrEqual(2_000)
      const copy = joined(parts)
      expect(same(copy, doc)).toBe(true)
      expect(copy.getMap('shapes').toJSON()).toEqual(doc.getMap('shapes').toJSON())
    },
  )

  test('is split from any state that the receiver has', () => {
    const doc = drawnTogether(9, 300)
    const receiver = new Y.Doc()
    Y.applyUpdate(receiver, Y.encodeStateAsUpdate(drawnTogether(9, 100)))
    const update = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(receiver))
    const parts = splitUpdate(update, 140_000) ?? []
    expect(same(joined(parts, receiver), doc)).toBe(true)
  })

  test('of which one thing alone is too large cannot be split', () => {
    const doc = new Y.Doc()
    addStroke(doc, 'small', 10)
    addStroke(doc, 'large', 10_000)
    expect(splitUpdate(Y.encodeStateAsUpdate(doc), 9_000)).toBeNull()
  })

  test('leaves out what waits for changes that the sender lacks', () => {
    const source = new Y.Doc()
    const doc = new Y.Doc()
    addStroke(source, 'known', 500)
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(source))
    addStroke(source, 'lost', 500)
    const before = Y.encodeStateVector(source)
    addStroke(source, 'waits', 500)
    for (let i = 0; i < 10; i += 1) addStroke(doc, `${i}`, 500)
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(source, before))
    expect(doc.store.pendingStructs).not.toBeNull()
    const copy = joined(splitUpdate(Y.encodeStateAsUpdate(doc), 2_000) ?? [])
    expect(copy.getMap('shapes').size).toBe(11)
  })

  test('that fits stays as it is', () => {
    const update = Y.encodeStateAsUpdate(drawnTogether(1, 5))
    expect(splitUpdate(update, update.length)).toEqual([update])
  })
})

test('the last frame of a sync step 2 is the sync step 2, which says that nothing is missing', () => {
  const doc = new Y.Doc()
  for (let i = 0; i < 10; i += 1) addStroke(doc, `${i}`, 500)
  const frame = encodeFrame({ type: 'syncStep2', update: Y.encodeStateAsUpdate(doc) })
  const frames = splitFrame(frame, 2_000) ?? []
  const types = frames.map(bytes => decodeFrame(bytes, 2_000).type)
  expect(types.length).toBeGreaterThan(3)
  expect(types.pop()).toBe('syncStep2')
  expect(new Set(types)).toEqual(new Set(['update']))
})
