import type WaDialog from '@awesome.me/webawesome/dist/components/dialog/dialog.js'
import '@awesome.me/webawesome/dist/components/dialog/dialog.js'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { fire } from '../events.ts'
import { type Backup, CLOSED } from '../model/backup.ts'
import { passphraseProblem } from '../model/vault-view.ts'
import { icon } from '../ui/icons.ts'
import { base, buttons, dialogs, fields } from '../ui/styles.ts'
import { type PassphraseField, passphraseStyles } from '../vault/passphrase-field.ts'

/**
 * All boards into one file, and a locked file opened.
 *
 * @fires {CustomEvent<{passphrase: string | null}>} save-backup - The file is to be made, locked or not.
 * @fires {CustomEvent<{passphrase: string}>} open-backup - The passphrase of the chosen file.
 * @fires {CustomEvent<null>} close-backup - The person closed it: what is under way stops.
 */
@customElement('drift-backup')
export class BackupDialog extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    dialogs,
    passphraseStyles,
    css`
      wa-dialog {
        --width: min(460px, calc(100vw - 24px));
      }
      form,
      .body {
        display: grid;
        gap: var(--space-4);
        padding-bottom: 2px;
      }
      p {
        margin: 0;
      }
      p:empty {
        display: none;
      }
      .warning {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--space-3);
        padding: var(--space-3);
        border-radius: var(--radius);
        background: var(--surface-sunk);
      }
      .warning .icon {
        margin-top: 1px;
        color: var(--warn);
      }
      .quiet {
        color: var(--text-quiet);
      }
      .bad {
        color: var(--bad);
      }
      .check {
        display: flex;
        gap: 10px;
        align-items: center;
        min-height: 28px;
        font-weight: 500;
      }
      .check input {
        width: 18px;
        height: 18px;
        margin: 0;
        accent-color: var(--accent);
      }
      .passphrases {
        display: grid;
        gap: var(--space-3);
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
        justify-content: flex-end;
      }
      progress {
        width: 100%;
        height: 6px;
        border: 0;
        border-radius: 3px;
        background: var(--pressed);
        accent-color: var(--accent);
        overflow: hidden;
      }
      progress::-webkit-progress-bar {
        background: var(--pressed);
      }
      progress::-webkit-progress-value,
      progress::-moz-progress-bar {
        border-radius: 3px;
        background: var(--accent);
      }
    `,
  ]

  @property({ attribute: false }) backup: Backup = CLOSED
  @state() private isLocked = false
  @state() private problem = ''
  @query('drift-passphrase') private first: PassphraseField | undefined
  @query('wa-dialog') private dialog: WaDialog | undefined

  override render() {
    const { backup } = this
    return html`<wa-dialog label=${titleOf(backup)} ?open=${backup.at !== 'closed'} @wa-hide=${this.#onHide}
      @wa-after-hide=${this.#onHidden}>
      ${this.#body(backup)}
    </wa-dialog>`
  }

  protected override updated(): void {
    // The library's dialog takes the keyboard when it is first drawn.
    if (this.backup.at === 'locked') void this.dialog?.updateComplete.then(() => this.first?.select())
  }

  #body(backup: Backup) {
    switch (backup.at) {
      case 'closed':
        return nothing
      case 'asking':
        return this.#asking(backup)
      case 'locked':
        return this.#locked(backup)
      case 'working':
        return working(backup)
    }
  }

  #asking({ boards, problem: failure }: Extract<Backup, { at: 'asking' }>) {
    const problem = this.problem || failure
    const what =
      boards === 1 ? 'your board, its images' : `all ${boards.toLocaleString()} boards, their images`
    return html`<form novalidate @submit=${this.#onSave} @input=${() => (this.problem = '')}>
      <p>One file with ${what} and what makes you their owner, and with your shape library. Opened on another device, or here again, it brings everything back; what
        is there already stays and is merged.</p>
      <div class="warning">${icon('alert')}
        <p>Whoever has this file can open these boards, and change them as you can. Keep it where only you get at it, or lock it.</p>
      </div>
      <label class="check"><input type="checkbox" name="lock" .checked=${this.isLocked} @change=${this.#onLock} />Lock the file with a
        passphrase</label>
      ${this.isLocked ? passphrases(problem !== '') : nothing}
      <p class="bad" id="problem" role="alert">${problem}</p>
      <div class="buttons">
        <button type="button" class="plain" @click=${() => fire(this, 'close-backup', null)}>Cancel</button>
        <button class="main">Save the file</button>
      </div>
    </form>`
  }

  #locked({ name, problem }: Extract<Backup, { at: 'locked' }>) {
    return html`<form novalidate @submit=${this.#onOpen}>
      <p>${name} is locked.</p>
      <drift-passphrase label="Its passphrase" problem="problem" ?invalid=${problem !== ''}></drift-passphrase>
      <p class="bad" id="problem" role="alert">${problem}</p>
      <div class="buttons">
        <button type="button" class="plain" @click=${() => fire(this, 'close-backup', null)}>Cancel</button>
        <button class="main">Open</button>
      </div>
    </form>`
  }

  readonly #onLock = async (event: Event): Promise<void> => {
    this.isLocked = (event.target as HTMLInputElement).checked
    await this.updateComplete
    if (this.isLocked) this.first?.focus()
  }

  readonly #onSave = (event: SubmitEvent): void => {
    event.preventDefault()
    if (!this.isLocked) return fire(this, 'save-backup', { passphrase: null })
    const data = new FormData(event.target as HTMLFormElement)
    const passphrase = String(data.get('passphrase') ?? '')
    this.problem = passphraseProblem(passphrase, String(data.get('repeated') ?? '')) ?? ''
    if (this.problem === '') fire(this, 'save-backup', { passphrase })
    else this.first?.focus()
  }

  readonly #onOpen = (event: SubmitEvent): void => {
    event.preventDefault()
    const passphrase = String(new FormData(event.target as HTMLFormElement).get('passphrase') ?? '')
    if (passphrase !== '') fire(this, 'open-backup', { passphrase })
  }

  readonly #onHide = (event: Event): void => {
    const { backup } = this
    if (event.target === event.currentTarget && backup.at === 'working' && !backup.canStop)
      event.preventDefault()
  }

  readonly #onHidden = (event: Event): void => {
    if (event.target === event.currentTarget) fire(this, 'close-backup', null)
  }
}

function titleOf(backup: Backup): string {
  switch (backup.at) {
    case 'closed':
      return ''
    case 'asking':
      return 'Back up all boards'
    case 'locked':
      return 'Open a locked file'
    case 'working':
      return backup.what
  }
}

const passphrases = (isInvalid: boolean) => html`<div class="passphrases">
  <input hidden type="text" name="username" autocomplete="username" value="Driftboard file" />
  <drift-passphrase label="Passphrase for the file" name="passphrase" purpose="new-password" problem="problem"
    ?invalid=${isInvalid}></drift-passphrase>
  <drift-passphrase label="The same again" name="repeated" purpose="new-password" problem="problem"
    ?invalid=${isInvalid}></drift-passphrase>
  <p class="quiet">Nobody can open the file without it, not even you.</p>
</div>`

const working = ({
  what,
  done,
  of,
}: Extract<Backup, { at: 'working' }>) => html`<div class="body" role="status">
  ${of === null ? html`<progress aria-label=${what}></progress>` : html`<progress aria-label=${what} max=${of} value=${done}></progress>`}
  <p class="quiet">${of === null ? 'One moment…' : `${done.toLocaleString()} of ${of.toLocaleString()} boards`}</p>
</div>`

declare global {
  interface HTMLElementTagNameMap {
    'drift-backup': BackupDialog
  }
}
