import { html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { fire } from '../events.ts'
import type { ListedBoard } from '../model/listed-board.ts'
import type { Notices } from '../model/notices.ts'
import { boardLinkIn } from '../model/routes.ts'
import type { ThemeStore } from '../model/theme.ts'
import { icon } from '../ui/icons.ts'
import { base, buttons, fields, panel } from '../ui/styles.ts'
import { homeStyles } from './home.styles.ts'
import { logo, welcomePicture } from './logo.ts'
import './card.ts'
import './theme-switch.ts'
import '../ui/tips.ts'

const POINTS: readonly (readonly [title: string, text: string])[] = [
  ['Yours first', 'Boards are kept on this device. Draw on a train, in a tunnel, without an account.'],
  ['Together, live', 'Send a board’s link. Everyone who opens it draws on it with you.'],
  ['Merged, never lost', 'What was drawn apart comes together when the network is back.'],
]

/**
 * The boards of this device.
 *
 * @fires {CustomEvent<null>} new-board - The person wants a new board.
 * @fires {CustomEvent<BoardLink>} open-board - The person opens a board, of this device or by its link.
 * @fires {CustomEvent<{id: string, title: string}>} rename-board - A board has another title.
 * @fires {CustomEvent<{id: string}>} delete-board - A board goes off the list.
 * @fires {CustomEvent<{id: string}>} restore-board - The deletion is taken back.
 */
@customElement('drift-home')
export class Home extends LitElement {
  static override styles = [base, panel, buttons, fields, homeStyles]

  /** The latest opened first; undefined while they are being read. */
  @property({ attribute: false }) boards: readonly ListedBoard[] | undefined
  @property({ attribute: false }) notices: Notices | undefined
  @property({ attribute: false }) themes: ThemeStore | undefined
  /** ms since the epoch, for "opened 2 hours ago". */
  @property({ type: Number }) now = Date.now()
  @state() private isOpeningLink = false
  @state() private linkError = ''
  /** Withdraws the offers to undo a deletion. */
  #offers: (() => void)[] = []

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
        <drift-theme-switch .themes=${this.themes}></drift-theme-switch>
      </header>
      <main>${this.boards === undefined ? nothing : this.boards.length === 0 ? this.#empty() : this.#list(this.boards)}</main>
      <drift-tips></drift-tips>
    </div>`
  }

  #list(boards: readonly ListedBoard[]) {
    return html`
      <div class="head">
        <h1>Your boards</h1>
        <div class="actions">${this.#linkButton()}${this.#newButton()}</div>
      </div>
      ${this.#linkForm()}
      <ul class="grid" aria-label="Boards" @delete-board=${this.#onDeleted}>
        ${repeat(
          boards,
          ({ id }) => id,
          board => html`<li><drift-board-card .board=${board} .now=${this.now}></drift-board-card></li>`,
        )}
      </ul>
    `
  }

  #empty() {
    return html`<section class="welcome">
      ${welcomePicture}
      <h1>Sketch together. Keep it yours.</h1>
      <p class="lead">A whiteboard that lives on your device and is drawn on together.</p>
      <div class="actions">${this.#newButton()}${this.#linkButton()}</div>
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
    const title = this.boards?.find(board => board.id === id)?.title || 'Untitled board'
    const withdraw = this.notices?.info(`“${title}” was deleted from this device.`, {
      label: 'Undo',
      run: () => fire(this, 'restore-board', { id }),
    })
    if (withdraw) this.#offers.push(withdraw)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-home': Home
  }
}
