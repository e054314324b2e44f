import { css, html, LitElement, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import bold from 'lucide-static/icons/bold.svg?raw'
import italic from 'lucide-static/icons/italic.svg?raw'
import bullets from 'lucide-static/icons/list.svg?raw'
import numbers from 'lucide-static/icons/list-ordered.svg?raw'
import strike from 'lucide-static/icons/strikethrough.svg?raw'
import { STYLE } from '../../../shared/geometry/marks.ts'
import { type TextLooks, textLooks } from '../../editor/text-looks.ts'
import type { AppEditor } from '../app-editor.ts'
import { EditorController } from '../editor-controller.ts'
import { picture } from '../ui/icons.ts'
import { shownKeys } from '../ui/keys.ts'
import { base, buttons } from '../ui/styles.ts'

interface Toggle {
  readonly command: string
  readonly icon: string
  isOn(looks: TextLooks): boolean
}

const TOGGLES: readonly Toggle[] = [
  { command: 'text-bold', icon: bold, isOn: ({ style }) => (style & STYLE.bold) !== 0 },
  { command: 'text-italic', icon: italic, isOn: ({ style }) => (style & STYLE.italic) !== 0 },
  { command: 'text-strike', icon: strike, isOn: ({ style }) => (style & STYLE.strike) !== 0 },
  { command: 'text-bullets', icon: bullets, isOn: ({ list }) => list === 'bullet' },
  { command: 'text-numbers', icon: numbers, isOn: ({ list }) => list === 'number' },
]

/** Buttons for how letters look: those that are selected in a text, or all of the selected texts. */
@customElement('drift-text-looks')
export class TextLooksBar extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: flex;
        gap: 2px;
      }
      button {
        flex: 1;
      }
      :host(:not([bar])) button {
        min-width: 0;
        height: 32px;
        border-radius: var(--radius-s);
      }
    `,
  ]

  @property({ attribute: false }) editor: AppEditor | undefined
  /** Beside the letters that are typed: then keys lead to their commands, and none to the buttons. */
  @property({ type: Boolean, reflect: true }) bar = false

  constructor() {
    super()
    new EditorController(this, (view, boardVersion) => {
      const { selection, editing, caret } = view.state
      return [selection, editing, caret, boardVersion, this.editor?.text.style]
    })
  }

  override render() {
    const { editor } = this
    const looks = editor && textLooks(editor)
    if (!looks) return nothing
    return TOGGLES.map(toggle => this.#button(toggle, looks))
  }

  #button({ command, icon, isOn }: Toggle, looks: TextLooks) {
    const { title, keys } = this.editor?.commands.find(({ id }) => id === command) ?? {}
    return html`<button aria-label=${title ?? ''} data-tip=${title ?? ''} data-keys=${shownKeys(keys?.[0])} tabindex=${this.bar ? -1 : 0}
      aria-pressed=${isOn(looks)} ?disabled=${!this.editor?.canRun(command)}
      @click=${() => this.editor?.run(command)}>${picture(icon)}</button>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-text-looks': TextLooksBar
  }
}
