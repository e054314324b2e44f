import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Vec } from '../../shared/geometry/vec.ts'
import { makeShape } from '../../shared/schema/read.ts'
import { DocBoard } from '../board/doc-board.ts'
import { newDocument } from '../board/document.ts'
import { PagedBoard } from '../board/paged-board.ts'
import { TOOLS } from '../shapes/index.ts'
import { Editor } from './editor.ts'
import { findOnPages, showShape } from './find.ts'
import { newText } from './new-text.ts'
import { box } from './testing/rig.ts'
import type { Modifiers } from './types.ts'

const modifiers: Modifiers = { shift: false, alt: false, ctrl: false }

/** An editor on a board with two pages, of which the first, '', shows the shape `a`. */
function open() {
  const doc = newDocument()
  const whole = new DocBoard(doc)
  let ids = 0
  const newId = () => `id${ids++}`
  const board = new PagedBoard(whole, newId)
  const { control: pages } = board
  const editor = new Editor({ board, pages, lineWidth: () => 0, tools: TOOLS, newId, now: () => 0 })
  editor.resize({ w: 800, h: 600 })
  board.transact([{ op: 'create', shape: box('a') }])
  const second = pages.add()
  pages.show('')
  const down = (at: Vec) =>
    editor.handle({
      type: 'down',
      ...{ at, screen: at, pressure: null, pointer: 'mouse', clicks: 1, modifiers },
    })
  const move = (at: Vec) =>
    editor.handle({ type: 'move', at, screen: at, samples: [{ at, pressure: null }], modifiers })
  const up = (at: Vec) => editor.handle({ type: 'up', at, screen: at, modifiers })
  const on = (page: string) => [...whole.shapes.values()].filter(s => s.type !== 'page' && s.page === page)
  return { doc, whole, board, pages, editor, second, down, move, up, on }
}

type Board = ReturnType<typeof open>

/** A line of two points that waits for the next. */
function placePoints({ editor, down, up, move }: Board): void {
  editor.use('line')
  for (const at of [
    [200, 200],
    [300, 300],
  ] as const) {
    move(at)
    down(at)
    up(at)
  }
}

const TURNS: readonly (readonly [string, (at: Board) => void])[] = [
  ['another page is shown', ({ pages, second }) => pages.show(second)],
  ['a page is added', ({ pages }) => pages.add()],
  ['the page is duplicated', ({ pages }) => pages.duplicate('')],
]

for (const [name, turn] of TURNS) {
  test(`when ${name}, the points of a line that were placed stay on their own page`, () => {
    const at = open()
    placePoints(at)
    expect(at.editor.state.preview).not.toBeNull()
    turn(at)
    expect(at.pages.page).not.toBe('')
    expect(at.editor.state.preview).toBeNull()
    expect(at.on('').map(({ type }) => type)).toEqual(['rectangle', 'line'])
    at.move([500, 500])
    at.up([500, 500])
    expect(at.editor.state.preview).toBeNull()
  })

  test(`when ${name}, a drag leaves no trace, and a new text is not carried along`, () => {
    const at = open()
    at.editor.use('select')
    at.down([50, 25])
    at.move([150, 125])
    turn(at)
    at.move([250, 225])
    at.up([250, 225])
    expect(at.on('')).toMatchObject([{ id: 'a', pos: [0, 0] }])
    at.pages.show('')
    at.editor.text.draft(
      newText([5, 5], { ...at.editor.state, newId: () => 'draft', topKey: () => 'a5' } as never),
    )
    expect(at.editor.state.editing).toBe('draft')
    turn(at)
    expect(at.editor.state).toMatchObject({ editing: null, preview: null })
  })
}

test('a text that is being typed ends with its page, and stays there', () => {
  const at = open()
  at.editor.edit('a')
  at.editor.text.type('words')
  at.pages.show(at.second)
  expect(at.editor.state.editing).toBeNull()
  expect(at.on('')).toMatchObject([{ id: 'a', text: 'words' }])
  at.editor.undo()
  expect(at.pages.page).toBe('')
  expect(at.on('')).toMatchObject([{ id: 'a', text: '' }])
})

test('an undo that turns the page ends what is under way first', () => {
  const at = open()
  at.board.transact([{ op: 'patch', id: 'a', patch: { pos: [9, 9] } }])
  at.pages.show(at.second)
  placePoints(at)
  at.editor.undo()
  // The line is the newest step, so that goes first, and the page stays.
  expect(at.on(at.second)).toEqual([])
  at.editor.undo()
  expect(at.pages.page).toBe('')
  expect(at.editor.state.preview).toBeNull()
})

test('what is under way on a page that somebody else removes is given up with it', () => {
  const at = open()
  at.pages.show(at.second)
  placePoints(at)
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(at.doc))
  const theirs = new PagedBoard(new DocBoard(other), () => 'x')
  theirs.control.remove(at.second)
  Y.applyUpdate(at.doc, Y.encodeStateAsUpdate(other))
  expect(at.pages.page).toBe('')
  expect(at.editor.state.preview).toBeNull()
  expect([...at.board.shapes.keys()]).toEqual(['a'])
  at.move([400, 400])
  at.down([400, 400])
  at.up([400, 400])
  expect(at.on('')).toHaveLength(1)
})

test('a frame goes to the next page without what is locked in it, which then lies in no frame', () => {
  const at = open()
  at.board.transact([
    { op: 'create', shape: makeShape('frame', { id: 'frame', z: 'a1', pos: [0, 100], size: [400, 400] }) },
    { op: 'create', shape: box('free', { pos: [10, 110], frame: 'frame' }) },
    { op: 'create', shape: box('stuck', { pos: [10, 210], frame: 'frame', locked: true }) },
  ])
  at.editor.select(['frame'])
  at.editor.run('page-send-next')
  expect(at.on('').map(({ id, frame }) => [id, frame])).toEqual([
    ['a', ''],
    ['stuck', ''],
  ])
  expect(
    at
      .on(at.second)
      .map(({ id, frame }) => [id, frame])
      .sort(),
  ).toEqual([
    ['frame', ''],
    ['free', 'frame'],
  ])
  at.editor.undo()
  expect(at.on('')).toHaveLength(4)
  expect(at.whole.shapes.get('stuck')).toMatchObject({ frame: 'frame' })
})

test('what is written on any page is found, page by page, and is shown by turning to it', () => {
  const at = open()
  at.board.transact([{ op: 'patch', id: 'a', patch: { pos: [0, 400] } }])
  at.board.transact([{ op: 'create', shape: box('low', { pos: [0, 900], text: 'Tea' }) }])
  at.board.transact([{ op: 'create', shape: box('high', { pos: [0, 0], text: 'more tea' }) }])
  at.pages.show(at.second)
  at.board.transact([{ op: 'create', shape: box('there', { pos: [5000, 0], text: 'TEA' }) }])
  at.pages.show('')
  const found = () => findOnPages(at.editor, 'tea')
  expect(found()).toEqual([
    { id: 'high', page: '' },
    { id: 'low', page: '' },
    { id: 'there', page: at.second },
  ])
  showShape(at.editor, 'there')
  expect(at.pages.page).toBe(at.second)
  expect([...at.editor.state.selection]).toEqual(['there'])
  expect(at.editor.seesContent()).toBe(true)
  at.pages.move(at.second, 0)
  expect(found().map(({ id }) => id)).toEqual(['there', 'high', 'low'])
  at.pages.remove(at.second)
  expect(found().map(({ id }) => id)).toEqual(['high', 'low'])
  expect(findOnPages(at.editor, ' ')).toEqual([])
})
