import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import * as v from 'valibot'
import type { PanelName } from '../../editor/actions.ts'
import type { AppEditor } from '../app-editor.ts'
import { DeviceMemory } from '../model/device-memory.ts'
import { withPart } from '../model/load-part.ts'
import type { Notices } from '../model/notices.ts'
import { withPanel } from '../model/open-panels.ts'
import type { PersonKeys } from '../model/person-keys.ts'
import type { ThemeStore } from '../model/theme.ts'
import { StoreController } from '../store-controller.ts'
import { NARROW } from '../ui/narrow.ts'

/** What each panel is made of, loaded when it is first opened, and what it is called. */
const PARTS: Readonly<Record<PanelName, { readonly name: string; load(): Promise<unknown> }>> = {
  palette: { name: 'The list of actions', load: () => import('./palette.ts') },
  shortcuts: { name: 'The list of shortcuts', load: () => import('./shortcuts.ts') },
  find: { name: 'The search', load: () => import('./find-bar.ts') },
  export: { name: 'The export', load: () => import('./export-dialog.ts') },
  library: { name: 'The library', load: () => import('./library-panel.ts') },
  minimap: { name: 'The minimap', load: () => import('./minimap.ts') },
  pages: { name: 'The list of pages', load: () => import('./pages.ts') },
  focus: { name: 'Focus mode', load: () => import('./focus.ts') },
  presentation: { name: 'The presentation', load: () => import('./presentation.ts') },
}

/**
 * The parts of the interface that come and go.
 *
 * @fires choose-files - The person wants to pick files to add.
 * @fires {CustomEvent<{open: ReadonlySet<PanelName>}>} panels - Others are open than before.
 */
@customElement('drift-panels')
export class PanelHost extends LitElement {
  static override styles = css`
    :host {
      display: contents;
    }
    /* The chrome around them lets the pointer through. */
    drift-export,
    drift-shortcuts {
      pointer-events: auto;
    }
  `

  @property({ attribute: false }) editor: AppEditor | undefined
  @property({ attribute: false }) keys: PersonKeys | undefined
  @property({ attribute: false }) themes: ThemeStore | undefined
  @property({ attribute: false }) notices: Notices | undefined
  @state() private open: ReadonlySet<PanelName> = new Set()
  /** Whoever likes a map has it on every board. */
  readonly #map = new DeviceMemory('driftboard:minimap', v.boolean(), false)

  constructor() {
    super()
    new StoreController(this, () => this.themes)
  }

  override firstUpdated(): void {
    if (this.#map.value) this.toggle('minimap')
  }

  /** Opens the panel, or closes it where it is open. */
  toggle(panel: PanelName): void {
    const isOpen = !this.open.has(panel)
    this.#set(panel, isOpen)
    if (!isOpen) return
    let wasMissing = false
    void withPart(this.notices, {
      ...PARTS[panel],
      // Meanwhile the person may have closed it.
      use: () => wasMissing && this.#set(panel, true),
      onMissing: () => {
        wasMissing = true
        this.#set(panel, false)
      },
    })
  }

  override render() {
    const shown: readonly PanelName[] = this.open.has('presentation') ? ['presentation'] : [...this.open]
    return repeat(
      shown,
      panel => panel,
      panel => this.#panel(panel),
    )
  }

  #panel(panel: PanelName): TemplateResult | typeof nothing {
    const { editor } = this
    const close = () => this.#set(panel, false)
    switch (panel) {
      case 'palette':
        return html`<drift-palette .editor=${editor} .themes=${this.themes} @close-panel=${close}
          @choose-files=${() => this.dispatchEvent(new CustomEvent('choose-files'))}></drift-palette>`
      case 'shortcuts':
        return html`<drift-shortcuts .editor=${editor} .keys=${this.keys} @close-panel=${close}></drift-shortcuts>`
      case 'find':
        return html`<drift-find-bar .editor=${editor} @close-panel=${close}></drift-find-bar>`
      case 'export':
        return html`<drift-export .editor=${editor} ?dark=${this.themes?.theme === 'dark'} @close-panel=${close}></drift-export>`
      case 'library':
        return html`<drift-library .editor=${editor} .theme=${this.themes?.theme ?? 'light'} ?under-find=${this.open.has('find')}
          ?over-map=${this.open.has('minimap')} @close-panel=${close}></drift-library>`
      case 'minimap':
        return html`<drift-minimap .editor=${editor} .theme=${this.themes?.theme ?? 'light'} @close-panel=${close}></drift-minimap>`
      case 'pages':
        return html`<drift-pages .editor=${editor} @close-panel=${close}></drift-pages>`
      case 'focus':
        return html`<drift-focus @close-panel=${close}></drift-focus>`
      case 'presentation':
        return html`<drift-presentation .editor=${editor} @close-panel=${close}></drift-presentation>`
      default:
        return nothing
    }
  }

  #set(panel: PanelName, isOpen: boolean): void {
    if (this.open.has(panel) === isOpen) return
    this.#show(withPanel(this.open, panel, isOpen, matchMedia(NARROW).matches))
  }

  #show(open: ReadonlySet<PanelName>): void {
    this.open = open
    if (this.#map.value !== open.has('minimap')) this.#map.set(open.has('minimap'))
    this.dispatchEvent(new CustomEvent('panels', { detail: { open } }))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-panels': PanelHost
  }
}
