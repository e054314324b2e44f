import { html, LitElement, nothing } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import { styleMap } from 'lit/directives/style-map.js'
import { runsLeft } from '../../../shared/geometry/text.ts'
import { commandFor } from '../../editor/keys.ts'
import { markerErased, shiftedItems } from '../../editor/list-text.ts'
import { richText, typed } from '../../editor/rich-text.ts'
import { editedShape, type LetteredShape, mapCaret } from '../../editor/text-edit.ts'
import type { Theme } from '../../render/colour.ts'
import type { AppEditor } from '../app-editor.ts'
import { EditorController } from '../editor-controller.ts'
import { pastedLetters } from '../input/pasted-letters.ts'
import { clipOf, readClip } from '../model/letters-clip.ts'
import { mergeTyped } from '../model/merge-text.ts'
import { barPlace, frameStyle, type TextFrame, textFrame } from '../model/text-frame.ts'
import { type TextLine, textLines } from '../model/text-lines.ts'
import { ON_MAC } from '../ui/keys.ts'
import { textEditorStyles } from './text-editor.styles.ts'
import { EDITABLE, readTyped, selectLetters, showLines } from './text-lines-dom.ts'
import './text-looks.ts'

/** The text being typed, laid over the canvas where it is drawn, and a bar with its looks. */
@customElement('drift-text-editor')
export class TextEditor extends LitElement {
  static override styles = textEditorStyles

  @property({ attribute: false }) editor: AppEditor | undefined
  @property() theme: Theme = 'light'
  @query('.text') private area: HTMLElement | null | undefined

  /** The text that the element and the board last agreed on. */
  #agreed = ''
  /** The selection that the board was last told of. */
  #told: { readonly from: number; readonly to: number } | null = null
  #lines: readonly TextLine[] = []
  #isComposing = false
  #openFor: string | null = null

  constructor() {
    super()
    new EditorController(this, view => {
      const shape = editedShape(view)
      return shape ? [shape, view.state.camera, view.state.viewport] : []
    })
  }

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener('selectionchange', this.#tellCaret)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.removeEventListener('selectionchange', this.#tellCaret)
  }

  override render() {
    const shape = this.#shape
    if (!this.editor || !shape) return nothing
    const { camera, viewport } = this.editor.state
    const frame = this.#frameOf(shape)
    const { left, top } = barPlace(shape, camera, viewport, this.editor.lineWidth)
    return html`<div class=${`text ${frame.wraps ? '' : 'unwrapped'}`} role="textbox" aria-multiline="true" aria-label="Text"
        contenteditable=${EDITABLE} dir=${runsLeft(shape.text.split('\n')) ? 'rtl' : 'ltr'} spellcheck="false"
        autocapitalize="sentences" enterkeyhint="enter" style=${styleMap(frameStyle(frame))}
        @beforeinput=${this.#onBeforeInput} @input=${this.#onInput} @keydown=${this.#onKey} @blur=${this.#onBlur}
        @paste=${this.#onPaste} @copy=${this.#onCopy} @cut=${this.#onCopy} @compositionstart=${this.#onComposition} @compositionend=${this.#onCompositionEnd}
        @keyup=${this.#tellCaret} @pointerup=${this.#tellCaret}></div>
      <div class="panel bar" role="toolbar" aria-label="Letters" style=${styleMap({ left: `${left}px`, top: `${top}px` })}
        @mousedown=${keep} @pointerdown=${this.#tellCaret}>
        <drift-text-looks bar .editor=${this.editor}></drift-text-looks>
      </div>`
  }

  override updated(): void {
    const { area } = this
    const shape = this.#shape
    if (!area || !shape) {
      this.#openFor = null
      this.#isComposing = false
      return
    }
    if (this.#openFor !== shape.id) this.#open(area, shape)
    else if (!this.#isComposing) this.#show(area, shape)
  }

  /** The cells of a table are typed elsewhere. */
  get #shape() {
    const shape = this.editor && editedShape(this.editor)
    return shape?.type === 'table' ? undefined : shape
  }

  /** While the board and the element differ, the frame fits what the person sees. */
  #frameOf(shape: LetteredShape): TextFrame {
    const { state, lineWidth } = this.editor as AppEditor
    const value = this.#isComposing && this.area ? readTyped(this.area) : undefined
    const seen = value ? typed(richText(shape), value.text, value.to) : richText(shape)
    return textFrame({ ...shape, ...seen }, state.camera, lineWidth, this.theme)
  }

  #open(area: HTMLElement, shape: LetteredShape): void {
    this.#openFor = shape.id
    this.#agreed = shape.text
    this.#render(area, shape)
    area.focus({ preventScroll: true })
    const end = shape.text.length
    selectLetters(area, this.#lines, { from: end, to: end, isBackward: false })
    this.#tellCaret()
  }

  #render(area: HTMLElement, shape: LetteredShape): boolean {
    const frame = this.#frameOf(shape)
    this.#lines = textLines(richText(shape), frame.marked)
    return showLines(area, this.#lines, frame)
  }

  /** Shows the text as the board has it, and keeps the caret between the letters where it was. */
  #show(area: HTMLElement, shape: LetteredShape): void {
    const { text, from, to, isBackward } = readTyped(area)
    // The board knows the caret when it was told of it, and has all letters that are here.
    const isTold = text === this.#agreed && this.#told?.from === from && this.#told.to === to
    const placed = isTold ? this.editor?.text.caret : undefined
    const next = placed
      ? { from: Math.min(placed.anchor, placed.focus), to: Math.max(placed.anchor, placed.focus) }
      : { from: mapCaret(text, shape.text, from), to: mapCaret(text, shape.text, to) }
    const isMoved = next.from !== from || next.to !== to
    if (this.#render(area, shape) || isMoved) selectLetters(area, this.#lines, { ...next, isBackward })
    this.#agreed = shape.text
    this.#told = next
  }

  #send(): void {
    const { area } = this
    const shape = this.#shape
    if (!area || !shape) return
    const { text: value, from, to } = readTyped(area)
    const merged = mergeTyped(this.#agreed, value, shape.text, to)
    if (merged !== shape.text) this.editor?.text.type(merged, merged === value ? to : undefined)
    // The board has what was typed now, and the caret where the typing ended; it knows no better where nothing was.
    this.#agreed = value
    this.#told = merged === shape.text ? null : { from, to }
    this.#refresh()
  }

  /** Shows at once what the board has now: the next key may come before the next frame. */
  #refresh(): void {
    const { area } = this
    const shape = this.#shape
    if (area && shape) this.#show(area, shape)
    this.requestUpdate()
  }

  /** While an input method composes, the element holds letters that the board does not know. */
  readonly #tellCaret = (): void => {
    const { area } = this
    if (!area?.matches(':focus') || this.#isComposing || this.#openFor === null) return
    const { text, from, to, isBackward } = readTyped(area)
    if (text !== this.#shape?.text) return
    this.#told = { from, to }
    this.editor?.text.placeCaret({ anchor: isBackward ? to : from, focus: isBackward ? from : to })
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

  /** What the editor does itself rather than the browser. */
  readonly #onBeforeInput = (event: InputEvent): void => {
    const { editor } = this
    if (!editor || this.#isComposing || event.isComposing) return
    this.#tellCaret()
    if (!changedText(editor, event.inputType)) return
    event.preventDefault()
    this.#refresh()
  }

  readonly #onPaste = (event: ClipboardEvent): void => {
    event.preventDefault()
    this.#tellCaret()
    const { clipboardData: data } = event
    const text = data?.getData('text/plain').replace(/\r\n?/g, '\n') ?? ''
    const html = data?.getData('text/html') ?? ''
    if (text !== '') this.editor?.text.insert(readClip(html) ?? pastedLetters(html) ?? { text })
    this.#refresh()
  }

  /** Letters are copied with their looks. */
  readonly #onCopy = (event: ClipboardEvent): void => {
    this.#tellCaret()
    const { state } = this.editor?.text ?? {}
    if (this.#isComposing || !state || state.from === state.to) return
    event.preventDefault()
    const { text, html } = clipOf(state)
    event.clipboardData?.setData('text/plain', text)
    event.clipboardData?.setData('text/html', html)
    if (event.type !== 'cut') return
    this.editor?.text.insert({ text: '' })
    this.#refresh()
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    event.stopPropagation()
    if (event.isComposing) return
    this.#tellCaret()
    if (this.#runKey(event) || this.#shiftItems(event) || this.#continueNotes(event)) return
    const isDone = event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
    if (!isDone) return
    event.preventDefault()
    this.editor?.text.end()
  }

  /** The keys of commands that are for letters; undo takes back what was typed, step by step. */
  #runKey(event: KeyboardEvent): boolean {
    const { editor } = this
    const command = editor && commandFor(editor.commands, event, ON_MAC)
    if (!editor || !command) return false
    const isOfText = command.id.startsWith('text-')
    if (!isOfText && command.id !== 'undo' && command.id !== 'redo') return false
    event.preventDefault()
    if (command.id === 'undo') editor.text.undo()
    else if (command.id === 'redo') editor.text.redo()
    else editor.run(command.id)
    this.#refresh()
    return true
  }

  /** In a list, Tab leads a level in, and with shift out. */
  #shiftItems(event: KeyboardEvent): boolean {
    const by = event.shiftKey ? -1 : 1
    if (event.key !== 'Tab' || !this.editor?.text.change(state => shiftedItems(state, by))) return false
    event.preventDefault()
    this.#refresh()
    return true
  }

  /** From a sticky note, Tab and ctrl+Enter lead to the next. */
  #continueNotes(event: KeyboardEvent): boolean {
    if (this.#shape?.type !== 'note') return false
    const side = noteSide(event)
    if (side) event.preventDefault()
    if (side) this.editor?.run(`note-${side}`)
    return side !== undefined
  }

  readonly #onBlur = (): void => {
    // Removing the element blurs it as well; by then the edit is over.
    if (this.#openFor !== null && this.editor?.state.editing === this.#openFor) this.editor.text.end()
  }
}

/** Does what the browser is about to do to the text; false for what it does better. */
function changedText({ text }: AppEditor, inputType: string): boolean {
  switch (inputType) {
    case 'insertParagraph':
    case 'insertLineBreak':
      text.breakLine()
      return true
    case 'deleteContentBackward':
    case 'deleteWordBackward':
    case 'deleteSoftLineBackward':
      return text.change(markerErased)
    case 'historyUndo':
      text.undo()
      return true
    case 'historyRedo':
      text.redo()
      return true
    default:
      // A browser's own menu or gesture asks for looks, which only commands give.
      return inputType.startsWith('format')
  }
}

/** A press on the bar leaves the focus in the text. */
const keep = (event: MouseEvent): void => event.preventDefault()

/** Which neighbour of a note the key leads to, as whiteboards have it. */
function noteSide({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent): string | undefined {
  if (key === 'Tab') return shiftKey ? 'left' : 'right'
  if (key === 'Enter' && (ctrlKey || metaKey)) return shiftKey ? 'above' : 'below'
  return undefined
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-text-editor': TextEditor
  }
}
