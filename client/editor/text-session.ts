import type { Vec } from '../../shared/geometry/vec.ts'
import { LIMITS } from '../../shared/schema/limits.ts'
import type { KnownShape, ShapeId } from '../../shared/shapes/index.ts'
import { cellUnder } from '../../shared/shapes/table.ts'
import { gridOf } from '../../shared/shapes/table-text.ts'
import type { TextShape } from '../../shared/shapes/text.ts'
import type { Board, Edit, TransactOptions } from '../board/board.ts'
import { knownShape } from './preview.ts'
import type { Store } from './store.ts'
import { styleOf } from './style.ts'
import { editedShape, textEdit, withinTextLimit } from './text-edit.ts'
import type { EditorState, EditorView, Style, TextRange } from './types.ts'

/** What a text session asks of its editor. */
interface Host extends EditorView {
  readonly board: Board
  select(ids: Iterable<ShapeId>): void
  commit(edits: readonly Edit[], options?: TransactOptions): void
}

/**
 * Typing into one shape. All of it is one undo step: what is typed first begins the step, later keystrokes join it.
 * A new text lives in the preview until it has a character; a text that is left without one is removed.
 */
export class TextSession {
  readonly #host: Host
  readonly #store: Store<EditorState>
  #hasWritten = false

  constructor(host: Host, store: Store<EditorState>) {
    this.#host = host
    this.#store = store
  }

  /** Opens the text of a shape that is on the board, with the caret in the cell at `at` (world space) of a table. */
  begin(id: ShapeId, at?: Vec): void {
    this.#store.batch(() => {
      this.end()
      this.#host.select([id])
      this.#store.set({ editing: id, caret: null })
      this.#hasWritten = false
      const shape = knownShape(this.#host.board, id)
      if (shape?.type !== 'table') return
      const { row, column } = at ? cellUnder(shape, at, this.#host.lineWidth) : { row: 0, column: 0 }
      const end = gridOf(shape.text)[row]?.[column]?.to
      if (end !== undefined) this.placeCaret({ anchor: end, focus: end })
    })
  }

  /** Opens a new text. */
  draft(shape: TextShape): void {
    this.end()
    this.#host.select([])
    this.#store.set({ preview: { kind: 'create', shape }, editing: shape.id, caret: null })
    this.#hasWritten = false
  }

  /** Makes `value` the whole text, as far as one shape can hold it. `caret` is where in it something was typed. */
  type(value: string, caret?: number): void {
    this.#store.batch(() => this.#type(value, caret))
  }

  #type(value: string, caret: number | undefined): void {
    const shape = editedShape(this.#host)
    if (!shape) return
    // People who typed at once may have made it longer than one may: none of that is cut off.
    const text = withinTextLimit(value, Math.max(LIMITS.textLength, shape.text.length))
    if (this.#host.board.shapes.has(shape.id)) {
      const edit = textEdit(shape.id, shape.text, text, caret)
      if (!edit) return
      this.#host.commit([edit], { joinsPrevious: this.#hasWritten })
    } else {
      if (text === '') return
      this.#store.set({ preview: null })
      this.#host.commit([{ op: 'create', shape: { ...shape, text } as KnownShape }])
      this.#host.select([shape.id])
    }
    this.#hasWritten = true
  }

  /** Notes where the caret is in the text as the board has it. */
  placeCaret({ anchor, focus }: TextRange): void {
    const { editing, caret } = this.#host.state
    if (editing === null) return
    const { board } = this.#host
    const from = board.anchorAt(editing, anchor)
    const to = board.anchorAt(editing, focus)
    const next = from && to ? { anchor: from, focus: to } : null
    if (JSON.stringify(next) !== JSON.stringify(caret)) this.#store.set({ caret: next })
  }

  /** Where that place is by now, whatever others have typed since. */
  get caret(): TextRange | undefined {
    const { editing, caret } = this.#host.state
    if (editing === null || caret === null) return undefined
    const anchor = this.#host.board.offsetOf(editing, caret.anchor)
    const focus = this.#host.board.offsetOf(editing, caret.focus)
    return anchor === undefined || focus === undefined ? undefined : { anchor, focus }
  }

  /** Gives a new text, which is not on the board yet, this style. */
  restyle(style: Partial<Style>): void {
    const { editing, preview } = this.#host.state
    if (preview?.kind !== 'create' || preview.shape.id !== editing) return
    const shape = { ...preview.shape, ...styleOf(preview.shape.type, style) } as KnownShape
    this.#store.set({ preview: { kind: 'create', shape } })
  }

  /** Ends typing. A text without a character is removed, as part of the same undo step. */
  end(): void {
    this.#store.batch(() => this.#end())
  }

  #end(): void {
    const { editing, preview } = this.#host.state
    if (editing === null) return
    const isDraft = preview?.kind === 'create' && preview.shape.id === editing
    this.#store.set({ editing: null, caret: null, ...(isDraft ? { preview: null } : {}) })
    const shape = knownShape(this.#host.board, editing)
    if (shape?.type !== 'text' || shape.text !== '') return
    this.#host.commit([{ op: 'remove', id: editing }], { joinsPrevious: this.#hasWritten })
  }
}
