import { css, html, LitElement, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { writes } from '../../editor/tool-names.ts'
import type { AppEditor } from '../app-editor.ts'
import { EditorController } from '../editor-controller.ts'
import { icon } from '../ui/icons.ts'
import { base, buttons, panel } from '../ui/styles.ts'
import { TOOL_GROUPS, type ToolButton } from './tools.ts'

/** The tools, as one radio group: arrow keys go from tool to tool. Beside them what adds to the board without being a tool. */
@customElement('drift-toolbar')
export class Toolbar extends LitElement {
  static override styles = [
    base,
    panel,
    buttons,
    css`
      .panel,
      .tools {
        display: flex;
        gap: 2px;
      }
      .panel {
        padding: 4px;
      }
      button {
        position: relative;
        width: var(--control);
        border-radius: var(--radius);
      }
      .gap {
        width: 1px;
        margin: 8px 4px;
        background: var(--line);
      }
      .digit {
        position: absolute;
        right: 4px;
        bottom: 2px;
        color: var(--text-quiet);
        font-size: 0.5625rem;
        font-weight: 500;
        line-height: 1.2;
      }
      button[aria-checked='true'] .digit {
        color: inherit;
      }
      @media (pointer: coarse) {
        .digit {
          display: none;
        }
      }
      @media (max-width: 720px) {
        .tools {
          flex: 1;
          justify-content: space-between;
          gap: 0;
        }
        .digit,
        .gap {
          display: none;
        }
        button {
          flex: 1;
          width: auto;
          min-width: 0;
          max-width: 56px;
          height: 48px;
        }
        /* Two fingers move the board, images are in the menu; nine tools leave each the width of a finger. */
        button[data-tool='hand'],
        .insert {
          display: none;
        }
      }
    `,
  ]

  @property({ attribute: false }) editor: AppEditor | undefined

  constructor() {
    super()
    new EditorController(this, view => [view.state.tool, view.board.readOnly])
  }

  override render() {
    return html`<div class="panel">
      <div class="tools" role="radiogroup" aria-label="Tools" @keydown=${this.#onKey}>
        ${TOOL_GROUPS.map((group, i) => html`${i > 0 ? html`<span class="gap"></span>` : nothing}${group.map(this.#button)}`)}
      </div>
      <span class="gap"></span>
      <button class="insert" aria-label="Image" aria-keyshortcuts="9" data-tip="Add an image" data-keys="9"
        ?disabled=${this.editor?.canRun('image') !== true} @click=${() => this.editor?.run('image')}>
        ${icon('image')}<span class="digit" aria-hidden="true">9</span>
      </button>
    </div>`
  }

  readonly #button = ({ tool, title, icon: name, keys }: ToolButton) => {
    const isActive = this.editor?.state.tool === tool
    return html`<button role="radio" aria-label=${title} aria-checked=${isActive} tabindex=${isActive ? 0 : -1}
      aria-keyshortcuts=${keys.join(' ')} data-tool=${tool} data-tip=${title} data-keys=${keys.join(' or ')}
      ?disabled=${writes(tool) && this.editor?.board.readOnly !== undefined} @click=${() => this.editor?.use(tool)}>
      ${icon(name)}${keys[1] ? html`<span class="digit" aria-hidden="true">${keys[1]}</span>` : nothing}
    </button>`
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const all = [...this.renderRoot.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')]
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
