import { css, html, LitElement } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { AppEditor } from '../app-editor.ts'
import { EditorController } from '../editor-controller.ts'
import { type IconName, icon } from '../ui/icons.ts'
import { shownKeys } from '../ui/keys.ts'
import { base, buttons, panel } from '../ui/styles.ts'

/** Undo, redo and zoom. */
@customElement('drift-zoom')
export class Zoom extends LitElement {
  static override styles = [
    base,
    panel,
    buttons,
    css`
      :host {
        display: flex;
        gap: var(--space-2);
      }
      .panel {
        display: flex;
        padding: 2px;
      }
      .percent {
        width: 52px;
        font-size: var(--type-s);
        font-variant-numeric: tabular-nums;
      }
      @media (max-width: 720px) {
        .scale {
          display: none;
        }
      }
    `,
  ]

  @property({ attribute: false }) editor: AppEditor | undefined

  constructor() {
    super()
    new EditorController(this, ({ state, board }) => [
      Math.round(state.camera.zoom * 100),
      board.canUndo,
      board.canRedo,
    ])
  }

  override render() {
    const zoom = Math.round((this.editor?.state.camera.zoom ?? 1) * 100)
    return html`
      <div class="panel" role="group" aria-label="History">
        ${this.#button('undo', 'Undo', 'undo')}${this.#button('redo', 'Redo', 'redo')}
      </div>
      <div class="panel scale" role="group" aria-label="Zoom">
        ${this.#button('zoom-out', 'Zoom out', 'minus')}
        <button class="percent" aria-label=${`Zoom ${zoom} %, reset to 100 %`} data-tip="Zoom to 100 %"
          data-tip-at="top" data-keys=${this.#keys('zoom-100')} @click=${() => this.editor?.run('zoom-100')}>${zoom}%</button>
        ${this.#button('zoom-in', 'Zoom in', 'plus')}
      </div>
    `
  }

  #button(command: string, title: string, name: IconName) {
    return html`<button aria-label=${title} data-tip=${title} data-tip-at="top" data-keys=${this.#keys(command)}
      ?disabled=${!this.editor?.canRun(command)} @click=${() => this.editor?.run(command)}>${icon(name)}</button>`
  }

  #keys(command: string): string {
    return shownKeys(this.editor?.commands.find(({ id }) => id === command)?.keys[0])
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-zoom': Zoom
  }
}
