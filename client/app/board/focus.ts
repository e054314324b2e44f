import { css, html, LitElement } from 'lit'
import { customElement } from 'lit/decorators.js'
import leave from 'lucide-static/icons/minimize-2.svg?raw'
import { picture } from '../ui/icons.ts'
import { base, buttons, panel } from '../ui/styles.ts'

/**
 * The way back from a board that shows nothing but itself.
 *
 * @fires close-panel - The person wants the panels again.
 */
@customElement('drift-focus')
export class Focus extends LitElement {
  static override styles = [
    base,
    buttons,
    panel,
    css`
      :host {
        position: absolute;
        top: 0;
        right: 0;
        pointer-events: auto;
        opacity: 0.4;
        transition: opacity var(--quick) var(--ease);
      }
      :host(:hover),
      :host(:focus-within) {
        opacity: 1;
      }
    `,
  ]

  override render() {
    return html`<div class="panel"><button aria-label="Leave focus mode" data-tip="Show the panels again"
      @click=${() => this.dispatchEvent(new CustomEvent('close-panel'))}>${picture(leave)}</button></div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-focus': Focus
  }
}
