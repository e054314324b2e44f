import { css, html, LitElement } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { INITIAL_STATUS, type StatusRow, type SyncStatus, statusLine, statusRows } from '../model/status.ts'
import { openWhenReady } from '../ui/ready.ts'
import { base, buttons, panel } from '../ui/styles.ts'

/** Where the board is kept: one quiet line, and each place in words behind it. */
@customElement('drift-status')
export class Status extends LitElement {
  static override styles = [
    base,
    panel,
    buttons,
    css`
      :host {
        display: block;
      }
      button {
        gap: 8px;
        height: 32px;
        padding: 0 10px;
        color: var(--text-quiet);
        font-size: var(--type-s);
        font-weight: 450;
      }
      .dot,
      dt::before {
        flex: none;
        width: 8px;
        height: 8px;
        border-radius: 50%;
        background: var(--tone, var(--line-strong));
      }
      .good {
        --tone: var(--good);
      }
      .busy {
        --tone: var(--warn);
      }
      .bad {
        --tone: var(--bad);
      }
      button.bad-line {
        background: var(--bad-soft);
        color: var(--bad);
      }
      @media (prefers-reduced-motion: no-preference) {
        .dot.busy {
          animation: breathe 1.4s ease-in-out infinite alternate;
        }
      }
      @keyframes breathe {
        to {
          opacity: 0.35;
        }
      }
      wa-popover {
        --max-width: 320px;
        --arrow-size: 0px;
      }
      wa-popover:not(:defined) {
        display: none;
      }
      wa-popover::part(body) {
        padding: var(--space-4);
        border-radius: var(--radius-l);
        box-shadow: var(--shadow-over);
      }
      dl {
        display: grid;
        gap: var(--space-3);
        width: min(272px, calc(100vw - 64px));
        margin: 0;
        line-height: 1.4;
      }
      dt {
        display: flex;
        gap: 10px;
        align-items: center;
        font-weight: 600;
      }
      dt::before {
        content: '';
      }
      dd {
        margin: 1px 0 0 18px;
        color: var(--text-quiet);
      }
      @media (pointer: coarse) {
        button {
          height: var(--control);
        }
      }
      :host([compact]) button {
        width: var(--control);
        height: var(--control);
        padding: 0;
      }
      :host([compact]) .line {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
    `,
  ]

  @property({ attribute: false }) status: SyncStatus = INITIAL_STATUS
  /** Shows the dot alone; the line is still read out. */
  @property({ type: Boolean, reflect: true }) compact = false

  override render() {
    const { tone, text } = statusLine(this.status)
    return html`<div>
      <button id="line" class=${tone === 'bad' ? 'bad-line' : ''} aria-haspopup="dialog" @click=${openWhenReady}>
        <span class="dot ${tone}"></span>
        <span class="unseen">Saving and sharing:</span><span class="line" role="status" data-tone=${tone}>${text}</span>
      </button>
      <wa-popover for="line" placement=${this.compact ? 'bottom-start' : 'top-end'} distance="8">
        <dl>${statusRows(this.status).map(row)}</dl>
      </wa-popover>
    </div>`
  }
}

const row = ({ place, tone, text }: StatusRow) =>
  html`<div><dt class=${tone}>${place}</dt><dd>${text}</dd></div>`

declare global {
  interface HTMLElementTagNameMap {
    'drift-status': Status
  }
}
