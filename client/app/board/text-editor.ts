import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import { styleMap } from 'lit/directives/style-map.js'
import { runsLeft } from '../../../shared/geometry/text.ts'
import { LIMITS } from '../../../shared/schema/limits.ts'
import { editedShape, mapCaret } from '../../editor/text-edit.ts'
import type { Theme } from '../../render/colour.ts'
import type { AppEditor } from '../app-editor.ts'
import { EditorController } from '../editor-controller.ts'
import { mergeTyped } from '../model/merge-text.ts'
import { type TextFrame, textFrame } from '../model/text-frame.ts'

/** The text being typed, laid over the canvas where it is drawn. */
@customElement('drift-text-editor')
export class TextEditor extends LitElement {
  static override styles = css`
    :host {
      position: absolute;
      inset: 0;
      overflow: hidden;
      pointer-events: none;
    }
    textarea {
      position: absolute;
      top: 0;
      left: 0;
      transform-origin: 0 0;
      box-sizing: border-box;
      margin: 0;
      padding: 0;
      border: 0;
      outline: 0;
      background: transparent;
      overflow: hidden;
      resize: none;
      pointer-events: auto;
      font-kerning: normal;
      overflow-wrap: anywhere;
    }
  `

  @property({ attribute: false }) editor: AppEditor | undefined
  @property() theme: Theme = 'light'
  @query('textarea') private area: HTMLTextAreaElement | null | undefined

  /** The text that the textarea and the board last agreed on. */
  #agreed = ''
  /** The selection that the board was last told of. */
  #told: { readonly from: number; readonly to: number } | null = null
  #isComposing = false
  #openFor: string | null = null

  constructor() {
    super()
    new EditorController(this, view => {
      const shape = editedShape(view)
      return shape ? [shape, view.state.camera, view.state.viewport] : []
    })
  }

  override render() {
    const shape = this.#shape
    if (!this.editor || !shape) return nothing
    const { state, lineWidth } = this.editor
    // While the board and the textarea differ, the frame fits what the person sees.
    const value = this.#isComposing ? (this.area?.value ?? shape.text) : shape.text
    const frame = textFrame({ ...shape, text: value }, state.camera, lineWidth, this.theme)
    return html`<textarea aria-label="Text" dir=${runsLeft([value]) ? 'rtl' : 'ltr'} autocomplete="off" maxlength=${LIMITS.textLength} spellcheck="false" autocapitalize="sentences"
      style=${styleMap(frameStyle(frame))} @input=${this.#onInput} @keydown=${this.#onKey} @blur=${this.#onBlur}
      @compositionstart=${this.#onComposition} @compositionend=${this.#onCompositionEnd}
      @selectionchange=${this.#tellCaret} @select=${this.#tellCaret} @keyup=${this.#tellCaret} @pointerup=${this.#tellCaret}
      ></textarea>`
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
    else if (!this.#isComposing && area.value !== shape.text) this.#show(area, shape.text)
  }

  /** The cells of a table are typed elsewhere. */
  get #shape() {
    const shape = this.editor && editedShape(this.editor)
    return shape?.type === 'table' ? undefined : shape
  }

  #open(area: HTMLTextAreaElement, { id, text }: { id: string; text: string }): void {
    this.#openFor = id
    this.#agreed = text
    area.value = text
    area.focus({ preventScroll: true })
    area.setSelectionRange(text.length, text.length)
    this.#tellCaret()
  }

  /** Others changed the text: shows theirs and keeps the caret between the letters where it was. */
  #show(area: HTMLTextAreaElement, text: string): void {
    const { value, selectionStart, selectionEnd, selectionDirection } = area
    // The board knows the caret when it was told of it, and has all letters that are here.
    const isTold =
      value === this.#agreed && this.#told?.from === selectionStart && this.#told.to === selectionEnd
    const placed = isTold ? this.editor?.text.caret : undefined
    const from = placed ? Math.min(placed.anchor, placed.focus) : mapCaret(value, text, selectionStart)
    const to = placed ? Math.max(placed.anchor, placed.focus) : mapCaret(value, text, selectionEnd)
    area.value = text
    area.setSelectionRange(from, to, selectionDirection)
    this.#agreed = text
    this.#told = { from, to }
  }

  #send(): void {
    const { area } = this
    const shape = this.#shape
    if (!area || !shape) return
    const { value, selectionEnd } = area
    const typed = mergeTyped(this.#agreed, value, shape.text, selectionEnd)
    this.editor?.text.type(typed, typed === value ? selectionEnd : undefined)
    const text = this.#shape?.text ?? area.value
    // Others have typed meanwhile, or it was too long.
    if (text !== area.value) this.#show(area, text)
    this.#agreed = text
    this.#tellCaret()
    this.requestUpdate()
  }

  /** While an input method composes, the textarea holds letters that the board does not know. */
  readonly #tellCaret = (): void => {
    const { area } = this
    if (!area || this.#isComposing || area.value !== this.#shape?.text) return
    const { selectionStart, selectionEnd, selectionDirection } = area
    this.#told = { from: selectionStart, to: selectionEnd }
    const isBackward = selectionDirection === 'backward'
    this.editor?.text.placeCaret({
      anchor: isBackward ? selectionEnd : selectionStart,
      focus: isBackward ? selectionStart : selectionEnd,
    })
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

  readonly #onKey = (event: KeyboardEvent): void => {
    event.stopPropagation()
    if (event.isComposing || this.#continueNotes(event)) return
    const isDone = event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
    if (!isDone) return
    event.preventDefault()
    this.editor?.text.end()
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
    // Removing the textarea blurs it as well; by then the edit is over.
    if (this.#openFor !== null && this.editor?.state.editing === this.#openFor) this.editor.text.end()
  }
}

/** Which neighbour of a note the key leads to, as whiteboards have it. */
function noteSide({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent): string | undefined {
  if (key === 'Tab') return shiftKey ? 'left' : 'right'
  if (key === 'Enter' && (ctrlKey || metaKey)) return shiftKey ? 'above' : 'below'
  return undefined
}

export const frameStyle = (frame: TextFrame) => ({
  width: `${frame.width}px`,
  height: `${frame.height}px`,
  padding: `${frame.padding}px`,
  transform: frame.transform,
  fontFamily: frame.fontFamily,
  fontSize: `${frame.fontSize}px`,
  lineHeight: String(frame.lineHeight),
  textAlign: frame.align,
  whiteSpace: frame.wraps ? 'pre-wrap' : 'pre',
  color: frame.colour,
  caretColor: frame.colour,
  opacity: String(frame.opacity),
})

declare global {
  interface HTMLElementTagNameMap {
    'drift-text-editor': TextEditor
  }
}
