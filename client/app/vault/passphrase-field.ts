import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import eyeOff from 'lucide-static/icons/eye-off.svg?raw'
import { icon, picture } from '../ui/icons.ts'

/** For whoever renders a field: it lies in their tree, so that their form has its value. */
export const passphraseStyles = css`
  drift-passphrase {
    display: grid;
    gap: 4px;
  }
  drift-passphrase label {
    font-weight: 550;
  }
  drift-passphrase .with-eye {
    position: relative;
  }
  drift-passphrase input.field {
    padding-right: 44px;
  }
  drift-passphrase .with-eye button {
    position: absolute;
    inset: 0 0 0 auto;
    width: 40px;
    min-width: 0;
    height: 100%;
    color: var(--text-quiet);
  }
  drift-passphrase .caps {
    color: light-dark(#8f5600, var(--warn));
    font-size: var(--type-s);
  }
  @media (pointer: coarse) {
    drift-passphrase .with-eye button {
      width: 44px;
    }
  }
`

/** A field for a passphrase, which can be shown, and which says when Caps Lock is on. */
@customElement('drift-passphrase')
export class PassphraseField extends LitElement {
  @property() label = 'Passphrase'
  /** Of the field in its form. */
  @property() name = 'passphrase'
  @property() purpose: 'current-password' | 'new-password' = 'current-password'
  /** The id of the element that says what is wrong. */
  @property() problem = ''
  @property({ type: Boolean }) invalid = false
  @state() private isShown = false
  @state() private hasCapsLock = false
  @query('input') private input: HTMLInputElement | undefined

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  /** Also before it was drawn. */
  override focus(): void {
    void this.updateComplete.then(() => this.input?.focus())
  }

  /** To be typed over: after a wrong one. */
  select(): void {
    void this.updateComplete.then(() => this.input?.select())
  }

  override render() {
    return html`<label for=${`${this.name}-input`}>${this.label}</label>
      <div class="with-eye">
        <input class="field" id=${`${this.name}-input`} name=${this.name} type=${this.isShown ? 'text' : 'password'}
          autocomplete=${this.purpose} autocapitalize="off" autocorrect="off" spellcheck="false" required
          aria-invalid=${this.invalid} aria-describedby=${`${this.problem} ${this.name}-caps`}
          @keydown=${this.#onKey} @keyup=${this.#onKey} @blur=${() => (this.hasCapsLock = false)} />
        <button type="button" aria-label="Show what is typed" aria-pressed=${this.isShown}
          @mousedown=${(event: Event) => event.preventDefault()} @click=${() => (this.isShown = !this.isShown)}>
          ${this.isShown ? picture(eyeOff) : icon('eye')}
        </button>
      </div>
      <span class="caps" id=${`${this.name}-caps`} role="status">${this.hasCapsLock ? 'Caps Lock is on.' : nothing}</span>`
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    this.hasCapsLock = event.getModifierState?.('CapsLock') ?? false
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-passphrase': PassphraseField
  }
}
