import { html, LitElement, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import shapes from 'lucide-static/icons/shapes.svg?raw'
import type { Vec } from '../../../shared/geometry/vec.ts'
import { toWorld } from '../../editor/camera.ts'
import type { LibraryItem, ShapeLibrary } from '../../editor/shape-library.ts'
import type { Theme } from '../../render/colour.ts'
import type { AppEditor } from '../app-editor.ts'
import { EditorController } from '../editor-controller.ts'
import { foundItems, itemByKey } from '../model/library-search.ts'
import { StoreController } from '../store-controller.ts'
import { icon, picture } from '../ui/icons.ts'
import { openWhenReady } from '../ui/ready.ts'
import { base, buttons, fields, menus, panel } from '../ui/styles.ts'
import { LibraryDrag } from './library-drag.ts'
import { libraryStyles } from './library-panel.styles.ts'
import type { LibraryTile } from './library-tile.ts'
import './library-tile.ts'

/** Fewer are found by looking. */
const SEARCH_FROM = 7

/**
 * The drawings that the person keeps for all boards: puts them on this one, and takes in, names, finds, saves and removes them.
 *
 * @fires close-panel - The person closed it.
 */
@customElement('drift-library')
export class LibraryPanel extends LitElement {
  static override styles = [base, panel, buttons, fields, menus, libraryStyles]

  @property({ attribute: false }) editor: AppEditor | undefined
  @property() theme: Theme = 'light'
  /** Undefined while it is read. */
  @state() private library: ShapeLibrary | undefined
  @state() private query = ''
  @state() private naming: string | undefined
  /** Where the keyboard is. */
  @state() private current: string | undefined
  /** How the carried item looks. */
  @state() private carriedUrl = ''
  /** Files are held over it. */
  @state() private isTaking = false
  @query('section') private section: HTMLElement | undefined
  @query('input[type=file]') private chooser: HTMLInputElement | undefined
  readonly #drag = new LibraryDrag(this, (id, client) => this.#drop(id, client))

  constructor() {
    super()
    new EditorController(this, ({ state, board }) => [board.readOnly, state.selection.size > 0])
    new StoreController(this, () => this.library)
  }

  override async firstUpdated(): Promise<void> {
    try {
      this.library = await this.editor?.library?.open()
    } catch {
      // The person was told.
      this.#close()
    }
  }

  override updated(): void {
    const id = this.#drag.carried?.id
    this.toggleAttribute('carrying', id !== undefined)
    if (!this.#drag.isUnderWay && this.carriedUrl !== '') {
      URL.revokeObjectURL(this.carriedUrl)
      this.carriedUrl = ''
    }
  }

  override render() {
    const { library } = this
    const items = library?.items ?? []
    const found = foundItems(items, this.query)
    return html`<section class="panel ${this.isTaking ? 'taking' : ''}" aria-label="Shape library" @keydown=${this.#onKey}
      @dragover=${this.#onFilesOver} @dragleave=${this.#onFilesLeave} @drop=${this.#onFilesDropped}>
      <header>
        <h2>Library</h2>
        <button aria-label="Add what is selected" data-tip=${this.#canAdd ? 'Add what is selected' : 'Select something to add it'}
          ?disabled=${!library || !this.#canAdd} @click=${this.#add}>${icon('plus')}</button>
        ${this.#menu(items.length)}
        <button aria-label="Close" data-tip="Close" @click=${this.#close}>${icon('close')}</button>
      </header>
      ${items.length >= SEARCH_FROM || this.query !== '' ? this.#search() : nothing}
      ${this.#readOnly()}
      <div class="scroll">${library ? this.#content(library, items, found) : nothing}</div>
      <input type="file" hidden multiple accept=${library?.accept ?? ''} @change=${this.#onChosen} />
    </section>
    ${this.#carried()}`
  }

  #search() {
    return html`<input class="field" type="search" aria-label="Find in the library" placeholder="Find in the library" autocomplete="off"
      spellcheck="false" .value=${this.query} @input=${this.#onSearch} @keydown=${this.#onSearchKey} />`
  }

  #readOnly() {
    const why = this.editor?.board.readOnly
    return why === undefined ? nothing : html`<p class="why">Nothing can be added here. ${why}</p>`
  }

  #content(library: ShapeLibrary, items: readonly LibraryItem[], found: readonly LibraryItem[]) {
    if (items.length === 0) return this.#empty()
    if (found.length === 0)
      return html`<p class="none" role="status">Nothing has that name, or says that.</p>`
    const current = found.some(({ id }) => id === this.current) ? this.current : found[0]?.id
    const barred = this.editor?.board.readOnly !== undefined
    const tile = (item: LibraryItem) => html`<li>
      <drift-library-tile .item=${item} .library=${library} theme=${this.theme} data-id=${item.id}
        ?current=${item.id === current} ?naming=${item.id === this.naming} ?barred=${barred}
        @insert-item=${() => void library.insert(item.id)} @name-item=${() => this.#rename(item.id)}
        @naming=${() => this.#rename(undefined)} @focusin=${() => this.#stand(item.id)}
        @press-item=${(event: CustomEvent<PointerEvent>) => this.#press(item.id, event.detail)}></drift-library-tile>
    </li>`
    return html`<ul>${repeat(found, ({ id }) => id, tile)}</ul>`
  }

  #empty() {
    return html`<div class="empty">
      ${picture(shapes)}
      <h3>Shapes you use again</h3>
      <p>Select something on the board and add it. It stays on this device, for all your boards. Drag it onto a board, or click it. Library
        files can be dropped here.</p>
      <button class="main" ?disabled=${!this.#canAdd} @click=${this.#add}>Add what is selected</button>
      <button class="plain" @click=${this.#choose}>Open a library file</button>
    </div>`
  }

  #menu(count: number) {
    return html`<wa-dropdown placement="bottom-end" @wa-select=${this.#onSelect}>
      <button slot="trigger" aria-label="Library actions" @click=${openWhenReady}>${icon('more')}</button>
      <wa-dropdown-item value="open">Open a library file…</wa-dropdown-item>
      <wa-dropdown-item value="save" ?disabled=${count === 0}>Save all as a file</wa-dropdown-item>
    </wa-dropdown>`
  }

  #carried() {
    const { carried } = this.#drag
    if (!carried) return nothing
    const [x, y] = carried.client
    const isOver = !this.#isInside(carried.client)
    return html`<div class="carried ${isOver ? 'over' : ''}" style=${`left:${x}px;top:${y}px`}>
      ${this.carriedUrl ? html`<img src=${this.carriedUrl} alt="" />` : nothing}
    </div>`
  }

  get #canAdd(): boolean {
    return this.editor !== undefined && this.editor.state.selection.size > 0
  }

  /** Items in a row, which the width of the window decides. */
  get #columns(): number {
    const list = this.renderRoot.querySelector('ul')
    return list ? getComputedStyle(list).gridTemplateColumns.split(' ').length : 1
  }

  readonly #add = async (): Promise<void> => {
    const id = await this.library?.addSelection()
    if (id === undefined) return
    this.query = ''
    this.#rename(id)
  }

  #rename(id: string | undefined): void {
    this.naming = id
    if (id !== undefined) this.current = id
  }

  #stand(id: string): void {
    this.current = id
  }

  #press(id: string, event: PointerEvent): void {
    if (this.editor?.board.readOnly !== undefined) return
    this.#drag.press(id, event)
    void this.library?.picture(id, this.theme).then(blob => {
      if (blob && this.carriedUrl === '' && this.#drag.isUnderWay) this.carriedUrl = URL.createObjectURL(blob)
    })
  }

  /** Onto the canvas, wherever that is not under this panel. */
  #drop(id: string, client: Vec): void {
    if (!this.editor || this.#isInside(client)) return
    void this.library?.insert(id, toWorld(this.editor.state.camera, client))
  }

  #isInside([x, y]: Vec): boolean {
    const box = this.section?.getBoundingClientRect()
    return box !== undefined && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom
  }

  readonly #choose = (): void => this.chooser?.click()

  readonly #onSelect = (event: CustomEvent<{ item: { value: string } }>): void => {
    if (event.detail.item.value === 'open') this.#choose()
    else void this.library?.exportFile()
  }

  readonly #onChosen = (event: Event): void => {
    const input = event.target as HTMLInputElement
    const files = [...(input.files ?? [])]
    // So that choosing the same file again is a change.
    input.value = ''
    this.#importFiles(files)
  }

  readonly #onFilesOver = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
    this.isTaking = true
  }

  readonly #onFilesLeave = (event: DragEvent): void => {
    // From one part of the panel to another is not away.
    if (!(event.relatedTarget instanceof Node && this.section?.contains(event.relatedTarget)))
      this.isTaking = false
  }

  readonly #onFilesDropped = (event: DragEvent): void => {
    this.isTaking = false
    const files = [...(event.dataTransfer?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    this.#importFiles(files)
  }

  #importFiles(files: readonly File[]): void {
    // It may still be read; where it cannot be, the person was told.
    void this.editor?.library?.open().then(
      library => library.importFiles(files),
      () => {},
    )
  }

  readonly #onSearch = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value
  }

  readonly #onSearchKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return
    if (event.key === 'ArrowDown') this.renderRoot.querySelector<LibraryTile>('drift-library-tile')?.focus()
    else if (event.key === 'Escape' && this.query !== '') this.query = ''
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.composedPath().some(isOpenMenu)) return
    if (event.key === 'Escape') this.#close()
    else if (!this.#onItemKey(event)) return
    event.preventDefault()
    event.stopPropagation()
  }

  /** Returns false for a key that does nothing. */
  #onItemKey(event: KeyboardEvent): boolean {
    const { key, target } = event
    const id = target instanceof HTMLElement ? target.dataset.id : undefined
    const [inner] = event.composedPath()
    // The keys of its menu are the menu's.
    if (id === undefined || !(inner instanceof HTMLElement && inner.matches('.item'))) return false
    const tiles = [...this.renderRoot.querySelectorAll<LibraryTile>('drift-library-tile')]
    const at = tiles.findIndex(tile => tile.dataset.id === id)
    const to = itemByKey(key, at, tiles.length, this.#columns)
    if (to !== undefined) tiles[to]?.focus()
    else if (key === 'F2') this.#rename(id)
    else if (key === 'Delete' || key === 'Backspace') {
      ;(tiles[at + 1] ?? tiles[at - 1])?.focus()
      this.library?.remove(id)
    } else return false
    return true
  }

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('close-panel'))
  }
}

/** Its keys are its own, that which closes it too. */
const isOpenMenu = (part: EventTarget): boolean =>
  part instanceof HTMLElement && part.matches('wa-dropdown[open], wa-dropdown-item')

declare global {
  interface HTMLElementTagNameMap {
    'drift-library': LibraryPanel
  }
}
