import { LIMITS } from '../schema/limits.ts'
import type { Splice } from '../util/text-splice.ts'

/** The text of a table holds its cells as spreadsheets copy them: rows end with a newline, cells with a tab. */

/** A cell, by UTF-16 offsets into the text of its table. */
export interface Cell {
  readonly from: number
  readonly to: number
}

/** The rows of a table, of which a merge may have left some shorter than others. */
export type Grid = readonly (readonly Cell[])[]

export interface CellPlace {
  readonly row: number
  readonly column: number
}

/** What a person can make. Where a merge holds more, the last cell takes the rest. */
export const MOST_ROWS = 200
export const MOST_COLUMNS = 50

export function gridOf(text: string): Grid {
  let from = 0
  return parts(text, '\n', MOST_ROWS).map(row => {
    const cells = parts(row, '\t', MOST_COLUMNS).map(cell => {
      const at = from
      from += cell.length + 1
      return { from: at, to: at + cell.length }
    })
    return cells
  })
}

/** As split does, but for the last part, which holds all that is left. */
function parts(text: string, separator: string, most: number): readonly string[] {
  const all = text.split(separator)
  return all.length <= most ? all : [...all.slice(0, most - 1), all.slice(most - 1).join(separator)]
}

/** How many columns a table has: as many as its longest row has cells. */
export const columnCount = (grid: Grid): number => grid.reduce((most, row) => Math.max(most, row.length), 1)

/** The cell that the offset is in. */
export function cellAt(text: string, offset: number): CellPlace {
  const grid = gridOf(text)
  const row = Math.max(
    0,
    grid.findLastIndex(([first]) => first !== undefined && first.from <= offset),
  )
  const column = Math.max(0, grid[row]?.findLastIndex(cell => cell.from <= offset) ?? 0)
  return { row, column }
}

/** What the cell says; nothing where its row is too short to have it. */
export function cellText(text: string, { row, column }: CellPlace): string {
  const cell = gridOf(text)[row]?.[column]
  return cell ? text.slice(cell.from, cell.to) : ''
}

/** A text as one cell can hold it. */
export const asCell = (text: string): string => text.replace(/\r\n?|[\n\t]/g, ' ')

/** Gives a row that is too short the cell; undefined where the cell is there, or has no row. */
export function cellMade(text: string, { row, column }: CellPlace): Splice | undefined {
  const cells = gridOf(text)[row]
  const last = cells?.at(-1)
  if (!cells || !last || column < cells.length) return undefined
  return { at: last.to, remove: 0, insert: '\t'.repeat(column + 1 - cells.length) }
}

/** An empty row below another; undefined where there is no room for it. */
export function rowAdded(text: string, below: number): Splice | undefined {
  const grid = gridOf(text)
  const end = grid[below]?.at(-1)?.to
  const insert = `\n${'\t'.repeat(columnCount(grid) - 1)}`
  if (end === undefined || grid.length >= MOST_ROWS || text.length + insert.length > LIMITS.textLength)
    return undefined
  return { at: end, remove: 0, insert }
}

/** Undefined where it is the only row. */
export function rowRemoved(text: string, row: number): Splice | undefined {
  const grid = gridOf(text)
  const cells = grid[row]
  const [first, last] = [cells?.[0], cells?.at(-1)]
  if (!first || !last || grid.length === 1) return undefined
  const at = row === 0 ? first.from : first.from - 1
  return { at, remove: last.to - first.from + 1, insert: '' }
}

/** An empty column on the right of another, the last splice of the text first; none where there is no room for it. */
export function columnAdded(text: string, beside: number): readonly Splice[] {
  const grid = gridOf(text)
  if (columnCount(grid) >= MOST_COLUMNS || text.length + grid.length > LIMITS.textLength) return []
  return grid
    .flatMap(cells => cells[beside] ?? [])
    .map(({ to }): Splice => ({ at: to, remove: 0, insert: '\t' }))
    .reverse()
}

/** The last splice of the text first; none where it is the only column. */
export function columnRemoved(text: string, column: number): readonly Splice[] {
  const grid = gridOf(text)
  if (columnCount(grid) === 1) return []
  const splices = grid.flatMap((cells): readonly Splice[] => {
    const cell = cells[column]
    if (!cell) return []
    const length = cell.to - cell.from
    if (cells.length === 1) return length > 0 ? [{ at: cell.from, remove: length, insert: '' }] : []
    return [{ at: column === 0 ? cell.from : cell.from - 1, remove: length + 1, insert: '' }]
  })
  return splices.reverse()
}

export const spliced = (text: string, { at, remove, insert }: Splice): string =>
  text.slice(0, at) + insert + text.slice(at + remove)
