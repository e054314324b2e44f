import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import download from 'lucide-static/icons/download.svg?raw'
import type { LibraryItem, ShapeLibrary } from '../../editor/shape-library.ts'
import type { Theme } from '../../render/colour.ts'
import { icon, picture } from '../ui/icons.ts'
import { openWhenReady } from '../ui/ready.ts'
import { base, buttons, menus } from '../ui/styles.ts'
import { tileStyles } from './library-tile.styles.ts'

/** UTF-16 code units of a name. */
const MOST_NAME = 100

/**
 * One drawing of the library: how it looks, its name, and what can be done with it.
 *
 * @fires insert-item - The person wants it on the board.
 * @fires {CustomEvent<PointerEvent>} press-item - The pointer went down on it.
 * @fires naming - Its name has been changed, or is not to be.
 * @fires name-item - It is to be named.
 */
@customElement('drift-library-tile')
export class LibraryTile extends LitElement {
  static override styles = [base, buttons, menus, tileStyles]

  @property({ attribute: false }) item: LibraryItem | undefined
  @property({ attribute: false }) library: ShapeLibrary | undefined
  @property() theme: Theme = 'light'
  /** Whether the keyboard stops at it. */
  @property({ type: Boolean }) current = false
  @property({ type: Boolean }) naming = false
  /** Whether it cannot be put on the board. */
  @property({ type: Boolean }) barred = false
  /** Of hundreds of tiles only those whose menu is opened get one. */
  @state() private hasMenu = false
  @state() private url = ''
  @query('.item') private button: HTMLElement | undefined
  @query('input') private field: HTMLInputElement | undefined
  /** Only what is scrolled into view is drawn. */
  readonly #seen = new IntersectionObserver(entries => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return
    this.#seen.disconnect()
    void this.#draw()
  })

  override connectedCallback(): void {
    super.connectedCallback()
    this.#seen.observe(this)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#seen.disconnect()
    this.#show(null)
  }

  override focus(): void {
    this.button?.focus()
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.get('theme') !== undefined) this.#seen.observe(this)
  }

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('naming') || !this.naming) return
    this.scrollIntoView({ block: 'nearest' })
    this.field?.focus()
    this.field?.select()
  }

  override render() {
    const { item } = this
    if (!item) return nothing
    const name = item.name || 'Untitled'
    return html`
      <button class="item" tabindex=${this.current ? 0 : -1} aria-label=${name} aria-disabled=${this.barred}
        @click=${() => this.#fire('insert-item')} @contextmenu=${this.#onContextMenu}
        @pointerdown=${(event: PointerEvent) => this.#fire('press-item', event)}>
        ${this.url ? html`<img src=${this.url} alt="" decoding="async" draggable="false" />` : nothing}
      </button>
      ${
        this.naming
          ? html`<input aria-label="Name of the item" .value=${item.name} maxlength=${MOST_NAME} autocomplete="off"
              @keydown=${this.#onNameKey} @blur=${this.#name} />`
          : html`<span class="name" title=${name} @dblclick=${() => this.#fire('name-item')}>${name}</span>`
      }
      <div class="menu" @pointerdown=${this.#fillMenu} @keydown=${this.#fillMenu} @click=${this.#fillMenu}>
        <wa-dropdown placement="bottom-end" @wa-select=${this.#onSelect}>
          <button slot="trigger" tabindex=${this.current ? 0 : -1} aria-label=${`Actions for ${name}`} @click=${openWhenReady}>${icon('more')}</button>
          ${this.hasMenu ? this.#menu() : nothing}
        </wa-dropdown>
      </div>
    `
  }

  #menu() {
    return html`
      <wa-dropdown-item value="insert" ?disabled=${this.barred}>${icon('plus', 'icon')}Insert</wa-dropdown-item>
      <wa-dropdown-item value="rename">${icon('rename', 'icon')}Rename</wa-dropdown-item>
      <wa-dropdown-item value="export">${picture(download, 'icon')}Save as a file</wa-dropdown-item>
      <hr role="separator" />
      <wa-dropdown-item value="remove" variant="danger">${icon('trash', 'icon')}Delete</wa-dropdown-item>
    `
  }

  /** A URL keeps its picture in memory until it is taken back. */
  #show(blob: Blob | null): void {
    if (this.url !== '') URL.revokeObjectURL(this.url)
    this.url = blob ? URL.createObjectURL(blob) : ''
  }

  async #draw(): Promise<void> {
    const { item, library, theme } = this
    if (!item || !library) return
    const blob = await library.picture(item.id, theme).catch(() => null)
    if (this.isConnected && this.item === item && this.theme === theme) this.#show(blob)
  }

  readonly #fillMenu = (): void => {
    this.hasMenu = true
  }

  readonly #onSelect = (event: CustomEvent<{ item: { value: string } }>): void => {
    const { item, library } = this
    const { value } = event.detail.item
    if (!item || !library) return
    if (value === 'insert') this.#fire('insert-item')
    else if (value === 'rename') this.#fire('name-item')
    else if (value === 'export') void library.exportFile(item.id)
    else if (value === 'remove') library.remove(item.id)
  }

  /** A finger that rests on an item is about to carry it. */
  readonly #onContextMenu = (event: Event): void => {
    event.preventDefault()
    event.stopPropagation()
  }

  readonly #onNameKey = (event: KeyboardEvent): void => {
    event.stopPropagation()
    if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return
    event.preventDefault()
    if (event.key === 'Escape' && this.field && this.item) this.field.value = this.item.name
    this.#name()
    void this.updateComplete.then(() => this.focus())
  }

  readonly #name = (): void => {
    const name = this.field?.value.trim()
    if (!this.naming || !this.item || name === undefined) return
    if (name !== '' && name !== this.item.name) this.library?.rename(this.item.id, name)
    this.#fire('naming')
  }

  #fire(type: string, detail?: PointerEvent): void {
    this.dispatchEvent(new CustomEvent(type, { detail }))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-library-tile': LibraryTile
  }
}
