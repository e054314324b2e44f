import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { makeShape } from '../../../shared/schema/read.ts'
import type { Edit } from '../board.ts'
import { DocBoard } from '../doc-board.ts'
import { surplusOf } from './surplus.ts'

const create = (id: string): Edit => ({
  op: 'create',
  shape: makeShape('rectangle', { id, pos: [0, 0], size: [9, 9], z: 'a0' }),
})

function docWith(from: Y.Doc | null, ...edits: readonly Edit[]): Y.Doc {
  const doc = new Y.Doc()
  if (from) Y.applyUpdate(doc, Y.encodeStateAsUpdate(from))
  const board = new DocBoard(doc)
  if (edits.length > 0) board.transact(edits)
  return doc
}

test('a copy that added, changed, removed or retitled something holds more; one that is only behind does not', () => {
  const base = docWith(null, create('a'), create('b'))
  const theirs = docWith(base, create('theirs'), { op: 'remove', id: 'b' })
  expect(surplusOf(base, theirs)).toBe('nothing')
  expect(surplusOf(theirs, theirs)).toBe('nothing')
  const edits: readonly Edit[] = [
    create('mine'),
    { op: 'patch', id: 'a', patch: { stroke: '#ff0000' } },
    { op: 'remove', id: 'a' },
    { op: 'title', title: 'Mine' },
  ]
  for (const edit of edits) expect(surplusOf(docWith(base, edit), theirs)).toBe('content')
  expect(surplusOf(docWith(base, { op: 'patch', id: 'b', patch: { pos: [5, 5] } }), theirs)).toBe('nothing')
})

test('what this version cannot read, and comments, are more than a copy could hold', () => {
  const theirs = docWith(null, create('a'))
  const strange = docWith(theirs, create('b'))
  strange.getMap('shapes').set('x', new Y.Map([['type', 'hologram']]))
  expect(surplusOf(strange, theirs)).toBe('unknown')
  const commented = docWith(theirs)
  commented.getMap('comments').set('c', new Y.Map([['text', 'well']]))
  expect(surplusOf(commented, theirs)).toBe('unknown')
  expect(surplusOf(docWith(strange), strange)).toBe('nothing')
})
