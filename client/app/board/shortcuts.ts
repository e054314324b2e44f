import '@awesome.me/webawesome/dist/components/dialog/dialog.js'
import { html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { KeyPress } from '../../editor/keys.ts'
import type { AppCommand, AppEditor } from '../app-editor.ts'
import { type HelpRow, helpSections } from '../model/help-sections.ts'
import type { PersonKeys } from '../model/person-keys.ts'
import { keysWithout, ownerOf, patternOf } from '../model/record-key.ts'
import { StoreController } from '../store-controller.ts'
import { ON_MAC, shownKeys } from '../ui/keys.ts'
import { base, buttons, dialogs, fields } from '../ui/styles.ts'
import { shortcutsStyles } from './shortcuts.styles.ts'

/** The row whose keys are being chosen: waiting for them, or for an answer, since another command has those. */
type Change =
  | { readonly at: 'listening'; readonly id: string; readonly refused?: boolean }
  | { readonly at: 'taken'; readonly id: string; readonly press: KeyPress; readonly owner: AppCommand }

/**
 * Every command with its keys, which the person can change.
 *
 * @fires close-panel - The person closed it.
 */
@customElement('drift-shortcuts')
export class Shortcuts extends LitElement {
  static override styles = [base, buttons, fields, dialogs, shortcutsStyles]

  @property({ attribute: false }) editor: AppEditor | undefined
  @property({ attribute: false }) keys: PersonKeys | undefined
  @state() private query = ''
  @state() private change: Change | null = null

  constructor() {
    super()
    new StoreController(this, () => this.keys)
  }

  override updated(): void {
    const box = this.renderRoot.querySelector<HTMLElement>('.change')
    if (box && !box.matches(':focus-within')) box.focus()
  }

  override render() {
    const hasOwn = Object.keys(this.keys?.value ?? {}).length > 0
    const sections = helpSections(this.editor?.commands ?? [], this.query)
    return html`<wa-dialog label="Keyboard shortcuts" light-dismiss open @wa-hide=${this.#onHide} @wa-after-hide=${this.#onHidden}>
      <div class="tools">
        <input class="field" type="search" aria-label="Find a shortcut" placeholder="Find by name or key" autofocus
          @input=${this.#onInput} />
        ${hasOwn ? html`<button class="plain" @click=${() => this.keys?.set({})}>Reset all</button>` : nothing}
      </div>
      <div class="columns" role="group" aria-label="Shortcuts" tabindex="0">
        ${sections.map(({ title, rows }) => html`<section><h3>${title}</h3>${rows.map(row => this.#row(row))}</section>`)}
        ${sections.length === 0 ? html`<p class="quiet">No command is called that.</p>` : nothing}
      </div>
    </wa-dialog>`
  }

  #row({ id, title, keys }: HelpRow) {
    const command = this.editor?.commands.find(each => each.id === id)
    const shown = html`<span class="keys">${keys.slice(0, 2).map(each => html`<kbd>${shownKeys(each)}</kbd>`)}${
      keys.length === 0 && command ? html`<span class="add">Choose keys</span>` : nothing
    }</span>`
    if (!command || command.keysAreNative) return html`<div class="fixed"><span>${title}</span>${shown}</div>`
    if (this.change?.id === command.id) return this.#change(this.change, command)
    const isOwn = Object.hasOwn(this.keys?.value ?? {}, command.id)
    return html`<button class=${isOwn ? 'row own' : 'row'} data-command=${command.id} @click=${() => this.#listen(command.id)}>
      <span>${title}</span>${shown}
    </button>`
  }

  #change(change: Change, command: AppCommand) {
    const isOwn = Object.hasOwn(this.keys?.value ?? {}, command.id)
    return html`<div class="change" tabindex="-1" role="group" aria-label=${`Keys for ${command.title}`}
      @keydown=${this.#onKey}>
      <p role="status">${change.at === 'taken' ? takenText(change) : listeningText(change, command)}</p>
      <div class="answers">
        ${change.at === 'taken' ? html`<button class="main" @click=${() => this.#take(change)}>Use it here</button>` : nothing}
        ${change.at === 'taken' ? html`<button @click=${() => this.#listen(change.id)}>Choose another</button>` : nothing}
        ${command.keys.length > 0 && change.at === 'listening' ? html`<button @click=${() => this.#give(command.id, [])}>No keys</button>` : nothing}
        ${isOwn ? html`<button @click=${() => this.#reset(command.id)}>Reset</button>` : nothing}
        <button @click=${this.#leave}>Cancel</button>
      </div>
    </div>`
  }

  #listen(id: string): void {
    this.change = { at: 'listening', id }
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const { change } = this
    const isOnButton = event.composedPath()[0] instanceof HTMLButtonElement
    if (!change || (isOnButton && ['Enter', ' ', 'Tab', 'Escape'].includes(event.key)) || event.key === 'Tab')
      return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') return this.#leave()
    const pattern = patternOf(event, ON_MAC)
    if (pattern === undefined) {
      if (event.key.length > 1 && !event.getModifierState(event.key))
        this.change = { at: 'listening', id: change.id, refused: true }
      return
    }
    const owner = ownerOf(this.editor?.commands ?? [], event, ON_MAC, change.id)
    if (owner) this.change = { at: 'taken', id: change.id, press: factsOf(event), owner }
    else this.#give(change.id, [pattern])
  }

  #take({ id, press, owner }: Extract<Change, { at: 'taken' }>): void {
    const pattern = patternOf(press, ON_MAC)
    if (pattern === undefined) return
    this.keys?.give(owner.id, [...keysWithout(owner.keys, press, ON_MAC)])
    this.#give(id, [pattern])
  }

  #give(id: string, keys: readonly string[]): void {
    this.keys?.give(id, keys)
    this.#leave()
  }

  #reset(id: string): void {
    this.keys?.reset(id)
    this.#leave()
  }

  readonly #leave = (): void => {
    const id = this.change?.id
    this.change = null
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(`[data-command="${id}"]`)?.focus(),
    )
  }

  readonly #onInput = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value
    this.change = null
  }

  /** Esc gives up what is being chosen before it closes the sheet. */
  readonly #onHide = (event: Event): void => {
    if (event.target !== event.currentTarget || !this.change) return
    event.preventDefault()
    this.#leave()
  }

  readonly #onHidden = (event: Event): void => {
    if (event.target === event.currentTarget) this.dispatchEvent(new CustomEvent('close-panel'))
  }
}

const factsOf = ({ key, code, ctrlKey, metaKey, shiftKey, altKey }: KeyPress): KeyPress => ({
  ...{ key, code, ctrlKey, metaKey, shiftKey, altKey },
})

const listeningText = ({ refused }: { readonly refused?: boolean }, { title }: AppCommand) =>
  refused
    ? html`That key operates dialogs and buttons. Press another for <strong>${title}</strong>.`
    : html`Press the keys for <strong>${title}</strong>.`

const takenText = ({ press, owner }: Extract<Change, { at: 'taken' }>) =>
  html`<kbd>${shownKeys(patternOf(press, ON_MAC))}</kbd> is <strong>${owner.title}</strong>.`

declare global {
  interface HTMLElementTagNameMap {
    'drift-shortcuts': Shortcuts
  }
}
