import { css, html, LitElement, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import layers from 'lucide-static/icons/files.svg?raw'
import map from 'lucide-static/icons/map.svg?raw'
import type { PageControl } from '../../editor/actions.ts'
import type { AppEditor } from '../app-editor.ts'
import { EditorController } from '../editor-controller.ts'
import { StoreController } from '../store-controller.ts'
import { type IconName, icon, picture } from '../ui/icons.ts'
import { shownKeys } from '../ui/keys.ts'
import { base, buttons, panel } from '../ui/styles.ts'

/** Undo, redo, zoom, and the ways to the minimap and the pages. */
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
      .gap {
        width: 1px;
        margin: 8px 2px;
        background: var(--line);
      }
      .page {
        max-width: 120px;
        overflow: hidden;
        font-size: var(--type-s);
        text-overflow: ellipsis;
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
      this.editor?.commands,
    ])
    new StoreController(this, () => this.editor?.pages)
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
        <span class="gap"></span>
        <button aria-label="Minimap" data-tip="Minimap" data-tip-at="top" data-keys=${this.#keys('minimap')}
          @click=${() => this.editor?.run('minimap')}>${picture(map)}</button>
      </div>
      ${this.editor?.pages ? this.#pages(this.editor.pages) : nothing}
    `
  }

  /** The name of the page is of interest once there are several. */
  #pages({ pages, page }: PageControl) {
    const name = pages.find(({ id }) => id === page)?.name ?? ''
    const isOnly = pages.length === 1
    return html`<div class="panel">
      <button class=${isOnly ? '' : 'wide'} aria-label=${isOnly ? 'Pages' : `Pages, ${name}`} data-tip="Pages" data-tip-at="top"
        data-keys=${this.#keys('pages')} @click=${() => this.editor?.run('pages')}>
        ${picture(layers)}${isOnly ? nothing : html`<span class="page">${name}</span>`}
      </button>
    </div>`
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
