import { css, html, LitElement } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { fire } from '../events.ts'
import { logo } from '../home/logo.ts'
import { base, buttons } from '../ui/styles.ts'
import { gateStyles } from './gate.styles.ts'

/**
 * What is shown when the keys of this device cannot be read.
 *
 * @fires {CustomEvent<null>} try-again - The person did something about it, or hopes.
 * @fires {CustomEvent<null>} go-without-storage - They want to draw anyway.
 */
@customElement('drift-stuck')
export class StuckPage extends LitElement {
  static override styles = [
    base,
    buttons,
    gateStyles,
    css`
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      .buttons button {
        height: 44px;
      }
    `,
  ]

  /** What happened and what to do. */
  @property() message = ''

  override render() {
    return html`<main class="wide">
      <span class="brand">${logo}Driftboard</span>
      <div class="head">
        <h1>Your boards cannot be opened</h1>
        <p>${this.message}</p>
      </div>
      <div class="buttons">
        <button class="main" @click=${() => fire(this, 'try-again', null)}>Try again</button>
        <button class="plain" @click=${() => fire(this, 'go-without-storage', null)}>Go on without them</button>
      </div>
      <p class="quiet">Without them, boards are in the memory of this tab alone until it closes.</p>
    </main>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-stuck': StuckPage
  }
}
