import type WaColorPicker from '@awesome.me/webawesome/dist/components/color-picker/color-picker.js'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { styleMap } from 'lit/directives/style-map.js'
import { shownColour, type Theme } from '../../render/colour.ts'
import type { Swatch } from '../model/palette.ts'
import { RecentColours } from '../model/recent-colours.ts'
import { StoreController } from '../store-controller.ts'
import { base, buttons } from '../ui/styles.ts'

/** What was picked for a line may be wanted for a fill: all palettes of the page share them. */
const recentColours = new RecentColours()

/**
 * A palette and one place for a colour of one's own.
 *
 * @fires {CustomEvent<{colour: string}>} choose - A stored colour (as seen on light) was chosen.
 */
@customElement('drift-swatches')
export class Swatches extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      [role='radiogroup'] {
        display: grid;
        grid-template-columns: repeat(5, 1fr);
        gap: 2px;
      }
      button {
        min-width: 0;
        height: 32px;
        border-radius: var(--radius-s);
      }
      button[aria-checked='true'] {
        background: transparent;
      }
      button[aria-checked='true'] .dot {
        outline: 2px solid var(--accent);
        outline-offset: 2px;
      }
      .dot {
        width: 20px;
        height: 20px;
        border-radius: 50%;
        box-shadow: inset 0 0 0 1px color-mix(in srgb, var(--text) 16%, transparent);
      }
      .dot.none {
        background: linear-gradient(
          to top right,
          transparent calc(50% - 1px),
          var(--bad) calc(50% - 1px) calc(50% + 1px),
          transparent calc(50% + 1px)
        );
        box-shadow: inset 0 0 0 1px var(--line-strong);
      }
      .custom .dot.any {
        background: conic-gradient(#e5484d, #f5a524, #46a758, #0c8599, #3b82f6, #8e4ec6, #e5484d);
        box-shadow: none;
      }
      .custom {
        display: grid;
        position: relative;
      }
      wa-color-picker {
        position: absolute;
        inset: 0;
        z-index: -1;
      }
      /* Our own button opens it; its trigger only says where. */
      wa-color-picker::part(trigger) {
        visibility: hidden;
        width: 100%;
        height: 100%;
      }
      wa-color-picker::part(form-control-label) {
        display: none;
      }
      p {
        margin: 4px 2px 0;
        color: var(--bad);
        font-size: var(--type-s);
      }
      @media (pointer: fine) and (max-height: 900px) {
        button {
          height: 28px;
        }
      }
      @media (pointer: coarse) {
        button {
          height: 40px;
        }
        .dot {
          width: 26px;
          height: 26px;
        }
      }
    `,
  ]

  @property() label = ''
  @property({ attribute: false }) swatches: readonly Swatch[] = []
  /** The stored colour; undefined where the selected shapes differ. */
  @property({ attribute: false }) value: string | undefined
  @property() theme: Theme = 'light'
  @state() private hasPicker = false
  /** The code of the picker could not be loaded. */
  @state() private isMissing = false

  constructor() {
    super()
    new StoreController(this, () => recentColours)
  }

  override render() {
    const recent = recentColours.value.filter(colour => !this.swatches.some(known => known.colour === colour))
    const known = [...this.swatches.map(({ colour }) => colour), ...recent]
    const isOther = this.value !== undefined && !known.includes(this.value)
    return html`<div role="radiogroup" aria-label=${this.label}>
      ${this.swatches.map(swatch => this.#swatch(swatch))}
      <div class="custom">
        <button role="radio" aria-checked=${isOther} aria-label="Another colour" data-tip="Another colour"
          @click=${this.#openPicker}>${isOther ? this.#dot(this.value ?? '') : html`<span class="dot any"></span>`}</button>
        ${this.hasPicker ? this.#picker(recent) : nothing}
      </div>
      ${recent.map(colour => this.#swatch({ name: colour, colour }))}
    </div>
    ${this.isMissing ? html`<p role="alert">Other colours could not be loaded. Check the connection, then try again.</p>` : nothing}`
  }

  #swatch({ name, colour }: Swatch) {
    return html`<button role="radio" aria-checked=${colour === this.value} aria-label=${name} data-tip=${name}
      @click=${() => this.#choose(colour)}>${this.#dot(colour)}</button>`
  }

  #dot(colour: string) {
    if (colour === 'transparent') return html`<span class="dot none"></span>`
    return html`<span class="dot" style=${styleMap({ background: shownColour(colour, this.theme) })}></span>`
  }

  #picker(recent: readonly string[]) {
    const value = this.value === undefined || this.value === 'transparent' ? '#1e1e1e' : this.value
    return html`<wa-color-picker tabindex="-1" label="Another colour" without-format-toggle size="s"
      .swatches=${[...recent]} .value=${value} @change=${this.#onPicked}></wa-color-picker>`
  }

  readonly #openPicker = async (): Promise<void> => {
    try {
      await import('@awesome.me/webawesome/dist/components/color-picker/color-picker.js')
    } catch {
      this.isMissing = true
      return
    }
    this.isMissing = false
    this.hasPicker = true
    await this.updateComplete
    const picker = this.renderRoot.querySelector<WaColorPicker>('wa-color-picker')
    await picker?.updateComplete
    await picker?.show()
  }

  readonly #onPicked = (event: Event): void => {
    const { value } = event.target as HTMLInputElement
    if (!/^#[0-9a-f]{6}([0-9a-f]{2})?$/i.test(value)) return
    recentColours.add(value.toLowerCase())
    this.#choose(value.toLowerCase())
  }

  #choose(colour: string): void {
    this.dispatchEvent(new CustomEvent('choose', { detail: { colour } }))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-swatches': Swatches
  }
}
