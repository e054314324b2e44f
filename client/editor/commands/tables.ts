import type { Table } from '../../../shared/shapes/table.ts'
import type { Edit } from '../../board/board.ts'
import type { CommandTarget } from '../actions.ts'
import { columnEdits, currentCell, rowEdits, selectedTable } from '../tables.ts'
import { type Command, canChange } from './command.ts'

type Change = (table: Table, editor: CommandTarget) => readonly Edit[]

function editsOf(editor: CommandTarget, change: Change): readonly Edit[] {
  const table = canChange(editor) ? selectedTable(editor) : undefined
  return table ? change(table, editor) : []
}

const command = (id: string, title: string, change: Change): Command => ({
  id: `table-${id}`,
  title,
  section: 'Edit',
  keys: [],
  enabled: editor => editsOf(editor, change).length > 0,
  run: editor => editor.commit(editsOf(editor, change)),
})

const cell = (table: Table, { text }: CommandTarget) => currentCell(table, text.caret?.focus)

/** What is done to rows and columns: to those of the cell that is being typed in, else to the last. */
export const TABLE_COMMANDS: readonly Command[] = [
  command('add-row', 'Add a row', (table, editor) => rowEdits(table, cell(table, editor).row, 1)),
  command('add-column', 'Add a column', (table, editor) => columnEdits(table, cell(table, editor).column, 1)),
  command('remove-row', 'Remove the row', (table, editor) => rowEdits(table, cell(table, editor).row, -1)),
  command('remove-column', 'Remove the column', (table, editor) =>
    columnEdits(table, cell(table, editor).column, -1),
  ),
  command('header', 'Header row of the table', ({ id, header }) => [
    { op: 'patch', id, patch: { header: !header } },
  ]),
]
