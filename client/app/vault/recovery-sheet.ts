import { css, html, LitElement } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { logo } from '../home/logo.ts'
import { dayText } from '../model/vault-view.ts'

/** What comes out of the printer: the code, what it is for, and nothing of the page behind it. */
@customElement('drift-recovery-sheet')
export class RecoverySheet extends LitElement {
  static override styles = css`
    :host {
      display: none;
    }
    @media print {
      :host {
        display: block;
        padding: 12mm;
        color: #000;
        font: 400 11pt/1.5 var(--font);
      }
      h1 {
        display: flex;
        gap: 10px;
        align-items: center;
        margin: 0 0 8mm;
        font-size: 16pt;
      }
      .code {
        display: grid;
        grid-template-columns: repeat(3, auto);
        gap: 0 8mm;
        justify-content: center;
        max-width: 96mm;
        margin: 0 0 8mm;
        padding: 6mm;
        border: 1px solid #000;
        border-radius: 2mm;
        font: 600 16pt/1.8 "JetBrains Mono Variable", ui-monospace, monospace;
        letter-spacing: 0.08em;
      }
      p {
        max-width: 140mm;
        margin: 0 0 3mm;
      }
    }
  `

  @property() code = ''
  @property() site = ''
  /** ms since the epoch. */
  @property({ type: Number }) madeAt = 0

  override render() {
    return html`<h1>${logo}Driftboard recovery code</h1>
      <p class="code">${this.code.split('-').map(group => html`<span>${group}</span>`)}</p>
      <p>This opens the boards that one browser on one device keeps for ${this.site}, when its passkey or passphrase is lost.</p>
      <p>On the page that says “Your boards are locked”, choose “Use the recovery code” and type it. Spaces, hyphens and
        small letters make no difference.</p>
      <p>Whoever has this sheet and that device can read the boards. A newer code makes this one useless.</p>
      <p>Made on ${dayText(this.madeAt)}.</p>`
  }
}

/** Opens the browser's dialog for printing. Nothing of the code stays behind in the page. */
export async function printRecoveryCode(code: string): Promise<void> {
  const sheet = new RecoverySheet()
  Object.assign(sheet, { code, site: location.host, madeAt: Date.now() })
  const { title } = document
  document.body.append(sheet)
  await sheet.updateComplete
  // Browsers print the title on each page and take it for the name of a PDF; a board's has no place there.
  document.title = 'Driftboard recovery code'
  window.addEventListener(
    'afterprint',
    () => {
      sheet.remove()
      document.title = title
    },
    { once: true },
  )
  window.print()
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-recovery-sheet': RecoverySheet
  }
}
