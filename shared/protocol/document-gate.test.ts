import * as encoding from 'lib0/encoding'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { packPoints } from '../geometry/packed-points.ts'
import { LIMITS } from '../schema/limits.ts'
import { SCHEMA_VERSION } from '../schema/read.ts'
import { CLOSE } from './close.ts'
import { addComment, addRectangle, addStroke, changeBy, copyOf } from './document.testing.ts'
import { checkIncoming } from './document-gate.ts'
import { ProtocolError } from './error.ts'
import { readUpdate } from './incoming.ts'
import { integrate } from './integrate.ts'
import { leaveFormats } from './leave-formats.ts'
import type { Role } from './role.ts'

/** Why an update may not enter a document; null when it may. */
function refusalOf(doc: Y.Doc, update: Uint8Array, role: Role = 'editor'): ProtocolError | null {
  try {
    checkIncoming(doc, readUpdate(doc, update), role)
    return null
  } catch (error) {
    if (error instanceof ProtocolError) return error
    throw error
  }
}

/** A board with a shape, a comment and a title. */
function someBoard(): Y.Doc {
  const doc = new Y.Doc()
  addRectangle(doc, 's1', { text: new Y.Text('hello') })
  addComment(doc, 'c1')
  doc.getMap('meta').set('title', 'Plan')
  return doc
}

type Write = (doc: Y.Doc) => void

const shape = (doc: Y.Doc, id = 's1') => doc.getMap('shapes').get(id) as Y.Map<unknown>
const textOf = (doc: Y.Doc, id = 's1') => shape(doc, id).get('text') as Y.Text

function addArrow(doc: Y.Doc, points: readonly number[] | Uint8Array): void {
  const keys = { type: 'arrow', pos: [0, 0], z: 'a0', points }
  doc.getMap('shapes').set('a', new Y.Map<unknown>(Object.entries(keys)))
}

const FARTHEST = packPoints(
  Array.from({ length: 2 * LIMITS.linePoints }, (_, i) =>
    i % 4 < 2 ? LIMITS.coordinate - 2 ** -10 : -LIMITS.coordinate,
  ),
)

/** The refusal of what somebody with a copy of the board writes. */
function refusalFor(write: Write, role: Role = 'editor', board = someBoard()): ProtocolError | null {
  return refusalOf(board, changeBy(copyOf(board), write), role)
}

describe('what an editor may write (rule 12)', () => {
  test.each<[string, Write]>([
    [
      'a rectangle with a label',
      doc => addRectangle(doc, 's2', { text: new Y.Text('label'), fill: '#ff0000' }),
    ],
    ['a stroke', doc => addStroke(doc, 's2', 1_000, { flip: [true, false] })],
    ['an arrow as version 1 wrote it', doc => addArrow(doc, [0, 0, 1.5, 2])],
    ['an arrow with packed points', doc => addArrow(doc, packPoints([0, 0, 1.5, 2]))],
    [
      'a line with as many points as there may be, at the far ends of the world',
      doc => addArrow(doc, FARTHEST),
    ],
    ['the name of who made a change', doc => shape(doc).set('by', 'Ana')],
    ['a comment on a shape', doc => addComment(doc, 'c2', { pos: undefined, shape: 's1' })],
    ['an answer to a comment', doc => addComment(doc, 'c2', { pos: undefined, parent: 'c1' })],
    ['a move', doc => shape(doc).set('pos', [5, 6])],
    ['a colour', doc => shape(doc).set('stroke', '#00ff0080')],
    ['a style that returns to its default', doc => shape(doc).delete('stroke')],
    ['characters', doc => textOf(doc).insert(2, 'y 💩 y')],
    ['the removal of characters', doc => textOf(doc).delete(1, 3)],
    ['bold, italic and struck letters', doc => textOf(doc).format(0, 3, { b: true, i: true, s: true })],
    ['the marker of a list', doc => textOf(doc).insert(0, '• ', { l: true })],
    ['letters that are plain again', doc => textOf(doc).format(1, 2, { b: null, l: null })],
    ['the removal of a shape', doc => doc.getMap('shapes').delete('s1')],
    [
      'the title, the schema and the date',
      doc => {
        doc.getMap('meta').set('title', '')
        doc.getMap('meta').set('schema', 1)
        doc.getMap('meta').set('created', 1_700_000_000_000.5)
      },
    ],
  ])('%s', (_what, write) => {
    expect(refusalFor(write)).toBeNull()
  })

  test('everything that comes of undoing and doing again, one change after another and all at once', () => {
    const doc = new Y.Doc()
    const taken = new Y.Doc()
    doc.on('update', (update: Uint8Array) => {
      expect(refusalOf(taken, update)).toBeNull()
      Y.applyUpdate(taken, update)
    })
    const undo = new Y.UndoManager([doc.getMap('shapes')], { captureTimeout: 0 })
    addRectangle(doc, 's1', { text: new Y.Text('hello') })
    shape(doc).set('pos', [3, 4])
    textOf(doc).insert(5, ' you')
    doc.getMap('shapes').delete('s1')
    for (let step = 0; step < 4; step += 1) undo.undo()
    expect(doc.getMap('shapes').size).toBe(0)
    for (let step = 0; step < 3; step += 1) undo.redo()
    expect(taken.getMap('shapes').toJSON()).toEqual(doc.getMap('shapes').toJSON())
    expect(shape(taken).get('pos')).toEqual([3, 4])
    expect(refusalOf(new Y.Doc(), Y.encodeStateAsUpdate(doc))).toBeNull()
    expect(refusalOf(someBoard(), Y.encodeStateAsUpdate(doc))).toBeNull()
  })

  test('a shape that others have deleted meanwhile', () => {
    const board = someBoard()
    const away = copyOf(board)
    board.getMap('shapes').delete('s1')
    const edits = changeBy(away, doc => {
      shape(doc).set('pos', [7, 8])
      shape(doc).set('text', new Y.Text('more'))
      textOf(doc).insert(4, 'over')
    })
    expect(refusalOf(board, edits)).toBeNull()
    integrate(board, readUpdate(board, edits))
    expect(board.getMap('shapes').size).toBe(0)
  })

  test('a move undone while somebody else moves the same shape, though it leaves the shape without a place', () => {
    const board = new Y.Doc()
    addRectangle(board, 's1')
    const [ann, ben] = [copyOf(board), copyOf(board)]
    ann.clientID = 2
    ben.clientID = 1
    const undo = new Y.UndoManager([ann.getMap('shapes')], { captureTimeout: 0 })
    shape(ann).set('pos', [3, 3])
    shape(ben).set('pos', [4, 4])
    Y.applyUpdate(ann, Y.encodeStateAsUpdate(ben))
    Y.applyUpdate(board, Y.encodeStateAsUpdate(ann))
    const undone = changeBy(ann, () => undo.undo())
    expect(refusalOf(board, undone)).toBeNull()
    integrate(board, readUpdate(board, undone))
    expect(shape(board).has('pos')).toBe(false)
  })
})

describe('what nobody may write is refused with 4422 and its place (rule 12)', () => {
  const comment = (doc: Y.Doc) => doc.getMap('comments').get('c1') as Y.Map<unknown>

  test.each<[string, string, Write]>([
    ['a value for a shape', 'shapes/s2', doc => doc.getMap('shapes').set('s2', { type: 'rectangle' })],
    ['a list for a shape', 'shapes/s2', doc => doc.getMap('shapes').set('s2', new Y.Array())],
    ['an XML hook for a shape', 'shapes/s2', doc => doc.getMap('shapes').set('s2', new Y.XmlHook('a'))],
    ['a shape of no type', 'shapes/s2/type', doc => addRectangle(doc, 's2', { type: undefined })],
    ['a shape of an unknown type', 'shapes/s2/type', doc => addRectangle(doc, 's2', { type: 'hologram' })],
    [
      'a shape of an inherited type',
      'shapes/s2/type',
      doc => addRectangle(doc, 's2', { type: 'constructor' }),
    ],
    ['a shape without a place', 'shapes/s2/pos', doc => addRectangle(doc, 's2', { pos: undefined })],
    ['a stroke without points', 'shapes/s2/ink', doc => addStroke(doc, 's2', 10, { ink: undefined })],
    ['another type', 'shapes/s1/type', doc => shape(doc).set('type', 'ellipse')],
    ['the same type again', 'shapes/s1/type', doc => shape(doc).set('type', 'rectangle')],
    ['the loss of a type', 'shapes/s1/type', doc => shape(doc).delete('type')],
    ['an unknown key', 'shapes/s1/colour', doc => shape(doc).set('colour', '#000000')],
    ['an inherited key', 'shapes/s1/toString', doc => shape(doc).set('toString', 1)],
    ['the key __proto__', 'shapes/s1/__proto__', doc => shape(doc).set('__proto__', { a: 1 })],
    ['a key of another type', 'shapes/s1/ink', doc => shape(doc).set('ink', new Uint8Array([1]))],
    ['a place that is not a number', 'shapes/s1/pos', doc => shape(doc).set('pos', [0, Number.NaN])],
    ['an infinite turn', 'shapes/s1/rot', doc => shape(doc).set('rot', Infinity)],
    ['a place out of the world', 'shapes/s1/pos', doc => shape(doc).set('pos', [0, 1e8])],
    ['a third coordinate', 'shapes/s1/pos', doc => shape(doc).set('pos', [0, 0, 0])],
    ['a negative size', 'shapes/s1/size', doc => shape(doc).set('size', [-1, 1])],
    ['a value where a text belongs', 'shapes/s1/text', doc => shape(doc).set('text', 'plain')],
    [
      'a text where a value belongs',
      'shapes/s1/stroke',
      doc => shape(doc).set('stroke', new Y.Text('#ff0000')),
    ],
    ['a map in a shape', 'shapes/s1/pos', doc => shape(doc).set('pos', new Y.Map())],
    ['an XML text', 'shapes/s1/text', doc => shape(doc).set('text', new Y.XmlText('a'))],
    ['an unknown format', 'shapes/s1/text', doc => textOf(doc).format(0, 2, { bold: true })],
    ['a link in a text', 'shapes/s1/text', doc => textOf(doc).format(0, 2, { a: 'javascript:alert(1)' })],
    ['a format of an inherited name', 'shapes/s1/text', doc => insertFormat(doc, 'toString', true)],
    ['the format __proto__', 'shapes/s1/text', doc => textOf(doc).format(0, 2, { ['__proto__']: true })],
    ['the end of an unknown format', 'shapes/s1/text', doc => insertFormat(doc, 'x', null)],
    ['a format that is not there', 'shapes/s1/text', doc => textOf(doc).format(0, 2, { b: false })],
    ['a format that is a number', 'shapes/s1/text', doc => textOf(doc).format(0, 2, { b: 1 })],
    ['a format that is a text', 'shapes/s1/text', doc => textOf(doc).format(0, 2, { l: 'x'.repeat(99) })],
    ['a format that is an object', 'shapes/s1/text', doc => textOf(doc).format(0, 2, { s: { a: true } })],
    [
      'a known format beside an unknown one',
      'shapes/s1/text',
      doc => textOf(doc).format(0, 2, { b: true, u: true }),
    ],
    ['a format in a map', 'shapes/s1', doc => insertFormat(doc, 'b', true, shape(doc))],
    ['something embedded in a text', 'shapes/s1/text', doc => textOf(doc).insertEmbed(0, { image: 'a' })],
    ['a type embedded in a text', 'shapes/s1/text', doc => textOf(doc).insertEmbed(0, new Y.Map())],
    ['an attribute of a text', 'shapes/s1/text', doc => textOf(doc).setAttribute('a', 'b')],
    [
      'bytes that are no stroke',
      'shapes/s2/ink',
      doc => addStroke(doc, 's2', 10, { ink: new Uint8Array(9) }),
    ],
    ['a stroke that is too long', 'shapes/s2/ink', doc => addStroke(doc, 's2', LIMITS.inkBytes + 2)],
    ['points out of the world', 'shapes/a/points', doc => addArrow(doc, packPoints([0, 0, 2e7, 0]))],
    ['half a point', 'shapes/a/points', doc => addArrow(doc, [0, 0, 1])],
    ['a single packed point', 'shapes/a/points', doc => addArrow(doc, packPoints([0, 0]))],
    [
      'too many packed points',
      'shapes/a/points',
      doc => addArrow(doc, packPoints(new Array(10_002).fill(0))),
    ],
    ['bytes that are no points', 'shapes/a/points', doc => addArrow(doc, new Uint8Array([1, 0, 3, 0, 0]))],
    ['a name that is too long', 'shapes/s1/by', doc => shape(doc).set('by', 'x'.repeat(61))],
    ['a comment without a text', 'comments/c2/text', doc => addComment(doc, 'c2', { text: undefined })],
    ['a comment that is too long', 'comments/c1/text', doc => comment(doc).set('text', 'x'.repeat(5_001))],
    ['an unknown key of a comment', 'comments/c1/likes', doc => comment(doc).set('likes', 5)],
    ['a list in a comment', 'comments/c1/replies', doc => comment(doc).set('replies', new Y.Array())],
    ['a title that is too long', 'meta/title', doc => doc.getMap('meta').set('title', 'x'.repeat(201))],
    [
      'the schema of a later version',
      'meta/schema',
      doc => doc.getMap('meta').set('schema', SCHEMA_VERSION + 1),
    ],
    ['an unknown key of the board', 'meta/secret', doc => doc.getMap('meta').set('secret', 1)],
    ['a map about the board', 'meta/title', doc => doc.getMap('meta').set('title', new Y.Map())],
  ])('%s', (_what, where, write) => {
    expect(refusalFor(write)).toMatchObject({ code: CLOSE.invalid, where })
  })

  test.each(['', '__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'a/b', 'é', 'x'.repeat(65)])(
    'a shape and a comment with the id %j',
    id => {
      expect(refusalFor(doc => addRectangle(doc, id))?.code).toBe(CLOSE.invalid)
      expect(refusalFor(doc => addComment(doc, id))?.code).toBe(CLOSE.invalid)
    },
  )

  test('a type that comes last vouches for the keys before it, and not for others', () => {
    const keys = { type: undefined, corner: 5 }
    const last = (type: string) => (doc: Y.Doc) => addRectangle(doc, 's2', keys).set('type', type)
    expect(refusalFor(last('rectangle'))).toBeNull()
    expect(refusalFor(last('ellipse'))).toMatchObject({ code: CLOSE.invalid, where: 'shapes/s2/corner' })
  })

  test('a new shape that is only partly deleted', () => {
    const board = someBoard()
    const away = copyOf(board)
    addRectangle(away, 's2')
    shape(away, 's2').delete('type')
    expect(refusalOf(board, Y.encodeStateAsUpdate(away))?.code).toBe(CLOSE.invalid)
  })
})

describe('a text', () => {
  test('may hold what several people wrote within their limits, but not more and more', () => {
    const board = someBoard()
    const most = 'x'.repeat(LIMITS.textLength)
    for (let who = 0; who < 4; who += 1) {
      const written = changeBy(copyOf(board), doc => textOf(doc).insert(0, most))
      expect(refusalOf(board, written)).toBeNull()
      Y.applyUpdate(board, written)
    }
    const over = changeBy(copyOf(board), doc => textOf(doc).insert(0, most))
    expect(refusalOf(board, over)).toMatchObject({ code: CLOSE.tooLarge, where: 'shapes/s1/text' })
  })

  test('counts only what is still in it', () => {
    const board = someBoard()
    const away = copyOf(board)
    new Y.UndoManager([away.getMap('shapes')], { captureTimeout: 0 })
    for (let round = 0; round < 20; round += 1) {
      textOf(away).insert(0, 'x'.repeat(10_000))
      textOf(away).delete(0, 10_000)
    }
    expect(refusalOf(board, Y.encodeStateAsUpdate(away))).toBeNull()
  })
})

describe('the looks of a text', () => {
  /** Formats that lie between the same two letters: the text grows no longer by them. */
  const stack = (doc: Y.Doc, count: number) => changeBy(copyOf(doc), copy => insertFormats(copy, count))

  function untidiedBoard(): Y.Doc {
    const board = someBoard()
    leaveFormats(board)
    return board
  }

  test('may change as often as several people within their limits make them, but not more and more', () => {
    const board = untidiedBoard()
    const many = stack(board, 8 * LIMITS.textMarks)
    expect(refusalOf(board, many)).toBeNull()
    integrate(board, readUpdate(board, many))
    const over = stack(board, LIMITS.mergedTextFormats - 8 * LIMITS.textMarks + 1)
    expect(refusalOf(board, over)).toMatchObject({ code: CLOSE.tooLarge, where: 'shapes/s1/text' })
    expect(refusalOf(board, stack(board, 100))).toBeNull()
    const other = untidiedBoard()
    expect(refusalOf(other, stack(other, LIMITS.mergedTextFormats + 1))?.code).toBe(CLOSE.tooLarge)
  })

  test('cannot be made ever more in small steps', () => {
    const board = untidiedBoard()
    const hostile = copyOf(board)
    let refused: ProtocolError | null = null
    for (let step = 0; step < 30 && !refused; step += 1) {
      const update = changeBy(hostile, doc => insertFormats(doc, LIMITS.mergedTextFormats / 20))
      refused = refusalOf(board, update)
      if (!refused) integrate(board, readUpdate(board, update))
    }
    expect(refused).toMatchObject({ code: CLOSE.tooLarge })
  })

  test('that are deleted again count no more', () => {
    const board = untidiedBoard()
    const away = copyOf(board)
    const updates: Uint8Array[] = []
    away.on('update', update => updates.push(update))
    for (let round = 0; round < 5; round += 1) {
      insertFormats(away, LIMITS.mergedTextFormats / 4)
      away.transact(transaction => {
        for (let item = textOf(away)._start; item; item = item.right) item.delete(transaction)
      })
    }
    for (const update of updates) {
      expect(refusalOf(board, update)).toBeNull()
      integrate(board, readUpdate(board, update))
    }
  })
})

/** A format that no client of ours writes, before the first letter of a text. */
function insertFormat(
  doc: Y.Doc,
  key: string,
  value: unknown,
  parent: Y.Text | Y.Map<unknown> = textOf(doc),
): void {
  insertFormats(doc, 1, key, value, parent)
}

function insertFormats(
  doc: Y.Doc,
  count: number,
  key = 'b',
  value: unknown = true,
  parent: Y.Text | Y.Map<unknown> = textOf(doc),
): void {
  doc.transact(transaction => {
    for (let made = 0; made < count; made += 1) {
      const id = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID))
      const right = parent._start
      const content = new Y.ContentFormat(key, value as object)
      new Y.Item(id, null, null, right, right?.id ?? null, parent, null, content).integrate(transaction, 0)
    }
  })
}

describe('roles', () => {
  test.each<[string, Write]>([
    ['a comment', doc => addComment(doc, 'c2')],
    [
      'an edit of a comment',
      doc => (doc.getMap('comments').get('c1') as Y.Map<unknown>).set('resolved', true),
    ],
    ['the removal of a comment', doc => doc.getMap('comments').delete('c1')],
  ])('a commenter may write %s, and a viewer may not', (_what, write) => {
    expect(refusalFor(write, 'commenter')).toBeNull()
    expect(refusalFor(write, 'viewer')?.code).toBe(CLOSE.refused)
  })

  test.each<[string, string, Write]>([
    ['a shape', 'shapes/s2', doc => addRectangle(doc, 's2')],
    ['a move', 'shapes/s1/pos', doc => shape(doc).set('pos', [9, 9])],
    ['a word', 'shapes/s1/text', doc => textOf(doc).insert(0, 'a')],
    ['the removal of a word', 'shapes/s1/text', doc => textOf(doc).delete(0, 2)],
    ['bold letters', 'shapes/s1/text', doc => textOf(doc).format(0, 2, { b: true })],
    ['the removal of a shape', 'shapes/s1', doc => doc.getMap('shapes').delete('s1')],
    ['a title', 'meta/title', doc => doc.getMap('meta').set('title', 'Mine')],
  ])('a commenter and a viewer may not write %s', (_what, where, write) => {
    expect(refusalFor(write, 'commenter')).toMatchObject({ code: CLOSE.refused, where })
    expect(refusalFor(write, 'viewer')?.code).toBe(CLOSE.refused)
    expect(refusalFor(write, 'owner')).toBeNull()
  })

  test('a viewer may tell what the board has already', () => {
    const board = someBoard()
    board.getMap('shapes').delete('s1')
    expect(refusalOf(board, Y.encodeStateAsUpdate(copyOf(board)), 'viewer')).toBeNull()
  })

  test('what goes on with an item of a shape cannot say that it lies in a comment', () => {
    const board = new Y.Doc()
    addComment(board, 'c1')
    const author = copyOf(board)
    author.clientID = 7
    addRectangle(author, 's1')
    shape(author).set('pos', [1, 1])
    Y.applyUpdate(board, Y.encodeStateAsUpdate(author))
    const forged = goOn(board, 7)
    expect(refusalOf(board, forged, 'commenter')?.code).toBe(CLOSE.malformed)
    // Yjs would take it, and delete what it goes on with: the place of the shape.
    Y.applyUpdate(board, forged)
    expect(shape(board).has('pos')).toBe(false)
  })
})

/** Two values for a comment's text, the first of them under the last clock of a client, which the board has. */
function goOn(board: Y.Doc, client: number): Uint8Array {
  const comment = (board.getMap('comments').get('c1') as Y.Map<unknown>)._item as Y.Item
  const clock = Y.getState(board.store, client) - 1
  const encoder = new Y.UpdateEncoderV1()
  // One client with one struct, and no deletions.
  encoding.writeVarUint(encoder.restEncoder, 1)
  encoding.writeVarUint(encoder.restEncoder, 1)
  encoder.writeClient(client)
  encoding.writeVarUint(encoder.restEncoder, clock)
  const values = new Y.ContentAny(['first', 'second'])
  new Y.Item(Y.createID(client, clock), null, null, null, null, comment.id as never, 'text', values).write(
    encoder,
    0,
  )
  encoding.writeVarUint(encoder.restEncoder, 0)
  return encoder.toUint8Array()
}
