import { centreOf } from '../../shared/geometry/box.ts'
import type { LineWidth } from '../../shared/geometry/text.ts'
import { rotateAbout, type Vec } from '../../shared/geometry/vec.ts'
import { type Table, tableBox, tableLayout } from '../../shared/shapes/table.ts'
import { keptInPlace } from './kept-in-place.ts'
import { MOST_SHARES } from './tables.ts'

/** The line behind a column (it moves along axis 0, x) or behind a row (axis 1, y). */
export interface Border {
  readonly axis: 0 | 1
  /** Of the column or row before it. */
  readonly index: number
}

/** The border nearest to `p` within `reach`, in world units; undefined for none. The left and right edge are none, nor is the top. */
export function borderAt(table: Table, p: Vec, reach: number, lineWidth: LineWidth): Border | undefined {
  const own = rotateAbout(p, centreOf(tableBox(table, lineWidth)), -table.rot)
  const { xs, ys } = tableLayout(table, lineWidth)
  const [x, y] = [own[0] - table.pos[0], own[1] - table.pos[1]]
  const isAmong = (lines: readonly number[], at: number) => at >= -reach && at <= (lines.at(-1) ?? 0) + reach
  if (!isAmong(xs, x) || !isAmong(ys, y)) return undefined
  const column = nearest(xs.slice(1, -1), x)
  const row = nearest(ys.slice(1), y)
  const best = column.away <= row.away ? { axis: 0 as const, ...column } : { axis: 1 as const, ...row }
  return best.away <= reach ? { axis: best.axis, index: best.index } : undefined
}

function nearest(lines: readonly number[], at: number): { index: number; away: number } {
  let best = { index: 0, away: Infinity }
  for (const [index, line] of lines.entries()) {
    const away = Math.abs(line - at)
    if (away < best.away) best = { index, away }
  }
  return best
}

/** Keys of a table whose `border` is dragged. */
export type Redrawn = Partial<Pick<Table, 'pos' | 'size' | 'columns' | 'rows'>>

/**
 * The table once `border` is dragged by `offset` (world space). A column and the next share their width anew; a row becomes higher, and
 * the table with it. Neither becomes too small for its text.
 */
export function borderDragged(
  table: Table,
  { axis, index }: Border,
  offset: Vec,
  lineWidth: LineWidth,
): Redrawn {
  const [dx, dy] = rotateAbout(offset, [0, 0], -table.rot)
  const { xs, ys, needed } = tableLayout(table, lineWidth)
  const keys =
    axis === 0
      ? { columns: shares(traded(lengths(xs), index, dx, 2 * table.fontSize)) }
      : higher(table, lengths(ys), index, dy, needed[index] ?? 0)
  return { ...keys, ...keptInPlace(table, { ...table, ...keys }, lineWidth) }
}

const lengths = (lines: readonly number[]): readonly number[] =>
  lines.slice(1).map((line, i) => line - (lines[i] as number))

/** The part at `index` longer by as much as the next is shorter. Neither falls below `least`, unless it is shorter as it is. */
function traded(parts: readonly number[], index: number, by: number, least: number): readonly number[] {
  const [a, b] = [parts[index] ?? 0, parts[index + 1] ?? 0]
  const given = Math.max(Math.min(least, a) - a, Math.min(b - Math.min(least, b), by))
  return parts.map((part, i) => {
    if (i === index) return a + given
    return i === index + 1 ? b - given : part
  })
}

function higher(table: Table, heights: readonly number[], index: number, by: number, least: number): Redrawn {
  const next = heights.map((height, i) => (i === index ? Math.max(least, height + by) : height))
  const whole = next.reduce((sum, height) => sum + height, 0)
  return { rows: shares(next), size: [table.size[0], whole] }
}

/** The parts as shares of which the average is 1, as far as a document holds them. */
function shares(parts: readonly number[]): readonly number[] {
  const mean = parts.reduce((sum, part) => sum + part, 0) / parts.length
  return parts.slice(0, MOST_SHARES).map(part => share(mean === 0 ? 1 : part / mean))
}

const share = (n: number): number => Math.max(0.001, Math.min(1000, Math.round(n * 1e6) / 1e6))
