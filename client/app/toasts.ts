import { css, html, LitElement } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { Notice, Notices } from './model/notices.ts'
import { StoreController } from './store-controller.ts'
import { icon } from './ui/icons.ts'
import { base, buttons } from './ui/styles.ts'

/** Shows the notices. Time stands still while the pointer or the focus is on one. */
@customElement('drift-toasts')
export class Toasts extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        position: fixed;
        right: 0;
        bottom: calc(var(--space-4) + var(--safe-bottom));
        left: 0;
        z-index: 30;
        pointer-events: none;
      }
      ol {
        display: grid;
        gap: var(--space-2);
        justify-items: center;
        margin: 0;
        padding: 0 var(--space-3);
        list-style: none;
      }
      li {
        display: flex;
        gap: var(--space-1);
        align-items: center;
        max-width: min(480px, 100%);
        padding: 5px 5px 5px 14px;
        border-radius: var(--radius-l);
        background: var(--surface);
        box-shadow: var(--shadow-over);
        pointer-events: auto;
        animation: rise 160ms var(--ease);
      }
      li > .icon {
        color: var(--bad);
        margin-right: var(--space-1);
      }
      p {
        flex: 1;
        min-width: 0;
        margin: 0;
        padding: 6px var(--space-2) 6px 0;
        overflow-wrap: anywhere;
      }
      .does {
        display: flex;
        flex: none;
        margin-left: auto;
      }
      button {
        height: 32px;
        min-width: 32px;
      }
      button.action {
        padding: 0 10px;
        color: var(--accent-text);
        font-weight: 600;
      }
      .icon svg {
        width: 16px;
        height: 16px;
      }
      @keyframes rise {
        from {
          opacity: 0;
          transform: translateY(8px);
        }
      }
      @media (prefers-reduced-motion: reduce) {
        li {
          animation: none;
        }
      }
      @media (pointer: coarse) {
        button {
          height: 44px;
          min-width: 44px;
        }
      }
      /* Beside a long button the words would stand in a column: it goes below them. */
      @media (max-width: 480px) {
        li {
          flex-wrap: wrap;
        }
        p {
          flex-basis: 55%;
        }
      }
      /* Above the toolbar of a board, and the row above that. */
      @media (max-width: 1270px) {
        :host {
          bottom: calc(116px + var(--safe-bottom));
        }
      }
    `,
  ]

  @property({ attribute: false }) notices: Notices | undefined

  constructor() {
    super()
    new StoreController(this, () => this.notices)
  }

  override render() {
    return html`<div role="status" aria-label="Notices"
      @pointerenter=${() => this.notices?.hold()} @pointerleave=${() => this.notices?.release()}
      @focusin=${() => this.notices?.hold()} @focusout=${() => this.notices?.release()}>
      <ol>${repeat(this.notices?.list ?? [], ({ id }) => id, this.#item)}</ol>
    </div>`
  }

  readonly #item = ({ id, kind, text, action }: Notice) => html`<li data-kind=${kind}>
    ${kind === 'error' ? icon('alert') : ''}
    <p>${text}</p>
    <span class="does">
      ${
        action
          ? html`<button class="action" @click=${() => {
              action.run()
              this.notices?.dismiss(id)
            }}>${action.label}</button>`
          : ''
      }
      <button aria-label="Dismiss" @click=${() => this.notices?.dismiss(id)}>${icon('close')}</button>
    </span>
  </li>`
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-toasts': Toasts
  }
}
