import { css, html, LitElement } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import sort from 'lucide-static/icons/arrow-down-wide-narrow.svg?raw'
import magnifier from 'lucide-static/icons/search.svg?raw'
import { type BoardOrder, isBoardOrder, ORDERS } from '../model/board-order.ts'
import { icon, picture } from '../ui/icons.ts'
import { openWhenReady } from '../ui/ready.ts'
import { base, buttons, fields, menus } from '../ui/styles.ts'

/**
 * The search over the boards, and their order.
 *
 * @fires {CustomEvent<string>} find-boards - What is searched for, as it is typed.
 * @fires {CustomEvent<BoardOrder>} order-boards - Another order was chosen.
 */
@customElement('drift-find-boards')
export class FindBoards extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    menus,
    css`
      :host {
        display: flex;
        gap: var(--space-2);
        align-items: center;
        justify-content: space-between;
      }
      .search {
        position: relative;
        flex: 1;
        max-width: 420px;
      }
      .search > .icon {
        position: absolute;
        inset: 0 auto 0 11px;
        align-items: center;
        color: var(--text-quiet);
        pointer-events: none;
      }
      .search .icon svg,
      .order .icon svg {
        width: 16px;
        height: 16px;
      }
      input.field {
        height: 40px;
        padding: 0 40px 0 34px;
        border-color: var(--line);
      }
      input::-webkit-search-cancel-button {
        display: none;
      }
      .search button {
        position: absolute;
        inset: 2px 2px 2px auto;
        height: auto;
        min-width: 36px;
        color: var(--text-quiet);
      }
      .order {
        height: 40px;
        padding: 0 10px;
        color: var(--text-quiet);
      }
      @media (max-width: 720px) {
        input.field,
        .order {
          height: 44px;
        }
      }
      @media (pointer: coarse) {
        .search button {
          inset: 0 0 0 auto;
          width: 44px;
        }
      }
      @media (max-width: 420px) {
        .order span:last-child {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }
    `,
  ]

  @property({ attribute: false }) order: BoardOrder = 'opened'
  @property() query = ''
  @query('input') private field: HTMLInputElement | undefined

  override render() {
    return html`<div class="search" role="search">
        ${picture(magnifier)}
        <input class="field" type="search" aria-label="Search boards" placeholder="Search titles and text"
          autocomplete="off" autocapitalize="off" spellcheck="false" .value=${this.query} @input=${this.#onInput}
          @keydown=${this.#onKey} />
        <button ?hidden=${this.query === ''} aria-label="Clear the search" @click=${this.#clear}>${icon('close')}</button>
      </div>
      <wa-dropdown placement="bottom-end" @wa-select=${this.#onSelect}>
        <button slot="trigger" class="order" aria-label=${`Sorted by: ${ORDERS[this.order]}`} @click=${openWhenReady}>
          ${picture(sort)}<span>${ORDERS[this.order]}</span>
        </button>
        ${Object.entries(ORDERS).map(
          ([
            order,
            title,
          ]) => html`<wa-dropdown-item type="checkbox" value=${order} ?checked=${order === this.order}>
            ${title}${order === this.order ? icon('check', 'details') : ''}
          </wa-dropdown-item>`,
        )}
      </wa-dropdown>`
  }

  readonly #onInput = (event: Event): void => this.#find((event.target as HTMLInputElement).value)

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.query !== '') this.#clear()
  }

  readonly #clear = (): void => {
    this.#find('')
    this.field?.focus()
  }

  #find(query: string): void {
    this.dispatchEvent(new CustomEvent('find-boards', { detail: query }))
  }

  readonly #onSelect = (event: CustomEvent<{ item: { value: string } }>): void => {
    const { value } = event.detail.item
    if (isBoardOrder(value)) this.dispatchEvent(new CustomEvent('order-boards', { detail: value }))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-find-boards': FindBoards
  }
}
