import type WaDropdown from '@awesome.me/webawesome/dist/components/dropdown/dropdown.js'
import { html, LitElement, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { LIMITS } from '../../../shared/schema/limits.ts'
import type { PageControl, PageInfo } from '../../editor/actions.ts'
import type { AppEditor } from '../app-editor.ts'
import { EditorController } from '../editor-controller.ts'
import { StoreController } from '../store-controller.ts'
import { icon } from '../ui/icons.ts'
import { openWhenReady } from '../ui/ready.ts'
import { base, buttons, menus, panel } from '../ui/styles.ts'
import { pagesStyles } from './pages.styles.ts'

/** A page that is dragged, and the gap between pages that it would go to. */
interface Drag {
  readonly from: number
  readonly gap: number
}

/**
 * The pages of the board: turns to them, and adds, names, orders, copies and removes them.
 *
 * @fires close-panel - The person closed it.
 */
@customElement('drift-pages')
export class Pages extends LitElement {
  static override styles = [base, panel, buttons, menus, pagesStyles]

  @property({ attribute: false }) editor: AppEditor | undefined
  @state() private naming: string | null = null
  @state() private drag: Drag | null = null
  @query('input') private field: HTMLInputElement | undefined

  constructor() {
    super()
    new EditorController(this, ({ board }) => [board.readOnly])
    new StoreController(this, () => this.editor?.pages)
  }

  override render() {
    const pages = this.editor?.pages
    if (!pages) return nothing
    const canWrite = this.editor?.board.readOnly === undefined
    return html`<section class="panel" aria-label="Pages" @keydown=${this.#onKey}>
      <header>
        <h2>Pages</h2>
        ${canWrite ? html`<button aria-label="Add a page" data-tip="Add a page" @click=${() => this.#add(pages)}>${icon('plus')}</button>` : nothing}
        <button aria-label="Close" data-tip="Close" @click=${this.#close}>${icon('close')}</button>
      </header>
      <ol @dragover=${this.#onDragOver} @drop=${this.#onDrop} @dragleave=${this.#onDragEnd}>
        ${pages.pages.map((page, i) => this.#row(pages, page, i, canWrite))}
      </ol>
    </section>`
  }

  #row(pages: PageControl, { id, name }: PageInfo, at: number, canWrite: boolean) {
    const isHere = id === pages.page
    const { drag } = this
    const isLast = at === pages.pages.length - 1
    const over = drag?.gap === at ? 'over' : isLast && drag?.gap === at + 1 ? 'over below' : ''
    if (this.naming === id)
      return html`<li class="here"><input aria-label="Name of the page" .value=${name} maxlength=${LIMITS.titleLength}
        autocomplete="off" @keydown=${this.#onNameKey} @blur=${() => this.#name(pages, id)} /></li>`
    return html`<li class="${isHere ? 'here' : ''} ${over}" draggable=${canWrite ? 'true' : 'false'} data-at=${at}
      @dragstart=${(event: DragEvent) => this.#onDragStart(event, at)} @dragend=${this.#onDragEnd}>
      <button class="name" aria-current=${isHere ? 'page' : 'false'} @click=${() => pages.show(id)}
        @dblclick=${() => canWrite && this.#rename(id)}><span>${name}</span></button>
      ${canWrite ? this.#menu(pages, id, at) : nothing}
    </li>`
  }

  #menu(pages: PageControl, id: string, at: number) {
    const isOnly = pages.pages.length === 1
    const item = (act: string, title: string, isOff = false) =>
      html`<wa-dropdown-item value=${act} ?disabled=${isOff} variant=${act === 'remove' ? 'danger' : 'default'}>${title}</wa-dropdown-item>`
    return html`<wa-dropdown placement="bottom-end" @wa-select=${(
      event: CustomEvent<{ item: { value: string } }>,
    ) => this.#act(pages, id, at, event.detail.item.value)}>
      <button slot="trigger" class="acts" aria-label="Actions" @click=${openWhenReady}>${icon('more')}</button>
      ${item('rename', 'Rename')}${item('duplicate', 'Duplicate')}
      ${item('up', 'Move up', at === 0)}${item('down', 'Move down', at === pages.pages.length - 1)}
      <hr role="separator" />
      ${item('remove', 'Delete', isOnly)}
    </wa-dropdown>`
  }

  #act(pages: PageControl, id: string, at: number, act: string): void {
    if (act === 'rename') this.#rename(id)
    else if (act === 'duplicate') pages.duplicate(id)
    else if (act === 'up') pages.move(id, at - 1)
    else if (act === 'down') pages.move(id, at + 1)
    else if (act === 'remove') pages.remove(id)
  }

  #add(pages: PageControl): void {
    this.#rename(pages.add())
  }

  #rename(id: string): void {
    this.naming = id
    void this.updateComplete.then(() => {
      this.field?.focus()
      this.field?.select()
    })
  }

  #name(pages: PageControl, id: string): void {
    const name = this.field?.value.trim()
    const before = pages.pages.find(page => page.id === id)?.name
    if (this.naming === id && name !== undefined && name !== before) pages.rename(id, name)
    this.naming = null
  }

  readonly #onNameKey = (event: KeyboardEvent): void => {
    event.stopPropagation()
    if (event.isComposing) return
    if (event.key === 'Escape') this.naming = null
    if (event.key === 'Enter') this.field?.blur()
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const pages = this.editor?.pages
    const at = Number((event.target as HTMLElement).closest<HTMLElement>('li')?.dataset.at)
    const page = pages?.pages[at]
    const isOpen = this.renderRoot.querySelector<WaDropdown>('wa-dropdown[open]')
    if (isOpen) return
    if (event.key === 'Escape') this.#close()
    else if (event.key === 'F2' && page && this.editor?.board.readOnly === undefined) this.#rename(page.id)
    else if (event.altKey && pages && page && event.key === 'ArrowUp' && at > 0) pages.move(page.id, at - 1)
    else if (event.altKey && pages && page && event.key === 'ArrowDown') pages.move(page.id, at + 1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  #onDragStart(event: DragEvent, from: number): void {
    event.dataTransfer?.setData('text/x-page', String(from))
    if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move'
    this.drag = { from, gap: from }
  }

  readonly #onDragOver = (event: DragEvent): void => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('li')
    if (!this.drag || !row) return
    event.preventDefault()
    event.stopPropagation()
    const { top, height } = row.getBoundingClientRect()
    const gap = Number(row.dataset.at) + (event.clientY > top + height / 2 ? 1 : 0)
    if (gap !== this.drag.gap) this.drag = { ...this.drag, gap }
  }

  readonly #onDrop = (event: DragEvent): void => {
    const { drag } = this
    const pages = this.editor?.pages
    const page = drag && pages?.pages[drag.from]
    if (!drag || !pages || !page) return
    event.preventDefault()
    event.stopPropagation()
    this.drag = null
    // Taking it out moves what lies behind it up by one.
    const to = drag.gap > drag.from ? drag.gap - 1 : drag.gap
    if (to !== drag.from) pages.move(page.id, to)
  }

  readonly #onDragEnd = (event: DragEvent): void => {
    if (event.type === 'dragend') this.drag = null
    else if (this.drag && !this.contains(event.relatedTarget as Node | null))
      this.drag = { ...this.drag, gap: -1 }
  }

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('close-panel'))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-pages': Pages
  }
}
