import type WaPopover from '@awesome.me/webawesome/dist/components/popover/popover.js'
import { html, LitElement, nothing } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import chevron from 'lucide-static/icons/chevron-down.svg?raw'
import keepTool from 'lucide-static/icons/lock-keyhole.svg?raw'
import shapes from 'lucide-static/icons/shapes.svg?raw'
import * as v from 'valibot'
import { writes } from '../../editor/tool-names.ts'
import type { ToolName } from '../../editor/types.ts'
import type { AppEditor, AppTool } from '../app-editor.ts'
import { EditorController } from '../editor-controller.ts'
import { DeviceMemory } from '../model/device-memory.ts'
import { digitOf, type ToolLayout, toolLayout } from '../model/tool-layout.ts'
import { icon, picture } from '../ui/icons.ts'
import { shownKeys } from '../ui/keys.ts'
import { NARROW } from '../ui/narrow.ts'
import { openWhenReady } from '../ui/ready.ts'
import { base, buttons, panel, popovers } from '../ui/styles.ts'
import { toolbarStyles } from './toolbar.styles.ts'

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/** The tools, as one radio group: arrow keys go from tool to tool. Beside them a drawer with more, and what adds to the board without being a tool. */
@customElement('drift-toolbar')
export class Toolbar extends LitElement {
  static override styles = [base, panel, buttons, popovers, toolbarStyles]

  @property({ attribute: false }) editor: AppEditor | undefined
  @query('wa-popover') private sheet: WaPopover | undefined
  readonly #narrow = matchMedia(NARROW)
  readonly #recent = new DeviceMemory('driftboard:drawer-tool', v.string(), '')

  constructor() {
    super()
    new EditorController(this, ({ state, board }) => [
      state.tool,
      state.settings.toolLock,
      board.readOnly,
      this.editor?.commands,
    ])
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#narrow.addEventListener('change', this.#redraw)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#narrow.removeEventListener('change', this.#redraw)
  }

  override willUpdate(): void {
    const { editor } = this
    if (!editor) return
    const { tool } = editor.state
    const { recent } = toolLayout(editor.tools, this.#narrow.matches, tool)
    if (recent?.name === tool && this.#recent.value !== tool) this.#recent.set(tool)
  }

  override render() {
    const { editor } = this
    if (!editor) return nothing
    const layout = this.#layout(editor)
    return html`<div class="panel">
      <div class="tools" role="radiogroup" aria-label="Tools" @keydown=${this.#onKey}>
        ${layout.bar.map((group, i) => html`${i > 0 ? html`<span class="gap"></span>` : nothing}${group.map(this.#button)}`)}
        ${layout.recent ? this.#button(layout.recent) : nothing}
      </div>
      ${layout.drawer.length > 0 ? this.#drawer(layout) : nothing}
      <span class="gap"></span>
      ${this.#image(editor)}${this.#library(editor)}${this.#lock(editor)}
    </div>`
  }

  /** What the drawer's button shows: the last tool that was used and is in no place of its own. */
  #layout(editor: AppEditor): ToolLayout {
    const last = editor.tools.find(({ name }) => name === this.#recent.value)
    return toolLayout(editor.tools, this.#narrow.matches, last?.name)
  }

  readonly #button = ({ name, title, icon: source }: AppTool) => {
    const isActive = this.editor?.state.tool === name
    const keys = this.#keysOf(`tool-${name}`)
    const digit = digitOf(keys)
    return html`<button role="radio" aria-label=${title} aria-checked=${isActive} tabindex=${isActive ? 0 : -1}
      aria-keyshortcuts=${keys.join(' ') || nothing} data-tool=${name} data-tip=${title}
      data-keys=${keys.map(shownKeys).join(' or ')} ?disabled=${this.#isBarred(name)} @click=${() => this.editor?.use(name)}>
      ${picture(source)}${digit ? html`<span class="digit" aria-hidden="true">${digit}</span>` : nothing}
    </button>`
  }

  #drawer({ drawer }: ToolLayout) {
    return html`<button id="more" class="more" aria-label="More tools" aria-haspopup="dialog" data-tip="More tools"
        @click=${openWhenReady}>${picture(chevron)}</button>
      <wa-popover for="more" placement="bottom" distance="10">
        <div class="drawer">
          ${drawer.map(
            ({ title, tools }) => html`<section>
              <h3 id=${title}>${title}</h3>
              <div class="grid" role="group" aria-labelledby=${title}>${tools.map(this.#drawn)}</div>
            </section>`,
          )}
          ${this.#extras()}
        </div>
      </wa-popover>`
  }

  readonly #drawn = ({ name, title, icon: source }: AppTool) => {
    return html`<button aria-label=${title} aria-pressed=${this.editor?.state.tool === name} data-tip=${title}
      data-keys=${this.#keysOf(`tool-${name}`).map(shownKeys).join(' or ')} ?disabled=${this.#isBarred(name)}
      @click=${() => this.#take(() => this.editor?.use(name))}>${picture(source)}</button>`
  }

  /** What the bar has no room for, which the styles decide. */
  #extras() {
    const isLocked = this.editor?.state.settings.toolLock === true
    return html`<div class="extras">
      <button class="image" ?disabled=${this.editor?.canRun('image') !== true}
        @click=${() => this.#take(() => this.editor?.run('image'))}>${icon('image')}Image</button>
      <button class="library" ?disabled=${this.editor?.canRun('library') !== true}
        @click=${() => this.#take(() => this.editor?.run('library'))}>${picture(shapes)}Shape library</button>
      <button class="lock" aria-pressed=${isLocked} @click=${() => this.#take(this.#switchLock)}>${picture(keepTool)}Keep the tool</button>
    </div>`
  }

  #image(editor: AppEditor) {
    const keys = this.#keysOf('image')
    const digit = digitOf(keys)
    return html`<button class="image" aria-label="Image" aria-keyshortcuts=${keys.join(' ') || nothing}
      data-tip="Add an image" data-keys=${keys.map(shownKeys).join(' or ')} ?disabled=${!editor.canRun('image')}
      @click=${() => editor.run('image')}>
      ${icon('image')}${digit ? html`<span class="digit" aria-hidden="true">${digit}</span>` : nothing}
    </button>`
  }

  #library(editor: AppEditor) {
    return html`<button class="library" aria-label="Shape library" data-tip="Shape library"
      data-keys=${this.#keysOf('library').map(shownKeys).join(' or ')} ?disabled=${!editor.canRun('library')}
      @click=${() => editor.run('library')}>${picture(shapes)}</button>`
  }

  #lock(editor: AppEditor) {
    const { toolLock } = editor.state.settings
    return html`<button class="lock" aria-label="Keep the tool" aria-pressed=${toolLock}
      data-tip="Keep the tool after drawing" data-keys=${this.#keysOf('tool-lock').map(shownKeys).join(' or ')}
      ?disabled=${editor.board.readOnly !== undefined} @click=${this.#switchLock}>${picture(keepTool)}</button>`
  }

  readonly #switchLock = (): void => {
    this.editor?.set({ toolLock: !this.editor.state.settings.toolLock })
  }

  #keysOf(command: string): readonly string[] {
    return this.editor?.commands.find(({ id }) => id === command)?.keys ?? []
  }

  #isBarred(tool: ToolName): boolean {
    return writes(tool) && this.editor?.board.readOnly !== undefined
  }

  /** Does what was chosen in the drawer, closes it, and gives the keyboard back to the board. */
  #take(act: () => void): void {
    act()
    void this.sheet?.hide()
    const { activeElement } = this.renderRoot as ShadowRoot
    if (activeElement instanceof HTMLElement) activeElement.blur()
  }

  readonly #redraw = (): void => this.requestUpdate()

  readonly #onKey = (event: KeyboardEvent): void => {
    const by = STEPS[event.key]
    if (by === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const all = [...this.renderRoot.querySelectorAll<HTMLButtonElement>('.tools button:not(:disabled)')]
    const at = all.indexOf(event.target as HTMLButtonElement)
    const next = all[(at + by + all.length) % all.length]
    next?.focus()
    next?.click()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-toolbar': Toolbar
  }
}
