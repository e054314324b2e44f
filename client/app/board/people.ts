import { css, html, LitElement } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { styleMap } from 'lit/directives/style-map.js'
import type { EditorView } from '../../editor/types.ts'
import { readableOn } from '../../render/colour.ts'
import { EditorController } from '../editor-controller.ts'
import { fire } from '../events.ts'
import { initials } from '../model/names.ts'
import { openWhenReady } from '../ui/ready.ts'
import { base, buttons, fields, popovers } from '../ui/styles.ts'

/** Someone on the board. */
export interface Person {
  readonly name: string
  /** `#rrggbb` */
  readonly colour: string
}

/** Avatars side by side; more people than this become a number. */
const SHOWN = 4
const MAX_NAME_LENGTH = 60

/**
 * Who is here, oneself first.
 *
 * @fires {CustomEvent<{name: string}>} rename-self - The person chose another name.
 */
@customElement('drift-people')
export class People extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    popovers,
    css`
      :host {
        display: block;
      }
      button.stack {
        gap: 3px;
        padding: 0 6px;
      }
      .avatar {
        display: grid;
        flex: none;
        place-items: center;
        width: 28px;
        height: 28px;
        border-radius: 50%;
        font-size: 0.6875rem;
        font-weight: 650;
        line-height: 1;
      }
      .avatar::before {
        content: attr(data-initials);
        content: attr(data-initials) / '';
      }
      .more {
        background: var(--pressed);
        color: var(--text);
      }
      wa-popover {
        --max-width: 320px;
      }
      .card {
        display: grid;
        gap: var(--space-3);
        width: 232px;
      }
      label {
        display: grid;
        gap: 6px;
        font-weight: 500;
      }
      ul {
        display: grid;
        gap: var(--space-2);
        max-height: 40vh;
        margin: 0;
        padding: 0;
        overflow: auto;
        list-style: none;
      }
      li {
        display: flex;
        gap: 10px;
        align-items: center;
        padding: 2px;
      }
      li span:last-child {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      p {
        margin: 0;
        color: var(--text-quiet);
      }
    `,
  ]

  @property({ attribute: false }) editor: EditorView | undefined
  @property({ attribute: false }) self: Person = { name: '', colour: '#5c6164' }
  /** Leaves only one avatar and a number. */
  @property({ type: Boolean }) compact = false

  constructor() {
    super()
    // Peers change with every move of their cursors; names and colours rarely do.
    new EditorController(this, ({ state }) =>
      [...state.peers.values()].flatMap(({ name, colour }) => [name, colour]),
    )
  }

  override render() {
    const peers = [...(this.editor?.state.peers.values() ?? [])]
    const all: readonly Person[] = [this.self, ...peers]
    const shown = all.length <= this.#most ? all : all.slice(0, this.#most - 1)
    const rest = all.length - shown.length
    const label = all.length === 1 ? 'Only you are here' : `${all.length} people are here`
    return html`<div>
      <button id="stack" class="stack" aria-label=${label} aria-haspopup="dialog" data-tip=${label} @click=${openWhenReady}>
        ${shown.map(avatar)}${rest > 0 ? html`<span class="avatar more" data-initials=${`+${rest}`}></span>` : ''}
      </button>
      <wa-popover for="stack" placement="bottom-end" distance="8">${this.#card(peers)}</wa-popover>
    </div>`
  }

  get #most(): number {
    return this.compact ? 2 : SHOWN
  }

  #card(peers: readonly Person[]) {
    return html`<div class="card">
      <label>Your name
        <input class="field" .value=${this.self.name} maxlength=${MAX_NAME_LENGTH} autocomplete="off"
          @change=${this.#onRename} @keydown=${this.#onKey} />
      </label>
      ${
        peers.length === 0
          ? html`<p>Nobody else is here. Share the link to draw together.</p>`
          : html`<ul aria-label="Others here">${peers.map(peer => html`<li>${avatar(peer)}<span>${peer.name}</span></li>`)}</ul>`
      }
    </div>`
  }

  readonly #onRename = (event: Event): void => {
    const input = event.target as HTMLInputElement
    const name = input.value.trim()
    if (name === '') input.value = this.self.name
    else if (name !== this.self.name) fire(this, 'rename-self', { name })
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.isComposing) (event.target as HTMLInputElement).blur()
  }
}

/** The initials are drawn by the style sheet: they are a picture, and the name stands in words elsewhere. */
const avatar = ({ name, colour }: Person) =>
  html`<span class="avatar" data-initials=${initials(name)}
    style=${styleMap({ background: colour, color: readableOn(colour) })}></span>`

declare global {
  interface HTMLElementTagNameMap {
    'drift-people': People
  }
}
