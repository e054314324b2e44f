import { css, html, LitElement } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { AppCommand } from '../app-editor.ts'
import { helpSections } from '../model/help-sections.ts'
import { shownKeys } from '../ui/keys.ts'
import { base, dialogs } from '../ui/styles.ts'

/**
 * The list of shortcuts, made from the editor's own commands.
 *
 * @fires close-help - The person closed it.
 */
@customElement('drift-help')
export class Help extends LitElement {
  static override styles = [
    base,
    dialogs,
    css`
      wa-dialog {
        --width: min(720px, calc(100vw - 32px));
      }
      .columns:focus {
        outline: none;
      }
      .columns {
        columns: 2 260px;
        column-gap: 40px;
      }
      section {
        break-inside: avoid;
        margin-bottom: 20px;
      }
      h3 {
        margin: 0 0 6px;
        color: var(--text-quiet);
        font: 600 var(--type-s) / 1.4 var(--font);
      }
      dl {
        margin: 0;
      }
      dl div {
        display: flex;
        gap: 12px;
        align-items: baseline;
        justify-content: space-between;
        padding: 4px 0;
      }
      dd {
        display: flex;
        gap: 6px;
        margin: 0;
        white-space: nowrap;
      }
      kbd {
        min-width: 22px;
        padding: 1px 6px;
        border-radius: 5px;
        background: var(--surface-sunk);
        box-shadow: inset 0 0 0 1px var(--line);
        font: 500 var(--type-s) / 1.5 var(--font);
        text-align: center;
      }
    `,
  ]

  @property({ attribute: false }) commands: readonly AppCommand[] = []
  @property({ type: Boolean, reflect: true }) open = false

  override render() {
    return html`<wa-dialog label="Keyboard shortcuts" light-dismiss ?open=${this.open} @wa-after-hide=${this.#onHidden}>
      <div class="columns" role="group" aria-label="Shortcuts" tabindex="0">
        ${helpSections(this.commands).map(
          ({ title, rows }) => html`<section><h3>${title}</h3><dl>
            ${rows.map(row => html`<div><dt>${row.title}</dt><dd>${row.keys.map(keys => html`<kbd>${shownKeys(keys)}</kbd>`)}</dd></div>`)}
          </dl></section>`,
        )}
      </div>
    </wa-dialog>`
  }

  readonly #onHidden = (event: Event): void => {
    if (event.target === event.currentTarget) this.dispatchEvent(new CustomEvent('close-help'))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-help': Help
  }
}
