import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { fire } from '../events.ts'
import { INITIAL_STATUS, type SyncStatus } from '../model/status.ts'
import {
  agoText,
  type Change,
  changeMarks,
  changeText,
  type Mark,
  whereText,
} from '../model/status-changes.ts'
import { type StatusRow, statusRows } from '../model/status-rows.ts'
import { icon } from '../ui/icons.ts'
import { base, buttons } from '../ui/styles.ts'
import { meterStyles } from './status-meter.styles.ts'

/** ms. The times beside the changes go on while they are shown. */
const TICK = 1_000

const HEADS = ['Device', 'Peers', 'Relay', 'Snapshot'] as const

/**
 * Where the board is, and where each of the person's latest changes is.
 *
 * @fires save-copy - saving on this device failed, and the person wants the board as a file
 * @fires point-out - the person points at a change: its shapes; at none any more: no shapes
 */
@customElement('drift-status-meter')
export class StatusMeter extends LitElement {
  static override styles = [base, buttons, meterStyles]

  @property({ attribute: false }) status: SyncStatus = INITIAL_STATUS
  @property({ attribute: false }) isShown = false
  @state() private pointed: number | null = null
  #timer: ReturnType<typeof setInterval> | undefined

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('isShown')) return
    clearInterval(this.#timer)
    if (this.isShown) this.#timer = setInterval(() => this.requestUpdate(), TICK)
    else this.#point(null)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearInterval(this.#timer)
  }

  override render() {
    if (!this.isShown) return nothing
    const { changes = [] } = this.status
    return html`<dl>${statusRows(this.status).map(row => this.#row(row))}</dl>
      ${changes.length > 0 ? this.#changes(changes) : nothing}`
  }

  #row({ place, tone, text }: StatusRow) {
    const isUnsaved = place === 'This device' && this.status.device === 'failed'
    return html`<div>
      <dt class=${tone}>${place}</dt>
      <dd>
        ${text}
        ${
          isUnsaved
            ? html`<button class="plain save" @click=${() => fire(this, 'save-copy', null)}>Save a copy</button>`
            : nothing
        }
      </dd>
    </div>`
  }

  #changes(changes: readonly Change[]) {
    const pointed = changes.find(({ id }) => id === this.pointed)
    return html`<section class="changes" aria-labelledby="changes">
      <div class="heads">
        <h2 id="changes">Your latest changes</h2>
        ${HEADS.map(head => html`<span aria-hidden="true">${head}</span>`)}
      </div>
      <ul @mouseleave=${() => this.#point(null)} @focusout=${() => this.#point(null)}>
        ${repeat(
          changes,
          ({ id }) => id,
          change => this.#change(change),
        )}
      </ul>
      <p class="where" aria-hidden="true">${pointed ? whereText(pointed) : 'Choose a change to see its shapes.'}</p>
    </section>`
  }

  #change(change: Change) {
    const point = () => this.#point(change)
    return html`<li>
      <button
        class="change"
        aria-label="${changeText(change)}. ${whereText(change)}"
        @mouseenter=${point}
        @focus=${point}
        @click=${point}
      >
        <span class="done">${changeText(change)} <span class="ago">${agoText(Date.now() - change.at)}</span></span>
        ${changeMarks(change).map(mark)}
      </button>
    </li>`
  }

  #point(change: Change | null): void {
    if (this.pointed === (change?.id ?? null)) return
    this.pointed = change?.id ?? null
    fire(this, 'point-out', { shapes: change?.shapes ?? [] })
  }
}

const mark = ({ isThere, count }: Mark) =>
  html`<span class="mark ${isThere ? 'there' : ''}">${isThere ? (count ?? icon('check')) : nothing}</span>`

declare global {
  interface HTMLElementTagNameMap {
    'drift-status-meter': StatusMeter
  }
}
