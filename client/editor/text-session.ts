import {
  type Marks,
  marksBetween,
  movedMarks,
  NO_MARKS,
  styleOver,
  type TextStyle,
} from '../../shared/geometry/marks.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import { LIMITS } from '../../shared/schema/limits.ts'
import type { KnownShape, ShapeId } from '../../shared/shapes/index.ts'
import { cellUnder } from '../../shared/shapes/table.ts'
import { gridOf } from '../../shared/shapes/table-text.ts'
import type { TextShape } from '../../shared/shapes/text.ts'
import { type Splice, textSplice } from '../../shared/util/text-splice.ts'
import type { Board, Edit, TransactOptions } from '../board/board.ts'
import { type ListKind, lineBroken, listKind, listToggled, markerTyped, renumbered } from './list-text.ts'
import { knownShape } from './preview.ts'
import {
  type RichText,
  restyled,
  restyledAll,
  richEdits,
  richText,
  spliced,
  type TextState,
  typedStyle,
} from './rich-text.ts'
import type { Store } from './store.ts'
import { styleOf } from './style.ts'
import { editedShape, withinTextLimit } from './text-edit.ts'
import { type StepKind, TextHistory } from './text-history.ts'
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
  readonly #history = new TextHistory()
  /** The look of what is typed next, where the person has chosen one since the caret is there. */
  #chosen: TextStyle | null = null
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
      this.#begin()
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
    this.#begin()
  }

  #begin(): void {
    this.#hasWritten = false
    this.#chosen = null
    this.#history.clear()
  }

  /** Makes `value` the whole text, as far as one shape can hold it. `caret` is where in it something was typed. */
  type(value: string, caret?: number): void {
    this.#store.batch(() => this.#type(value, caret))
  }

  #type(value: string, caret: number | undefined): void {
    const before = this.state
    if (!before || before.text === value) return
    const splice = textSplice(before.text, value, caret)
    // Some input methods break a line where nobody can step in.
    if (this.#hasLists && splice.insert === '\n' && splice.remove === 0)
      return this.#write(before, lineBroken({ ...before, from: splice.at, to: splice.at }), 'other')
    const after = this.#spliced(before, splice, this.#chosen ?? undefined)
    const kind = splice.remove === 0 ? 'type' : splice.insert === '' ? 'erase' : 'other'
    this.#write(before, this.#hasLists ? renumbered(after) : after, kind)
    const written = splice.insert === ' ' && this.#hasLists ? this.state : undefined
    const item = written && markerTyped(written)
    if (written && item) this.#write(written, item, 'other')
  }

  /** Puts `insert` in the place of what is selected, with its looks, or without any in those of the letters there. */
  insert({ text, marks }: { readonly text: string; readonly marks?: Marks | undefined }): void {
    this.change(before => {
      const { from, to } = before
      const style = marks ? 0 : (this.#chosen ?? undefined)
      const after = this.#spliced(before, { at: from, remove: to - from, insert: text }, style)
      const own = marks ? marksBetween(marks, 0, after.to - from) : NO_MARKS
      return renumbered(restyledAll(after, movedMarks(own, from)))
    })
  }

  #spliced(before: TextState, { at, remove, insert }: Splice, style: TextStyle | undefined): TextState {
    // People who typed at once may have made it longer than one may: none of that is cut off.
    const most = Math.max(LIMITS.textLength, before.text.length)
    const fitting = withinTextLimit(insert, most - before.text.length + remove)
    const end = at + fitting.length
    return { ...spliced(before, at, remove, fitting, style), from: end, to: end }
  }

  /** Begins a new line, in which what is typed looks as before. */
  breakLine(): void {
    const { style } = this
    if (!this.change(state => lineBroken(state, style)) || this.style === style) return
    this.#chosen = style
    this.#store.tell()
  }

  /** Does a step to the text and what is selected of it, if the step applies. Returns whether it did. */
  change(step: (state: TextState) => TextState | undefined): boolean {
    const before = this.state
    const after = before && step(before)
    if (!before || !after || after.text.length > Math.max(LIMITS.textLength, before.text.length)) return false
    this.#store.batch(() => this.#write(before, after, 'other'))
    return true
  }

  #write(before: TextState, after: TextState, kind: StepKind): void {
    this.#put(before, after)
    this.#history.note(before, after, kind)
  }

  #put(before: RichText, after: TextState): void {
    const shape = editedShape(this.#host)
    if (!shape) return
    this.#chosen = null
    if (this.#host.board.shapes.has(shape.id)) {
      const edits = richEdits(shape.id, before, after, after.to)
      this.#host.commit(edits, { joinsPrevious: this.#hasWritten })
      this.#hasWritten ||= edits.length > 0
    } else if (after.text !== '') {
      const { text, marks } = after
      this.#store.set({ preview: null })
      const made = { ...shape, text, ...(marks.length > 0 ? { marks } : {}) } as KnownShape
      this.#host.commit([{ op: 'create', shape: made }])
      this.#host.select([shape.id])
      this.#hasWritten = true
    }
    this.placeCaret({ anchor: after.from, focus: after.to })
  }

  /** Takes back what was done last to the text since it was opened. */
  undo(): void {
    this.#travel(now => this.#history.undo(now))
  }

  /** As `undo`, the other way. */
  redo(): void {
    this.#travel(now => this.#history.redo(now))
  }

  #travel(step: (now: RichText) => TextState | undefined): void {
    const now = this.state
    const next = now && step(now)
    if (now && next) this.#store.batch(() => this.#put(now, next))
  }

  /** Cells hold no lists. */
  get #hasLists(): boolean {
    return editedShape(this.#host)?.type !== 'table'
  }

  /** The text that is being typed, and what is selected of it: its end, where nobody has told. */
  get state(): TextState | undefined {
    const shape = editedShape(this.#host)
    if (!shape) return undefined
    const end = shape.text.length
    const { anchor, focus } = this.caret ?? { anchor: end, focus: end }
    return { ...richText(shape), from: Math.min(anchor, focus), to: Math.max(anchor, focus) }
  }

  /** How the selected letters look, or those that are typed next. */
  get style(): TextStyle {
    const { state } = this
    if (!state) return 0
    return (
      this.#chosen ??
      (state.from < state.to ? styleOver(state.marks, state.from, state.to) : typedStyle(state, state.from))
    )
  }

  /** What list the selected lines are. */
  get list(): ListKind | undefined {
    const { state } = this
    return state && this.#hasLists ? listKind(state) : undefined
  }

  /** Gives the selected letters this look, or takes it away where they all have it; else those that are typed next. */
  toggle(style: TextStyle): void {
    const { state } = this
    if (!state) return
    const on = (this.style & style) === 0
    const { from, to } = state
    if (from < to) this.change(() => restyled(state, { from, to, style, on }))
    else {
      this.#chosen = this.style ^ style
      this.#store.tell()
    }
  }

  /** Makes the selected lines a list, or no longer one. */
  toggleList(kind: ListKind): void {
    if (this.#hasLists) this.change(state => listToggled(state, kind))
  }

  /** Notes where the caret is in the text as the board has it. */
  placeCaret({ anchor, focus }: TextRange): void {
    const { editing, caret } = this.#host.state
    if (editing === null) return
    const { board } = this.#host
    const from = board.anchorAt(editing, anchor)
    const to = board.anchorAt(editing, focus)
    const next = from && to ? { anchor: from, focus: to } : null
    if (JSON.stringify(next) === JSON.stringify(caret)) return
    this.#chosen = null
    this.#store.set({ caret: next })
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
