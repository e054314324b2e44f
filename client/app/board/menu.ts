import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { AppEditor } from '../app-editor.ts'
import { EditorController } from '../editor-controller.ts'
import { withPart } from '../model/load-part.ts'
import type { Notices } from '../model/notices.ts'
import type { ThemeStore } from '../model/theme.ts'
import { StoreController } from '../store-controller.ts'
import { icon } from '../ui/icons.ts'
import { openWhenReady } from '../ui/ready.ts'
import { base, buttons, menus } from '../ui/styles.ts'
import { runAppAction } from './app-actions.ts'
import type { menuItems } from './menu-items.ts'

/**
 * The main menu.
 *
 * @fires {CustomEvent<null>} go-home - The person wants the list of boards.
 * @fires {CustomEvent<null>} save-copy - They want the board as a file.
 * @fires {CustomEvent<null>} show-security - The person wants to see what protects the boards.
 * @fires {CustomEvent<null>} lock-vault - They lock the boards.
 * @fires choose-files - The person wants to pick files to add.
 */
@customElement('drift-menu')
export class Menu extends LitElement {
  static override styles = [base, buttons, menus, css`:host { display: block; }`]

  /** Loaded with the dropdown. */
  @state() private items: typeof menuItems | undefined
  private hasChosen = false
  @property({ attribute: false }) editor: AppEditor | undefined
  @property({ attribute: false }) themes: ThemeStore | undefined
  @property({ attribute: false }) notices: Notices | undefined
  /** Whether a lock is there that can be closed now. */
  @property({ type: Boolean }) canLock = false

  constructor() {
    super()
    new EditorController(this, ({ state, board }) => [
      state.selection.size > 0,
      state.settings,
      board.canUndo,
      board.canRedo,
      board.shapes.size > 0,
      this.editor?.commands,
    ])
    new StoreController(this, () => this.themes)
  }

  override firstUpdated(): void {
    void customElements.whenDefined('wa-dropdown').then(async () => {
      await withPart(this.notices, {
        name: 'The menu',
        load: () => import('./menu-items.ts'),
        use: ({ menuItems }) => {
          this.items = menuItems
        },
      })
    })
  }

  override render() {
    if (!this.editor) return nothing
    return html`<wa-dropdown placement="bottom-start" distance="10" @wa-show=${this.#refresh} @wa-select=${this.#onSelect}
      @wa-after-hide=${this.#giveKeysBack}>
      <button slot="trigger" aria-label="Menu" data-tip="Menu" @click=${openWhenReady}>${icon('menu')}</button>
      ${this.items?.(this.editor, this.themes, this.canLock)}
    </wa-dropdown>`
  }

  /** What can be done depends on more than is watched while the menu is closed. */
  readonly #refresh = (): void => this.requestUpdate()

  /** The dropdown puts the focus on its button; after a choice the keyboard is the board's again. */
  readonly #giveKeysBack = (): void => {
    const { activeElement } = this.renderRoot as ShadowRoot
    if (this.hasChosen && activeElement instanceof HTMLElement) activeElement.blur()
    this.hasChosen = false
  }

  readonly #onSelect = (event: CustomEvent<{ item: { value?: string } }>): void => {
    const { value } = event.detail.item
    if (!value) return
    this.hasChosen = true
    const chooseFiles = () => this.dispatchEvent(new CustomEvent('choose-files'))
    if (runAppAction(this, value, { themes: this.themes, chooseFiles })) return
    this.editor?.run(value.slice('command:'.length))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-menu': Menu
  }
}
