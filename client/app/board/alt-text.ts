import { css, html, LitElement, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { ALT_LENGTH, type ImageShape } from '../../../shared/shapes/image.ts'
import type { AppEditor } from '../app-editor.ts'
import { EditorController } from '../editor-controller.ts'
import { base } from '../ui/styles.ts'

/** What the one selected image shows, in words, for who cannot see it. */
@customElement('drift-alt-text')
export class AltText extends LitElement {
  static override styles = [
    base,
    css`
      /* Takes no place beside other parts of the panel while there is no image. */
      :host {
        display: contents;
      }
      label {
        display: grid;
        flex: 1 1 100%;
        gap: 4px;
        padding: 0 6px 8px;
        font-size: 12px;
        color: var(--text-quiet);
      }
      textarea {
        box-sizing: border-box;
        width: 100%;
        padding: 6px 8px;
        border: 1px solid var(--line);
        border-radius: 6px;
        background: var(--surface);
        color: var(--text);
        font: inherit;
        font-size: 13px;
        resize: vertical;
      }
    `,
  ]

  @property({ attribute: false }) editor: AppEditor | undefined

  constructor() {
    super()
    new EditorController(this, ({ state, board }) => {
      const [id] = state.selection
      return [state.selection, board.readOnly, id === undefined ? undefined : board.shapes.get(id)]
    })
  }

  override render() {
    const image = this.#image
    if (!image) return nothing
    return html`<label>Alt text
      <textarea rows="2" maxlength=${ALT_LENGTH} placeholder="What the image shows" .value=${image.alt}
        ?readonly=${this.editor?.board.readOnly !== undefined} @keydown=${this.#onKey}
        @change=${(event: Event) => this.#keep(image, (event.target as HTMLTextAreaElement).value)}></textarea>
    </label>`
  }

  get #image(): ImageShape | undefined {
    const { editor } = this
    const [id, ...others] = editor?.state.selection ?? []
    const shape = id === undefined || others.length > 0 ? undefined : editor?.board.shapes.get(id)
    return shape?.type === 'image' && !shape.locked ? shape : undefined
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    event.stopPropagation()
    if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return
    event.preventDefault()
    const field = event.target as HTMLTextAreaElement
    if (event.key === 'Escape') field.value = this.#image?.alt ?? ''
    field.blur()
  }

  /** For the image that the field was shown for, though another may be selected by now. */
  #keep({ id, alt: before }: ImageShape, value: string): void {
    const alt = value.replace(/\s+/g, ' ').trim()
    if (alt !== before) this.editor?.commit([{ op: 'patch', id, patch: { alt } }])
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-alt-text': AltText
  }
}
