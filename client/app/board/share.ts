import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { fire } from '../events.ts'
import {
  LINK_ROLES,
  type LinkRole,
  type Owner,
  type Replacing,
  type RoleLink,
  type Sharing,
} from '../model/sharing.ts'
import { chooseByArrow } from '../ui/choose-by-arrow.ts'
import { copyText } from '../ui/copy.ts'
import { icon } from '../ui/icons.ts'
import { base, buttons, dialogs, fields } from '../ui/styles.ts'
import { shareStyles } from './share.styles.ts'

/** ms. Long enough to be seen, short enough that a second copy is confirmed anew. */
const CONFIRMED_FOR = 2_500

/** What was last copied, or could not be. */
type Copied = { readonly what: 'link' | 'owner'; readonly isDone: boolean } | null

/**
 * How to bring others to the board: a link by role, and for its owner the way to take all links back.
 *
 * @fires {CustomEvent<null>} replace-links - The owner wants everybody removed who came by a link.
 * @fires {CustomEvent<null>} close-share - The person closed it.
 */
@customElement('drift-share')
export class Share extends LitElement {
  static override styles = [base, buttons, fields, dialogs, shareStyles]

  @property({ attribute: false }) sharing: Sharing | undefined
  @property({ type: Boolean, reflect: true }) open = false

  @state() private chosen: LinkRole | undefined
  @state() private isAsking = false
  @state() private copied: Copied = null
  @query('.body') private body: HTMLElement | undefined
  @query('.field') private field: HTMLInputElement | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('open') || this.open) return
    this.isAsking = false
    this.copied = null
    this.chosen = undefined
  }

  override render() {
    return html`<wa-dialog label="Share this board" light-dismiss ?open=${this.open} @wa-after-hide=${this.#onHidden}>
      <div class="body">${this.sharing && this.#body(this.sharing)}</div>
    </wa-dialog>`
  }

  #body(sharing: Sharing) {
    if (sharing.by === 'address') return html`<p>${sharing.note}</p>${this.#link(sharing.url)}`
    const chosen = sharing.links.find(({ role }) => role === this.chosen) ?? sharing.links[0]
    if (!chosen) return nothing
    return html`<div class="who">
        ${sharing.links.length > 1 ? this.#choice(sharing.links, chosen) : html`<p>Anyone with this link can look at the board.</p>`}
        <p class="quiet">${LINK_ROLES[chosen.role].text} Nobody needs an account.</p>
      </div>
      ${this.#link(chosen.url)}
      ${sharing.owner ? this.#owner(sharing.owner) : nothing}`
  }

  #choice(links: readonly RoleLink[], chosen: RoleLink) {
    return html`<p id="who">Anyone with the link can</p>
      <div class="roles" role="radiogroup" aria-labelledby="who" @keydown=${chooseByArrow}>
        ${links.map(
          ({
            role,
          }) => html`<button role="radio" aria-checked=${role === chosen.role} tabindex=${role === chosen.role ? 0 : -1}
            @click=${() => (this.chosen = role)}>${LINK_ROLES[role].title}</button>`,
        )}
      </div>`
  }

  #link(url: string) {
    const { copied } = this
    const isCopied = copied?.what === 'link' && copied.isDone
    return html`<div class="link">
        <input class="field" readonly autocomplete="off" aria-label="Link" .value=${url} @focus=${this.#selectAll} />
        <button class="main" autofocus @click=${() => this.#copy('link', url)}>
          ${icon(isCopied ? 'check' : 'copy')}<span>${isCopied ? 'Copied' : 'Copy link'}</span>
        </button>
      </div>
      <p class=${copied && !copied.isDone ? '' : 'unseen'} role="status">${copiedText(copied)}</p>`
  }

  #owner({ url, replacing }: Owner) {
    const canReplace = replacing.at !== 'impossible' && replacing.at !== 'running'
    return html`<section class="owner" aria-label="For the owner">
      ${
        this.isAsking && canReplace
          ? this.#question()
          : html`<div class="row">
              <div>
                <h3>You own this board</h3>
                <p class=${toneOf(replacing)} role="status">${replacingText(replacing)}</p>
              </div>
              <button class="plain" ?disabled=${!canReplace} @click=${this.#ask}>Replace all links</button>
            </div>`
      }
      <details>
        <summary>Move to another device</summary>
        <div>
          <p class="quiet">
            Opened on another device of yours, the owner link makes it an owner, too. Who has it can do all that you
            can, and it cannot be taken back: send it to nobody.
          </p>
          <button class="plain" @click=${() => this.#copy('owner', url)}>
            ${this.copied?.what === 'owner' && this.copied.isDone ? 'Copied' : 'Copy owner link'}
          </button>
        </div>
      </details>
    </section>`
  }

  #question() {
    return html`<div class="ask" role="group" aria-labelledby="ask">
      <p id="ask">
        <strong>Remove everyone with a link?</strong> All links sent so far stop working at once, and who came by one is
        closed out. The board stays as it is. Send the new link to those who shall come back.
      </p>
      <div class="answers">
        <button class="plain" @click=${this.#ask}>Keep the links</button>
        <button class="danger" @click=${this.#replace}>Replace all links</button>
      </div>
    </div>`
  }

  readonly #ask = (): void => {
    this.isAsking = !this.isAsking
  }

  readonly #replace = (): void => {
    this.isAsking = false
    fire(this, 'replace-links', null)
  }

  async #copy(what: 'link' | 'owner', url: string): Promise<void> {
    const isDone = this.body !== undefined && (await copyText(url, this.body))
    this.copied = { what, isDone }
    if (!isDone && what === 'link') this.field?.select()
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.copied = null
    }, CONFIRMED_FOR)
  }

  readonly #selectAll = (event: Event): void => (event.target as HTMLInputElement).select()

  readonly #onHidden = (event: Event): void => {
    if (event.target === event.currentTarget) fire(this, 'close-share', null)
  }
}

function replacingText(replacing: Replacing): string {
  switch (replacing.at) {
    case 'possible':
      return 'Take all links back if one went to the wrong person.'
    case 'running':
      return 'Replacing all links…'
    case 'done':
      return 'All links were replaced. Send the new one to those who shall come back.'
    case 'impossible':
    case 'failed':
      return replacing.why
  }
}

function toneOf({ at }: Replacing): string {
  if (at === 'failed') return 'bad'
  return at === 'done' ? 'good' : 'quiet'
}

function copiedText(copied: Copied): string {
  if (!copied) return ''
  if (!copied.isDone) return 'This browser does not let the page copy. Mark the link and copy it by hand.'
  return copied.what === 'link' ? 'The link was copied.' : 'The owner link was copied.'
}

declare global {
  interface HTMLElementTagNameMap {
    'drift-share': Share
  }
}
