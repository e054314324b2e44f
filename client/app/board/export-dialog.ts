import '@awesome.me/webawesome/dist/components/dialog/dialog.js'
import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { EXPORT_FORMATS, type ExportOptions } from '../../editor/export.ts'
import { slidesOf } from '../../editor/presentation.ts'
import type { AppEditor } from '../app-editor.ts'
import { type Exportable, FORMAT_NAMES, scopeChoices, withFormat } from '../model/export-choices.ts'
import { base, buttons, dialogs, fields } from '../ui/styles.ts'
import { exportStyles } from './export-dialog.styles.ts'

const SCALES = [1, 2, 3, 4] as const
/** Pixels of the preview for a world unit: it is shown small. */
const PREVIEW_SCALE = 0.5

/**
 * What is exported, and as what; with a picture of it.
 *
 * @fires close-panel - It is done, or the person does not want it.
 */
@customElement('drift-export')
export class ExportDialog extends LitElement {
  static override styles = [base, buttons, fields, dialogs, exportStyles]

  @property({ attribute: false }) editor: AppEditor | undefined
  /** Whether the board is shown dark, which the picture then begins with. */
  @property({ type: Boolean }) dark = false
  @state() private options: ExportOptions | undefined
  @state() private preview = ''
  @state() private problem = ''
  @state() private isBusy = false

  override willUpdate(changes: PropertyValues): void {
    if (changes.has('editor') && this.editor) {
      const scope = this.editor.state.selection.size > 0 ? 'selection' : 'page'
      this.options = { format: 'png', scope, scale: 2, background: true, dark: this.dark, embed: true }
    }
  }

  override updated(changes: Map<PropertyKey, unknown>): void {
    if (changes.has('options')) void this.#draw()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    URL.revokeObjectURL(this.preview)
  }

  override render() {
    const { options } = this
    return html`<wa-dialog label="Export" open @wa-after-hide=${this.#onHidden}>
      ${options ? this.#form(options) : nothing}
    </wa-dialog>`
  }

  #form(options: ExportOptions) {
    const isPicture = options.format === 'png' || options.format === 'svg'
    const isPaper = isPicture || options.format === 'pdf'
    const scopes = scopeChoices(options.format, this.#exportable)
    return html`<form @submit=${this.#onSave} @change=${this.#onChange}>
      <div class="preview" aria-live="polite">${
        this.problem !== ''
          ? html`<div>${this.problem}${
              (this.editor?.board.shapes.size ?? 0) > 0
                ? html`<button type="button" class="plain again" @click=${this.#draw}>Try again</button>`
                : nothing
            }</div>`
          : this.preview === ''
            ? 'One moment…'
            : html`<img alt="What the picture shows" src=${this.preview} />`
      }</div>
      <div class="choices">
        <label class="field">Format
          <select name="format">${EXPORT_FORMATS.map(name => option(name, FORMAT_NAMES[name], options.format))}</select>
        </label>
        <label class="field">What
          <select name="scope" aria-describedby="pages">${scopes.map(([name, title]) => option(name, title, options.scope))}</select>
        </label>
        ${options.scope === 'frames' ? html`<p class="hint" id="pages">They follow each other row by row. What lies in no frame is left out.</p>` : nothing}
        ${options.format === 'png' ? scales(options.scale) : nothing}
        <div class="checks">
          ${isPaper ? check('background', 'Background', options.background) : nothing}
          ${isPaper ? check('dark', 'Dark', options.dark) : nothing}
          ${isPicture ? check('embed', 'Can be opened and edited again', options.embed) : nothing}
        </div>
      </div>
      <div class="buttons">
        ${options.format === 'pdf' ? nothing : html`<button type="button" class="plain" ?disabled=${this.isBusy || this.problem !== ''} @click=${this.#onCopy}>Copy</button>`}
        <button class="main" ?disabled=${this.isBusy || this.problem !== ''}>Save the file</button>
      </div>
    </form>`
  }

  get #exportable(): Exportable {
    const { editor } = this
    return {
      frames: editor ? slidesOf(editor.board, editor.lineWidth) : [],
      hasSelection: editor !== undefined && editor.state.selection.size > 0,
      hasPages: (editor?.pages?.pages.length ?? 0) > 1,
    }
  }

  readonly #onChange = (event: Event): void => {
    const { options } = this
    const form = new FormData(event.currentTarget as HTMLFormElement)
    if (!options) return
    const isShown = (name: string): boolean => this.renderRoot.querySelector(`input[name="${name}"]`) !== null
    const flag = (name: 'background' | 'dark' | 'embed'): boolean =>
      isShown(name) ? form.has(name) : options[name]
    const page = this.#exportable
    const format = EXPORT_FORMATS.find(name => name === form.get('format')) ?? options.format
    const scopes = scopeChoices(options.format, page)
    const chosen = {
      ...options,
      scope: scopes.find(([name]) => name === form.get('scope'))?.[0] ?? options.scope,
      scale: Number(form.get('scale') ?? options.scale),
      background: flag('background'),
      dark: flag('dark'),
      embed: flag('embed'),
    }
    this.options = withFormat(chosen, format, page)
  }

  /** Shows the newest choice, whatever order the pictures are ready in. */
  readonly #draw = async (): Promise<void> => {
    const { editor, options } = this
    if (!editor?.exporter || !options) return
    try {
      const blob = await editor.exporter.make({
        ...options,
        format: 'png',
        scale: PREVIEW_SCALE,
        embed: false,
      })
      if (this.options !== options || !this.isConnected) return
      URL.revokeObjectURL(this.preview)
      this.preview = URL.createObjectURL(blob)
      this.problem = ''
    } catch (error) {
      if (this.options === options) this.problem = error instanceof Error ? error.message : String(error)
    }
  }

  readonly #onSave = (event: SubmitEvent): void => {
    event.preventDefault()
    void this.#run(options => this.editor?.exporter?.save(options))
  }

  readonly #onCopy = (): void => void this.#run(options => this.editor?.exporter?.copy(options))

  /** Stays open where it fails; what is wrong is told by a notice. */
  async #run(use: (options: ExportOptions) => Promise<void> | undefined): Promise<void> {
    const { options } = this
    if (!options || this.isBusy) return
    this.isBusy = true
    try {
      await use(options)
      this.#close()
    } catch {
      this.isBusy = false
    }
  }

  readonly #onHidden = (event: Event): void => {
    if (event.target === event.currentTarget) this.#close()
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('close-panel'))
  }
}

const option = (name: string, title: string, chosen: string) =>
  html`<option value=${name} .selected=${name === chosen}>${title}</option>`

const check = (name: string, title: string, isOn: boolean) =>
  html`<label class="check"><input type="checkbox" name=${name} .checked=${isOn} />${title}</label>`

const scales = (chosen: number) => html`<label class="field">Size
  <select name="scale">${SCALES.map(scale => option(String(scale), scale === 1 ? 'As on the screen' : `${scale} times`, String(chosen)))}</select>
</label>`

declare global {
  interface HTMLElementTagNameMap {
    'drift-export': ExportDialog
  }
}
