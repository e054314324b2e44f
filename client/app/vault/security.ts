import '@awesome.me/webawesome/dist/components/dialog/dialog.js'
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { fire } from '../events.ts'
import {
  dayText,
  IDLE,
  IDLE_CHOICES,
  isRealLock,
  type LockKind,
  type Protection,
  protectionText,
  type ShownLock,
  type Work,
} from '../model/vault-view.ts'
import { chooseByArrow } from '../ui/choose-by-arrow.ts'
import { icon } from '../ui/icons.ts'
import { shownKeys } from '../ui/keys.ts'
import { base, buttons, dialogs, fields } from '../ui/styles.ts'
import { LOCK_KEYS } from './lock-keys.ts'
import './new-passphrase.ts'
import './recovery-code.ts'
import { securityStyles } from './security.styles.ts'

/** What the person is asked before it is done. */
type Asking =
  | { readonly for: 'nothing' }
  | { readonly for: 'passphrase' }
  /** Whether the last lock may go. */
  | { readonly for: 'removal'; readonly id: string }
  | { readonly for: 'renewal' }

const NOTHING: Asking = { for: 'nothing' }

/**
 * What protects the boards on this device, and the ways to change it.
 *
 * @fires {CustomEvent<ChosenLock>} choose-lock - The person adds a passkey, or sets or changes the passphrase.
 * @fires {CustomEvent<{id: string}>} remove-lock - A lock goes.
 * @fires {CustomEvent<null>} renew-recovery - They want another recovery code.
 * @fires {CustomEvent<null>} recovery-kept - They have the shown code somewhere else now.
 * @fires {CustomEvent<{minutes: number | null}>} lock-when-idle - The idle time changes.
 * @fires {CustomEvent<null>} lock-vault - The boards are to be locked now.
 * @fires {CustomEvent<null>} close-security - They closed it.
 */
@customElement('drift-security')
export class Security extends LitElement {
  static override styles = [base, buttons, fields, dialogs, securityStyles]

  /** Null: nothing is kept on this device. */
  @property({ attribute: false }) protection: Protection | null = null
  @property({ attribute: false }) work: Work = IDLE
  /** The recovery code, until it is kept. */
  @property() code = ''
  @property({ type: Boolean, reflect: true }) open = false
  @state() private asking: Asking = NOTHING

  /** Forgets what was asked: it is done. */
  settle(): void {
    void this.#ask(NOTHING)
  }

  protected override updated(changed: PropertyValues<this>): void {
    // The button that had the keyboard went with the code.
    if (changed.get('code') && this.code === '') this.#focusOpener('renewal')
  }

  override render() {
    const isCode = this.code !== ''
    return html`<wa-dialog class=${isCode ? 'code' : ''} label=${isCode ? 'Keep this recovery code' : 'Security'} ?light-dismiss=${!isCode} ?open=${this.open}
      @wa-hide=${this.#onHide} @wa-after-hide=${this.#onHidden}>
      <div class="body">${isCode ? html`<drift-recovery-code .code=${this.code}></drift-recovery-code>` : this.#body()}</div>
    </wa-dialog>`
  }

  #body() {
    const { protection } = this
    if (!protection) {
      return html`<p>This browser keeps nothing on this device for Driftboard right now, so there is nothing to lock. Boards are in
        the memory of this tab alone.</p>`
    }
    const isLocked = protection.locks.some(isRealLock)
    return html`${this.#now(protection, isLocked)}
      <ul>
        ${this.#passkeys(protection)} ${this.#passphrase(protection)} ${isLocked ? this.#recovery(protection) : nothing}
      </ul>
      ${isLocked ? this.#idle(protection) : nothing}
      ${
        isLocked
          ? html`<div class="lock-now"><button class="plain" @click=${() => fire(this, 'lock-vault', null)}>
              ${icon('lock')}Lock now<kbd>${shownKeys(LOCK_KEYS)}</kbd></button></div>`
          : nothing
      }`
  }

  #now({ locks }: Protection, isLocked: boolean) {
    const { title, helps, fails } = protectionText(locks)
    return html`<section class=${isLocked ? 'now locked' : 'now'} aria-label="Protection">
      ${icon(isLocked ? 'lock' : 'shield')}
      <h3>${title}</h3>
      <p>${helps}</p>
      <p class="quiet">${fails}</p>
    </section>`
  }

  #passkeys({ locks, canUsePasskeys }: Protection) {
    const passkeys = of(locks, 'passkey')
    const about = canUsePasskeys
      ? `Unlock with your fingerprint, face or PIN.${locks.some(isRealLock) ? '' : ' Whoever copies the disk can read nothing.'}`
      : 'This browser or device offers none that can hold a key.'
    return html`${passkeys.map(lock =>
      this.#item(
        'Passkey',
        `Added on ${dayText(lock.addedAt)}.`,
        this.#removeButton(lock, 'passkey'),
        lock.id,
        lock,
      ),
    )}
    ${this.#item(
      passkeys.length > 0 ? 'Another passkey' : 'Passkey',
      about,
      html`<button class="plain" ?disabled=${!canUsePasskeys || this.#isBusy} @click=${() => fire(this, 'choose-lock', { kind: 'passkey' })}>
        ${this.#isOn('passkey') ? 'Waiting…' : 'Add a passkey'}</button>`,
      'passkey',
    )}`
  }

  #passphrase({ locks }: Protection) {
    const [lock] = of(locks, 'passphrase')
    const isAsked = this.asking.for === 'passphrase'
    const actions = html`<button class="plain" data-opens="passphrase" aria-expanded=${isAsked} ?disabled=${this.#isBusy}
        @click=${() => this.#ask(isAsked ? NOTHING : { for: 'passphrase' })}>${lock ? 'Change' : 'Set a passphrase'}</button>
      ${lock ? this.#removeButton(lock, 'passphrase') : nothing}`
    const { work } = this
    const form = html`<div class="passphrase">
      <drift-new-passphrase canCancel .action=${lock ? 'Change the passphrase' : 'Set the passphrase'}
        ?running=${this.#isOn('passphrase')} .failure=${work.at === 'failed' && work.on === 'passphrase' ? work.message : ''}
        @cancel-passphrase=${() => this.#ask(NOTHING)}></drift-new-passphrase>
    </div>`
    const about = lock
      ? `Set on ${dayText(lock.addedAt)}.`
      : 'Unlock with words only you know. Whoever copies the disk has to guess them.'
    return this.#item(
      'Passphrase',
      about,
      actions,
      isAsked ? '' : 'passphrase',
      lock,
      isAsked ? form : nothing,
    )
  }

  #recovery({ locks }: Protection) {
    const [lock] = of(locks, 'recovery')
    const about = lock
      ? `Made on ${dayText(lock.addedAt)}. It opens the boards when nothing else does.`
      : 'There is none: without a passkey or the passphrase, the boards could never be opened again.'
    const actions = html`<button class="plain" data-opens="renewal" ?disabled=${this.#isBusy}
      @click=${() => (lock ? this.#ask({ for: 'renewal' }) : fire(this, 'renew-recovery', null))}>${lock ? 'Make a new one' : 'Make one'}</button>`
    const question = this.#question(
      html`<strong>Make a new recovery code?</strong> The one that you kept opens nothing from then on.`,
      'Keep the old one',
      html`<button class="main" @click=${() => fire(this, 'renew-recovery', null)}>Make a new one</button>`,
    )
    return this.#item(
      'Recovery code',
      about,
      actions,
      'recovery',
      undefined,
      this.asking.for === 'renewal' ? question : nothing,
    )
  }

  /** One way to open the boards; `on` names the work that shows its failure here. */
  #item(
    title: string,
    about: string,
    actions: TemplateResult | typeof nothing,
    on: string,
    lock?: ShownLock,
    below: TemplateResult | typeof nothing = nothing,
  ) {
    const { asking, work } = this
    const isAsked = asking.for === 'removal' && asking.id === lock?.id
    const problem = work.at === 'failed' && (work.on === on || work.on === lock?.id) ? work.message : ''
    return html`<li aria-label=${title}>
      <div class="row"><div><h3>${title}</h3><p class="quiet">${about}</p></div><div class="does">${actions}</div></div>
      ${problem === '' ? nothing : html`<p class="bad" role="alert">${problem}</p>`}
      ${isAsked && lock ? this.#removal(lock) : below}
    </li>`
  }

  #removeButton(lock: ShownLock, what: string) {
    const { protection } = this
    const isLast = protection?.locks.filter(isRealLock).length === 1
    const isStuck = isLast && protection?.isLockRequired === true
    return html`<button class="plain" data-opens=${lock.id} aria-label=${`Remove the ${what}`} ?disabled=${isStuck || this.#isBusy}
      data-tip=${isStuck ? 'This site asks for a lock: add another one first.' : nothing}
      @click=${() => (isLast ? this.#ask({ for: 'removal', id: lock.id }) : fire(this, 'remove-lock', { id: lock.id }))}>Remove</button>`
  }

  #removal({ id }: ShownLock) {
    return this.#question(
      html`<strong>Remove the last lock?</strong> Your boards stay encrypted, but from then on this browser opens them for whoever
        sits down at it. The recovery code goes, too.`,
      'Keep the lock',
      html`<button class="danger" @click=${() => fire(this, 'remove-lock', { id })}>Remove the lock</button>`,
    )
  }

  #question(text: TemplateResult, no: string, yes: TemplateResult) {
    return html`<div class="ask" role="group" aria-labelledby="ask">
      <p id="ask">${text}</p>
      <div class="answers"><button class="plain no" @click=${() => this.#ask(NOTHING)}>${no}</button>${yes}</div>
    </div>`
  }

  #idle({ idleMinutes }: Protection) {
    const { work } = this
    return html`<div class="setting">
      <h3 id="idle">Lock by itself when nobody draws or types for</h3>
      <div class="choices" role="radiogroup" aria-labelledby="idle" @keydown=${chooseByArrow}>
        ${IDLE_CHOICES.map(
          ({ minutes, title }) => html`<button role="radio" aria-checked=${minutes === idleMinutes}
            tabindex=${minutes === idleMinutes ? 0 : -1} @click=${() => fire(this, 'lock-when-idle', { minutes })}>${title}</button>`,
        )}
      </div>
      ${work.at === 'failed' && work.on === 'idle' ? html`<p class="bad" role="alert">${work.message}</p>` : nothing}
    </div>`
  }

  get #isBusy(): boolean {
    return this.work.at === 'running'
  }

  #isOn(control: string): boolean {
    return this.work.at === 'running' && this.work.on === control
  }

  /** The keyboard goes to what opens, and back to the button that opened it. */
  async #ask(asking: Asking): Promise<void> {
    const left = this.asking
    this.asking = asking
    await this.updateComplete
    if (asking.for === 'nothing') this.#focusOpener(left.for === 'removal' ? left.id : left.for)
    else this.renderRoot.querySelector<HTMLElement>('drift-new-passphrase, .ask .no')?.focus()
  }

  #focusOpener(of: string): void {
    this.renderRoot.querySelector<HTMLElement>(`[data-opens="${of}"]`)?.focus()
  }

  /** The code is shown this once: it does not go before the person says that they have it. */
  readonly #onHide = (event: Event): void => {
    if (event.target === event.currentTarget && this.code !== '') event.preventDefault()
  }

  readonly #onHidden = (event: Event): void => {
    if (event.target === event.currentTarget) fire(this, 'close-security', null)
  }
}

const of = (locks: readonly ShownLock[], kind: LockKind): readonly ShownLock[] =>
  locks.filter(lock => lock.kind === kind)

declare global {
  interface HTMLElementTagNameMap {
    'drift-security': Security
  }
}
