import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { DocumentSize } from './document-size.ts'

const KIB = 1024

function grown(kib: number) {
  const doc = new Y.Doc()
  const size = new DocumentSize(doc)
  for (let i = 0; i < kib; i += 1) doc.getMap('shapes').set(`${i}`, new Uint8Array(KIB))
  return { doc, size }
}

test('a document exceeds what is smaller than it, and nothing else', () => {
  const { size } = grown(100)
  expect(size.exceeds(99 * KIB)).toBe(true)
  expect(size.exceeds(110 * KIB)).toBe(false)
})

test('what was removed from a document does not count', () => {
  const { doc, size } = grown(200)
  for (let i = 0; i < 150; i += 1) doc.getMap('shapes').delete(`${i}`)
  expect(size.exceeds(100 * KIB)).toBe(false)
})

test('a document is measured only near the size that is asked for, and again only after it has grown by much', () => {
  const doc = new Y.Doc()
  const measure = vi.fn(() => 600 * KIB)
  const size = new DocumentSize(doc, measure)
  const grow = (kib: number) => doc.getMap('shapes').set(`${doc.clientID}`, new Uint8Array(kib * KIB))
  grow(400)
  size.exceeds(500 * KIB)
  expect(measure).toHaveBeenCalledTimes(0)
  grow(400)
  size.exceeds(500 * KIB)
  expect(measure).toHaveBeenCalledTimes(1)
  grow(400)
  expect(size.exceeds(500 * KIB)).toBe(true)
  expect(measure).toHaveBeenCalledTimes(1)
  grow(700)
  size.exceeds(500 * KIB)
  expect(measure).toHaveBeenCalledTimes(2)
})
