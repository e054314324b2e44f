import { css, html, LitElement, type PropertyValues } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import printer from 'lucide-static/icons/printer.svg?raw'
import { fire } from '../events.ts'
import { copyText } from '../ui/copy.ts'
import { icon, picture } from '../ui/icons.ts'
import { base, buttons } from '../ui/styles.ts'
import { printRecoveryCode } from './recovery-sheet.ts'

/**
 * The recovery code, the one time that it is shown.
 *
 * @fires {CustomEvent<null>} recovery-kept - The person has it somewhere else now.
 */
@customElement('drift-recovery-code')
export class RecoveryCode extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        gap: var(--space-4);
      }
      p {
        margin: 0;
      }
      .code {
        display: grid;
        grid-template-columns: repeat(3, auto);
        gap: var(--space-2) var(--space-4);
        justify-content: center;
        margin: 0;
        padding: var(--space-4);
        border-radius: var(--radius);
        background: var(--surface-sunk);
        box-shadow: inset 0 0 0 1px var(--line);
        font: 550 1rem/1.4 "JetBrains Mono Variable", ui-monospace, monospace;
        letter-spacing: 0.06em;
        text-align: center;
        user-select: all;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      .buttons .main {
        margin-left: auto;
      }
      .icon svg {
        width: 16px;
        height: 16px;
      }
      .status:empty {
        display: none;
      }
      @media (max-width: 440px) {
        .buttons .plain,
        .buttons .main {
          flex: 1 0 40%;
        }
      }
    `,
  ]

  /** In groups, with a hyphen between them. */
  @property() code = ''
  @state() private told = ''
  @query('.code') private shown: HTMLElement | undefined

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('code')) this.renderRoot.querySelector<HTMLElement>('.print')?.focus()
  }

  override render() {
    return html`<p>
        If your passkey or passphrase is ever lost, <strong>only this code opens your boards</strong>. It is shown this
        once. Keep it where you keep important papers, away from this device.
      </p>
      <div class="code" role="group" aria-label="Recovery code">
        ${this.code.split('-').map(group => html`<span>${group}</span>`)}
      </div>
      <p class="status" role="status">${this.told}</p>
      <div class="buttons">
        <button class="plain print" @click=${() => printRecoveryCode(this.code)}>${picture(printer)}Print</button>
        <button class="plain" @click=${this.#copy}>${icon('copy')}Copy</button>
        <button class="main" @click=${() => fire(this, 'recovery-kept', null)}>I have kept it</button>
      </div>`
  }

  readonly #copy = async (): Promise<void> => {
    const isDone = this.shown !== undefined && (await copyText(this.code, this.shown))
    this.told = isDone
      ? 'The code was copied. Paste it somewhere safe, and not only on this device.'
      : 'This browser does not let the page copy. Mark the code and copy it by hand.'
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-recovery-code': RecoveryCode
  }
}
