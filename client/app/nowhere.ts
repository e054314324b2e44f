import { css, html, LitElement } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { fire } from './events.ts'
import { logo } from './home/logo.ts'
import { base, buttons } from './ui/styles.ts'

/**
 * A page that says why there is nothing here.
 *
 * @fires {CustomEvent<null>} go-home - The person wants the list of boards.
 */
@customElement('drift-nowhere')
export class Nowhere extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        place-content: center;
        justify-items: center;
        min-height: 100%;
        padding: var(--space-6);
        text-align: center;
      }
      h1 {
        margin: var(--space-4) 0 4px;
        font-size: var(--type-xl);
        font-weight: 650;
        letter-spacing: -0.018em;
      }
      p {
        max-width: 44ch;
        margin: 0 0 var(--space-6);
        color: var(--text-quiet);
        font-size: var(--type-l);
      }
    `,
  ]

  @property() heading = ''
  @property() advice = ''

  override render() {
    return html`${logo}
      <h1>${this.heading}</h1>
      <p>${this.advice}</p>
      <button class="main" @click=${() => fire(this, 'go-home', null)}>Your boards</button>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-nowhere': Nowhere
  }
}
