import type WaPopup from '@awesome.me/webawesome/dist/components/popup/popup.js'
import { css, html, LitElement } from 'lit'
import { customElement, query, state } from 'lit/decorators.js'
import { base } from './styles.ts'

/** ms. Passing over a button shows nothing. */
const AFTER = 450
/** ms. The next tip of a row follows at once. */
const WARM_FOR = 300

interface Tip {
  readonly anchor: HTMLElement
  readonly text: string
  readonly keys: string
}

/**
 * Shows `data-tip` and its shortcut `data-keys` of whatever button the pointer or the focus rests on, anywhere on
 * the page. One popup serves them all. A tip repeats the button's label, so assistive technology needs none of it.
 */
@customElement('drift-tips')
export class Tips extends LitElement {
  static override styles = [
    base,
    css`
      wa-popup {
        pointer-events: none;
      }
      .tip {
        display: flex;
        gap: var(--space-2);
        padding: 5px 9px;
        border-radius: var(--radius-s);
        background: var(--wa-tooltip-background-color);
        color: var(--wa-tooltip-content-color);
        font-size: var(--type-s);
        font-weight: 500;
        line-height: 1.35;
        white-space: nowrap;
      }
      kbd {
        font: inherit;
        opacity: 0.72;
      }
    `,
  ]

  @state() private tip: Tip | undefined
  @query('wa-popup') private popup: WaPopup | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #lastShown = -Infinity

  override connectedCallback(): void {
    super.connectedCallback()
    this.setAttribute('aria-hidden', 'true')
    document.addEventListener('pointerover', this.#over)
    document.addEventListener('focusin', this.#focused)
    for (const type of ['pointerdown', 'keydown', 'focusout', 'wheel'] as const) {
      document.addEventListener(type, this.#hide, { passive: true, capture: true })
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.removeEventListener('pointerover', this.#over)
    document.removeEventListener('focusin', this.#focused)
    for (const type of ['pointerdown', 'keydown', 'focusout', 'wheel'] as const) {
      document.removeEventListener(type, this.#hide, { capture: true })
    }
    clearTimeout(this.#timer)
  }

  override render() {
    const { anchor, text, keys } = this.tip ?? {}
    const placement = anchor?.dataset.tipAt ?? 'bottom'
    return html`<wa-popup .anchor=${anchor ?? null} ?active=${anchor !== undefined} placement=${placement}
      distance="8" flip shift shift-padding="8">
      <div class="tip" ?hidden=${!anchor}>${text}${keys ? html`<kbd>${keys}</kbd>` : ''}</div>
    </wa-popup>`
  }

  override updated(): void {
    if (this.tip && this.popup?.hasUpdated) this.popup.reposition()
  }

  readonly #over = (event: PointerEvent): void => {
    if (event.pointerType !== 'mouse') return
    const anchor = tippedIn(event)
    if (anchor === this.tip?.anchor) return
    this.#hide()
    if (anchor) this.#showAfter(anchor, performance.now() - this.#lastShown < WARM_FOR ? 0 : AFTER)
  }

  readonly #focused = (event: FocusEvent): void => {
    const anchor = tippedIn(event)
    if (anchor?.matches(':focus-visible')) this.#showAfter(anchor, AFTER)
  }

  readonly #hide = (): void => {
    clearTimeout(this.#timer)
    if (!this.tip) return
    this.#lastShown = performance.now()
    this.tip = undefined
  }

  #showAfter(anchor: HTMLElement, ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      const { tip: text = '', keys = '' } = anchor.dataset
      if (anchor.isConnected && anchor.ariaExpanded !== 'true') this.tip = { anchor, text, keys }
    }, ms)
  }
}

const tippedIn = (event: Event): HTMLElement | undefined =>
  event
    .composedPath()
    .find((part): part is HTMLElement => part instanceof HTMLElement && part.dataset.tip !== undefined)

declare global {
  interface HTMLElementTagNameMap {
    'drift-tips': Tips
  }
}
