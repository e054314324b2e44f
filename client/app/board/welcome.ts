import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import home from 'lucide-static/icons/locate-fixed.svg?raw'
import type { AppEditor } from '../app-editor.ts'
import { EditorController } from '../editor-controller.ts'
import { picture } from '../ui/icons.ts'
import { shownKeys } from '../ui/keys.ts'
import { base, buttons } from '../ui/styles.ts'

/** ms. The camera has come to rest. */
const RESTED_AFTER = 250

/** Ways to begin, by the command whose keys are shown. */
const TIPS: readonly { readonly command: string; readonly text: string }[] = [
  { command: 'tool-ink', text: 'Draw freely' },
  { command: 'tool-rectangle', text: 'Draw a box; double-click it to write' },
  { command: 'tool-arrow', text: 'Connect things' },
  { command: 'palette', text: 'Find everything else' },
]

/** What an empty board says, and the way back for who has lost sight of what is drawn. */
@customElement('drift-welcome')
export class Welcome extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        position: absolute;
        inset: 0;
        display: grid;
        place-items: center;
        pointer-events: none;
      }
      .empty {
        display: grid;
        gap: 14px;
        justify-items: center;
        max-width: min(420px, calc(100% - 32px));
        color: var(--text-quiet);
        text-align: center;
        animation: appear 240ms var(--ease);
      }
      h2 {
        margin: 0;
        color: var(--text);
        font: 600 var(--type-xl) / 1.3 var(--font);
        letter-spacing: -0.01em;
      }
      p {
        margin: 0;
        font-size: var(--type-l);
      }
      .touch {
        display: none;
      }
      dl {
        display: grid;
        grid-template-columns: auto auto;
        gap: 8px 14px;
        align-items: center;
        margin: 6px 0 0;
        text-align: left;
      }
      dt {
        text-align: right;
      }
      dd {
        margin: 0;
      }
      kbd {
        display: inline-block;
        min-width: 26px;
        padding: 2px 7px;
        border-radius: var(--radius-s);
        background: var(--surface);
        box-shadow: inset 0 0 0 1px var(--line);
        color: var(--text);
        font: 500 var(--type-s) / 1.5 var(--font);
        text-align: center;
      }
      .lost {
        position: absolute;
        bottom: 8px;
        padding: 0 16px;
        border-radius: 999px;
        background: var(--surface);
        box-shadow: var(--shadow-over);
        pointer-events: auto;
        animation: appear 240ms var(--ease);
      }
      .lost .icon {
        color: var(--accent);
      }
      @keyframes appear {
        from {
          opacity: 0;
          transform: translateY(6px);
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .empty,
        .lost {
          animation: none;
        }
      }
      @media (pointer: coarse) {
        dl,
        .mouse {
          display: none;
        }
        .touch {
          display: block;
        }
      }
      @media (max-width: 1270px) {
        .lost {
          bottom: 64px;
        }
      }
    `,
  ]

  @property({ attribute: false }) editor: AppEditor | undefined
  @state() private isLost = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    new EditorController(this, ({ state, board }, boardVersion) => [
      board.shapes.size === 0,
      state.preview === null,
      state.editing,
      state.tool === 'select',
      board.readOnly,
      state.camera,
      state.viewport,
      boardVersion,
      this.editor?.commands,
    ])
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  override willUpdate(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#look, RESTED_AFTER)
  }

  override render() {
    const { editor } = this
    if (!editor) return nothing
    if (this.isLost && editor.board.shapes.size > 0)
      return html`<button class="lost" @click=${() => editor.run('back-to-content')}>${picture(home)}Back to the drawing</button>`
    const isEmpty =
      editor.board.shapes.size === 0 && editor.state.preview === null && editor.state.editing === null
    return isEmpty && editor.board.readOnly === undefined ? this.#empty(editor) : nothing
  }

  #empty(editor: AppEditor) {
    const keysOf = (id: string) => shownKeys(editor.commands.find(command => command.id === id)?.keys[0])
    const tips = TIPS.filter(({ command }) => keysOf(command) !== '')
    return html`<div class="empty">
      <h2>An empty ${(editor.pages?.pages.length ?? 1) > 1 ? 'page' : 'board'}</h2>
      <p class="mouse">Pick a tool and draw, double-click to write, or drop an image or a drawing here.</p>
      <p class="touch">Pick a tool and draw, or tap twice to write. Two fingers move and zoom.</p>
      <dl>${tips.map(({ command, text }) => html`<dt><kbd>${keysOf(command)}</kbd></dt><dd>${text}</dd>`)}</dl>
    </div>`
  }

  readonly #look = (): void => {
    const { editor } = this
    if (!editor) return
    this.isLost =
      editor.commands.some(({ id }) => id === 'back-to-content') && editor.canRun('back-to-content')
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-welcome': Welcome
  }
}
