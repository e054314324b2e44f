import { html, LitElement, nothing, type PropertyValues, type SVGTemplateResult, svg } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import previous from 'lucide-static/icons/chevron-left.svg?raw'
import next from 'lucide-static/icons/chevron-right.svg?raw'
import history from 'lucide-static/icons/history.svg?raw'
import type { EditorView } from '../../editor/types.ts'
import { fire } from '../events.ts'
import { isControl, isInDialog, isTyping } from '../input/event-facts.ts'
import type { ReviewChoice, ReviewSide, ReviewView } from '../model/review.ts'
import { icon, picture } from '../ui/icons.ts'
import { base, buttons, panel } from '../ui/styles.ts'
import { reviewStyles } from './review.styles.ts'

/** The badges that the canvas has, too. */
const BADGES: Readonly<Record<ReviewSide, SVGTemplateResult>> = {
  mine: svg`<circle cx="7" cy="7" r="5.5"/>`,
  theirs: svg`<path d="M7 1 L13.5 12.5 L0.5 12.5 Z"/>`,
  both: svg`<path d="M7 0 L14 7 L7 14 L0 7 Z"/>`,
}

const SIDES: readonly (readonly [ReviewSide, string])[] = [
  ['mine', 'Yours'],
  ['theirs', 'Theirs'],
  ['both', 'Both'],
]

const STEPS: Readonly<Record<string, 1 | -1>> = { n: 1, ArrowRight: 1, p: -1, ArrowLeft: -1 }

/**
 * What happened on the board while the person was away: a banner that says it, and a bar that goes through it.
 *
 * @fires {CustomEvent<null>} review-open - The person wants to go through the changes.
 * @fires {CustomEvent<null>} review-close - The person has seen them, or does not want to.
 * @fires {CustomEvent<{by: 1 | -1}>} review-step - On to the next change, or back.
 * @fires {CustomEvent<{version: ReviewChoice['version']}>} review-keep - The shape is to look like in that version.
 */
@customElement('drift-review')
export class ReviewBar extends LitElement {
  static override styles = [base, panel, buttons, reviewStyles]

  @property({ attribute: false }) editor: EditorView | undefined
  @property({ attribute: false }) review: ReviewView | undefined
  @query('.next') private nextButton: HTMLButtonElement | null | undefined
  #hadFocus = false

  override connectedCallback(): void {
    super.connectedCallback()
    window.addEventListener('keydown', this.#onKey, { capture: true })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    window.removeEventListener('keydown', this.#onKey, { capture: true })
  }

  protected override willUpdate(): void {
    this.#hadFocus = this.shadowRoot?.activeElement != null
  }

  protected override updated(changed: PropertyValues<this>): void {
    // The button that had the focus is gone with the banner.
    const before = changed.get('review')
    if (this.#hadFocus && before?.at === 'offered' && this.review?.at === 'open') this.nextButton?.focus()
  }

  override render() {
    const { review } = this
    if (!review) return nothing
    return review.at === 'offered' ? this.#offer(review.text) : this.#open(review)
  }

  #offer(text: string) {
    return html`<div class="panel offer" role="status" aria-label="While you were away">
      ${picture(history)}
      <p>${text}</p>
      <button class="review" @click=${() => fire(this, 'review-open', null)}>Review</button>
      <button aria-label="Dismiss" data-tip="Dismiss" @click=${this.#close}>${icon('close')}</button>
    </div>`
  }

  #open({ step, count, side, text, choices }: Extract<ReviewView, { at: 'open' }>) {
    return html`<section class="panel open" aria-label="Review of changes">
      <div class="bar">
        <ul class="legend" aria-label="Marks">
          ${SIDES.map(([each, name]) => html`<li>${badge(each)}${name}</li>`)}
        </ul>
        <button aria-label="Previous change" data-tip="Previous" data-keys="P" @click=${() => this.#step(-1)}>${picture(previous)}</button>
        <span class="step">${step.toLocaleString('en')} of ${count.toLocaleString('en')}</span>
        <button class="next" aria-label="Next change" data-tip="Next" data-keys="N" @click=${() => this.#step(1)}>${picture(next)}</button>
        <button aria-label="End the review" data-tip="End the review" data-keys="Esc" @click=${this.#close}>${icon('close')}</button>
      </div>
      <div class="what" role="status">${badge(side)}<p>${text}</p></div>
      ${choices.length > 0 ? html`<div class="choices" role="group" aria-label="Version">${choices.map(this.#choice)}</div>` : nothing}
    </section>`
  }

  readonly #choice = ({ version, label, isShown }: ReviewChoice) =>
    html`<button aria-pressed=${isShown} @click=${() => fire(this, 'review-keep', { version })}>${label}</button>`

  readonly #close = (): void => {
    fire(this, 'review-close', null)
  }

  #step(by: 1 | -1): void {
    fire(this, 'review-step', { by })
  }

  /** Before the board's own shortcuts, which have other uses for these keys. */
  readonly #onKey = (event: KeyboardEvent): void => {
    if (this.review?.at !== 'open' || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.isComposing || isTyping(event) || isInDialog(event)) return
    const by = STEPS[event.key]
    const isArrow = event.key.startsWith('Arrow')
    if (event.key === 'Escape' ? this.#isBusy : by === undefined || (isArrow && this.#arrowsAreTaken(event)))
      return
    event.preventDefault()
    event.stopPropagation()
    if (by === undefined) this.#close()
    else this.#step(by)
  }

  /** Escape first ends what is under way on the board. */
  get #isBusy(): boolean {
    const state = this.editor?.state
    return (
      state !== undefined && (state.editing !== null || state.preview !== null || state.selection.size > 0)
    )
  }

  /** Arrow keys move what is selected, and within a row of choices. */
  #arrowsAreTaken(event: Event): boolean {
    const isElsewhere = isControl(event) && !event.composedPath().includes(this)
    return isElsewhere || (this.editor?.state.selection.size ?? 0) > 0
  }
}

const badge = (side: ReviewSide) =>
  html`<svg class="badge ${side}" viewBox="0 0 14 14" aria-hidden="true">${BADGES[side]}</svg>`

declare global {
  interface HTMLElementTagNameMap {
    'drift-review': ReviewBar
  }
}
