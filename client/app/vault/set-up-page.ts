import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import fingerprint from 'lucide-static/icons/fingerprint.svg?raw'
import { fire } from '../events.ts'
import { logo } from '../home/logo.ts'
import { type ChosenLock, IDLE, type Work } from '../model/vault-view.ts'
import { picture } from '../ui/icons.ts'
import { base, buttons, fields } from '../ui/styles.ts'
import { gateStyles } from './gate.styles.ts'
import './new-passphrase.ts'
import './recovery-code.ts'

/** Why a lock is asked for. */
export type SetUpReason = 'required' | 'recovered'

const REASONS: Readonly<Record<SetUpReason, { readonly title: string; readonly text: string }>> = {
  required: {
    title: 'Lock your boards',
    text: 'What you draw is kept on this device, encrypted. This site asks for a lock that only you can open: choose one.',
  },
  recovered: {
    title: 'Welcome back. Set a new lock?',
    text: 'You came in with the recovery code. If the passkey or the passphrase is lost, set a new one now.',
  },
}

/**
 * Where the person chooses what locks their boards, then keeps the recovery code.
 *
 * @fires {CustomEvent<ChosenLock>} choose-lock - They chose.
 * @fires {CustomEvent<null>} keep-locks - They keep what there is; only after a recovery.
 * @fires {CustomEvent<null>} recovery-kept - They have the code somewhere else now.
 */
@customElement('drift-set-up')
export class SetUpPage extends LitElement {
  static override styles = [base, buttons, fields, gateStyles]

  @property() reason: SetUpReason = 'required'
  @property({ type: Boolean }) canUsePasskeys = false
  @property({ attribute: false }) work: Work<ChosenLock['kind']> = IDLE
  /** The recovery code, once the lock is set. */
  @property() code = ''

  override connectedCallback(): void {
    super.connectedCallback()
    document.title = 'Driftboard'
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('canUsePasskeys') || this.code !== '') return
    const first = this.canUsePasskeys ? 'button.main' : 'drift-new-passphrase'
    this.renderRoot.querySelector<HTMLElement>(first)?.focus()
  }

  override render() {
    const { title, text } = REASONS[this.reason]
    const isDone = this.code !== ''
    return html`<main class="wide">
      <span class="brand">${logo}Driftboard</span>
      <div class="head">
        <h1>${isDone ? 'Keep this recovery code' : title}</h1>
        ${isDone ? nothing : html`<p class="quiet">${text}</p>`}
      </div>
      <div class="card">
        ${isDone ? html`<drift-recovery-code .code=${this.code}></drift-recovery-code>` : this.#choice()}
      </div>
      ${
        this.reason === 'recovered' && !isDone
          ? html`<button class="quiet" @click=${() => fire(this, 'keep-locks', null)}>Keep the lock as it is</button>`
          : nothing
      }
    </main>`
  }

  #choice() {
    const { work } = this
    const failure = (kind: ChosenLock['kind']) =>
      work.at === 'failed' && work.on === kind ? work.message : ''
    return html`${this.canUsePasskeys ? this.#passkey(failure('passkey')) : nothing}
      <drift-new-passphrase full ?second=${this.canUsePasskeys} ?running=${work.at === 'running'}
        .failure=${failure('passphrase')}></drift-new-passphrase>`
  }

  #passkey(failure: string) {
    return html`<h2>With your fingerprint, face or PIN</h2>
      <button class="main" ?disabled=${this.work.at === 'running'} @click=${() => fire(this, 'choose-lock', { kind: 'passkey' })}>
        ${picture(fingerprint)}Use a passkey
      </button>
      ${failure === '' ? nothing : html`<p class="bad" role="alert">${failure}</p>`}
      <span class="or">or with a passphrase</span>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-set-up': SetUpPage
  }
}
