import { css, html, LitElement } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { logo } from '../home/logo.ts'
import { base } from '../ui/styles.ts'
import { gateStyles } from './gate.styles.ts'

/** What is shown while boards that an earlier version kept are encrypted. */
@customElement('drift-moving')
export class MovingPage extends LitElement {
  static override styles = [
    base,
    gateStyles,
    css`
      progress {
        width: 100%;
        height: 6px;
        border: 0;
        border-radius: 999px;
        overflow: hidden;
        appearance: none;
        background: var(--pressed);
      }
      progress::-webkit-progress-bar {
        background: var(--pressed);
      }
      progress::-webkit-progress-value {
        border-radius: 999px;
        background: var(--accent);
      }
      progress::-moz-progress-bar {
        border-radius: 999px;
        background: var(--accent);
      }
    `,
  ]

  @property({ type: Number }) done = 0
  /** 0 while it is not known. */
  @property({ type: Number }) total = 0

  override render() {
    return html`<main>
      <span class="brand">${logo}Driftboard</span>
      <div class="head">
        <h1>Moving your boards into the vault…</h1>
        <p class="quiet">From now on they are encrypted on this device. If this is interrupted, it goes on at the next start.</p>
      </div>
      <progress aria-label="Boards moved" max=${Math.max(1, this.total)} .value=${this.done}></progress>
      <p class="quiet" aria-hidden="true">${this.total === 0 ? 'Looking for boards…' : `${this.done} of ${this.total}`}</p>
    </main>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-moving': MovingPage
  }
}
