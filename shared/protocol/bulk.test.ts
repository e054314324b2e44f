import * as encoding from 'lib0/encoding'
import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { seededRandom } from '../testing/seeded-random.ts'
import { addRectangle, changeBy, copyOf } from './document.testing.ts'
import { readUpdate } from './incoming.ts'
import { integrate } from './integrate.ts'

/** Moves of all that follow in an array. One by one, as Yjs does it, there are thousands in each of these. */
const FEW = 100

/** A board on which one client has written very often, and a text: its keys take turns, so that Yjs merges none. */
function muchWritten(times: number, text: string): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = 7
  addRectangle(doc, 's1')
  const shape = doc.getMap('shapes').get('s1') as Y.Map<unknown>
  shape.set('text', new Y.Text(text))
  doc.transact(() => {
    for (let at = 0; at < times; at += 1) {
      shape.set('rot', at % 100)
      shape.set('opacity', 1)
    }
  })
  return doc
}

const textOf = (doc: Y.Doc): Y.Text => (doc.getMap('shapes').get('s1') as Y.Map<Y.Text>).get('text') as Y.Text

const take = (doc: Y.Doc, update: Uint8Array): void => integrate(doc, readUpdate(doc, update))

/** Deletes every other character. */
function everyOther(text: Y.Text, count: number): Uint8Array {
  const { client, clock } = (text._start as Y.Item).id
  return encoding.encode(encoder => {
    for (const number of [0, 1, client, count]) encoding.writeVarUint(encoder, number)
    for (let at = 0; at < count; at += 1) {
      encoding.writeVarUint(encoder, clock + 2 * at)
      encoding.writeVarUint(encoder, 1)
    }
  })
}

function splicesIn(run: () => void): number {
  const splice = vi.spyOn(Array.prototype, 'splice')
  try {
    run()
    return splice.mock.calls.length
  } finally {
    splice.mockRestore()
  }
}

test('every other character of a long text is deleted at once, whatever else its writer has written', () => {
  const doc = copyOf(muchWritten(10_000, 'x'.repeat(6_000)))
  expect(splicesIn(() => take(doc, everyOther(textOf(doc), 3_000)))).toBeLessThan(FEW)
  expect(textOf(doc).length).toBe(3_000)
})

test('every other of many shapes is deleted at once', () => {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (let at = 0; at < 3_000; at += 1) addRectangle(doc, `shape-${at}`)
  })
  const relay = copyOf(doc)
  const shapes = relay.getMap('shapes')
  const ids = [...shapes.values()].flatMap((shape, at) =>
    at % 2 ? [] : [(shape as Y.Map<unknown>)._item as Y.Item],
  )
  const update = encoding.encode(encoder => {
    for (const number of [0, 1, doc.clientID, ids.length]) encoding.writeVarUint(encoder, number)
    for (const { id } of ids.sort((a, b) => a.id.clock - b.id.clock)) {
      encoding.writeVarUint(encoder, id.clock)
      encoding.writeVarUint(encoder, 1)
    }
  })
  expect(splicesIn(() => take(relay, update))).toBeLessThan(FEW)
  expect(shapes.size).toBe(1_500)
})

test('what is left is byte for byte what Yjs leaves, and so is what is published', () => {
  const random = seededRandom(1)
  const any = (most: number): number => Math.floor(random.next() * most)
  const origin = muchWritten(6_000, 'hello world '.repeat(200))
  const [yjs, ours] = [copyOf(origin), copyOf(origin)]
  const published: Uint8Array[][] = [[], []]
  for (const [at, doc] of [yjs, ours].entries()) doc.on('update', update => published[at]?.push(update))
  for (let round = 0; round < 8; round += 1) {
    const author = copyOf(ours)
    author.clientID = 100 + round
    const update = changeBy(author, doc => {
      const text = textOf(doc)
      for (let edit = 0; edit < 60; edit += 1) {
        if (any(2)) text.insert(any(text.length), 'ab')
        else text.delete(any(text.length - 3), 1 + any(2))
      }
    })
    Y.applyUpdate(yjs, update)
    take(ours, update)
  }
  expect(Y.encodeStateAsUpdate(ours)).toEqual(Y.encodeStateAsUpdate(yjs))
  expect(published[1]).toEqual(published[0])
  expect(textOf(ours).toString()).toBe(textOf(yjs).toString())
})
