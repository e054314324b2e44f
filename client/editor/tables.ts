import type { Vec } from '../../shared/geometry/vec.ts'
import { LIMITS } from '../../shared/schema/limits.ts'
import { makeShape } from '../../shared/schema/read.ts'
import type { KnownShape } from '../../shared/shapes/index.ts'
import { evened, type Table } from '../../shared/shapes/table.ts'
import {
  asCell,
  type CellPlace,
  cellAt,
  columnAdded,
  columnCount,
  columnRemoved,
  gridOf,
  MOST_COLUMNS,
  MOST_ROWS,
  rowAdded,
  rowRemoved,
} from '../../shared/shapes/table-text.ts'
import type { Splice } from '../../shared/util/text-splice.ts'
import type { Edit } from '../board/board.ts'
import type { Clip } from './clipboard.ts'
import { styleOf } from './style.ts'
import type { Style } from './types.ts'

/** World units of a cell of a new table. */
export const CELL_SIZE: Vec = [120, 44]

/** The text of a table of empty cells. */
export const emptyCells = (rows: number, columns: number): string =>
  Array.from({ length: rows }, () => '\t'.repeat(columns - 1)).join('\n')

/** The one selected table; undefined where anything else is selected. */
export function selectedTable({ selected }: { readonly selected: readonly KnownShape[] }): Table | undefined {
  const [only, ...others] = selected
  return only?.type === 'table' && others.length === 0 ? only : undefined
}

/** The cell that is being typed in, else the last. */
export function currentCell({ text }: Table, caret: number | undefined): CellPlace {
  return cellAt(text, Math.min(caret ?? Infinity, text.length))
}

const spliceEdits = (id: string, splices: readonly Splice[]): readonly Edit[] =>
  splices.map(splice => ({ op: 'text', id, ...splice }))

/** A side once it has a part more behind that at `index`, or no longer has that: its shares, and how much longer it is. */
function changedSide(given: readonly number[], count: number, index: number, by: 1 | -1) {
  const shares = evened(given, count)
  const whole = shares.reduce((sum, share) => sum + share, 0)
  const part = by === 1 ? whole / count : (shares[index] ?? 0)
  const changed = by === 1 ? shares.toSpliced(index + 1, 0, part) : shares.toSpliced(index, 1)
  // No more than a document holds; those beyond are as the others on average.
  return { shares: given.length === 0 ? [] : changed.slice(0, MOST_SHARES), growth: 1 + (by * part) / whole }
}

/** Shares that a document holds of a side. */
export const MOST_SHARES = 100

/** The edits that add an empty row, or take one away; none where that cannot be. The other rows keep their height. */
export function rowEdits({ id, text, size, rows }: Table, row: number, by: 1 | -1): readonly Edit[] {
  const splice = by === 1 ? rowAdded(text, row) : rowRemoved(text, row)
  if (!splice) return []
  const { shares, growth } = changedSide(rows, gridOf(text).length, row, by)
  const patch = { size: [size[0], size[1] * growth] as Vec, ...(rows.length > 0 && { rows: shares }) }
  return [...spliceEdits(id, [splice]), { op: 'patch', id, patch }]
}

/** As `rowEdits`; the other columns keep their width. */
export function columnEdits(table: Table, column: number, by: 1 | -1): readonly Edit[] {
  const { id, text, size } = table
  const splices = by === 1 ? columnAdded(text, column) : columnRemoved(text, column)
  if (splices.length === 0) return []
  const { shares, growth } = changedSide(table.columns, columnCount(gridOf(text)), column, by)
  const hasShares = table.columns.length > 0
  const patch = { size: [size[0] * growth, size[1]] as Vec, ...(hasShares && { columns: shares }) }
  return [...spliceEdits(id, splices), { op: 'patch', id, patch }]
}

/** UTF-16 code units of a cell that make its column wider, at most. */
const WIDEST = 30
/** And at least. */
const NARROWEST = 6

/** A table of what spreadsheets copy: lines of equally many cells, at least two; undefined for any other text. */
export function tableClip(text: string, style: Partial<Style>): Clip | undefined {
  const rows = rowsOf(text)
  const count = rows?.[0]?.length ?? 0
  // Lines of a program may be moved in by a tab.
  const isIndented = rows?.every(row => row[0]?.trim() === '') ?? true
  if (!rows || count < 2 || isIndented || rows.some(row => row.length !== count)) return undefined
  return tableOf(rows, style)
}

/** Undefined for no cells, and where they are too many or say too much. */
function tableOf(rows: readonly (readonly string[])[], style: Partial<Style>): Clip | undefined {
  const count = Math.max(0, ...rows.map(row => row.length))
  if (count === 0 || count > MOST_COLUMNS || rows.length > MOST_ROWS) return undefined
  const cells = rows.map(row => Array.from({ length: count }, (_, i) => asCell(row[i] ?? '').trim()))
  const text = cells.map(row => row.join('\t')).join('\n')
  if (text.length > LIMITS.textLength) return undefined
  const columns = Array.from({ length: count }, (_, i) =>
    Math.max(NARROWEST, Math.min(WIDEST, Math.max(...cells.map(row => row[i]?.length ?? 0)))),
  )
  const whole = columns.reduce((sum, share) => sum + share, 0)
  const size: Vec = [Math.max(count * (CELL_SIZE[0] / 2), whole * LETTER), rows.length * CELL_SIZE[1]]
  const shape = makeShape('table', { id: 'pasted', z: 'a0', pos: [0, 0], size, text, columns })
  return { shapes: [{ ...shape, ...styleOf('table', style) } as Table], unreadable: 0 }
}

/** World units of width for a letter of the widest cell. */
const LETTER = 14

/**
 * Puts cells that a spreadsheet copied into those from `at` on, and adds the rows and columns that they need; undefined for any
 * other text, which belongs into the one cell. None where they are more than the table can hold.
 */
export function pasteEdits({ id, text }: Table, at: CellPlace, pasted: string): readonly Edit[] | undefined {
  const rows = rowsOf(pasted)
  if (!rows) return undefined
  const grid = gridOf(text)
  const splices = rows.slice(0, MOST_ROWS - at.row).flatMap((given, i): readonly Splice[] => {
    const values = given.slice(0, MOST_COLUMNS - at.column).map(asCell)
    const cells = grid[at.row + i]
    return cells
      ? rowSplices(text, cells, at.column, values)
      : [{ at: text.length, remove: 0, insert: `\n${'\t'.repeat(at.column)}${values.join('\t')}` }]
  })
  const longer = splices.reduce((sum, { insert, remove }) => sum + insert.length - remove, 0)
  if (text.length + longer > LIMITS.textLength) return []
  return spliceEdits(id, ordered(splices))
}

/** The last of the text first; those at its end together. */
function ordered(splices: readonly Splice[]): readonly Splice[] {
  const byPlace = new Map<number, Splice>()
  for (const { at, remove, insert } of splices) {
    const before = byPlace.get(at)
    byPlace.set(at, {
      at,
      remove: (before?.remove ?? 0) + remove,
      insert: (before?.insert ?? '') + insert,
    })
  }
  return [...byPlace.values()].sort((a, b) => b.at - a.at)
}

function rowSplices(
  text: string,
  cells: readonly { readonly from: number; readonly to: number }[],
  column: number,
  values: readonly string[],
): readonly Splice[] {
  const replaced = cells
    .slice(column, column + values.length)
    .flatMap(({ from, to }, i): readonly Splice[] =>
      text.slice(from, to) === values[i] ? [] : [{ at: from, remove: to - from, insert: values[i] ?? '' }],
    )
  const beyond = values.slice(Math.max(0, cells.length - column))
  const end = cells.at(-1)?.to ?? 0
  if (beyond.length === 0) return replaced
  const tabs = '\t'.repeat(Math.max(1, column + 1 - cells.length))
  return [...replaced, { at: end, remove: 0, insert: `${tabs}${beyond.join('\t')}` }]
}

/** Spreadsheets put cells that hold line breaks or quotes in quotes, and double the quotes in them. */
function rowsOf(text: string): readonly (readonly string[])[] | undefined {
  const plain = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '')
  if (!plain.includes('\t')) return undefined
  const rows: string[][] = [[]]
  const cell = /"((?:[^"]|"")*)"(?=[\t\n]|$)|[^\t\n]*/y
  for (let at = 0; at <= plain.length; at++) {
    cell.lastIndex = at
    const [all = '', quoted] = cell.exec(plain) ?? []
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? all)
    at += all.length
    if (plain[at] === '\n') rows.push([])
  }
  return rows
}
