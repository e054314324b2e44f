import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { Vec } from '../../../shared/geometry/vec.ts'
import { base } from '../ui/styles.ts'

/**
 * Takes files that are dropped anywhere on the page but on a panel that has taken them, and says so while they hover.
 *
 * @fires {CustomEvent<DroppedFiles>} drop-files - Files were dropped.
 */
@customElement('drift-drop-zone')
export class DropZone extends LitElement {
  static override styles = [
    base,
    css`
      div {
        position: fixed;
        inset: 0;
        z-index: 20;
        display: grid;
        place-items: center;
        padding: var(--space-3);
        background: color-mix(in srgb, var(--accent) 10%, transparent);
        pointer-events: none;
      }
      p {
        margin: 0;
        padding: 12px 20px;
        border-radius: var(--radius-l);
        background: var(--surface);
        box-shadow: var(--shadow-over);
        font-size: var(--type-l);
        font-weight: 550;
      }
      div::before {
        content: '';
        position: absolute;
        inset: 10px;
        border: 2px dashed var(--accent);
        border-radius: var(--radius-l);
      }
    `,
  ]

  /** What happens to what is dropped. */
  @property() text = 'Drop to add to this board'
  @state() private isOver = false

  override connectedCallback(): void {
    super.connectedCallback()
    window.addEventListener('dragover', this.#onOver)
    window.addEventListener('dragleave', this.#onLeave)
    window.addEventListener('drop', this.#onDrop)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    window.removeEventListener('dragover', this.#onOver)
    window.removeEventListener('dragleave', this.#onLeave)
    window.removeEventListener('drop', this.#onDrop)
  }

  override render() {
    return this.isOver ? html`<div><p role="status">${this.text}</p></div>` : nothing
  }

  readonly #onOver = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return
    // A panel under the pointer takes them, and says so itself.
    this.isOver = !event.defaultPrevented
    if (event.defaultPrevented) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
  }

  readonly #onLeave = (event: DragEvent): void => {
    // Leaving one element for another inside the page has a related target; leaving the page has none.
    if (event.relatedTarget === null) this.isOver = false
  }

  readonly #onDrop = (event: DragEvent): void => {
    this.isOver = false
    const files = [...(event.dataTransfer?.files ?? [])]
    if (files.length === 0 || event.defaultPrevented) return
    event.preventDefault()
    const detail: DroppedFiles = { files, client: [event.clientX, event.clientY] }
    this.dispatchEvent(new CustomEvent('drop-files', { detail }))
  }
}

export interface DroppedFiles {
  readonly files: readonly File[]
  /** Where, in client coordinates. */
  readonly client: Vec
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-drop-zone': DropZone
  }
}
