import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import { styleMap } from 'lit/directives/style-map.js'
import addRow from 'lucide-static/icons/between-horizontal-end.svg?raw'
import addColumn from 'lucide-static/icons/between-vertical-end.svg?raw'
import removeColumn from 'lucide-static/icons/fold-horizontal.svg?raw'
import removeRow from 'lucide-static/icons/fold-vertical.svg?raw'
import header from 'lucide-static/icons/panel-top.svg?raw'
import { cellUnder, type Table } from '../../../shared/shapes/table.ts'
import { asCell, type CellPlace } from '../../../shared/shapes/table-text.ts'
import { toWorld } from '../../editor/camera.ts'
import { commandFor } from '../../editor/keys.ts'
import { pasteEdits } from '../../editor/tables.ts'
import { editedShape } from '../../editor/text-edit.ts'
import type { Theme } from '../../render/colour.ts'
import type { AppEditor } from '../app-editor.ts'
import { EditorController } from '../editor-controller.ts'
import { cellFrame, sheetFrame } from '../model/cell-frame.ts'
import { cellFont, cellRestyled } from '../model/cell-looks.ts'
import { frameStyle } from '../model/text-frame.ts'
import { TypedCell } from '../model/typed-cell.ts'
import { picture } from '../ui/icons.ts'
import { ON_MAC } from '../ui/keys.ts'
import { base, buttons, panel } from '../ui/styles.ts'

/** What the bar above the table does, for the cell that is being typed in. */
const ACTIONS = [
  ['table-add-row', 'Add a row', addRow],
  ['table-add-column', 'Add a column', addColumn],
  ['table-remove-row', 'Remove the row', removeRow],
  ['table-remove-column', 'Remove the column', removeColumn],
  ['table-header', 'Header row', header],
] as const

/** The cell of a table that is being typed, laid over the canvas, which goes on drawing its letters. */
@customElement('drift-table-editor')
export class TableEditor extends LitElement {
  static override styles = [
    base,
    panel,
    buttons,
    css`
      :host {
        position: absolute;
        inset: 0;
        overflow: hidden;
        pointer-events: none;
      }
      .sheet,
      .cell,
      textarea {
        position: absolute;
        top: 0;
        left: 0;
        transform-origin: 0 0;
      }
      .sheet {
        pointer-events: auto;
        cursor: cell;
      }
      .cell {
        box-shadow: inset 0 0 0 2px var(--accent);
      }
      textarea {
        margin: 0;
        border: 0;
        outline: 0;
        background: transparent;
        overflow: hidden;
        resize: none;
        pointer-events: auto;
        font-kerning: normal;
        overflow-wrap: anywhere;
      }
      textarea::selection {
        background: color-mix(in srgb, var(--accent) 30%, transparent);
      }
      .bar {
        position: absolute;
        display: flex;
        padding: 2px;
        pointer-events: auto;
      }
    `,
  ]

  @property({ attribute: false }) editor: AppEditor | undefined
  @property() theme: Theme = 'light'
  @query('textarea') private area: HTMLTextAreaElement | null | undefined

  readonly #cell = new TypedCell()
  #isComposing = false

  constructor() {
    super()
    new EditorController(this, view => {
      const shape = editedShape(view)
      return shape?.type === 'table' ? [shape, view.state.camera, view.state.viewport, view.state.caret] : []
    })
  }

  override render() {
    const table = this.#table
    if (!this.editor || !table) return nothing
    const { state, lineWidth } = this.editor
    const place = this.#cell.placeIn(table, this.editor)
    const value = this.#isComposing ? this.area?.value : undefined
    const frame = cellFrame(table, place, value, state.camera, lineWidth, this.theme)
    const { sheet, cell, bar } = sheetFrame(table, place, state.camera, lineWidth)
    // The canvas has the letters, but for those that an input method composes.
    const look = this.#isComposing ? { background: 'var(--surface)' } : { color: 'transparent' }
    return html`<div class="sheet" style=${styleMap(sheet)} @mousedown=${keep} @pointerdown=${this.#onPress}></div>
      <div class="cell" style=${styleMap(cell)}></div>
      <textarea rows="1" aria-label=${`Row ${place.row + 1}, column ${place.column + 1}`} autocomplete="off"
        spellcheck="false" autocapitalize="sentences" style=${styleMap({ ...frameStyle(frame), ...cellFont(table, place), ...look })}
        @input=${this.#onInput} @keydown=${this.#onKey} @blur=${this.#onBlur} @paste=${this.#onPaste}
        @compositionstart=${this.#onComposition} @compositionend=${this.#onCompositionEnd}
        @selectionchange=${this.#tellCaret} @keyup=${this.#tellCaret} @pointerup=${this.#tellCaret}></textarea>
      <div class="panel bar" role="toolbar" aria-label="Table" style=${styleMap(bar)} @mousedown=${keep}>
        ${ACTIONS.map(([id, title, icon]) => this.#button(id, title, icon))}
      </div>`
  }

  #button(id: string, title: string, icon: string) {
    return html`<button aria-label=${title} data-tip=${title} tabindex="-1" ?disabled=${!this.editor?.canRun(id)}
      @click=${() => this.editor?.run(id)}>${picture(icon)}</button>`
  }

  override updated(): void {
    const { area, editor } = this
    const table = this.#table
    if (!area || !table || !editor) {
      this.#cell.close()
      this.#isComposing = false
      return
    }
    if (!this.#isComposing && this.#cell.show(area, table, editor)) area.focus({ preventScroll: true })
  }

  get #table(): Table | undefined {
    const shape = this.editor && editedShape(this.editor)
    return shape?.type === 'table' ? shape : undefined
  }

  #send(): void {
    const { area, editor } = this
    const table = this.#table
    if (area && editor && table) this.#cell.send(area, table, editor)
    this.requestUpdate()
  }

  #goTo(place: CellPlace): void {
    const table = this.#table
    if (this.editor && table) this.#cell.goTo(place, table, this.editor)
  }

  readonly #tellCaret = (): void => {
    const { area, editor } = this
    const table = this.#table
    if (area && editor && table && !this.#isComposing) this.#cell.tellCaret(area, table, editor)
  }

  readonly #onPress = (event: PointerEvent): void => {
    const table = this.#table
    if (!this.editor || !table) return
    event.preventDefault()
    const { left, top } = this.getBoundingClientRect()
    const at = toWorld(this.editor.state.camera, [event.clientX - left, event.clientY - top])
    this.#goTo(cellUnder(table, at, this.editor.lineWidth))
  }

  readonly #onInput = (): void => {
    if (this.#isComposing) this.requestUpdate()
    else this.#send()
  }

  readonly #onComposition = (): void => {
    this.#isComposing = true
  }

  readonly #onCompositionEnd = (): void => {
    this.#isComposing = false
    this.#send()
  }

  /** Cells of a spreadsheet go into as many cells; all else becomes one line. */
  readonly #onPaste = (event: ClipboardEvent): void => {
    const { area, editor } = this
    const table = this.#table
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (!area || !editor || !table || text === '') return
    event.preventDefault()
    const edits = pasteEdits(table, this.#cell.placeIn(table, editor), text)
    if (edits) return editor.commit(edits)
    area.setRangeText(asCell(text.trim()), area.selectionStart, area.selectionEnd, 'end')
    this.#send()
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    event.stopPropagation()
    const { editor } = this
    const table = this.#table
    if (event.isComposing || !editor || !table || this.#restyle(event, table, editor)) return
    const { key, shiftKey } = event
    if (key !== 'Tab' && key !== 'Enter' && key !== 'Escape') return
    event.preventDefault()
    if (key === 'Escape') return editor.text.end()
    const next = this.#cell.next(key, shiftKey, table, editor)
    if (next) this.#goTo(next)
    else if (key === 'Enter') editor.text.end()
  }

  /** Keys that make letters bold and so on do it to the whole cell. */
  #restyle(event: KeyboardEvent, table: Table, editor: AppEditor): boolean {
    const { id = '' } = commandFor(editor.commands, event, ON_MAC) ?? {}
    if (!id.startsWith('text-')) return false
    event.preventDefault()
    editor.text.change(state => cellRestyled(state, this.#cell.placeIn(table, editor), id))
    return true
  }

  readonly #onBlur = (): void => {
    // Removing the textarea blurs it as well; by then the edit is over.
    if (this.#table && this.#cell.isOpenFor(this.#table.id)) this.editor?.text.end()
  }
}

/** A press beside the field leaves the focus in it. */
const keep = (event: MouseEvent): void => event.preventDefault()

declare global {
  interface HTMLElementTagNameMap {
    'drift-table-editor': TableEditor
  }
}
