import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { fire } from '../events.ts'
import { passphraseProblem } from '../model/vault-view.ts'
import { base, buttons, fields } from '../ui/styles.ts'
import { type PassphraseField, passphraseStyles } from './passphrase-field.ts'

/**
 * Asks for a new passphrase, twice, since what is mistyped locks out for good.
 *
 * @fires {CustomEvent<ChosenLock>} choose-lock - The person chose it.
 * @fires cancel-passphrase - They would rather not; only where `canCancel`.
 */
@customElement('drift-new-passphrase')
export class NewPassphrase extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    passphraseStyles,
    css`
      :host {
        display: block;
      }
      form {
        display: grid;
        gap: var(--space-3);
      }
      p {
        margin: 0;
      }
      p:empty {
        display: none;
      }
      .bad {
        color: var(--bad);
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
        justify-content: flex-end;
      }
      :host([full]) .buttons button,
      :host([full]) input.field {
        width: 100%;
        height: 44px;
      }
    `,
  ]

  /** What the button says. */
  @property() action = 'Use this passphrase'
  @property({ type: Boolean }) running = false
  /** Beside the main way, which is another one. */
  @property({ type: Boolean }) second = false
  @property({ type: Boolean }) canCancel = false
  /** Why it could not be set, in words for the person. */
  @property() failure = ''
  @state() private problem = ''
  @query('drift-passphrase[name=passphrase]') private first: PassphraseField | undefined
  @query('drift-passphrase[name=repeated]') private repeated: PassphraseField | undefined

  /** Also before it was drawn. */
  override focus(): void {
    void this.updateComplete.then(() => this.first?.focus())
  }

  override render() {
    const problem = this.problem || this.failure
    return html`<form novalidate @submit=${this.#onSubmit} @input=${() => (this.problem = '')}>
      <input hidden type="text" name="username" autocomplete="username" value="Driftboard" />
      <drift-passphrase label="New passphrase" name="passphrase" purpose="new-password" problem="problem"
        ?invalid=${problem !== ''}></drift-passphrase>
      <drift-passphrase label="The same again" name="repeated" purpose="new-password" problem="problem"
        ?invalid=${problem !== ''}></drift-passphrase>
      <p class="bad" id="problem" role="alert">${problem}</p>
      <div class="buttons">
        ${
          this.canCancel
            ? html`<button type="button" class="plain" @click=${() => this.dispatchEvent(new CustomEvent('cancel-passphrase'))}>Cancel</button>`
            : nothing
        }
        <button class=${this.second ? 'plain' : 'main'} ?disabled=${this.running}>${this.running ? 'Locking…' : this.action}</button>
      </div>
    </form>`
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (this.running) return
    const data = new FormData(event.target as HTMLFormElement)
    const passphrase = String(data.get('passphrase') ?? '')
    const problem = passphraseProblem(passphrase, String(data.get('repeated') ?? ''))
    this.problem = problem ?? ''
    if (problem === null) fire(this, 'choose-lock', { kind: 'passphrase', passphrase })
    else if (problem.includes('differ')) this.repeated?.select()
    else this.first?.focus()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-new-passphrase': NewPassphrase
  }
}
