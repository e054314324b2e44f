import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import download from 'lucide-static/icons/download.svg?raw'
import { LIMITS } from '../../../shared/schema/limits.ts'
import { imageTypeOf } from '../../../shared/util/image-type.ts'
import type { Theme } from '../../render/colour.ts'
import { fire } from '../events.ts'
import type { FoundBoard, Passage } from '../model/board-search.ts'
import { byteText } from '../model/byte-text.ts'
import type { ListedBoard } from '../model/listed-board.ts'
import { openedText } from '../model/opened-text.ts'
import { boardPath } from '../model/routes.ts'
import { icon, picture } from '../ui/icons.ts'
import { openWhenReady } from '../ui/ready.ts'
import { base, buttons, fields, menus } from '../ui/styles.ts'
import { cardStyles } from './card.styles.ts'
import { boardSketch } from './sketch.ts'

/**
 * One board of this device.
 *
 * @fires {CustomEvent<BoardLink>} open-board - The person wants to draw on it.
 * @fires {CustomEvent<{id: string, title: string}>} rename-board - It has another title.
 * @fires {CustomEvent<{id: string}>} duplicate-board - They want another one like it.
 * @fires {CustomEvent<{id: string}>} export-board - They want it as a file.
 * @fires {CustomEvent<{id: string}>} delete-board - It is to go.
 */
@customElement('drift-board-card')
export class BoardCard extends LitElement {
  static override styles = [base, buttons, fields, menus, cardStyles]

  @property({ attribute: false }) found: FoundBoard | undefined
  @property() theme: Theme = 'light'
  /** ms since the epoch. */
  @property({ type: Number }) now = 0
  /** Tells when the board was changed last, rather than opened. */
  @property({ type: Boolean }) changes = false
  @state() private isRenaming = false
  /** Of hundreds of cards only those whose menu is opened get one. */
  @state() private hasMenu = false
  /** The picture that `#url` shows. */
  #shown: Uint8Array | undefined
  #url = ''

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#showPicture(undefined)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.requestUpdate()
  }

  /** The keyboard goes to the board. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('a')?.focus()
  }

  protected override willUpdate(): void {
    this.#showPicture(this.found?.board.content?.pictures?.[this.theme])
  }

  override render() {
    if (!this.found) return nothing
    const { board, title, excerpt } = this.found
    return html`
      <span class="picture">${this.#picture(board)}${board.viewOnly ? viewOnly : nothing}</span>
      <div class="foot">
        ${this.isRenaming ? this.#nameField(board.title) : this.#words(board, title)}
      </div>
      ${excerpt ? html`<span class="excerpt">${excerpt.map(passage)}</span>` : nothing}
    `
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('isRenaming') && this.isRenaming)
      this.renderRoot.querySelector<HTMLInputElement>('.field')?.focus()
  }

  #picture({ id, content }: ListedBoard) {
    if (this.#url !== '') return html`<img src=${this.#url} alt="" decoding="async" draggable="false" />`
    return content?.shapes === 0 ? html`<span class="nothing">Nothing on it yet</span>` : boardSketch(id)
  }

  #words(board: ListedBoard, title: readonly Passage[]) {
    const { id, content, openedAt } = board
    const at = (this.changes && content?.changedAt) || openedAt
    return html`<div class="words">
        <a class="title ${board.title ? '' : 'none'}" href=${boardPath(id)} @click=${this.#onOpen}>${title.map(passage)}</a>
        <span class="about">
          <time datetime=${new Date(at).toISOString()}>${openedText(at, this.now)}</time>${
            content?.bytes ? html` · ${byteText(content.bytes)}` : nothing
          }
        </span>
      </div>
      ${this.#menu(board, title.map(({ text }) => text).join(''))}`
  }

  #menu({ viewOnly: isViewOnly }: ListedBoard, shown: string) {
    return html`<div class="menu" @pointerdown=${this.#fillMenu} @keydown=${this.#fillMenu} @click=${this.#fillMenu}>
      <wa-dropdown placement="bottom-end" @wa-select=${this.#onSelect}>
        <button slot="trigger" aria-label=${`Actions for ${shown}`} @click=${openWhenReady}>${icon('more')}</button>
        ${this.hasMenu ? menuItems(isViewOnly) : nothing}
      </wa-dropdown>
    </div>`
  }

  readonly #fillMenu = (): void => {
    this.hasMenu = true
  }

  #nameField(title: string) {
    return html`<form @submit=${this.#onEnter}>
      <input class="field" aria-label="Board title" .value=${title} maxlength=${LIMITS.titleLength} autocomplete="off"
        @blur=${this.#onRenamed} @keydown=${this.#onKey} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
    </form>`
  }

  /** A URL keeps its picture in memory until it is taken back. */
  #showPicture(bytes: Uint8Array | undefined): void {
    if (bytes === this.#shown) return
    if (this.#url !== '') URL.revokeObjectURL(this.#url)
    this.#shown = bytes
    this.#url = bytes ? URL.createObjectURL(blobOf(bytes)) : ''
  }

  readonly #onOpen = (event: MouseEvent): void => {
    if (!this.found || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    fire(this, 'open-board', { id: this.found.board.id, fragment: '' })
  }

  readonly #onSelect = (event: CustomEvent<{ item: { value: string } }>): void => {
    if (!this.found) return
    const { id } = this.found.board
    switch (event.detail.item.value) {
      case 'rename':
        this.isRenaming = true
        return
      case 'duplicate':
        return fire(this, 'duplicate-board', { id })
      case 'export':
        return fire(this, 'export-board', { id })
      case 'delete':
        return fire(this, 'delete-board', { id })
    }
  }

  readonly #onRenamed = (event: Event): void => {
    event.preventDefault()
    if (!this.isRenaming || !this.found) return
    const input = this.renderRoot.querySelector<HTMLInputElement>('.field')
    this.isRenaming = false
    const title = input?.value.trim() ?? ''
    const { board } = this.found
    if (title !== board.title) fire(this, 'rename-board', { id: board.id, title })
  }

  readonly #onEnter = (event: Event): void => {
    this.#onRenamed(event)
    void this.#focusAfterwards()
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    this.isRenaming = false
    void this.#focusAfterwards()
  }

  /** The field goes away. */
  async #focusAfterwards(): Promise<void> {
    await this.updateComplete
    this.focus()
  }
}

const menuItems = (isViewOnly: boolean) => html`
  ${isViewOnly ? nothing : html`<wa-dropdown-item value="rename">${icon('rename', 'icon')}Rename</wa-dropdown-item>`}
  <wa-dropdown-item value="duplicate">${icon('copy', 'icon')}Duplicate</wa-dropdown-item>
  <wa-dropdown-item value="export">${picture(download, 'icon')}Save a copy…</wa-dropdown-item>
  <hr role="separator" />
  <wa-dropdown-item value="delete" variant="danger">${icon('trash', 'icon')}Delete from this device</wa-dropdown-item>
`

const viewOnly = html`<span class="badge">${icon('eye')}View only</span>`

const passage = ({ text, isMatch }: Passage) => (isMatch ? html`<mark>${text}</mark>` : text)

const blobOf = (bytes: Uint8Array): Blob =>
  new Blob([bytes as Uint8Array<ArrayBuffer>], { type: imageTypeOf(bytes) ?? 'image/png' })

declare global {
  interface HTMLElementTagNameMap {
    'drift-board-card': BoardCard
  }
}
