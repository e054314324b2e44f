import { html, LitElement, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import type { Vec } from '../../../shared/geometry/vec.ts'
import type { PanelName } from '../../editor/actions.ts'
import type { AppEditor } from '../app-editor.ts'
import { EditorController } from '../editor-controller.ts'
import { fire } from '../events.ts'
import type { Notices } from '../model/notices.ts'
import { bareFor } from '../model/open-panels.ts'
import type { PersonKeys } from '../model/person-keys.ts'
import type { ReviewView } from '../model/review.ts'
import type { Sharing } from '../model/sharing.ts'
import { INITIAL_STATUS, type SyncStatus } from '../model/status.ts'
import { styleValues } from '../model/style-values.ts'
import type { ThemeStore } from '../model/theme.ts'
import { VIEW_ONLY } from '../model/view-only.ts'
import { StoreController } from '../store-controller.ts'
import { icon } from '../ui/icons.ts'
import { NARROW } from '../ui/narrow.ts'
import { base, buttons, panel } from '../ui/styles.ts'
import { boardStyles } from './board.styles.ts'
import type { ContextMenu } from './context-menu.ts'
import type { DroppedFiles } from './drop-zone.ts'
import { onLongPress } from './long-press.ts'
import type { PanelHost } from './panels.ts'
import type { Person } from './people.ts'
import { stylePreview } from './style-preview.ts'
// Not with what comes after the first picture: what is dropped before it is there, the browser opens instead of the board.
import './drop-zone.ts'
import './menu.ts'
import './panels.ts'
import './people.ts'
import './status.ts'
import './text-editor.ts'
import './title.ts'
import './toolbar.ts'
import './zoom.ts'

/**
 * One board, over the whole window: the canvas and the panels around it.
 *
 * @fires {CustomEvent<null>} go-home - The person wants the list of boards.
 * @fires {CustomEvent<{name: string}>} rename-self - The person chose another name.
 * @fires {CustomEvent<AppEvents['open-files']>} open-files - Files were chosen or dropped.
 * @fires {CustomEvent<null>} replace-links - The owner wants everybody removed who came by a link.
 */
@customElement('drift-board')
export class BoardPage extends LitElement {
  static override styles = [base, panel, buttons, boardStyles]

  @property({ attribute: false }) editor: AppEditor | undefined
  @property({ attribute: false }) status: SyncStatus = INITIAL_STATUS
  @property({ attribute: false }) notices: Notices | undefined
  @property({ attribute: false }) themes: ThemeStore | undefined
  @property({ attribute: false }) self: Person = { name: '', colour: '#5c6164' }
  /** How others can be brought here; undefined until that is known. */
  @property({ attribute: false }) sharing: Sharing | undefined
  /** For a file input's `accept`. */
  @property() accept = ''

  /** What others changed while the person was away; undefined for nothing. */
  @property({ attribute: false }) review: ReviewView | undefined

  /** Whether a lock is there that can be closed now. */
  @property({ type: Boolean }) canLock = false

  /** The shortcuts that the person chose. */
  @property({ attribute: false }) keys: PersonKeys | undefined

  @state() private openPanels: ReadonlySet<PanelName> = new Set()
  @state() private isShareOpen = false
  @state() private isStyleOpen = false
  @query('.canvas') private host: HTMLElement | undefined
  @query('drift-panels') private panels: PanelHost | undefined
  @query('drift-context-menu') private menu: ContextMenu | undefined
  @query('input[type=file]') private fileInput: HTMLInputElement | undefined

  readonly #narrow = matchMedia(NARROW)
  #stops: readonly (() => void)[] = []

  constructor() {
    super()
    new EditorController(this, ({ state, board }) => [
      state.selection.size > 0,
      state.tool,
      state.style,
      board.title,
      board.readOnly,
    ])
    new StoreController(this, () => this.themes)
  }

  /** Where the canvas goes and where input is listened to. There after the first update. */
  get canvas(): HTMLElement {
    if (!this.host)
      throw new Error('drift-board has no canvas before its first update: await updateComplete.')
    return this.host
  }

  togglePanel(panel: PanelName): void {
    this.panels?.toggle(panel)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    // Not the title of the board: browsers write those of pages into their history, where nothing is encrypted.
    document.title = 'Board – Driftboard'
    const update = () => this.requestUpdate()
    this.#narrow.addEventListener('change', update)
    this.addEventListener('wheel', this.#onWheel)
    this.#stops = [
      () => this.#narrow.removeEventListener('change', update),
      () => this.removeEventListener('wheel', this.#onWheel),
    ]
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const stop of this.#stops) stop()
  }

  override firstUpdated(): void {
    this.#stops = [...this.#stops, onLongPress(this.canvas, this.#onHeld)]
  }

  override render() {
    const theme = this.themes?.theme ?? 'light'
    const compact = this.#narrow.matches
    return html`
      <div class="canvas" role="application" aria-label="Canvas" @contextmenu=${this.#onContextMenu}
        @pointerdown=${this.#closeSheet}></div>
      <drift-text-editor .editor=${this.editor} .theme=${theme} @wheel=${this.#passWheel}></drift-text-editor>
      <drift-frame-name .editor=${this.editor} @wheel=${this.#passWheel}></drift-frame-name>
      <drift-table-editor .editor=${this.editor} .theme=${theme} @wheel=${this.#passWheel}></drift-table-editor>
      <main class=${`chrome ${bareFor(this.openPanels) ?? ''}`} @mousedown=${keepFocus}>
        <header>
          <div class="panel group left">
            <drift-menu .editor=${this.editor} .themes=${this.themes} .notices=${this.notices} ?canLock=${this.canLock}
              @choose-files=${() => this.fileInput?.click()}></drift-menu>
            <drift-title .editor=${this.editor} class=${this.status.viewOnly ? 'beside-badge' : ''}></drift-title>
            ${this.status.viewOnly ? viewOnlyBadge(compact) : nothing}
            ${compact ? html`<drift-status compact .status=${this.status}></drift-status>` : nothing}
          </div>
          ${this.#readOnly()}
          <div class="panel group right">
            <drift-people .editor=${this.editor} .self=${this.self} .compact=${compact}></drift-people>
            <button class="share main" aria-label="Share" data-tip="Bring others to this board" aria-haspopup="dialog"
              @click=${() => this.#showShare(true)}>
              ${icon('link')}${compact ? nothing : html`<span>Share</span>`}
            </button>
          </div>
        </header>
        <drift-review .editor=${this.editor} .review=${this.review}></drift-review>
        <drift-toolbar .editor=${this.editor}></drift-toolbar>
        ${this.#style(theme, compact)}
        <drift-zoom .editor=${this.editor}></drift-zoom>
        ${compact ? nothing : html`<drift-status class="panel corner" .status=${this.status}></drift-status>`}
        <drift-welcome .editor=${this.editor}></drift-welcome>
        <drift-panels .editor=${this.editor} .keys=${this.keys} .themes=${this.themes} .notices=${this.notices}
          @panels=${this.#onPanels} @show-share=${() => this.#showShare(true)} @choose-files=${() => this.fileInput?.click()}></drift-panels>
      </main>
      <drift-context-menu .editor=${this.editor}></drift-context-menu>
      <drift-drop-zone @drop-files=${this.#onDropped}></drift-drop-zone>
      <drift-share .sharing=${this.sharing} .open=${this.isShareOpen} @close-share=${() => this.#showShare(false)}></drift-share>
      <drift-tips></drift-tips>
      <input type="file" multiple hidden accept=${this.accept} @change=${this.#onChosen} />
    `
  }

  #readOnly() {
    const why = this.editor?.board.readOnly
    return why === undefined || why === VIEW_ONLY
      ? nothing
      : html`<p class="panel read-only" role="status">${why}</p>`
  }

  #style(theme: 'light' | 'dark', compact: boolean) {
    if (!this.editor || this.editor.board.readOnly !== undefined) return nothing
    const values = styleValues(this.editor)
    if (Object.keys(values).length === 0) return nothing
    const sheet = html`<div class="panel style" id="style" role="region" aria-label="Style">
      <div class="scroll"><drift-style-panel .editor=${this.editor} .theme=${theme}></drift-style-panel></div>
    </div>`
    if (!compact) return sheet
    return html`<button class="panel swatch" aria-label="Style" aria-expanded=${this.isStyleOpen} aria-controls="style"
        @click=${this.#toggleSheet}>${stylePreview(values, theme)}</button>
      ${this.isStyleOpen ? sheet : nothing}`
  }

  readonly #toggleSheet = (): void => {
    this.isStyleOpen = !this.isStyleOpen
  }

  readonly #closeSheet = (): void => {
    this.isStyleOpen = false
  }

  readonly #onPanels = (event: CustomEvent<{ open: ReadonlySet<PanelName> }>): void => {
    this.openPanels = event.detail.open
  }

  #showShare(isOpen: boolean): void {
    this.isShareOpen = isOpen
  }

  readonly #onContextMenu = (event: MouseEvent): void => {
    event.preventDefault()
    // A held finger is told apart by its time, the same on every platform.
    if (event instanceof PointerEvent && event.pointerType === 'touch') return
    this.#openMenu([event.clientX, event.clientY])
  }

  /** A finger held still: only where a drag does not draw, or every thoughtful stroke would open the menu. */
  readonly #onHeld = (client: Vec): void => {
    const tool = this.editor?.state.tool
    if (tool !== 'select' && tool !== 'hand') return
    this.editor?.handle({ type: 'cancel' })
    this.#openMenu(client)
  }

  /** Opens the menu for what is under the pointer, which becomes the selection, or for the canvas. */
  #openMenu(client: Vec): void {
    const { editor } = this
    if (!editor || editor.state.editing !== null) return
    editor.select(editor.targetAt(this.#toWorld(client), true))
    // It is among what is loaded after the first picture.
    if (this.menu && 'show' in this.menu) this.menu.show(client)
  }

  readonly #onDropped = ({ detail }: CustomEvent<DroppedFiles>): void => {
    fire(this, 'open-files', { files: detail.files, at: this.#toWorld(detail.client) })
  }

  readonly #onChosen = (event: Event): void => {
    const input = event.target as HTMLInputElement
    const files = [...(input.files ?? [])]
    // So that choosing the same file again is a change.
    input.value = ''
    if (files.length > 0) fire(this, 'open-files', { files, at: null })
  }

  /** Ctrl and the wheel, or a pinch on a trackpad, zoom the board wherever the pointer is, and never the page. */
  readonly #onWheel = (event: WheelEvent): void => {
    if ((event.ctrlKey || event.metaKey) && !event.defaultPrevented) this.#passWheel(event)
  }

  /** The wheel scrolls the board under a text that is being typed, too. */
  readonly #passWheel = (event: WheelEvent): void => {
    event.preventDefault()
    this.canvas.dispatchEvent(new WheelEvent('wheel', event))
  }

  #toWorld([x, y]: Vec): Vec {
    const { left, top } = this.canvas.getBoundingClientRect()
    const camera = this.editor?.state.camera ?? { x: 0, y: 0, zoom: 1 }
    return [(x - left) / camera.zoom + camera.x, (y - top) / camera.zoom + camera.y]
  }
}

const viewOnlyBadge = (compact: boolean) =>
  html`<span class="badge" data-tip=${VIEW_ONLY}>${icon('eye')}<span class=${compact ? 'unseen' : ''}>View only</span></span>`

/**
 * A press on a button of the chrome leaves the focus where it is, so that typing a text goes on while its colour
 * changes and the space bar goes on panning. The keyboard still reaches every button.
 */
function keepFocus(event: MouseEvent): void {
  const needsFocus = event
    .composedPath()
    .some(
      part =>
        part instanceof HTMLElement &&
        part.matches('input, textarea, wa-slider, wa-color-picker, wa-popover, wa-dialog'),
    )
  if (!needsFocus) event.preventDefault()
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-board': BoardPage
  }
}
