import { css, html, LitElement, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { AppEditor } from '../app-editor.ts'
import { EditorController } from '../editor-controller.ts'
import { fire } from '../events.ts'
import { MAIN_MENU } from '../model/command-groups.ts'
import type { ThemeChoice, ThemeStore } from '../model/theme.ts'
import { StoreController } from '../store-controller.ts'
import { icon } from '../ui/icons.ts'
import { shownKeys } from '../ui/keys.ts'
import { openWhenReady } from '../ui/ready.ts'
import { base, buttons, menus } from '../ui/styles.ts'
import { LOCK_KEYS } from '../vault/lock-keys.ts'
import { commandGroups } from './command-items.ts'

const THEMES: readonly { choice: ThemeChoice; title: string }[] = [
  { choice: 'light', title: 'Light' },
  { choice: 'dark', title: 'Dark' },
  { choice: 'system', title: 'As the system' },
]

/**
 * The main menu.
 *
 * @fires {CustomEvent<null>} go-home - The person wants the list of boards.
 * @fires {CustomEvent<null>} save-copy - They want the board as a file.
 * @fires {CustomEvent<null>} show-security - The person wants to see what protects the boards.
 * @fires {CustomEvent<null>} lock-vault - They lock the boards.
 * @fires choose-files - The person wants to pick files to add.
 * @fires show-help - The person wants the list of shortcuts.
 */
@customElement('drift-menu')
export class Menu extends LitElement {
  static override styles = [base, buttons, menus, css`:host { display: block; }`]

  private hasChosen = false
  @property({ attribute: false }) editor: AppEditor | undefined
  @property({ attribute: false }) themes: ThemeStore | undefined
  /** Whether a lock is there that can be closed now. */
  @property({ type: Boolean }) canLock = false

  constructor() {
    super()
    new EditorController(this, ({ state, board }) => [state.selection.size > 0, board.canUndo, board.canRedo])
    new StoreController(this, () => this.themes)
  }

  override render() {
    if (!this.editor) return nothing
    return html`<wa-dropdown placement="bottom-start" distance="10" @wa-select=${this.#onSelect}
      @wa-after-hide=${this.#giveKeysBack}>
      <button slot="trigger" aria-label="Menu" data-tip="Menu" @click=${openWhenReady}>${icon('menu')}</button>
      <wa-dropdown-item value="app:home">Your boards</wa-dropdown-item>
      <wa-dropdown-item value="app:files">Open a file…</wa-dropdown-item>
      <wa-dropdown-item value="app:copy">Save a copy…</wa-dropdown-item>
      <wa-dropdown-item value="command:image" ?disabled=${!this.editor.canRun('image')}>
        Add an image…<kbd slot="details">9</kbd>
      </wa-dropdown-item>
      <hr role="separator" />
      ${commandGroups(this.editor, MAIN_MENU)}
      <hr role="separator" />
      <h3 role="presentation">Theme</h3>
      ${THEMES.map(
        ({ choice, title }) => html`<wa-dropdown-item type="checkbox" value=${`theme:${choice}`}
          ?checked=${this.themes?.choice === choice}>
          ${title}${this.themes?.choice === choice ? icon('check', 'details') : nothing}
        </wa-dropdown-item>`,
      )}
      <hr role="separator" />
      <wa-dropdown-item value="app:security">Security…</wa-dropdown-item>
      ${this.canLock ? html`<wa-dropdown-item value="app:lock">Lock now<kbd slot="details">${shownKeys(LOCK_KEYS)}</kbd></wa-dropdown-item>` : nothing}
      <wa-dropdown-item value="app:help">Keyboard shortcuts<kbd slot="details">?</kbd></wa-dropdown-item>
    </wa-dropdown>`
  }

  /** The dropdown puts the focus on its button; after a choice the keyboard is the board's again. */
  readonly #giveKeysBack = (): void => {
    const { activeElement } = this.renderRoot as ShadowRoot
    if (this.hasChosen && activeElement instanceof HTMLElement) activeElement.blur()
    this.hasChosen = false
  }

  readonly #onSelect = (event: CustomEvent<{ item: { value: string } }>): void => {
    this.hasChosen = true
    const [kind, name = ''] = event.detail.item.value.split(':')
    if (kind === 'theme') {
      const chosen = THEMES.find(({ choice }) => choice === name)
      if (chosen) this.themes?.choose(chosen.choice)
    } else if (kind === 'command') this.editor?.run(name)
    else if (name === 'home') fire(this, 'go-home', null)
    else if (name === 'copy') fire(this, 'save-copy', null)
    else if (name === 'security') fire(this, 'show-security', null)
    else if (name === 'lock') fire(this, 'lock-vault', null)
    else this.dispatchEvent(new CustomEvent(name === 'files' ? 'choose-files' : 'show-help'))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-menu': Menu
  }
}
