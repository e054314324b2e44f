import { html, LitElement, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import search from 'lucide-static/icons/search.svg?raw'
import * as v from 'valibot'
import type { AppEditor } from '../app-editor.ts'
import { DeviceMemory } from '../model/device-memory.ts'
import { type PaletteRow, paletteRows, withRecent } from '../model/palette-search.ts'
import type { ThemeStore } from '../model/theme.ts'
import { picture } from '../ui/icons.ts'
import { shownKeys } from '../ui/keys.ts'
import { base } from '../ui/styles.ts'
import { APP_ACTIONS, runAppAction } from './app-actions.ts'
import { paletteStyles } from './palette.styles.ts'
import { paletteAction, paletteActions } from './palette-actions.ts'

/** Opens and leaves the palette: not worth a place among what was used last. */
const ITSELF = 'palette'

/**
 * Finds every command, tool and action of the app by a few letters of its name, and runs it.
 *
 * @fires {CustomEvent<null>} show-share - The person wants to bring others here.
 * @fires choose-files - The person wants to pick files to add.
 * @fires close-panel - It is done, or the person does not want it.
 */
@customElement('drift-palette')
export class Palette extends LitElement {
  static override styles = [base, paletteStyles]

  @property({ attribute: false }) editor: AppEditor | undefined
  @property({ attribute: false }) themes: ThemeStore | undefined
  @state() private query = ''
  @state() private at = 0
  @query('dialog') private dialog: HTMLDialogElement | undefined
  readonly #recent = new DeviceMemory('driftboard:recent-commands', v.array(v.string()), [])

  override firstUpdated(): void {
    this.dialog?.showModal()
  }

  override updated(): void {
    this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }

  override render() {
    const rows = this.#rows
    const active = Math.min(this.at, rows.length - 1)
    return html`<dialog aria-label="Commands" @close=${this.#close} @cancel=${this.#leave} @pointerdown=${this.#onPress}>
      <div class="ask">
        ${picture(search)}
        <input role="combobox" aria-label="Find a command" aria-expanded="true" aria-controls="rows" aria-autocomplete="list"
          aria-activedescendant=${active >= 0 ? `row-${active}` : nothing} placeholder="What would you like to do?"
          autocomplete="off" spellcheck="false" autofocus @input=${this.#onInput} @keydown=${this.#onKey} />
      </div>
      <ul id="rows" role="listbox" aria-label="Commands">
        ${rows.map((row, i) => html`${this.#heading(rows, i)}${this.#row(row, i, i === active)}`)}
        ${rows.length === 0 ? html`<li class="none" role="presentation">Nothing is called that.</li>` : nothing}
      </ul>
    </dialog>`
  }

  get #rows(): readonly PaletteRow[] {
    const { editor } = this
    if (!editor) return []
    const query = this.query.trim()
    const recent = this.#recent.value
    const commands = editor.commands.filter(({ id }) => id !== ITSELF)
    const canRun = (id: string) =>
      APP_ACTIONS.some(action => action.id === id) || (paletteAction(id)?.canRun(editor) ?? editor.canRun(id))
    return paletteRows([...commands, ...APP_ACTIONS, ...paletteActions(query, recent)], query, recent, canRun)
  }

  #heading(rows: readonly PaletteRow[], at: number) {
    const { isRecent } = rows[at] as PaletteRow
    const startsRecent = at === 0 && isRecent
    const endsRecent = at > 0 && !isRecent && rows[at - 1]?.isRecent
    if (!startsRecent && !endsRecent) return nothing
    return html`<li class="heading" role="presentation">${startsRecent ? 'Used last' : 'Everything'}</li>`
  }

  #row(row: PaletteRow, at: number, isActive: boolean) {
    const { command, canRun } = row
    const tool = this.editor?.tools.find(({ name }) => command.id === `tool-${name}`)
    const keys = shownKeys(command.keys[0])
    return html`<li id=${`row-${at}`} role="option" aria-selected=${isActive} aria-disabled=${!canRun}
      @click=${() => this.#run(row)} @pointermove=${() => this.#go(at)}>
      ${tool ? picture(tool.icon) : html`<span class="blank"></span>`}
      <span class="name">${marked(row)}</span>
      <span class="section">${command.section}</span>
      ${keys ? html`<kbd>${keys}</kbd>` : nothing}
    </li>`
  }

  #go(at: number): void {
    if (at !== this.at) this.at = at
  }

  #run({ command, canRun }: PaletteRow): void {
    if (!canRun) return
    this.#recent.set([...withRecent(this.#recent.value, command.id)])
    this.#leave()
    const chooseFiles = () => this.dispatchEvent(new CustomEvent('choose-files'))
    if (!this.editor || runAppAction(this, command.id, { themes: this.themes, chooseFiles })) return
    const action = paletteAction(command.id)
    if (action) action.run(this.editor, this.themes?.theme === 'dark')
    else this.editor.run(command.id)
  }

  readonly #onInput = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value
    this.at = 0
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const rows = this.#rows
    const last = rows.length - 1
    if (event.isComposing || last < 0) return
    const active = Math.min(this.at, last)
    if (event.key === 'ArrowDown') this.at = active === last ? 0 : active + 1
    else if (event.key === 'ArrowUp') this.at = active === 0 ? last : active - 1
    else if (event.key === 'Enter') this.#run(rows[active] as PaletteRow)
    else return
    event.preventDefault()
  }

  /** A press beside the dialog, which only its backdrop takes. */
  readonly #onPress = (event: PointerEvent): void => {
    if (event.composedPath()[0] === this.dialog) this.#leave()
  }

  /** At once: the dialog tells only later that it is closed, and the next key must find the board, or open the palette anew. */
  readonly #leave = (): void => {
    this.dialog?.close()
    this.#close()
  }

  readonly #close = (): void => {
    if (this.isConnected) this.dispatchEvent(new CustomEvent('close-panel'))
  }
}

/** The title, what was found in it set off. */
function marked({ command: { title }, marks }: PaletteRow) {
  const parts: unknown[] = []
  let done = 0
  for (let i = 0; i + 1 < marks.length; i += 2) {
    const [from, to] = [marks[i] as number, marks[i + 1] as number]
    parts.push(title.slice(done, from), html`<mark>${title.slice(from, to)}</mark>`)
    done = to
  }
  return [...parts, title.slice(done)]
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-palette': Palette
  }
}
