import { NO_MARKS, STYLE, styleOver, type TextStyle } from '../../../shared/geometry/marks.ts'
import type { Table } from '../../../shared/shapes/table.ts'
import { type CellPlace, gridOf } from '../../../shared/shapes/table-text.ts'
import { restyled, type TextState } from '../../editor/rich-text.ts'
import { BOLD } from '../../render/font-css.ts'

/** The field of a cell shows only looks that all of its letters have. */
export function cellFont(
  { text, marks = NO_MARKS }: Pick<Table, 'text' | 'marks'>,
  { row, column }: CellPlace,
): { readonly fontWeight: string; readonly fontStyle: string } {
  const cell = gridOf(text)[row]?.[column]
  const style = cell && cell.to > cell.from ? styleOver(marks, cell.from, cell.to) : 0
  return {
    fontWeight: String(style & STYLE.bold ? BOLD : 400),
    fontStyle: style & STYLE.italic ? 'italic' : 'normal',
  }
}

const LOOKS: Readonly<Record<string, TextStyle>> = {
  'text-bold': STYLE.bold,
  'text-italic': STYLE.italic,
  'text-strike': STYLE.strike,
}

/** What a command for letters does to the whole cell; undefined for a command that does nothing there. */
export function cellRestyled(
  state: TextState,
  { row, column }: CellPlace,
  command: string,
): TextState | undefined {
  const cell = gridOf(state.text)[row]?.[column]
  const style = LOOKS[command]
  if (!cell || cell.from === cell.to || style === undefined) return undefined
  const on = (styleOver(state.marks, cell.from, cell.to) & style) === 0
  return restyled(state, { ...cell, style, on })
}
