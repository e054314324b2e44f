import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeShape } from '../../shared/schema/read.ts'
import { type Note, noteBox, noteInk } from '../../shared/shapes/note.ts'
import { DocBoard } from '../board/doc-board.ts'
import { newDocument } from '../board/document.ts'
import { contrast, shownColour } from '../render/colour.ts'
import { textBlock } from '../render/text-block.ts'
import { noteView } from '../shapes/note/view.ts'
import { Rig } from './testing/rig.ts'

const lineWidth = (line: string) => line.length / 2
const sheet = (given: Partial<Note> = {}): Note =>
  makeShape('note', { id: 'n', z: 'a0', pos: [0, 0], size: [200, 200], ...given })

const notes = (rig: Rig): readonly Note[] => rig.shapes.filter(shape => shape.type === 'note')

test('a click lays a note under the pointer and opens its text, and one undo takes the note back', () => {
  const rig = new Rig()
  rig.editor.use('note')
  rig.click([300, 200])
  const made = rig.shape('note')
  expect(made.pos).toEqual([200, 100])
  expect(rig.editor.state.editing).toBe(made.id)
  expect(rig.editor.state.tool).toBe('select')
  rig.editor.undo()
  expect(rig.shapes).toEqual([])
})

test('a note that is carried to its place is seen on the way, and a cancelled one leaves no trace', () => {
  const rig = new Rig()
  rig.editor.use('note')
  rig.down([0, 0])
  rig.move([50, 60])
  expect(rig.editor.state.preview).toMatchObject({ kind: 'create', shape: { pos: [-50, -40] } })
  rig.cancel()
  expect(rig.editor.state.preview).toBeNull()
  expect(rig.shapes).toEqual([])
})

test('a new note has the colour that is used for fills, and the usual paper where that is none', () => {
  const rig = new Rig()
  rig.editor.setStyle({ fill: '#a5d8ff' })
  rig.editor.use('note')
  rig.click([0, 0])
  expect(rig.shape('note').fill).toBe('#a5d8ff')
  const paper = noteView.areas(sheet(), { tolerance: 1, leastWidth: 0, translucent: false }, lineWidth)[0]
  expect(paper?.colour).toBe('#ffe8a3')
})

test('a read-only board takes no note', () => {
  const rig = new Rig()
  rig.board.lock('not yours')
  rig.editor.use('note')
  rig.click([0, 0])
  expect(rig.shapes).toEqual([])
})

test('from one note to the right another of its look is made and typed into, and found again from the other side', () => {
  const rig = new Rig(sheet({ fill: '#b2f2bb' }))
  rig.editor.select(['n'])
  rig.editor.finish()
  rig.editor.run('note-right')
  const [first, second] = notes(rig)
  expect(second).toMatchObject({ pos: [220, 0], fill: '#b2f2bb', text: '' })
  expect(rig.editor.state.editing).toBe(second?.id)
  rig.editor.run('note-left')
  expect(rig.editor.state.editing).toBe(first?.id)
  expect(notes(rig)).toHaveLength(2)
  rig.editor.run('note-below')
  rig.editor.run('note-above')
  expect(rig.editor.state.editing).toBe(first?.id)
  expect(notes(rig)).toHaveLength(3)
})

test('no note leads to the next where another shape is selected or the board is read-only', () => {
  const rig = new Rig(sheet())
  expect(rig.editor.canRun('note-right')).toBe(false)
  rig.editor.select(['n'])
  expect(rig.editor.canRun('note-right')).toBe(true)
  rig.board.lock('not yours')
  expect(rig.editor.canRun('note-right')).toBe(false)
})

test('a note keeps the name of who made it when another changes it or copies it', () => {
  const doc = newDocument()
  const ann = new DocBoard(
    doc,
    () => 0,
    () => 'Ann',
  )
  const bob = new DocBoard(
    doc,
    () => 0,
    () => 'Bob',
  )
  ann.transact([{ op: 'create', shape: sheet() }])
  bob.transact([{ op: 'patch', id: 'n', patch: { pos: [5, 5] } }])
  const made = bob.shapes.get('n') as Note
  expect([made.author, made.by]).toEqual(['Ann', 'Bob'])
  bob.transact([{ op: 'create', shape: { ...made, id: 'copy' } }])
  expect((ann.shapes.get('copy') as Note).author).toBe('Ann')
})

test('a note is never smaller than its size, and all of its text lies on the paper above the author', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 60 }), { maxLength: 12 }).map(lines => lines.join('\n')),
      fc.tuple(fc.integer({ min: 80, max: 400 }), fc.integer({ min: 1, max: 400 })),
      fc.constantFrom('', 'Ann'),
      (text, size, author) => {
        const note = sheet({ text, size, author })
        const box = noteBox(note, lineWidth)
        expect(box.h).toBeGreaterThanOrEqual(size[1])
        const block = textBlock(note, lineWidth)
        const [name] = noteView.words?.(note, lineWidth) ?? []
        if (!block) return
        expect(block.box.y).toBeGreaterThanOrEqual(0)
        expect(block.box.y + block.box.h).toBeLessThanOrEqual((name?.box.y ?? box.h) + 1e-6)
      },
    ),
  )
})

test('the letters on any paper can be read on both themes', () => {
  const channel = fc.integer({ min: 0, max: 255 })
  const soft = ['#ffe8a3', '#e9ecef', '#ffc9c9', '#b2f2bb', '#a7ece8', '#a5d8ff', '#d0bfff', '#fcc2d7']
  for (const fill of soft)
    for (const theme of ['light', 'dark'] as const)
      expect(contrast(shownColour(fill, theme), shownColour(noteInk({ fill }), theme))).toBeGreaterThan(4.5)
  fc.assert(
    fc.property(channel, channel, channel, (...rgb) => {
      const fill = `#${rgb.map(c => c.toString(16).padStart(2, '0')).join('')}`
      expect(contrast(fill, noteInk({ fill }))).toBeGreaterThan(3)
    }),
  )
})
