import { css, html, LitElement } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import { LIMITS } from '../../../shared/schema/limits.ts'
import type { AppEditor } from '../app-editor.ts'
import { EditorController } from '../editor-controller.ts'
import { base } from '../ui/styles.ts'

/** The board's title, edited in place. */
@customElement('drift-title')
export class Title extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      input {
        field-sizing: content;
        min-width: 64px;
        width: 100%;
        max-width: 220px;
        height: calc(var(--control) - 6px);
        padding: 0 8px;
        border: 0;
        border-radius: var(--radius-s);
        background: transparent;
        color: var(--text);
        font: inherit;
        font-weight: 550;
        text-overflow: ellipsis;
        transition: background var(--quick) var(--ease);
      }
      input::placeholder {
        color: var(--text-quiet);
        opacity: 1;
      }
      input:hover {
        background: var(--hover);
      }
      input:focus {
        background: var(--surface-sunk);
        outline: 2px solid var(--accent);
        outline-offset: -1px;
      }
      @media (pointer: coarse) {
        input {
          height: 40px;
          font-size: 16px;
        }
      }
      @media (max-width: 720px) {
        input {
          max-width: calc(100vw - 236px - var(--title-gives, 0px));
        }
      }
    `,
  ]

  @property({ attribute: false }) editor: AppEditor | undefined

  constructor() {
    super()
    new EditorController(this, ({ board }) => [board.title, board.readOnly])
  }

  override render() {
    return html`<input aria-label="Board title" placeholder="Untitled board" maxlength=${LIMITS.titleLength}
      autocomplete="off" spellcheck="false" .value=${live(this.editor?.board.title ?? '')}
      ?readonly=${this.editor?.board.readOnly !== undefined} @change=${this.#onChange} @keydown=${this.#onKey} />`
  }

  readonly #onChange = (event: Event): void => {
    const title = (event.target as HTMLInputElement).value.trim()
    if (title !== this.editor?.board.title) this.editor?.commit([{ op: 'title', title }])
    this.requestUpdate()
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    event.stopPropagation()
    const input = event.target as HTMLInputElement
    if (event.isComposing) return
    if (event.key === 'Escape') input.value = this.editor?.board.title ?? ''
    if (event.key === 'Escape' || event.key === 'Enter') input.blur()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-title': Title
  }
}
