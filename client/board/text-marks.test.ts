import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { type Marks, marksOfRuns, STYLE } from '../../shared/geometry/marks.ts'
import { checkIncoming } from '../../shared/protocol/document-gate.ts'
import { documentProblems } from '../../shared/protocol/document-problems.ts'
import { readUpdate } from '../../shared/protocol/incoming.ts'
import { integrate } from '../../shared/protocol/integrate.ts'
import { LIMITS } from '../../shared/schema/limits.ts'
import { makeShape } from '../../shared/schema/read.ts'
import { splitsPair } from '../../shared/util/text-splice.ts'
import type { BoardDiff, Edit } from './board.ts'
import { DocBoard } from './doc-board.ts'
import { newDocument } from './document.ts'
import { copyContent, documentOf, wholeDocument } from './whole-document.ts'

const { bold, italic, strike, list } = STYLE

const create = (text: string, marks?: Marks): Edit => ({
  op: 'create',
  shape: makeShape('text', { id: 't', pos: [0, 0], z: 'a0', text, ...(marks && { marks }) }),
})

const mark = (from: number, to: number, style: number, on = true): Edit => ({
  ...{ op: 'mark', id: 't', from, to, style, on },
})

const type = (at: number, remove: number, insert: string, style?: number): Edit => ({
  ...{ op: 'text', id: 't', at, remove, insert, ...(style !== undefined && { style }) },
})

function boardWith(...edits: readonly Edit[]) {
  const doc = newDocument()
  const board = new DocBoard(doc)
  const diffs: BoardDiff[] = []
  board.subscribe(diff => diffs.push(diff))
  for (const edit of edits) board.transact([edit])
  return { doc, board, diffs }
}

/** The text with its looks, such as `a [b:1]`; brackets hold what is marked. */
function seen(board: DocBoard): string {
  const shape = board.shapes.get('t')
  if (shape?.type !== 'text') return ''
  let out = ''
  let at = 0
  for (const { from, to, style } of shape.marks ?? []) {
    out += `${shape.text.slice(at, from)}[${shape.text.slice(from, to)}:${style}]`
    at = to
  }
  return out + shape.text.slice(at)
}

describe('letters of a text', () => {
  test('are marked and unmarked, and a plain text has no marks at all', () => {
    const { board } = boardWith(create('one two three'))
    expect(board.shapes.get('t')).not.toHaveProperty('marks')
    board.transact([mark(4, 7, bold)])
    board.transact([mark(0, 5, italic | strike)])
    expect(seen(board)).toBe('[one :6][t:7][wo:1] three')
    board.transact([mark(0, 99, bold | italic, false)])
    expect(seen(board)).toBe('[one t:4]wo three')
    board.transact([mark(0, 99, strike, false)])
    expect(board.shapes.get('t')).not.toHaveProperty('marks')
  })

  test.each([
    ['nothing at all', mark(3, 3, bold)],
    ['a range behind the text', mark(50, 60, bold)],
    ['the letters of a shape that is gone', { ...mark(0, 1, bold), id: 'gone' } as Edit],
  ])('are left as they are by a mark of %s', (_what, edit) => {
    const { board, diffs } = boardWith(create('one'))
    diffs.length = 0
    board.transact([edit])
    expect([seen(board), diffs.flatMap(({ shapes }) => [...shapes])]).toEqual(['one', []])
  })

  test('change alone and the shape is another one, for others too', () => {
    const { doc, board, diffs } = boardWith(create('one two'))
    const other = newDocument()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
    const theirs = new DocBoard(other)
    const before = board.shapes.get('t')
    const heard: BoardDiff[] = []
    theirs.subscribe(diff => heard.push(diff))
    doc.on('update', update => Y.applyUpdate(other, update))
    board.transact([mark(0, 3, bold)])
    expect(diffs.at(-1)?.shapes.get('t')).toEqual({ before, after: board.shapes.get('t') })
    expect(board.shapes.get('t')).not.toBe(before)
    expect(heard.map(({ source, shapes }) => [source, [...shapes.keys()]])).toEqual([['remote', ['t']]])
    expect(seen(theirs)).toBe('[one:1] two')
  })

  test('are as they were after undo, and again after redo', () => {
    const { board } = boardWith(create('one two'), mark(0, 3, bold), mark(2, 7, italic))
    expect(seen(board)).toBe('[on:1][e:3][ two:2]')
    board.undo()
    expect(seen(board)).toBe('[one:1] two')
    board.undo()
    expect(seen(board)).toBe('one two')
    board.redo()
    board.redo()
    expect(seen(board)).toBe('[on:1][e:3][ two:2]')
    board.transact([{ op: 'remove', id: 't' }])
    board.undo()
    expect(seen(board)).toBe('[on:1][e:3][ two:2]')
  })

  test('that are typed and marked in one step are taken back in one', () => {
    const { board } = boardWith(create('one'))
    board.transact([type(3, 0, ' two')])
    board.transact([mark(4, 7, bold)], { joinsPrevious: true })
    board.undo()
    expect(seen(board)).toBe('one')
    board.redo()
    expect(seen(board)).toBe('one [two:1]')
  })

  test('look like the letter before them when they are typed, or just as is said', () => {
    const { board } = boardWith(create('one two'), mark(0, 3, bold))
    board.transact([type(3, 0, 'ly')])
    expect(seen(board)).toBe('[onely:1] two')
    board.transact([type(5, 0, '!', 0)])
    board.transact([type(0, 0, '?')])
    board.transact([type(4, 0, 'X', strike | italic)])
    expect(seen(board)).toBe('?[one:1][X:6][ly:1]! two')
    board.transact([type(0, 99, 'new')])
    expect(seen(board)).toBe('new')
  })

  test('that are typed behind the marker of a list are none', () => {
    const { board } = boardWith(create('• ', [{ from: 0, to: 2, style: list | bold }]))
    board.transact([type(2, 0, 'milk')])
    expect(seen(board)).toBe('[• :9][milk:1]')
    board.transact([type(6, 0, '\n')])
    board.transact([type(7, 0, '• ', list)])
    board.transact([type(9, 0, 'bread')])
    expect(seen(board)).toBe('[• :9][milk\n:1][• :8]bread')
  })

  test('outside the basic plane are never marked by halves', () => {
    const { board } = boardWith(create('a💩b💩', [{ from: 0, to: 2, style: bold }]))
    expect(seen(board)).toBe('[a💩:1]b💩')
    board.transact([mark(2, 5, italic)])
    expect(seen(board)).toBe('[a:1][💩:3][b💩:2]')
  })
})

describe('a shape with marks', () => {
  const marks = marksOfRuns([
    { text: '1. ', style: list },
    { text: 'fat', style: bold },
    { text: ' and ', style: 0 },
    { text: 'both', style: bold | strike },
  ])
  const text = '1. fat and both'

  test('is made as it is given, in the document and in copies of it', () => {
    const { doc, board } = boardWith(create(text, marks))
    expect(board.shapes.get('t')).toMatchObject({ text, marks })
    const whole = documentOf(wholeDocument(doc))
    expect(new DocBoard(whole).shapes.get('t')).toEqual(board.shapes.get('t'))
    const copy = newDocument()
    copyContent(doc, copy, 'Copy', 0)
    expect(new DocBoard(copy).shapes.get('t')).toEqual(board.shapes.get('t'))
  })

  test.each<[string, Marks]>([
    ['past its end', [{ from: 0, to: 99, style: bold }]],
    ['out of order', [marks[1], marks[0]] as Marks],
    [
      'one over the other',
      [
        { from: 0, to: 3, style: bold },
        { from: 2, to: 4, style: bold },
      ],
    ],
    ['of no look', [{ from: 0, to: 3, style: 0 }]],
    ['of an unknown look', [{ from: 0, to: 3, style: 16 }]],
    ['at half a letter', [{ from: 0.5, to: 3, style: bold }]],
  ])('is refused with marks %s, and nothing is written', (_what, wrong) => {
    const { board } = boardWith()
    expect(() => board.transact([create(text, wrong)])).toThrow(RangeError)
    expect(board.shapes.size).toBe(0)
  })

  test('takes no mark that is none', () => {
    const { board } = boardWith(create(text))
    for (const edit of [mark(-1, 2, bold), mark(0, 1.5, bold), mark(0, 2, 16), type(0, 0, 'a', -1)])
      expect(() => board.transact([edit])).toThrow(RangeError)
    expect(seen(board)).toBe(text)
  })

  test('has so many marks and no more, but fewer at any time', () => {
    const long = 'x'.repeat(2 * LIMITS.textMarks)
    const every = Array.from({ length: LIMITS.textMarks }, (_, i) => ({
      from: 2 * i,
      to: 2 * i + 1,
      style: bold,
    }))
    const { doc, board } = boardWith(create(long, every))
    expect(() => board.transact([mark(0, 1, italic)])).not.toThrow()
    expect(() => board.transact([mark(1, 2, italic)])).toThrow('at most 2000 marks')
    board.transact([mark(0, 99, bold, false)])
    const update = Y.encodeStateAsUpdate(doc)
    expect(() => checkIncoming(new Y.Doc(), readUpdate(new Y.Doc(), update), 'editor')).not.toThrow()
  })

  test('shows what it can of what another client put there', () => {
    const { doc, board } = boardWith(create('one two'))
    const held = (doc.getMap('shapes').get('t') as Y.Map<Y.Text>).get('text') as Y.Text
    held.format(0, 3, { b: true, link: 'x', l: 1, i: null })
    held.format(4, 3, { b: false })
    expect(seen(board)).toBe('[one:1] two')
  })
})

/** What one of several people does to the text, wherever it is by then. */
const act = fc.oneof(
  fc.record({
    do: fc.constant('mark' as const),
    from: fc.nat(20),
    to: fc.nat(20),
    style: fc.integer({ min: 1, max: 15 }),
    on: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('type' as const),
    at: fc.nat(20),
    remove: fc.nat(5),
    insert: fc.constantFrom('', 'x', 'yz', '💩', '• '),
    style: fc.option(fc.integer({ min: 0, max: 15 }), { nil: undefined }),
  }),
  fc.record({ do: fc.constantFrom('undo' as const, 'redo' as const, 'talk' as const) }),
)

test('two or three people who mark, type, delete and undo at once end with one text, as the relay lets it pass', () => {
  const script = fc.array(fc.tuple(fc.nat(2), act), { maxLength: 25 })
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 3 }), script, (people, acts) => {
      const relay = newDocument()
      const peers = Array.from({ length: people }, () => newPeer())
      peers[0]?.board.transact([create('some words here')])
      const talk = () => {
        for (const { sent } of peers) for (const update of sent.splice(0)) take(relay, update)
        for (const { doc } of peers) Y.applyUpdate(doc, Y.encodeStateAsUpdate(relay), 'relay')
      }
      talk()
      for (const [who, one] of acts) {
        if (one.do === 'talk') talk()
        else perform((peers[who % people] as Peer).board, one)
      }
      talk()
      const [first, ...rest] = peers.map(({ board }) => board.shapes.get('t'))
      for (const other of rest) expect(other).toEqual(first)
      expectSound(first)
      expect(documentProblems(relay)).toEqual([])
      expect(peers.flatMap(({ sent }) => sent)).toEqual([])
    }),
    { numRuns: 60 },
  )
})

type Peer = ReturnType<typeof newPeer>

function newPeer() {
  const doc = newDocument()
  const sent: Uint8Array[] = []
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'relay') sent.push(update)
  })
  return { doc, sent, board: new DocBoard(doc) }
}

/** Takes an update as the relay does. */
function take(doc: Y.Doc, update: Uint8Array): void {
  const incoming = readUpdate(doc, update)
  checkIncoming(doc, incoming, 'editor')
  integrate(doc, incoming)
}

function perform(
  board: DocBoard,
  one: Exclude<typeof act extends fc.Arbitrary<infer T> ? T : never, { do: 'talk' }>,
) {
  const shape = board.shapes.get('t')
  if (shape?.type !== 'text') return
  const { text } = shape
  const whole = (at: number) => (splitsPair(text, at) ? at + 1 : at)
  if (one.do === 'undo') board.undo()
  else if (one.do === 'redo') board.redo()
  else if (one.do === 'mark') board.transact([mark(one.from, one.to, one.style, one.on)])
  else if (one.do === 'type') {
    const at = whole(Math.min(one.at, text.length))
    board.transact([type(at, whole(Math.min(at + one.remove, text.length)) - at, one.insert, one.style)])
  }
}

function expectSound(shape: ReturnType<DocBoard['shapes']['get']>): void {
  if (shape?.type !== 'text') return
  let reached = 0
  for (const { from, to, style } of shape.marks ?? []) {
    expect(from).toBeGreaterThanOrEqual(reached)
    expect(to).toBeGreaterThan(from)
    expect(style).toBeGreaterThan(0)
    reached = to
  }
  expect(reached).toBeLessThanOrEqual(shape.text.length)
}
