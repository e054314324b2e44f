import { css, html, LitElement, nothing, type PropertyValues } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import fingerprint from 'lucide-static/icons/fingerprint.svg?raw'
import { type Clock, systemClock } from '../../../shared/util/clock.ts'
import { fire } from '../events.ts'
import { logo } from '../home/logo.ts'
import {
  IDLE,
  type LockKind,
  type ShownLock,
  secondsLeft,
  type UnlockProof,
  type Work,
} from '../model/vault-view.ts'
import { picture } from '../ui/icons.ts'
import { base, buttons, fields } from '../ui/styles.ts'
import { gateStyles } from './gate.styles.ts'
import { type PassphraseField, passphraseStyles } from './passphrase-field.ts'

/** ms. How often the wait is counted down. */
const TICK = 250

/**
 * What is shown in place of the boards while they are locked.
 *
 * @fires {CustomEvent<UnlockProof>} unlock-vault - The person brings what opens them.
 */
@customElement('drift-lock')
export class LockPage extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    gateStyles,
    passphraseStyles,
    css`
      .code {
        font-family: "JetBrains Mono Variable", ui-monospace, monospace;
        letter-spacing: 0.04em;
      }
    `,
  ]

  @property({ attribute: false }) locks: readonly ShownLock[] = []
  @property({ attribute: false }) work: Work<UnlockProof['kind']> = IDLE
  /** ms since the epoch: no passphrase is tried before. */
  @property({ attribute: false }) waitUntil: number | null = null
  @property({ attribute: false }) clock: Clock = systemClock
  @state() private isRecovering = false
  @query('drift-passphrase') private passphrase: PassphraseField | undefined
  @query('.code') private code: HTMLInputElement | undefined
  #cancelTick: () => void = () => {}

  override connectedCallback(): void {
    super.connectedCallback()
    document.title = 'Driftboard'
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#cancelTick()
  }

  override firstUpdated(): void {
    this.#focusFirst()
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.#cancelTick()
    if (this.#seconds > 0) this.#cancelTick = this.clock.after(TICK, () => this.requestUpdate())
    if (!changed.has('work') || this.work.at !== 'failed') return
    if (this.work.on === 'recovery') this.code?.select()
    if (this.work.on === 'passphrase') this.passphrase?.select()
  }

  override render() {
    return html`<main>
      <span class="brand">${logo}Driftboard</span>
      <div class="head">
        <h1>${this.isRecovering ? 'Open with the recovery code' : 'Your boards are locked'}</h1>
        <p class="quiet">${
          this.isRecovering
            ? 'It is what you printed or wrote down: nine groups of four letters and digits.'
            : 'They are encrypted on this device until you unlock them.'
        }</p>
      </div>
      <div class="card">${this.isRecovering ? this.#recovery() : this.#usual()}</div>
      ${this.#otherWay()}
    </main>`
  }

  #usual() {
    const [byPasskey, byPassphrase] = [this.#has('passkey'), this.#has('passphrase')]
    return html`${byPasskey ? this.#passkeyButton() : nothing}
      ${byPasskey && byPassphrase ? html`<span class="or">or</span>` : nothing}
      ${byPassphrase ? this.#passphraseForm() : nothing}`
  }

  #passkeyButton() {
    return html`<button class="main" ?disabled=${this.#isBusy} @click=${() => fire(this, 'unlock-vault', { kind: 'passkey' })}>
        ${picture(fingerprint)}${this.#isRunning('passkey') ? 'Waiting for the passkey…' : 'Unlock with your passkey'}
      </button>
      ${this.#problem('passkey')}`
  }

  #passphraseForm() {
    const seconds = this.#seconds
    const label = seconds > 0 ? `Wait ${seconds} s` : this.#isRunning('passphrase') ? 'Unlocking…' : 'Unlock'
    return html`<form novalidate @submit=${this.#onPassphrase}>
      <input hidden type="text" name="username" autocomplete="username" value="Driftboard" />
      <drift-passphrase problem="passphrase-problem" ?invalid=${this.#hasFailed('passphrase')}></drift-passphrase>
      ${this.#problem('passphrase')}
      <button class=${this.#has('passkey') ? 'plain' : 'main'} ?disabled=${this.#isBusy || seconds > 0}>${label}</button>
    </form>`
  }

  #recovery() {
    return html`<form novalidate @submit=${this.#onRecovery}>
      <input class="field code" name="code" aria-label="Recovery code" autocomplete="off" autocapitalize="characters"
        autocorrect="off" spellcheck="false" aria-invalid=${this.#hasFailed('recovery')} aria-describedby="recovery-problem" />
      ${this.#problem('recovery')}
      <button class="main" ?disabled=${this.#isBusy}>${this.#isRunning('recovery') ? 'Unlocking…' : 'Unlock'}</button>
    </form>`
  }

  #otherWay() {
    if (this.isRecovering) return html`<button class="quiet" @click=${this.#turn}>Back</button>`
    if (!this.#has('recovery')) return nothing
    return html`<button class="quiet" @click=${this.#turn}>Use the recovery code</button>`
  }

  #problem(kind: UnlockProof['kind']) {
    const { work } = this
    const text = work.at === 'failed' && work.on === kind ? work.message : ''
    // The button between them has no gap for a message that is not there.
    if (kind === 'passkey' && text === '') return nothing
    return html`<p class="bad problem" id=${`${kind}-problem`} role="alert">${text}</p>`
  }

  #has(kind: LockKind): boolean {
    return this.locks.some(lock => lock.kind === kind)
  }

  #isRunning(kind: UnlockProof['kind']): boolean {
    return this.work.at === 'running' && this.work.on === kind
  }

  #hasFailed(kind: UnlockProof['kind']): boolean {
    return this.work.at === 'failed' && this.work.on === kind
  }

  get #isBusy(): boolean {
    return this.work.at === 'running'
  }

  get #seconds(): number {
    return secondsLeft(this.waitUntil, this.clock.now())
  }

  readonly #turn = async (): Promise<void> => {
    this.isRecovering = !this.isRecovering
    await this.updateComplete
    this.#focusFirst()
  }

  #focusFirst(): void {
    const first = this.renderRoot.querySelector<HTMLElement>(
      '.card button.main, .card input.field:not([hidden])',
    )
    const target = this.#has('passkey') && !this.isRecovering ? first : (this.code ?? this.passphrase)
    target?.focus()
  }

  readonly #onPassphrase = (event: SubmitEvent): void => {
    event.preventDefault()
    const passphrase = textOf(event, 'passphrase')
    if (passphrase === '' || this.#isBusy || this.#seconds > 0) return
    fire(this, 'unlock-vault', { kind: 'passphrase', passphrase })
  }

  readonly #onRecovery = (event: SubmitEvent): void => {
    event.preventDefault()
    const code = textOf(event, 'code')
    if (code.trim() !== '' && !this.#isBusy) fire(this, 'unlock-vault', { kind: 'recovery', code })
  }
}

function textOf(event: SubmitEvent, name: string): string {
  const text = new FormData(event.target as HTMLFormElement).get(name)
  return typeof text === 'string' ? text : ''
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-lock': LockPage
  }
}
