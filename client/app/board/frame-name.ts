import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import { styleMap } from 'lit/directives/style-map.js'
import { FRAME_TITLE, type Frame, frameTitle } from '../../../shared/shapes/frame.ts'
import { NAME_LENGTH } from '../../../shared/shapes/page.ts'
import { toScreen } from '../../editor/camera.ts'
import { FONT_STACKS } from '../../render/font-css.ts'
import type { AppEditor } from '../app-editor.ts'
import { EditorController } from '../editor-controller.ts'

/** CSS pixels: room for a few letters above a frame that is hardly any wider. */
const LEAST_WIDTH = 140

/** The name of a frame while it is being typed: a field in place of its title. Enter keeps it, Escape does not. */
@customElement('drift-frame-name')
export class FrameName extends LitElement {
  static override styles = css`
    :host {
      position: absolute;
      inset: 0;
      overflow: hidden;
      pointer-events: none;
    }
    input {
      position: absolute;
      box-sizing: border-box;
      margin: 0;
      border: 1px solid var(--accent);
      border-radius: 4px;
      background: var(--surface);
      color: var(--text);
      outline: none;
      pointer-events: auto;
    }
  `

  @property({ attribute: false }) editor: AppEditor | undefined
  @query('input') private field: HTMLInputElement | undefined
  #openFor: string | null = null

  constructor() {
    super()
    new EditorController(this, view => {
      const { editing, camera } = view.state
      return [editing, camera, editing === null ? undefined : view.board.shapes.get(editing)]
    })
  }

  override render() {
    const frame = this.#frame
    if (!this.editor || !frame) return nothing
    const { camera } = this.editor.state
    const [x, y] = toScreen(camera, frame.pos)
    const { height, gap, padding, fontSize, font } = FRAME_TITLE
    const style = {
      left: `${x}px`,
      top: `${y - height - gap}px`,
      height: `${height}px`,
      padding: `0 ${padding - 1}px`,
      font: `${fontSize}px ${FONT_STACKS[font]}`,
      width: `${Math.max(LEAST_WIDTH, frame.size[0] * camera.zoom)}px`,
    }
    return html`<input aria-label="Name of the frame" autocomplete="off" spellcheck="false" maxlength=${NAME_LENGTH}
      placeholder=${frameTitle({ name: '' })} style=${styleMap(style)} @keydown=${this.#onKey} @blur=${this.#keep} />`
  }

  override updated(): void {
    const frame = this.#frame
    const { field } = this
    if (!frame || !field) {
      this.#openFor = null
      return
    }
    if (this.#openFor === frame.id) return
    this.#openFor = frame.id
    field.value = frame.name
    field.focus({ preventScroll: true })
    field.select()
  }

  get #frame(): Frame | undefined {
    const { editing } = this.editor?.state ?? {}
    const shape = editing ? this.editor?.board.shapes.get(editing) : undefined
    return shape?.type === 'frame' ? shape : undefined
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    event.stopPropagation()
    if (event.isComposing) return
    if (event.key === 'Enter') this.#keep()
    else if (event.key === 'Escape') this.#end()
    else return
    event.preventDefault()
  }

  readonly #keep = (): void => {
    const frame = this.#frame
    const { editor, field } = this
    if (!editor || !frame || !field || this.#openFor !== frame.id) return
    const name = field.value.replace(/\s+/g, ' ').trim()
    this.#end()
    if (name !== frame.name) editor.commit([{ op: 'patch', id: frame.id, patch: { name } }])
  }

  /** Removing the field blurs it as well; by then there is nothing to keep. */
  #end(): void {
    this.#openFor = null
    this.editor?.text.end()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-frame-name': FrameName
  }
}
