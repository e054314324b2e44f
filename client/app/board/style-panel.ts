import { html, LitElement, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { ArrowHead } from '../../../shared/shapes/arrow-heads.ts'
import { textLooks } from '../../editor/text-looks.ts'
import type { Style } from '../../editor/types.ts'
import type { Theme } from '../../render/colour.ts'
import type { AppEditor } from '../app-editor.ts'
import { EditorController } from '../editor-controller.ts'
import { hardToSee } from '../model/contrast.ts'
import { FILLS, ROUND_CORNER, STROKES } from '../model/palette.ts'
import { pathKind, pathStyle } from '../model/path-kind.ts'
import { type StyleValues, styleValues } from '../model/style-values.ts'
import { chooseByArrow } from '../ui/choose-by-arrow.ts'
import { icon } from '../ui/icons.ts'
import { openWhenReady } from '../ui/ready.ts'
import { base, buttons, popovers } from '../ui/styles.ts'
import { type Action, actions } from './actions.ts'
import type { Choice } from './style-choices.ts'
import * as choices from './style-choices.ts'
import { styleStyles } from './style-panel.styles.ts'
import './alt-text.ts'
import './swatches.ts'
import './text-looks.ts'

const ENDS = { tail: choices.headChoices(true), head: choices.headChoices(false) }
const PATHS = { elbow: choices.pathChoices(true), plain: choices.pathChoices(false) }

/** The styles of the selection, or of the next shape: only those that apply. */
@customElement('drift-style-panel')
export class StylePanel extends LitElement {
  static override styles = [base, buttons, popovers, styleStyles]

  @property({ attribute: false }) editor: AppEditor | undefined
  @property() theme: Theme = 'light'

  constructor() {
    super()
    new EditorController(this, ({ state, board }, boardVersion) => [
      state.selection,
      state.style,
      state.tool,
      state.editing,
      board.readOnly,
      state.selection.size > 0 ? boardVersion : 0,
    ])
  }

  override render() {
    if (!this.editor) return nothing
    const has = styleValues(this.editor)
    return html`
      ${this.#colours(has)}${this.#line(has)}${this.#letters(has)}
      <drift-alt-text .editor=${this.editor}></drift-alt-text>
      ${has.opacity ? this.#opacity(has.opacity.value) : nothing}
      ${this.editor.state.selection.size > 0 ? this.#actions(actions(this.editor)) : nothing}
    `
  }

  #colours(has: StyleValues) {
    const isFilled = has.fill !== undefined && has.fill.value !== 'transparent'
    return html`
      ${has.stroke && this.#palette('Stroke', 'stroke', STROKES, has.stroke.value)}
      ${hardToSee(has, this.theme) ? html`<p class="hint">${icon('alert')}Hard to see here</p>` : nothing}
      ${has.fill && this.#palette('Fill', 'fill', FILLS, has.fill.value)}
      ${isFilled && has.fillStyle ? this.#row('Fill pattern', 'fillStyle', choices.FILL_CHOICES, has.fillStyle.value, 'under') : nothing}
    `
  }

  #line(has: StyleValues) {
    const paths = has.elbow ? PATHS.elbow : PATHS.plain
    return html`
      ${has.width && this.#row('Width', 'width', choices.WIDTH_CHOICES, has.width.value)}
      ${has.dash && this.#row('Dashes', 'dash', choices.DASH_CHOICES, has.dash.value)}
      ${has.roughness && this.#row('Sketchiness', 'roughness', choices.ROUGH_CHOICES, roughKind(has.roughness.value))}
      ${has.corner && this.#row('Corners', 'corner', choices.CORNER_CHOICES, cornerKind(has.corner.value))}
      ${has.curved && this.#choices('Line', paths, pathKind(has), kind => this.#set(pathStyle(kind)), 'whole')}
      ${has.tail && this.#end('Start', 'tail', has.tail.value)}${has.head && this.#end('End', 'head', has.head.value)}
      ${has.steady && this.#row('Pen', 'steady', choices.STEADY_CHOICES, has.steady.value)}
    `
  }

  #letters(has: StyleValues) {
    return html`
      ${has.font && this.#row('Font', 'font', choices.FONT_CHOICES, has.font.value)}
      ${has.fontSize && this.#row('Size', 'fontSize', choices.SIZE_CHOICES, has.fontSize.value)}
      ${has.align && this.#row('Align', 'align', choices.ALIGN_CHOICES, has.align.value)}
      ${has.valign && this.#row('Vertical', 'valign', choices.VALIGN_CHOICES, has.valign.value)}
      ${this.editor && this.editor.state.editing === null && textLooks(this.editor) ? this.#looks() : nothing}
    `
  }

  /** While letters are typed, a bar beside them has the same buttons. */
  #looks() {
    return html`<section>
      <h3 aria-hidden="true">Letters</h3>
      <drift-text-looks role="group" aria-label="Letters" .editor=${this.editor}></drift-text-looks>
    </section>`
  }

  #palette(label: string, key: 'stroke' | 'fill', swatches: typeof STROKES, value: string | undefined) {
    return html`<section>
      <h3 aria-hidden="true">${label}</h3>
      <drift-swatches label=${label} .swatches=${swatches} .value=${value} .theme=${this.theme}
        @choose=${(event: CustomEvent<{ colour: string }>) => this.#set({ [key]: event.detail.colour })}></drift-swatches>
    </section>`
  }

  #row<K extends keyof Style>(
    label: string,
    key: K,
    list: readonly Choice<Style[K]>[],
    value: Style[K] | undefined,
    as = '',
  ) {
    return this.#choices(label, list, value, chosen => this.#set({ [key]: chosen }), as)
  }

  /** A row of buttons of which one is chosen; what has few shares its line with the next. */
  #choices<T>(
    label: string,
    list: readonly Choice<T>[],
    value: T | undefined,
    choose: (value: T) => void,
    as = '',
  ) {
    const kind = list.length <= 3 && as === '' ? 'half' : ''
    return html`<section class=${`${kind} ${as}`}>
      ${as === 'under' ? nothing : html`<h3 aria-hidden="true">${label}</h3>`}
      <div class="row" role="radiogroup" aria-label=${label}>
        ${list.map(choice => this.#choice(choice, choice.value === value, () => choose(choice.value)))}
      </div>
    </section>`
  }

  #choice<T>({ name, sample }: Choice<T>, isChosen: boolean, choose: () => void) {
    return html`<button role="radio" aria-checked=${isChosen} aria-label=${name} data-tip=${name} @click=${choose}>${sample}</button>`
  }

  /** Too many heads for a row: a button shows the one there is, and opens the others. */
  #end(label: string, key: 'head' | 'tail', value: ArrowHead | undefined) {
    const current = ENDS[key].find(choice => choice.value === value)
    return html`<section class="half">
      <h3 aria-hidden="true">${label}</h3>
      <button id=${key} class="end" aria-haspopup="dialog" aria-label=${`${label}: ${current?.name ?? 'mixed'}`}
        data-tip=${current?.name ?? 'Mixed'} @click=${openWhenReady}>${current?.sample ?? '–'}</button>
      <wa-popover for=${key} placement="right" distance="14">
        <div class="heads" role="radiogroup" aria-label=${label} @keydown=${chooseByArrow}>
          ${ENDS[key].map(choice => this.#choice(choice, choice.value === value, () => this.#set({ [key]: choice.value })))}
        </div>
      </wa-popover>
    </section>`
  }

  #opacity(value: number | undefined) {
    const percent = Math.round((value ?? 1) * 100)
    return html`<section>
      <h3 aria-hidden="true">Opacity <span class="value">${value === undefined ? 'mixed' : `${percent} %`}</span></h3>
      <wa-slider label="Opacity" min="10" max="100" step="5" size="s" .value=${percent}
        .valueFormatter=${(shown: number) => `${shown} %`}
        @input=${(event: Event) => this.#set({ opacity: Number((event.target as HTMLInputElement).value) / 100 })}></wa-slider>
    </section>`
  }

  #actions(list: readonly Action[]) {
    return html`<section class="actions">
      <h3 aria-hidden="true">Arrange</h3>
      <div class="row" role="group" aria-label="Arrange">
        ${list.map(
          ({
            command,
            title,
            keys,
            picture,
          }) => html`<button aria-label=${title} data-tip=${title} data-keys=${keys}
            @click=${() => this.editor?.run(command)}>${picture}</button>`,
        )}
      </div>
    </section>`
  }

  #set(patch: Partial<Style>): void {
    this.editor?.setStyle(patch)
  }
}

/** Any radius above zero counts as round. */
const cornerKind = (corner: number | undefined): number | undefined =>
  corner === undefined || corner === 0 ? corner : ROUND_CORNER

/** Other programs know steps in between. */
const roughKind = (roughness: number | undefined): number | undefined =>
  roughness === undefined ? undefined : Math.min(2, Math.ceil(roughness))

declare global {
  interface HTMLElementTagNameMap {
    'drift-style-panel': StylePanel
  }
}
