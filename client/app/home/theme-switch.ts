import { css, html, LitElement } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import contrast from 'lucide-static/icons/contrast.svg?raw'
import type { ThemeChoice, ThemeStore } from '../model/theme.ts'
import { StoreController } from '../store-controller.ts'
import { type IconName, icon, picture } from '../ui/icons.ts'
import { base, buttons } from '../ui/styles.ts'

const CHOICES: readonly { choice: ThemeChoice; title: string; icon: IconName }[] = [
  { choice: 'light', title: 'Light', icon: 'sun' },
  { choice: 'system', title: 'As the system', icon: 'monitor' },
  { choice: 'dark', title: 'Dark', icon: 'moon' },
]

/** Light, dark, or as the system says; and beside it more contrast. */
@customElement('drift-theme-switch')
export class ThemeSwitch extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: flex;
        gap: var(--space-2);
        align-items: center;
      }
      button[aria-pressed='true'] {
        background: var(--accent-soft);
        color: var(--accent-text);
      }
      div {
        display: flex;
        padding: 3px;
        border-radius: 999px;
        background: var(--hover);
      }
      button {
        min-width: 32px;
        width: 32px;
        height: 28px;
        border-radius: 999px;
        color: var(--text-quiet);
      }
      button[aria-checked='true'] {
        background: light-dark(var(--surface), var(--pressed));
        box-shadow: var(--shadow-panel);
        color: var(--text);
      }
      .icon svg {
        width: 16px;
        height: 16px;
      }
      @media (pointer: coarse) {
        button {
          width: 44px;
          height: 44px;
        }
      }
    `,
  ]

  @property({ attribute: false }) themes: ThemeStore | undefined

  constructor() {
    super()
    new StoreController(this, () => this.themes)
  }

  override render() {
    return html`<div role="radiogroup" aria-label="Theme">
      ${CHOICES.map(
        ({ choice, title, icon: name }) => html`<button role="radio" aria-label=${title} data-tip=${title}
          aria-checked=${this.themes?.choice === choice} @click=${() => this.#choose(choice)}>${icon(name)}</button>`,
      )}
    </div>
    <button aria-label="High contrast" data-tip="High contrast" aria-pressed=${this.themes?.contrast === 'more'}
      @click=${this.#switchContrast}>${picture(contrast)}</button>`
  }

  readonly #switchContrast = (): void => {
    this.themes?.chooseContrast(this.themes.contrast === 'more' ? 'system' : 'more')
  }

  #choose(choice: ThemeChoice): void {
    this.themes?.choose(choice)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-theme-switch': ThemeSwitch
  }
}
