import { html, LitElement } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { INITIAL_STATUS, type SyncStatus, statusLine } from '../model/status.ts'
import { openWhenReady } from '../ui/ready.ts'
import { base, buttons, panel, popovers } from '../ui/styles.ts'
import { statusStyles } from './status.styles.ts'

/** Where the board is kept: one quiet line, and the meter behind it, whose code comes after the first picture. */
@customElement('drift-status')
export class Status extends LitElement {
  static override styles = [base, panel, buttons, popovers, statusStyles]

  @property({ attribute: false }) status: SyncStatus = INITIAL_STATUS
  /** Shows the dot alone; the line is still read out. */
  @property({ type: Boolean, reflect: true }) compact = false
  @state() private isOpen = false

  override render() {
    const { tone, text } = statusLine(this.status)
    return html`<div>
      <button id="line" class=${tone === 'bad' ? 'bad-line' : ''} aria-haspopup="dialog" @click=${openWhenReady}>
        <span class="dot ${tone}"></span>
        <span class="unseen">Saving and sharing:</span><span class="line" role="status" data-tone=${tone}>${text}</span>
      </button>
      <wa-popover
        for="line"
        placement=${this.compact ? 'bottom-start' : 'top-end'}
        distance="8"
        @wa-show=${() => {
          this.isOpen = true
        }}
        @wa-hide=${() => {
          this.isOpen = false
        }}
      >
        <drift-status-meter .status=${this.status} .isShown=${this.isOpen}></drift-status-meter>
      </wa-popover>
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-status': Status
  }
}
