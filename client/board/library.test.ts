import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { newOwnerKey } from '../../shared/protocol/keys.ts'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { Library } from './library.ts'

const A = 'aaaaaaaaaaaaaaaaaaaaaa'
const B = 'bbbbbbbbbbbbbbbbbbbbbb'

test('boards are listed with the latest opened first', () => {
  const library = new Library(new Y.Doc())
  library.opened(A, 1)
  library.opened(B, 2)
  library.rename(A, 'Plan')
  expect(library.entries).toEqual([
    { id: B, title: '', openedAt: 2, keys: undefined, epoch: 0 },
    { id: A, title: 'Plan', openedAt: 1, keys: undefined, epoch: 0 },
  ])
  library.opened(A, 3)
  expect(library.entries.map(entry => entry.id)).toEqual([A, B])
})

test('a title given in the list stays until the board has it', () => {
  const library = new Library(new Y.Doc())
  library.opened(A, 1)
  library.rename(A, 'Plan')
  library.retitle(A, 'Garden')
  library.rename(A, 'Plan')
  expect(library.retitled).toMatchObject([{ id: A, title: 'Garden' }])
  library.retitle(A, 'Orchard')
  library.hasTitle(A, 'Garden')
  expect(library.retitled).toMatchObject([{ id: A, title: 'Orchard' }])
  library.hasTitle(A, 'Orchard')
  expect(library.retitled).toEqual([])
  library.rename(A, 'Park')
  expect(library.entries).toEqual([{ id: A, title: 'Park', openedAt: 1, keys: undefined, epoch: 0 }])
})

test('a title that arrives on a board that was forgotten brings it not back', () => {
  const library = new Library(new Y.Doc())
  library.retitle(A, 'Garden')
  library.forget(A)
  library.hasTitle(A, 'Garden')
  expect(library.entries).toEqual([])
})

test('a removed board leaves the list, can be restored, and is remembered until it is forgotten', () => {
  const library = new Library(new Y.Doc())
  library.opened(A, 1)
  library.remove(A)
  expect(library.entries).toEqual([])
  expect(library.removed).toEqual([A])
  library.restore(A)
  expect(library.entries.map(entry => entry.id)).toEqual([A])
  library.remove(A)
  library.forget(A)
  expect(library.removed).toEqual([])
})

test('opening a removed board again keeps it', () => {
  const library = new Library(new Y.Doc())
  library.opened(A, 1)
  library.remove(A)
  library.opened(A, 2)
  expect(library.entries).toEqual([{ id: A, title: '', openedAt: 2, keys: undefined, epoch: 0 }])
  expect(library.removed).toEqual([])
})

test('two tabs that write at once keep what both wrote', () => {
  const one = new Y.Doc()
  const two = new Y.Doc()
  new Library(one).opened(A, 1)
  new Library(two).opened(B, 2)
  Y.applyUpdate(one, Y.encodeStateAsUpdate(two))
  expect(new Library(one).entries.map(entry => entry.id)).toEqual([B, A])
})

test('what is not a board, or not an identity, is not shown', () => {
  const doc = new Y.Doc()
  const boards = doc.getMap<unknown>('boards')
  boards.set(A, 'rubbish')
  boards.set('../x', new Y.Map())
  boards.set(B, new Y.Map<unknown>([['title', 7]]))
  doc.getMap('owner').set('colour', 'url(evil)')
  const library = new Library(doc)
  expect(library.entries).toEqual([{ id: B, title: '', openedAt: 0, keys: undefined, epoch: 0 }])
  expect(library.identity).toBeUndefined()
})

test('the identity is the one that was chosen', () => {
  const library = new Library(new Y.Doc())
  library.identity = { name: 'Ana', colour: '#aa3311' }
  expect(library.identity).toEqual({ name: 'Ana', colour: '#aa3311' })
})

test('what opens a board is kept with it, also while its removal can still be taken back', () => {
  const doc = new Y.Doc()
  const library = new Library(doc)
  const keys = [newOwnerKey(seededRandom(1)), newOwnerKey(seededRandom(2))]
  library.keep(A, keys, 2)
  library.remove(A)
  expect(new Library(doc).entry(A)).toMatchObject({ keys, epoch: 2 })
})

test('keeping the same keys again writes nothing', () => {
  const doc = new Y.Doc()
  const library = new Library(doc)
  const keys = [newOwnerKey(seededRandom(1))]
  library.keep(A, keys, 2)
  let writes = 0
  library.subscribe(() => (writes += 1))
  library.keep(A, keys, 2)
  expect(writes).toBe(0)
  library.keep(A, keys, 3)
  expect(writes).toBe(1)
})

test('keys that are none are left out', () => {
  const doc = new Y.Doc()
  const library = new Library(doc)
  const [key] = [newOwnerKey(seededRandom(1))]
  library.opened(A, 1)
  ;(doc.getMap('boards').get(A) as Y.Map<unknown>).set('keys', ['junk', key?.text, ''])
  expect(library.entry(A)?.keys).toEqual([key])
})
