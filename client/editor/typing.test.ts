import { expect, test } from 'vitest'
import { type Marks, STYLE } from '../../shared/geometry/marks.ts'
import { LIMITS } from '../../shared/schema/limits.ts'
import { makeShape } from '../../shared/schema/read.ts'
import { Rig } from './testing/rig.ts'

const { bold, italic, list } = STYLE

const textShape = (id: string, text: string) => makeShape('text', { id, pos: [0, 0], z: `a${id}`, text })

/** A rig that types into one text, the caret at its end. */
function typing(text: string) {
  const rig = new Rig(textShape('1', text))
  rig.editor.edit('1')
  const session = rig.editor.text
  const select = (anchor: number, focus = anchor) => session.placeCaret({ anchor, focus })
  const type = (letters: string) => {
    for (const letter of letters) {
      const { text: now, to } = session.state ?? { text: '', to: 0 }
      session.type(now.slice(0, to) + letter + now.slice(to), to + 1)
    }
  }
  select(text.length)
  return { rig, session, select, type, shape: () => looks(rig, '1') }
}

const looks = (rig: Rig, id: string) => {
  const { text, marks } = rig.board.shapes.get(id) as { text: string; marks?: Marks }
  return { text, marks: marks ?? [] }
}

test('the selected letters become bold, and plain again; without a selection it is the next letters', () => {
  const { rig, session, select, type, shape } = typing('one')
  select(0, 2)
  rig.editor.run('text-bold')
  expect(shape().marks).toEqual([{ from: 0, to: 2, style: bold }])
  expect(session.style).toBe(bold)
  rig.editor.run('text-bold')
  expect(shape().marks).toEqual([])
  select(3)
  rig.editor.run('text-italic')
  expect(session.style).toBe(italic)
  type(' two')
  rig.editor.run('text-italic')
  type('!')
  expect(shape()).toEqual({ text: 'one two!', marks: [{ from: 3, to: 7, style: italic }] })
})

test('a look that was chosen for the next letter is forgotten where the caret goes elsewhere', () => {
  const { rig, session, select, type, shape } = typing('one')
  rig.editor.run('text-bold')
  select(1)
  expect(session.style).toBe(0)
  type('x')
  expect(shape().marks).toEqual([])
})

test('a new text begins in the look that was chosen for it', () => {
  const rig = new Rig()
  rig.editor.text.draft(textShape('9', ''))
  rig.editor.run('text-bold')
  rig.editor.text.type('a', 1)
  expect(looks(rig, '9')).toEqual({ text: 'a', marks: [{ from: 0, to: 1, style: bold }] })
})

test('a dash begins a list, enter goes on with it, and one step back leaves the dash', () => {
  const { session, type, shape } = typing('')
  type('- ')
  expect(shape()).toEqual({ text: '• ', marks: [{ from: 0, to: 2, style: list }] })
  session.undo()
  expect(shape()).toEqual({ text: '- ', marks: [] })
  session.redo()
  type('a')
  session.breakLine()
  type('b')
  expect(shape().text).toBe('• a\n• b')
  expect(session.list).toBe('bullet')
})

test('a new line, or item, goes on in the look that was chosen for it', () => {
  const { rig, session, type, shape } = typing('')
  rig.editor.run('text-bold')
  type('a')
  session.breakLine()
  type('b')
  rig.editor.run('text-bold')
  session.breakLine()
  type('c')
  expect(shape()).toEqual({
    text: 'a\nb\nc',
    marks: [{ from: 0, to: 3, style: bold }],
  })
  rig.editor.run('text-bullets')
  rig.editor.run('text-italic')
  session.breakLine()
  expect(session.style).toBe(italic)
  type('d')
  expect(shape().marks.at(-1)).toMatchObject({ style: italic })
})

test('typing is taken back in steps as wide as what was typed at a stretch, and the board has one step for all of it', () => {
  const { rig, session, select, type, shape } = typing('one')
  type(' two')
  select(0)
  type('so ')
  session.type('so two', 3)
  expect(shape().text).toBe('so two')
  const seen = Array.from({ length: 4 }, () => {
    session.undo()
    return shape().text
  })
  expect(seen).toEqual(['so one two', 'one two', 'one', 'one'])
  session.redo()
  expect(shape().text).toBe('one two')
  session.end()
  rig.editor.undo()
  expect(shape()).toEqual({ text: 'one', marks: [] })
})

test.each([
  ['before', 0],
  ['within', 1],
  ['behind', 3],
])('taking back all of a text leaves what another has typed %s it', (_where, at) => {
  const { rig, session, type, shape } = typing('')
  type('one')
  rig.board.transact([{ op: 'text', id: '1', at, remove: 0, insert: '?? ' }])
  session.undo()
  expect(shape().text).toBe('?? ')
})

test('a step back leaves what another has typed into the same text', () => {
  const { rig, session, type, shape } = typing('one')
  type('!')
  rig.board.transact([{ op: 'text', id: '1', at: 0, remove: 0, insert: 'not ' }])
  session.undo()
  expect(shape().text).toBe('not one')
  expect(session.state).toMatchObject({ from: 7, to: 7 })
})

test('letters that are pasted keep the looks they came with, and plain ones take on those around them', () => {
  const { session, select, shape } = typing('one')
  session.insert({
    text: '\n• two',
    marks: [
      { from: 1, to: 3, style: list },
      { from: 3, to: 6, style: bold },
    ],
  })
  session.insert({ text: '!' })
  const marks = [
    { from: 4, to: 6, style: list },
    { from: 6, to: 10, style: bold },
  ]
  expect(shape()).toEqual({ text: 'one\n• two!', marks })
  select(1)
  session.insert({ text: '• x', marks: [{ from: 0, to: 2, style: list }] })
  expect(shape()).toEqual({
    text: 'o• xne\n• two!',
    marks: marks.map(({ from, to, style }) => ({ from: from + 3, to: to + 3, style })),
  })
  expect(session.state?.to).toBe(4)
})

test('a text that is full takes no more, wherever the caret is, and loses nothing', () => {
  const { session, select, shape } = typing('x'.repeat(LIMITS.textLength))
  select(5)
  session.type(`xxxxx😀${'x'.repeat(LIMITS.textLength - 5)}`, 7)
  session.breakLine()
  expect(shape().text).toBe('x'.repeat(LIMITS.textLength))
})

test('whole texts become bold together unless all are, and in one step', () => {
  const rig = new Rig(
    textShape('1', 'one'),
    textShape('2', 'two'),
    makeShape('ellipse', { id: '3', pos: [0, 0], z: 'a3' }),
  )
  rig.board.transact([{ op: 'mark', id: '1', from: 0, to: 3, style: bold, on: true }])
  rig.editor.select(['1', '2', '3'])
  rig.editor.run('text-bold')
  expect(['1', '2'].map(id => looks(rig, id).marks)).toEqual([
    [{ from: 0, to: 3, style: bold }],
    [{ from: 0, to: 3, style: bold }],
  ])
  rig.editor.run('text-bold')
  expect(['1', '2'].map(id => looks(rig, id).marks)).toEqual([[], []])
  rig.editor.undo()
  rig.editor.undo()
  expect(looks(rig, '1').marks).toHaveLength(1)
  expect(looks(rig, '2').marks).toEqual([])
})

test('whole texts become lists, and no longer ones; a table never does', () => {
  const cells = makeShape('table', { id: '2', pos: [0, 0], size: [100, 40], z: 'a2', text: 'a\tb' })
  const rig = new Rig(textShape('1', 'one\ntwo'), cells)
  rig.editor.select(['1', '2'])
  rig.editor.run('text-numbers')
  expect(looks(rig, '1').text).toBe('1. one\n2. two')
  expect(looks(rig, '2')).toEqual({ text: 'a\tb', marks: [] })
  rig.editor.run('text-numbers')
  expect(looks(rig, '1')).toEqual({ text: 'one\ntwo', marks: [] })
  rig.editor.select(['2'])
  expect(rig.editor.canRun('text-numbers')).toBe(false)
  expect(rig.editor.canRun('text-bold')).toBe(true)
})

test('what is locked, or may only be read, keeps its looks', () => {
  const rig = new Rig({ ...textShape('1', 'one'), locked: true })
  rig.editor.select(['1'])
  expect(rig.editor.canRun('text-bold')).toBe(false)
  rig.board.transact([{ op: 'patch', id: '1', patch: { locked: false } }])
  rig.board.lock('Only to be seen.')
  rig.editor.select(['1'])
  expect(rig.editor.canRun('text-bold')).toBe(false)
  expect(rig.editor.canRun('text-bullets')).toBe(false)
})
