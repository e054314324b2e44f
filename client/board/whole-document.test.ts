import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { documentProblems } from '../../shared/protocol/document-problems.ts'
import { makeShape, SCHEMA_VERSION } from '../../shared/schema/read.ts'
import type { KnownShape } from '../../shared/shapes/index.ts'
import { pictureOf, schemaFixtures } from '../../shared/testing/schema-fixtures.ts'
import { DocBoard } from './doc-board.ts'
import { newDocument } from './document.ts'
import {
  copyContent,
  DocumentError,
  documentOf,
  isSound,
  mergeDocument,
  wholeDocument,
} from './whole-document.ts'

const NOW = 1_700_000_000_000

const box = (id: string, text = ''): KnownShape =>
  makeShape('rectangle', { id, pos: [1, 2], size: [30, 40], z: 'a0', text })

function drawn(...shapes: readonly KnownShape[]): { doc: Y.Doc; board: DocBoard } {
  const doc = newDocument()
  const board = new DocBoard(doc, () => NOW)
  board.transact([
    ...shapes.map(shape => ({ op: 'create' as const, shape })),
    { op: 'title', title: 'Plans' },
  ])
  return { doc, board }
}

const shapesIn = (doc: Y.Doc) => new DocBoard(doc).ordered

describe('a whole document', () => {
  test('comes back as it was', () => {
    const { doc, board } = drawn(box('a'), box('b', 'label'))
    const back = documentOf(wholeDocument(doc))
    expect(shapesIn(back)).toEqual(board.ordered)
    expect(back.getMap('meta').toJSON()).toEqual(doc.getMap('meta').toJSON())
    expect(wholeDocument(back)).toEqual(wholeDocument(doc))
  })

  test('holds nothing of what was deleted, although it could still be undone', () => {
    const { doc, board } = drawn(box('a'), box('b', 'a secret'))
    board.transact([{ op: 'remove', id: 'b' }])
    expect(new TextDecoder().decode(Y.encodeStateAsUpdateV2(doc))).toContain('secret')
    expect(new TextDecoder().decode(wholeDocument(doc))).not.toContain('secret')
    board.undo()
    expect(board.shapes.has('b')).toBe(true)
  })

  test('merged into a board that went on adds nothing twice and takes nothing away', () => {
    const { doc, board } = drawn(box('a', 'one'))
    const saved = wholeDocument(doc)
    board.transact([
      { op: 'create', shape: box('b') },
      { op: 'text', id: 'a', at: 3, remove: 0, insert: ' two' },
    ])
    const before = board.ordered.slice()
    mergeDocument(doc, saved)
    expect(board.ordered).toEqual(before)
  })

  test('merged twice is as merged once', () => {
    const { doc } = drawn(box('a'), box('b'))
    const other = drawn(box('c')).doc
    mergeDocument(other, wholeDocument(doc))
    const once = wholeDocument(other)
    mergeDocument(other, wholeDocument(doc))
    expect(wholeDocument(other)).toEqual(once)
  })
})

describe('what is no board is refused, and the document stays as it was', () => {
  function refused(whole: Uint8Array): DocumentError {
    const { doc } = drawn(box('mine'))
    const before = wholeDocument(doc)
    let error: unknown
    try {
      mergeDocument(doc, whole)
    } catch (caught) {
      error = caught
    }
    expect(error).toBeInstanceOf(DocumentError)
    expect(wholeDocument(doc)).toEqual(before)
    return error as DocumentError
  }

  test('random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
        try {
          documentOf(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(DocumentError)
        }
      }),
    )
    expect(refused(Uint8Array.of(9, 9, 9)).message).toBe('It is no board.')
  })

  test('a document with other things in it, with the place', () => {
    const doc = new Y.Doc()
    doc.getMap('shapes').set('a', new Y.Map([['type', 'rectangle']]))
    expect(refused(wholeDocument(doc)).where).toMatch(/^shapes\/a/)
    const other = new Y.Doc()
    other.getMap('elsewhere').set('a', 1)
    expect(refused(wholeDocument(other)).message).toContain('elsewhere')
  })

  test('one of which a part is missing', () => {
    const { doc, board } = drawn(box('a', 'text'))
    const vector = Y.encodeStateVector(doc)
    board.transact([{ op: 'text', id: 'a', at: 4, remove: 0, insert: '!' }])
    expect(refused(Y.encodeStateAsUpdateV2(doc, vector)).message).toBe('A part of the board is missing.')
  })

  test('one of a newer version, which says so', () => {
    const { doc } = drawn(box('a'))
    doc.getMap('meta').set('schema', SCHEMA_VERSION + 1)
    doc.getMap('shapes').set('x', new Y.Map([['type', 'hologram']]))
    expect(refused(wholeDocument(doc)).message).toContain('newer version')
  })
})

test('what would be refused is known before it is saved', () => {
  const { doc } = drawn(box('a'))
  expect(isSound(wholeDocument(doc))).toBe(true)
  doc.getMap('shapes').set('x', new Y.Map([['type', 'hologram']]))
  expect(isSound(wholeDocument(doc))).toBe(false)
})

describe('the copy of a board', () => {
  test('has what is on the board, and nothing of what is deleted', () => {
    const { doc, board } = drawn(box('a', 'kept'), box('b', 'a secret'))
    board.transact([{ op: 'remove', id: 'b' }])
    const copy = newDocument()
    expect(copyContent(doc, copy, 'Plans (copy)', NOW + 5)).toBe(0)
    expect(shapesIn(copy)).toEqual(board.ordered)
    expect(copy.getMap('meta').toJSON()).toEqual({
      title: 'Plans (copy)',
      schema: SCHEMA_VERSION,
      created: NOW + 5,
    })
    expect(new TextDecoder().decode(wholeDocument(copy))).not.toContain('secret')
    expect(documentProblems(copy)).toEqual([])
  })

  test('leaves out what cannot be read, and counts it, so that the relay takes the rest', () => {
    const { doc } = drawn(box('a'), box('broken'))
    ;(doc.getMap('shapes').get('broken') as Y.Map<unknown>).delete('pos')
    ;(doc.getMap('shapes').get('a') as Y.Map<unknown>).set('sparkle', 3)
    doc.getMap('shapes').set('future', new Y.Map([['type', 'hologram']]))
    const copy = newDocument()
    expect(copyContent(doc, copy, '', NOW)).toBe(2)
    expect(shapesIn(copy)).toEqual([box('a')])
    expect(() => documentOf(wholeDocument(copy))).not.toThrow()
  })

  test('shares no text with the board: what is typed on one stays there', () => {
    const { doc, board } = drawn(box('a', 'one'))
    const copy = newDocument()
    copyContent(doc, copy, '', NOW)
    board.transact([{ op: 'text', id: 'a', at: 3, remove: 0, insert: ' two' }])
    mergeDocument(copy, wholeDocument(copy))
    expect(shapesIn(copy)).toEqual([box('a', 'one')])
  })
})

test('a document of any earlier version is taken, and a copy of it too', () => {
  for (const { name, update } of schemaFixtures()) {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, update)
    const picture = pictureOf(doc)
    const readable = picture.shapes.filter(shape => shape.type !== 'unreadable')
    if (readable.length === picture.shapes.length)
      expect(pictureOf(documentOf(wholeDocument(doc))).shapes, name).toEqual(picture.shapes)
    const copy = newDocument()
    copyContent(doc, copy, picture.title, NOW)
    expect(pictureOf(documentOf(wholeDocument(copy))).shapes, name).toEqual(readable)
  }
})
