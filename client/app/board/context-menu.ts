import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { keyed } from 'lit/directives/keyed.js'
import { styleMap } from 'lit/directives/style-map.js'
import type { Vec } from '../../../shared/geometry/vec.ts'
import type { AppEditor } from '../app-editor.ts'
import { CANVAS_MENU, type CommandGroups, SELECTION_MENU, shownGroups } from '../model/command-groups.ts'
import { base, menus } from '../ui/styles.ts'
import { commandGroups, factsOf } from './command-items.ts'

/** The commands for what lies under the pointer. */
@customElement('drift-context-menu')
export class ContextMenu extends LitElement {
  static override styles = [
    base,
    menus,
    css`
      button {
        position: fixed;
        width: 1px;
        height: 1px;
        padding: 0;
        border: 0;
        background: transparent;
        pointer-events: none;
      }
      button:focus-visible {
        outline: none;
      }
    `,
  ]

  @property({ attribute: false }) editor: AppEditor | undefined
  /** Client coordinates while the menu is open. */
  @state() private at: Vec | undefined

  /** Opens the menu at a point of the window. */
  show(at: Vec): void {
    this.at = at
  }

  override render() {
    const { at, editor } = this
    if (!at || !editor) return nothing
    const menu = editor.state.selection.size > 0 ? SELECTION_MENU : CANVAS_MENU
    const groups = shownGroups(menu, factsOf(editor))
    // One of its own for each opening: the press that asks for the next one closes the last, which goes on for a while.
    return keyed(
      at,
      html`<wa-dropdown open placement="bottom-start" distance="0" @wa-select=${this.#onSelect} @wa-after-hide=${() => this.#onHidden(at)}>
      <button slot="trigger" tabindex="-1" aria-label="Actions"
        style=${styleMap({ left: `${at[0]}px`, top: topFor(at[1], groups) })}></button>
      ${commandGroups(editor, groups)}
    </wa-dropdown>`,
    )
  }

  readonly #onSelect = (event: CustomEvent<{ item: { value?: string } }>): void => {
    const { value } = event.detail.item
    if (value) this.editor?.run(value.replace('command:', ''))
  }

  #onHidden(at: Vec): void {
    if (this.at === at) this.at = undefined
  }
}

/** The pointer's height, or as far above as the menu needs to be shown whole; rows and lines as the styles set them. */
const topFor = (y: number, groups: CommandGroups): string =>
  `max(8px, min(${y}px, 100dvh - 28px - ${groups.flat().length} * var(--menu-row) - ${groups.length - 1} * 13px))`

declare global {
  interface HTMLElementTagNameMap {
    'drift-context-menu': ContextMenu
  }
}
