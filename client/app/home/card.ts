import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { LIMITS } from '../../../shared/schema/limits.ts'
import { fire } from '../events.ts'
import type { ListedBoard } from '../model/listed-board.ts'
import { openedText } from '../model/opened-text.ts'
import { boardPath } from '../model/routes.ts'
import { icon } from '../ui/icons.ts'
import { openWhenReady } from '../ui/ready.ts'
import { base, buttons, fields, menus } from '../ui/styles.ts'
import { boardPicture } from './picture.ts'

/**
 * One board of this device.
 *
 * @fires {CustomEvent<BoardLink>} open-board - The person wants to draw on it.
 * @fires {CustomEvent<{id: string, title: string}>} rename-board - It has another title.
 * @fires {CustomEvent<{id: string}>} delete-board - It is to go.
 */
@customElement('drift-board-card')
export class BoardCard extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    menus,
    css`
      :host {
        position: relative;
        display: block;
        border-radius: var(--radius-l);
        background: var(--surface);
        box-shadow: var(--shadow-panel);
        transition: transform var(--quick) var(--ease);
      }
      a {
        display: block;
        border-radius: var(--radius-l);
        color: inherit;
        text-decoration: none;
      }
      .picture {
        display: block;
        overflow: hidden;
        aspect-ratio: 16 / 10;
        border-radius: var(--radius-l) var(--radius-l) 0 0;
        background-color: var(--page);
        background-image: radial-gradient(circle, var(--pressed) 1px, transparent 1px);
        background-size: 14px 14px;
        border-bottom: 1px solid var(--line);
      }
      .picture svg {
        display: block;
        width: 100%;
        height: 100%;
      }
      .drift {
        stroke: color-mix(in srgb, var(--accent) 55%, transparent);
      }
      .figure {
        fill: var(--surface);
      }
      .a {
        stroke: var(--text-quiet);
      }
      .b {
        stroke: light-dark(#d9822b, #e6a843);
      }
      .c {
        stroke: light-dark(#3b6fb6, #82aee8);
      }
      .words {
        display: block;
        padding: 10px 52px 12px 14px;
      }
      .title {
        display: block;
        overflow: hidden;
        font-size: 0.875rem;
        font-weight: 600;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .title.none {
        color: var(--text-quiet);
      }
      time {
        color: var(--text-quiet);
        font-size: var(--type-s);
      }
      .menu {
        position: absolute;
        right: 8px;
        bottom: 12px;
      }
      .menu button {
        color: var(--text-quiet);
      }
      form {
        position: absolute;
        right: 10px;
        bottom: 10px;
        left: 10px;
      }
      @media (hover: hover) and (prefers-reduced-motion: no-preference) {
        :host(:hover) {
          transform: translateY(-2px);
        }
      }
    `,
  ]

  @property({ attribute: false }) board: ListedBoard = { id: '', title: '', openedAt: 0, viewOnly: false }
  /** ms since the epoch. */
  @property({ type: Number }) now = 0
  @state() private isRenaming = false

  override render() {
    const { id, title, openedAt } = this.board
    const shown = title || 'Untitled board'
    return html`
      <a href=${boardPath(id)} @click=${this.#onOpen}>
        <span class="picture">${boardPicture(id)}</span>
        <span class="words">
          <span class="title ${title ? '' : 'none'}">${shown}</span>
          <time datetime=${new Date(openedAt).toISOString()}>${openedText(openedAt, this.now)}</time>
        </span>
      </a>
      ${this.isRenaming ? this.#nameField(title) : this.#menu(shown)}
    `
  }

  override updated(): void {
    if (this.isRenaming) this.renderRoot.querySelector<HTMLInputElement>('.field')?.focus()
  }

  #menu(shown: string) {
    return html`<div class="menu"><wa-dropdown placement="bottom-end" @wa-select=${this.#onSelect}>
      <button slot="trigger" aria-label=${`Actions for ${shown}`} @click=${openWhenReady}>${icon('more')}</button>
      ${this.board.viewOnly ? nothing : html`<wa-dropdown-item value="rename">${icon('rename', 'icon')}Rename</wa-dropdown-item>`}
      <wa-dropdown-item value="delete" variant="danger">${icon('trash', 'icon')}Delete from this device</wa-dropdown-item>
    </wa-dropdown></div>`
  }

  #nameField(title: string) {
    return html`<form @submit=${this.#onRenamed}>
      <input class="field" aria-label="Board title" .value=${title} maxlength=${LIMITS.titleLength} autocomplete="off"
        @blur=${this.#onRenamed} @keydown=${this.#onKey} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
    </form>`
  }

  readonly #onOpen = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    fire(this, 'open-board', { id: this.board.id, fragment: '' })
  }

  readonly #onSelect = (event: CustomEvent<{ item: { value: string } }>): void => {
    if (event.detail.item.value === 'rename') this.isRenaming = true
    else fire(this, 'delete-board', { id: this.board.id })
  }

  readonly #onRenamed = (event: Event): void => {
    event.preventDefault()
    if (!this.isRenaming) return
    const input = this.renderRoot.querySelector<HTMLInputElement>('.field')
    this.isRenaming = false
    const title = input?.value.trim() ?? ''
    if (title !== this.board.title) fire(this, 'rename-board', { id: this.board.id, title })
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.isRenaming = false
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-board-card': BoardCard
  }
}
