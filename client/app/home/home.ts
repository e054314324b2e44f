import { html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import archive from 'lucide-static/icons/archive.svg?raw'
import folder from 'lucide-static/icons/folder-open.svg?raw'
import install from 'lucide-static/icons/monitor-down.svg?raw'
import type { DroppedFiles } from '../board/drop-zone.ts'
import { fire } from '../events.ts'
import { type BoardOrder, isBoardOrder, sorted } from '../model/board-order.ts'
import { type FoundBoard, search } from '../model/board-search.ts'
import { byteText } from '../model/byte-text.ts'
import { type ListedBoard, shownTitle } from '../model/listed-board.ts'
import type { Notices } from '../model/notices.ts'
import { boardLinkIn } from '../model/routes.ts'
import type { ThemeStore } from '../model/theme.ts'
import { StoreController } from '../store-controller.ts'
import { icon, picture } from '../ui/icons.ts'
import { openWhenReady } from '../ui/ready.ts'
import { base, buttons, fields, menus, panel } from '../ui/styles.ts'
import { homeStyles } from './home.styles.ts'
import { logo, welcomePicture } from './logo.ts'
import '../board/drop-zone.ts'
import './card.ts'
import './find-boards.ts'
import './theme-switch.ts'
import '../vault/security-buttons.ts'

const POINTS: readonly (readonly [title: string, text: string])[] = [
  ['Yours first', 'Boards are kept on this device. Draw on a train, in a tunnel, without an account.'],
  ['Together, live', 'Send a board’s link. Everyone who opens it draws on it with you.'],
  ['Merged, never lost', 'What was drawn apart comes together when the network is back.'],
]

/** In localStorage: no secret, and wanted before anything sealed is read. */
const ORDER_KEY = 'driftboard:board-order'

/** How much room this site takes on the device, and how much it may take; bytes. */
export interface StorageShare {
  readonly used: number
  readonly free: number
}

/**
 * The boards of this device.
 *
 * @fires {CustomEvent<null>} new-board - The person wants a new board.
 * @fires {CustomEvent<BoardLink>} open-board - The person opens a board, of this device or by its link.
 * @fires {CustomEvent<{id: string, title: string}>} rename-board - A board has another title.
 * @fires {CustomEvent<{id: string}>} duplicate-board - The person wants another board like one.
 * @fires {CustomEvent<{id: string}>} export-board - They want a board as a file.
 * @fires {CustomEvent<null>} install-app - They want the app installed.
 * @fires {CustomEvent<null>} show-backup - They want all boards in one file.
 * @fires {CustomEvent<AppEvents['open-files']>} open-files - Files were chosen or dropped.
 * @fires {CustomEvent<{id: string}>} delete-board - A board goes off the list.
 * @fires {CustomEvent<{id: string}>} restore-board - The deletion is taken back.
 */
@customElement('drift-home')
export class Home extends LitElement {
  static override styles = [base, panel, buttons, fields, menus, homeStyles]

  /** Undefined while they are being read. */
  @property({ attribute: false }) boards: readonly ListedBoard[] | undefined
  @property({ attribute: false }) notices: Notices | undefined
  @property({ attribute: false }) themes: ThemeStore | undefined
  /** ms since the epoch, for "opened 2 hours ago". */
  @property({ type: Number }) now = Date.now()
  /** Whether a lock is there that can be closed now. */
  @property({ type: Boolean }) canLock = false
  /** Whether the browser offers to install the app. */
  @property({ type: Boolean }) canInstall = false
  /** For a file input's `accept`. */
  @property() accept = ''
  /** Undefined where the browser does not tell. */
  @property({ attribute: false }) storage: StorageShare | undefined
  @state() private query = ''
  @state() private order: BoardOrder = readOrder()
  @state() private isOpeningLink = false
  @state() private linkError = ''
  /** Withdraws the offers to undo a deletion. */
  #offers: (() => void)[] = []

  constructor() {
    super()
    new StoreController(this, () => this.themes)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    document.title = 'Driftboard'
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    // Nobody listens to this page any more, so its offers to undo go with it.
    for (const withdraw of this.#offers) withdraw()
    this.#offers = []
  }

  override render() {
    return html`<div class="page">
      <header>
        <span class="brand">${logo}Driftboard</span>
        <drift-security-buttons ?canLock=${this.canLock}></drift-security-buttons>
        <drift-theme-switch .themes=${this.themes}></drift-theme-switch>
      </header>
      <main>${this.boards === undefined ? nothing : this.boards.length === 0 ? this.#empty() : this.#list(this.boards)}</main>
      <drift-tips></drift-tips>
      <drift-drop-zone text="Drop to open" @drop-files=${this.#onDropped}></drift-drop-zone>
      <input type="file" multiple hidden accept=${this.accept} @change=${this.#onChosen} />
    </div>`
  }

  #list(boards: readonly ListedBoard[]) {
    const found = search(sorted(boards, this.order), this.query)
    return html`
      <div class="head">
        <h1>Your boards</h1>
        <div class="actions">${this.#linkButton()}${this.#newButton()}${moreMenu(this.canInstall, this.#onMore)}</div>
      </div>
      ${this.#linkForm()}
      <drift-find-boards .order=${this.order} .query=${this.query} @find-boards=${this.#onFind} @order-boards=${this.#onOrder}></drift-find-boards>
      <p class="unseen" role="status">${this.query === '' ? nothing : foundText(found.length)}</p>
      ${found.length === 0 ? this.#nothingFound() : this.#cards(found)}
      <footer>${storageText(boards, this.storage)}</footer>
    `
  }

  #cards(found: readonly FoundBoard[]) {
    return html`<ul class="grid" aria-label="Boards" @delete-board=${this.#onDeleted}>
      ${repeat(
        found,
        ({ board }) => board.id,
        each => html`<li><drift-board-card .found=${each} .now=${this.now} .theme=${this.themes?.theme ?? 'light'}
          ?changes=${this.order === 'changed'}></drift-board-card></li>`,
      )}
    </ul>`
  }

  #nothingFound() {
    return html`<section class="not-found">
      <p>No board has “${this.query.trim()}” in its title or on it.</p>
      <button class="plain" @click=${() => (this.query = '')}>Show all boards</button>
    </section>`
  }

  #empty() {
    return html`<section class="welcome">
      ${welcomePicture}
      <h1>Sketch together. Keep it yours.</h1>
      <p class="lead">A whiteboard that lives on your device and is drawn on together.</p>
      <div class="actions">${this.#newButton()}${this.#linkButton()}
        <button class="plain" @click=${this.#chooseFiles}>${picture(folder)}Open a file…</button>
      </div>
      ${this.#linkForm()}
      <ul class="points">
        ${POINTS.map(([title, text]) => html`<li><h2>${title}</h2><p>${text}</p></li>`)}
      </ul>
    </section>`
  }

  #newButton() {
    return html`<button class="main" @click=${() => fire(this, 'new-board', null)}>${icon('plus')}New board</button>`
  }

  #linkButton() {
    return html`<button class="plain" aria-expanded=${this.isOpeningLink} @click=${this.#toggleLink}>${icon('link')}Open a link</button>`
  }

  #linkForm() {
    if (!this.isOpeningLink) return nothing
    return html`<form class="link" novalidate @submit=${this.#onLink}>
      <input class="field" name="link" aria-label="Link or id of a board" placeholder="Paste the link or the id of a board"
        autocomplete="off" spellcheck="false" aria-invalid=${this.linkError !== ''} aria-describedby="link-error"
        @input=${() => (this.linkError = '')} />
      <button class="main">Open</button>
      <p id="link-error" role="alert">${this.linkError}</p>
    </form>`
  }

  readonly #onMore = (event: CustomEvent<{ item: { value: string } }>): void => {
    const { value } = event.detail.item
    if (value === 'files') this.#chooseFiles()
    else if (value === 'install') fire(this, 'install-app', null)
    else fire(this, 'show-backup', null)
  }

  readonly #chooseFiles = (): void =>
    this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click()

  readonly #onChosen = (event: Event): void => {
    const input = event.target as HTMLInputElement
    const files = [...(input.files ?? [])]
    // So that choosing the same file again is a change.
    input.value = ''
    if (files.length > 0) fire(this, 'open-files', { files, at: null })
  }

  readonly #onDropped = ({ detail }: CustomEvent<DroppedFiles>): void =>
    fire(this, 'open-files', { files: detail.files, at: null })

  readonly #onFind = ({ detail }: CustomEvent<string>): void => {
    this.query = detail
  }

  readonly #onOrder = ({ detail }: CustomEvent<BoardOrder>): void => {
    this.order = detail
    try {
      localStorage.setItem(ORDER_KEY, detail)
    } catch {
      // Storage is switched off or full: the order holds until the page closes.
    }
  }

  readonly #toggleLink = async (): Promise<void> => {
    this.isOpeningLink = !this.isOpeningLink
    this.linkError = ''
    await this.updateComplete
    this.renderRoot.querySelector<HTMLInputElement>('.link .field')?.focus()
  }

  readonly #onLink = (event: SubmitEvent): void => {
    event.preventDefault()
    const text = new FormData(event.target as HTMLFormElement).get('link')
    const link = typeof text === 'string' ? boardLinkIn(text) : undefined
    if (link) fire(this, 'open-board', link)
    else this.linkError = 'This is not the link of a board. It looks like …/b/ and 22 letters and digits.'
  }

  /** On its way out: once the event has left this element, the board is off the list and its title with it. */
  readonly #onDeleted = (event: Event): void => {
    const { id } = (event as CustomEvent<{ id: string }>).detail
    const title = shownTitle(this.boards?.find(board => board.id === id) ?? { title: '' })
    const withdraw = this.notices?.info(`“${title}” was deleted from this device.`, {
      label: 'Undo',
      run: () => fire(this, 'restore-board', { id }),
    })
    if (withdraw) this.#offers.push(withdraw)
    void this.#focusBeside(event.composedPath())
  }

  /** The card that has the keyboard goes away: the next one gets it. */
  async #focusBeside(path: readonly EventTarget[]): Promise<void> {
    const cards = [...this.renderRoot.querySelectorAll('drift-board-card')]
    const at = cards.findIndex(card => path.includes(card))
    const beside = cards[at + 1] ?? cards[at - 1] ?? null
    await this.updateComplete
    if (beside) beside.focus()
    else this.renderRoot.querySelector<HTMLElement>('button.main')?.focus()
  }
}

const moreMenu = (canInstall: boolean, onSelect: (event: CustomEvent<{ item: { value: string } }>) => void) =>
  html`<wa-dropdown placement="bottom-end" @wa-select=${onSelect}>
    <button slot="trigger" class="plain more" aria-label="More" data-tip="More" @click=${openWhenReady}>${icon('more')}</button>
    <wa-dropdown-item value="files">${picture(folder, 'icon')}Open a file…</wa-dropdown-item>
    <wa-dropdown-item value="backup">${picture(archive, 'icon')}Back up all boards…</wa-dropdown-item>
    ${canInstall ? html`<wa-dropdown-item value="install">${picture(install, 'icon')}Install Driftboard…</wa-dropdown-item>` : nothing}
  </wa-dropdown>`

const foundText = (count: number): string => (count === 1 ? '1 board found' : `${count} boards found`)

function storageText(boards: readonly ListedBoard[], storage: StorageShare | undefined): string {
  const count = boards.length === 1 ? '1 board' : `${boards.length.toLocaleString()} boards`
  if (!storage) return count
  return `${count} · ${byteText(storage.used)} used, ${byteText(storage.free)} free on this device`
}

function readOrder(): BoardOrder {
  try {
    const order = localStorage.getItem(ORDER_KEY)
    return isBoardOrder(order) ? order : 'opened'
  } catch {
    return 'opened'
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-home': Home
  }
}
