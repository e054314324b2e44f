import { type Box, boxContainsPoint, centreOf, grow } from '../geometry/box.ts'
import { marksBetween } from '../geometry/marks.ts'
import { LINE_HEIGHT, type LineWidth, layoutText } from '../geometry/text.ts'
import { rotateAbout, type Vec } from '../geometry/vec.ts'
import { prop } from '../schema/prop.ts'
import { type Boxed, boxedProps } from './boxed.ts'
import { ALIGNS, mapBox, type ShapeSpec, type TextPart } from './common.ts'
import { type Cell, type CellPlace, columnCount, type Grid, gridOf } from './table-text.ts'

/** Rows and columns of cells, which are in its `text`. It is as large as `size` says, and higher where its text needs it. */
export interface Table extends Boxed {
  readonly type: 'table'
  /** How the columns share the width; one that is missing has as much as the others on average. */
  readonly columns: readonly number[]
  /** As `columns`, of the height; none is lower than its text. */
  readonly rows: readonly number[]
  /** The first row stands out. */
  readonly header: boolean
}

/** World units between the edge of a cell and its letters. */
const PADDING = 8

/** The lines of a table, relative to its `pos`: one more than it has columns, and than it has rows. */
export interface TableLayout {
  readonly grid: Grid
  readonly xs: readonly number[]
  readonly ys: readonly number[]
  /** How high each row has to be for its text. */
  readonly needed: readonly number[]
}

/** By table, as a shape is a value; letters may change their width when a font is loaded. */
const layouts = new WeakMap<Table, { readonly unit: number; readonly layout: TableLayout }>()

export function tableLayout(table: Table, lineWidth: LineWidth): TableLayout {
  const unit = lineWidth('Measured', table.font)
  const known = layouts.get(table)
  if (known?.unit === unit) return known.layout
  const layout = laidOut(table, lineWidth)
  layouts.set(table, { unit, layout })
  return layout
}

function laidOut(table: Table, lineWidth: LineWidth): TableLayout {
  const grid = gridOf(table.text)
  const xs = edges(columnWidths(table, columnCount(grid)))
  const needed = grid.map(cells =>
    cells.reduce((most, cell, column) => Math.max(most, heightOf(table, cell, xs, column, lineWidth)), 0),
  )
  const shares = evened(table.rows, grid.length)
  return { grid, xs, needed, ys: edges(rowHeights(needed, shares, table.size[1])) }
}

const wrapOf = ({ fontSize }: Table, xs: readonly number[], column: number): number =>
  Math.max(fontSize, (xs[column + 1] ?? 0) - (xs[column] ?? 0) - 2 * PADDING)

function heightOf(table: Table, cell: Cell, xs: readonly number[], column: number, lineWidth: LineWidth) {
  const { font, fontSize, text, marks } = table
  const wrap = wrapOf(table, xs, column)
  const own = marks && marksBetween(marks, cell.from, cell.to)
  return layoutText(text.slice(cell.from, cell.to), font, fontSize, wrap, lineWidth, own).h + 2 * PADDING
}

/** The shares of `count` columns or rows; all are alike where there are none, and one that is missing is as the others on average. */
export function evened(shares: readonly number[], count: number): readonly number[] {
  const given = shares.slice(0, count)
  const mean = given.length > 0 ? given.reduce((sum, share) => sum + share, 0) / given.length : 1
  return Array.from({ length: count }, (_, i) => given[i] ?? mean)
}

function columnWidths(table: Table, count: number): readonly number[] {
  const shares = evened(table.columns, count)
  const whole = shares.reduce((sum, share) => sum + share, 0)
  return shares.map(share => (share / whole) * table.size[0])
}

/** Rows as high as they need to be, and as near to their shares as they can be where there is more room than that. */
function rowHeights(needed: readonly number[], shares: readonly number[], height: number): readonly number[] {
  const rows = needed.map((need, i) => ({ need, share: shares[i] ?? 1 }))
  let room = height
  let left = rows.reduce((sum, { share }) => sum + share, 0)
  for (const { need, share } of [...rows].sort((a, b) => b.need / b.share - a.need / a.share)) {
    if (need <= (room * share) / left) break
    room -= need
    left -= share
  }
  // What is left of no share at all is what rounding leaves.
  const unit = left > NOTHING ? Math.max(0, room) / left : 0
  return rows.map(({ need, share }) => Math.max(need, share * unit))
}

/** Less than any share. */
const NOTHING = 1e-6

function edges(lengths: readonly number[]): readonly number[] {
  let at = 0
  return [0, ...lengths.map(length => (at += length))]
}

export function tableBox(table: Table, lineWidth: LineWidth): Box {
  const { ys } = tableLayout(table, lineWidth)
  return { x: table.pos[0], y: table.pos[1], w: table.size[0], h: ys.at(-1) ?? 0 }
}

/** Every cell that is in the text, row by row. */
function cellParts(table: Table, lineWidth: LineWidth): readonly TextPart[] {
  const { grid, xs, ys } = tableLayout(table, lineWidth)
  const { align, valign, stroke } = table
  return grid.flatMap((cells, row) =>
    cells.map(({ from, to }, column): TextPart => {
      const [left = 0, right = 0] = [xs[column], xs[column + 1]]
      const [top = 0, bottom = 0] = [ys[row], ys[row + 1]]
      const wrap = wrapOf(table, xs, column)
      const box = { x: (left + right - wrap) / 2, y: top + PADDING, w: wrap, h: bottom - top - 2 * PADDING }
      return { from, to, place: { box, wrap, align, valign, colour: stroke } }
    }),
  )
}

/** The cell under `p` (world space), or the nearest. */
export function cellUnder(table: Table, p: Vec, lineWidth: LineWidth): CellPlace {
  const own = rotateAbout(p, centreOf(tableBox(table, lineWidth)), -table.rot)
  const { xs, ys } = tableLayout(table, lineWidth)
  const among = (lines: readonly number[], at: number) =>
    Math.max(
      0,
      Math.min(
        lines.length - 2,
        lines.findLastIndex(line => line <= at),
      ),
    )
  return { row: among(ys, own[1] - table.pos[1]), column: among(xs, own[0] - table.pos[0]) }
}

export const table: ShapeSpec<Table> = {
  type: 'table',
  props: {
    type: prop.type('table'),
    ...boxedProps,
    align: prop.oneOf(ALIGNS, 'left'),
    columns: prop.shares,
    rows: prop.shares,
    header: prop.flag(false),
  },
  box: tableBox,
  touches: (shape, p, tolerance, lineWidth) =>
    boxContainsPoint(grow(tableBox(shape, lineWidth), tolerance + shape.width / 2), p),
  resized: (shape, resize, lineWidth) => mapBox(tableBox(shape, lineWidth), resize),
  // A letter may be wider than a narrow column.
  overhang: ({ fontSize }) => fontSize * LINE_HEIGHT,
  textParts: cellParts,
}
