import { LIMITS } from '../../../shared/schema/limits.ts'
import type { Table } from '../../../shared/shapes/table.ts'
import {
  asCell,
  type Cell,
  type CellPlace,
  cellAt,
  cellMade,
  cellText,
  columnCount,
  gridOf,
  spliced,
} from '../../../shared/shapes/table-text.ts'
import { mapCaret, withinTextLimit } from '../../editor/text-edit.ts'
import type { TextRange } from '../../editor/types.ts'
import { mergeTyped } from './merge-text.ts'

/** The field that a cell is typed in, as a textarea is. */
type CellField = Pick<HTMLTextAreaElement, 'value' | 'selectionStart' | 'selectionEnd' | 'setSelectionRange'>

/** What typing into a cell asks of the editor. */
interface CellEditor {
  readonly text: {
    type(value: string, caret?: number): void
    readonly caret: TextRange | undefined
    placeCaret(caret: TextRange): void
  }
  run(commandId: string): void
}

/**
 * Which cell of a table is typed in, and what its field and the board last agreed on. The caret that the board keeps says
 * which cell it is, so that rows and columns which others add or remove do not move it into another.
 */
export class TypedCell {
  #openFor: string | null = null
  #place: CellPlace = { row: 0, column: 0 }
  #agreed = ''

  isOpenFor(id: string): boolean {
    return this.#openFor === id
  }

  close(): void {
    this.#openFor = null
    this.#place = { row: 0, column: 0 }
  }

  placeIn({ text }: Table, editor: CellEditor): CellPlace {
    const { caret } = editor.text
    return caret ? cellAt(text, caret.focus) : this.#place
  }

  /** Brings the field in step with the board. Returns whether it shows another cell from now on. */
  show(field: CellField, table: Table, editor: CellEditor): boolean {
    const place = this.placeIn(table, editor)
    const isOther =
      this.#openFor !== table.id || place.row !== this.#place.row || place.column !== this.#place.column
    const text = cellText(table.text, place)
    if (isOther || field.value !== text) {
      const { value, selectionEnd } = field
      field.value = text
      const [from, to] = isOther ? this.#range(table, editor) : [mapCaret(value, text, selectionEnd)]
      field.setSelectionRange(from ?? text.length, to ?? from ?? text.length)
    }
    this.#openFor = table.id
    this.#place = place
    this.#agreed = text
    return isOther
  }

  /** The selection in the cell that the caret is in. */
  #range({ text }: Table, editor: CellEditor): readonly number[] {
    const { caret } = editor.text
    if (!caret) return []
    const { row, column } = cellAt(text, caret.focus)
    const cell = gridOf(text)[row]?.[column]
    if (!cell) return []
    const within = (offset: number) => Math.max(cell.from, Math.min(cell.to, offset)) - cell.from
    return [within(caret.anchor), within(caret.focus)].sort((a, b) => a - b)
  }

  /** Gives the board what was typed, and the field what others have made of it. */
  send(field: CellField, table: Table, editor: CellEditor): void {
    const { text } = table
    const place = this.placeIn(table, editor)
    const cell = this.#cellIn(text, place)
    if (!cell) return
    const value = asCell(field.value)
    const { selectionEnd } = field
    const merged = mergeTyped(this.#agreed, value, text.slice(cell.from, cell.to), selectionEnd)
    const room = LIMITS.textLength - (text.length - (cell.to - cell.from))
    const typed = withinTextLimit(merged, Math.max(0, room))
    const whole = text.slice(0, cell.from) + typed + text.slice(cell.to)
    const caret = typed === value ? cell.from + selectionEnd : undefined
    editor.text.type(whole, caret)
    this.#agreed = typed
    if (field.value !== typed) {
      field.value = typed
      const at = Math.min(typed.length, mapCaret(value, typed, selectionEnd))
      field.setSelectionRange(at, at)
    }
    const end = cell.from + field.selectionEnd
    editor.text.placeCaret({ anchor: cell.from + field.selectionStart, focus: end })
  }

  /** Tells the board where the caret is, once both have the same letters. */
  tellCaret(field: CellField, table: Table, editor: CellEditor): void {
    const cell = this.#cellIn(table.text, this.#place)
    if (this.#openFor !== table.id || !cell || field.value !== table.text.slice(cell.from, cell.to)) return
    const place = this.placeIn(table, editor)
    if (place.row !== this.#place.row || place.column !== this.#place.column) return
    editor.text.placeCaret({
      anchor: cell.from + field.selectionStart,
      focus: cell.from + field.selectionEnd,
    })
  }

  /** Puts the caret into a cell, all of which is selected. A row that is too short for it gets it. */
  goTo(place: CellPlace, table: Table, editor: CellEditor): void {
    const made = cellMade(table.text, place)
    const text = made ? spliced(table.text, made) : table.text
    const cell = this.#cellIn(text, place)
    if (!cell) return
    if (made) editor.text.type(text, made.at + made.insert.length)
    editor.text.placeCaret({ anchor: cell.from, focus: cell.to })
  }

  #cellIn(text: string, { row, column }: CellPlace): Cell | undefined {
    return gridOf(text)[row]?.[column]
  }

  /** The cell that a key leads to. Tab adds a row behind the last cell; Enter leads down, and to no cell from the last row. */
  next(key: 'Tab' | 'Enter', isBack: boolean, table: Table, editor: CellEditor): CellPlace | undefined {
    const { row, column } = this.placeIn(table, editor)
    const grid = gridOf(table.text)
    const columns = columnCount(grid)
    if (key === 'Enter') {
      const to = row + (isBack ? -1 : 1)
      return to >= 0 && to < grid.length ? { row: to, column } : undefined
    }
    const at = row * columns + column + (isBack ? -1 : 1)
    if (at < 0) return undefined
    if (at >= grid.length * columns) editor.run('table-add-row')
    return { row: Math.floor(at / columns), column: at % columns }
  }
}
