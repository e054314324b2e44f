import { css, html, LitElement, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { fire } from '../events.ts'
import { icon } from '../ui/icons.ts'
import { shownKeys } from '../ui/keys.ts'
import { base, buttons } from '../ui/styles.ts'
import { LOCK_KEYS } from './lock-keys.ts'

/**
 * What protects the boards, and the way to lock them.
 *
 * @fires {CustomEvent<null>} show-security - The person wants to see what protects the boards.
 * @fires {CustomEvent<null>} lock-vault - They lock them.
 */
@customElement('drift-security-buttons')
export class SecurityButtons extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: flex;
        gap: 2px;
        margin-left: auto;
      }
      button {
        color: var(--text-quiet);
      }
      /* Beside the name and the themes there is little room on a phone. */
      @media (max-width: 380px) {
        :host {
          gap: 0;
          margin-right: calc(-1 * var(--space-2));
        }
        button {
          width: 40px;
          min-width: 0;
        }
      }
    `,
  ]

  @property({ type: Boolean }) canLock = false

  override render() {
    return html`<button aria-label="Security" aria-haspopup="dialog" data-tip="Security: what protects your boards"
        @click=${() => fire(this, 'show-security', null)}>${icon('shield')}</button>
      ${
        this.canLock
          ? html`<button aria-label="Lock now" data-tip="Lock now" data-keys=${shownKeys(LOCK_KEYS)}
              @click=${() => fire(this, 'lock-vault', null)}>${icon('lock')}</button>`
          : nothing
      }`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-security-buttons': SecurityButtons
  }
}
