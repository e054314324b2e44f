import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import down from 'lucide-static/icons/chevron-down.svg?raw'
import up from 'lucide-static/icons/chevron-up.svg?raw'
import search from 'lucide-static/icons/search.svg?raw'
import { type Found, findOnPages, showShape } from '../../editor/find.ts'
import type { AppEditor } from '../app-editor.ts'
import { EditorController } from '../editor-controller.ts'
import { icon, picture } from '../ui/icons.ts'
import { base, buttons, panel } from '../ui/styles.ts'

/**
 * Finds what is written on all pages of the board, and goes from one place to the next, which may turn the page.
 *
 * @fires close-panel - The person closed it.
 */
@customElement('drift-find-bar')
export class FindBar extends LitElement {
  static override styles = [
    base,
    panel,
    buttons,
    css`
      :host {
        position: absolute;
        top: 56px;
        right: 0;
        z-index: 1;
        pointer-events: auto;
      }
      .panel {
        display: flex;
        gap: 2px;
        align-items: center;
        padding: 4px 4px 4px 12px;
        box-shadow: var(--shadow-over);
        color: var(--text-quiet);
      }
      .panel:focus-within {
        outline: 2px solid var(--accent);
        outline-offset: -1px;
      }
      input {
        width: 200px;
        min-width: 0;
        height: 34px;
        margin-left: 6px;
        border: 0;
        outline: 0;
        background: transparent;
        color: var(--text);
        font: inherit;
      }
      input:focus-visible {
        outline: 0;
      }
      .count {
        min-width: 56px;
        padding: 0 8px;
        font-size: var(--type-s);
        font-variant-numeric: tabular-nums;
        text-align: right;
        white-space: nowrap;
      }
      button {
        min-width: 32px;
        width: 32px;
        height: 32px;
      }
      @media (pointer: coarse) {
        input {
          font-size: 16px;
        }
        button {
          min-width: 40px;
          width: 40px;
          height: 40px;
        }
      }
      @media (max-width: 720px) {
        :host {
          left: 0;
        }
        input {
          flex: 1;
        }
        .elsewhere {
          display: none;
        }
      }
    `,
  ]

  @property({ attribute: false }) editor: AppEditor | undefined
  @state() private query = ''
  @state() private found: readonly Found[] = []
  /** -1 while nothing is shown, as there is something on other pages alone. */
  @state() private at = -1
  @query('input') private field: HTMLInputElement | undefined

  constructor() {
    super()
    // What others write or remove meanwhile is found, or no longer.
    new EditorController(this, (_, boardVersion) => {
      if (this.query !== '' && boardVersion !== this.#seen) this.#look()
      this.#seen = boardVersion
      return []
    })
  }

  #seen = 0

  override firstUpdated(): void {
    this.field?.focus()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.editor?.pointOut([])
  }

  override render() {
    const { length } = this.found
    return html`<search class="panel" aria-label="Find on the board">
      ${picture(search)}
      <input type="text" aria-label="Find on the board" placeholder="Find on the board" autocomplete="off" spellcheck="false"
        enterkeyhint="search" @input=${this.#onInput} @keydown=${this.#onKey} />
      <span class="count" role="status">${this.#count()}</span>
      <button aria-label="Previous" data-tip="Previous" data-keys="Shift+Enter" ?disabled=${length === 0} @click=${() => this.#go(-1)}>${picture(up)}</button>
      <button aria-label="Next" data-tip="Next" data-keys="Enter" ?disabled=${length === 0} @click=${() => this.#go(1)}>${picture(down)}</button>
      <button aria-label="Close" data-tip="Close" data-keys="Esc" @click=${this.#close}>${icon('close')}</button>
    </search>`
  }

  readonly #onInput = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value
    this.found = []
    this.at = -1
    this.#look()
    this.#show()
  }

  /** Finds anew; the place that was looked at stays the same as long as it is there. */
  #look(): void {
    if (!this.editor) return
    const current = this.found[this.at]?.id
    this.found = findOnPages(this.editor, this.query)
    const again = this.found.findIndex(({ id }) => id === current)
    if (again >= 0) this.at = again
    else if (this.at < 0) this.at = this.found.findIndex(({ page }) => page === this.#page)
    else this.at = Math.min(this.at, this.found.length - 1)
  }

  get #page(): string {
    return this.editor?.pages?.page ?? ''
  }

  /** Which of how many is shown, and how many are on other pages. */
  #count() {
    const { length } = this.found
    if (this.query.trim() === '') return nothing
    if (length === 0) return 'None'
    const elsewhere = this.found.filter(({ page }) => page !== this.#page).length
    const where = `${elsewhere} on ${elsewhere === 1 ? 'another page' : 'other pages'}`
    if (this.at < 0) return where
    const others = elsewhere === 0 ? nothing : html`<span class="elsewhere">, ${where}</span>`
    return html`${this.at + 1} of ${length}${others}`
  }

  #go(by: 1 | -1): void {
    const { length } = this.found
    if (length === 0) return
    this.at = this.at < 0 && by < 0 ? length - 1 : (this.at + by + length) % length
    this.#show()
  }

  #show(): void {
    const id = this.found[this.at]?.id
    if (!this.editor) return
    if (id !== undefined) showShape(this.editor, id)
    this.editor.pointOut(this.found.map(found => found.id))
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return
    if (event.key === 'Enter') this.#go(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape') this.#close()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('close-panel'))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-find-bar': FindBar
  }
}
