import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { makeShape } from '../../shared/schema/read.ts'
import type { Table } from '../../shared/shapes/table.ts'
import { type Cell, gridOf } from '../../shared/shapes/table-text.ts'
import { DocBoard } from '../board/doc-board.ts'
import { caretIn } from '../render/caret-place.ts'
import { tableView } from '../shapes/table/view.ts'
import { pasteText } from './actions.ts'
import { pasteEdits } from './tables.ts'
import { box, Rig } from './testing/rig.ts'

const lineWidth = (line: string) => line.length / 2
const sheet = (text: string, given: Partial<Table> = {}): Table =>
  makeShape('table', { id: 't', z: 'a0', pos: [0, 0], size: [300, 120], text, ...given })

test('a click lays down three rows of three cells and opens the first, a drag draws them, and each is one undo step', () => {
  for (const draw of [(rig: Rig) => rig.click([50, 60]), (rig: Rig) => rig.drag([50, 60], [350, 260])]) {
    const rig = new Rig()
    rig.editor.use('table')
    draw(rig)
    const made = rig.shape('table')
    expect(made).toMatchObject({ pos: [50, 60], text: '\t\t\n\t\t\n\t\t' })
    expect(rig.editor.state).toMatchObject({ editing: made.id, tool: 'select', preview: null })
    expect(rig.editor.text.caret).toEqual({ anchor: 0, focus: 0 })
    rig.editor.undo()
    expect(rig.shapes).toEqual([])
    rig.editor.redo()
    expect(rig.shape('table').text).toBe('\t\t\n\t\t\n\t\t')
  }
})

test('a table that is being drawn shows its cells, and a cancelled one leaves no trace', () => {
  const rig = new Rig()
  rig.editor.use('table')
  rig.down([0, 0])
  rig.move([300, 90])
  expect(rig.editor.state.preview).toMatchObject({ shape: { type: 'table', text: '\t\t\n\t\t\n\t\t' } })
  rig.cancel()
  expect(rig.shapes).toEqual([])
})

test('a double click opens the cell under the pointer, and Enter the first', () => {
  const rig = new Rig(sheet('a\tb\tc\nd\te\tf'))
  rig.doubleClick([150, 100])
  expect(rig.editor.state.editing).toBe('t')
  expect(rig.editor.text.caret?.focus).toBe(9)
  rig.editor.escape()
  rig.editor.finish()
  expect(rig.editor.text.caret?.focus).toBe(1)
})

test('rows and columns are added and removed where the caret is, and one undo each takes them back', () => {
  const rig = new Rig(sheet('a\tb\nc\td'))
  rig.doubleClick([20, 20])
  const text = () => rig.shape('table').text
  const after = (command: string) => {
    rig.editor.run(`table-${command}`)
    const now = text()
    rig.editor.undo()
    expect(text()).toBe('a\tb\nc\td')
    rig.doubleClick([20, 20])
    return now
  }
  expect(after('add-row')).toBe('a\tb\n\t\nc\td')
  expect(after('add-column')).toBe('a\t\tb\nc\t\td')
  expect(after('remove-row')).toBe('c\td')
  expect(after('remove-column')).toBe('b\nd')
  rig.editor.escape()
  rig.editor.select(['t'])
  rig.editor.run('table-remove-column')
  rig.editor.run('table-remove-row')
  expect(text()).toBe('a')
  expect(rig.shape('table').size).toEqual([150, 60])
  expect(rig.editor.canRun('table-remove-row')).toBe(false)
  rig.editor.run('table-header')
  expect(rig.shape('table').header).toBe(true)
})

test('a column that is removed takes its width along', () => {
  const rig = new Rig(sheet('a\tb\tc', { columns: [1, 2, 3] }))
  rig.editor.select(['t'])
  rig.editor.run('table-remove-column')
  expect(rig.shape('table')).toMatchObject({ columns: [1, 2], size: [150, 120] })
  rig.editor.run('table-add-column')
  expect(rig.shape('table')).toMatchObject({ columns: [1, 2, 1.5], size: [225, 120] })
})

test('the commands of tables do nothing to other shapes, to several, to a locked one, and on a read-only board', () => {
  const rig = new Rig(sheet('a\tb'), box('other'))
  const can = () => rig.editor.canRun('table-add-row')
  expect(can()).toBe(false)
  rig.editor.select(['other'])
  expect(can()).toBe(false)
  rig.editor.select(['t', 'other'])
  expect(can()).toBe(false)
  rig.editor.select(['t'])
  expect(can()).toBe(true)
  rig.board.lock('not yours')
  expect(can()).toBe(false)
  rig.editor.use('table')
  rig.click([500, 500])
  rig.doubleClick([20, 20])
  expect(rig.editor.state.editing).toBeNull()
  expect(rig.shapes).toHaveLength(2)
})

test('cells of a spreadsheet are pasted as a table, other text with tabs as text', () => {
  const pasted = (text: string) => {
    const rig = new Rig()
    pasteText(rig.editor, text, [0, 0])
    return rig.shapes[0]
  }
  expect(pasted('Name\tAge\r\nAda\t36\r\n')).toMatchObject({ type: 'table', text: 'Name\tAge\nAda\t36' })
  expect(pasted('a\t"two\nlines, ""quoted"""\nb\tc')).toMatchObject({ text: 'a\ttwo lines, "quoted"\nb\tc' })
  expect(pasted('\tif (x)\n\t\treturn')?.type).toBe('text')
  expect(pasted('\tone\n\ttwo')?.type).toBe('text')
  expect(pasted(Array(60).fill('x').join('\t'))?.type).toBe('text')
})

test('cells that are pasted into a cell fill those from it on, and the table grows where they need it', () => {
  const rig = new Rig(sheet('a\tb\nc\td'))
  const paste = (row: number, column: number, text: string) => {
    rig.editor.commit(pasteEdits(rig.shape('table'), { row, column }, text) ?? [])
    const now = rig.shape('table').text
    rig.editor.undo()
    return now
  }
  expect(paste(0, 0, '1\t2\n3\t4')).toBe('1\t2\n3\t4')
  expect(paste(1, 1, '1\t2\n3\t4')).toBe('a\tb\nc\t1\t2\n\t3\t4')
  expect(paste(0, 1, '1\t2\n3\t4\n5\t6')).toBe('a\t1\t2\nc\t3\t4\n\t5\t6')
  expect(pasteEdits(sheet('a'), { row: 0, column: 0 }, 'plain\ntext')).toBeUndefined()
})

const word = fc.string({ maxLength: 4 }).map(part => part.replace(/[\t\n\r]/g, '_'))

test('what two people type at once into different cells is in both cells, letter by letter', () => {
  const cell = fc.record({ row: fc.nat(2), column: fc.nat(2), at: fc.nat(4), insert: word })
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 9, maxLength: 9 }),
      fc.array(cell, { minLength: 1, maxLength: 6 }),
      fc.array(cell, { minLength: 1, maxLength: 6 }),
      (words, mine, theirs) => {
        const rows = [0, 3, 6].map(at => words.slice(at, at + 3))
        const docs = [new Y.Doc(), new Y.Doc()] as const
        const [ann, bob] = docs.map(doc => new DocBoard(doc)) as [DocBoard, DocBoard]
        ann.transact([{ op: 'create', shape: sheet(rows.map(row => row.join('\t')).join('\n')) }])
        const exchange = () => {
          const [a, b] = docs.map(doc => Y.encodeStateAsUpdate(doc)) as [Uint8Array, Uint8Array]
          Y.applyUpdate(docs[1], a)
          Y.applyUpdate(docs[0], b)
        }
        exchange()
        const type = (board: DocBoard, { row, column, at, insert }: (typeof mine)[number]) => {
          const { text } = board.shapes.get('t') as Table
          const { from, to } = (gridOf(text)[row] as readonly Cell[])[column] as Cell
          const own = rows[row] as string[]
          const place = Math.min(at, to - from)
          own[column] =
            (own[column] as string).slice(0, place) + insert + (own[column] as string).slice(place)
          board.transact([{ op: 'text', id: 't', at: from + place, remove: 0, insert }])
        }
        // The first keeps to the even cells, the second to the odd ones.
        for (const one of mine) if ((one.row * 3 + one.column) % 2 === 0) type(ann, one)
        for (const one of theirs) if ((one.row * 3 + one.column) % 2 === 1) type(bob, one)
        exchange()
        const expected = rows.map(row => row.join('\t')).join('\n')
        expect((ann.shapes.get('t') as Table).text).toBe(expected)
        expect((bob.shapes.get('t') as Table).text).toBe(expected)
      },
    ),
    { numRuns: 60 },
  )
})

test('each cell that says something is drawn as words of its own, and another’s caret stands in its cell', () => {
  const table = sheet('a\t\nc\td')
  expect(tableView.words?.(table, lineWidth).map(({ lines }) => lines)).toEqual([['a'], ['c'], ['d']])
  const at = (focus: number) => caretIn(table, { anchor: focus, focus }, lineWidth)
  expect(at(0)?.x).toBe(8)
  expect(at(2)?.x).toBe(158)
  expect(at(2)?.y).toBe(at(0)?.y)
  expect(at(6)?.x).toBe(168)
  expect(at(6)?.y).toBeGreaterThan(60)
})
