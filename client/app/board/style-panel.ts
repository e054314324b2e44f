import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { styleMap } from 'lit/directives/style-map.js'
import { FONT_NAMES, type FontName } from '../../../shared/geometry/text.ts'
import { ARROW_HEADS, type ArrowHead } from '../../../shared/shapes/arrow.ts'
import type { Style } from '../../editor/types.ts'
import type { Theme } from '../../render/colour.ts'
import { FONT_STACKS } from '../../render/font-css.ts'
import type { AppEditor } from '../app-editor.ts'
import { EditorController } from '../editor-controller.ts'
import { FILLS, FONT_SIZES, ROUND_CORNER, STROKES, WIDTHS } from '../model/palette.ts'
import { styleValues } from '../model/style-values.ts'
import { base, buttons } from '../ui/styles.ts'
import { type Action, actions } from './actions.ts'
import { cornerSample, curveSample, headSample, widthSample } from './samples.ts'
import { styleStyles } from './style-panel.styles.ts'
import './swatches.ts'

interface Choice<T> {
  readonly value: T
  readonly name: string
  readonly sample: TemplateResult | string
}

const FONT_TITLES: Readonly<Record<FontName, string>> = { hand: 'Hand-drawn', sans: 'Plain', mono: 'Code' }
const HEAD_TITLES: Readonly<Record<ArrowHead, string>> = {
  none: 'None',
  arrow: 'Arrow',
  triangle: 'Triangle',
  dot: 'Dot',
  bar: 'Bar',
  diamond: 'Diamond',
  'triangle-outline': 'Triangle outline',
  'dot-outline': 'Circle',
  'diamond-outline': 'Diamond outline',
  square: 'Square',
  inverted: 'Inverted triangle',
  one: 'Exactly one',
  many: 'Many',
  'one-or-many': 'One or many',
}

/** The styles of the selection, or of the next shape: only those that apply. */
@customElement('drift-style-panel')
export class StylePanel extends LitElement {
  static override styles = [base, buttons, styleStyles]

  @property({ attribute: false }) editor: AppEditor | undefined
  @property() theme: Theme = 'light'

  constructor() {
    super()
    new EditorController(this, ({ state, board }, boardVersion) => [
      state.selection,
      state.style,
      state.tool,
      board.readOnly,
      state.selection.size > 0 ? boardVersion : 0,
    ])
  }

  override render() {
    if (!this.editor) return nothing
    const has = styleValues(this.editor)
    return html`
      ${has.stroke && this.#colours('Stroke', 'stroke', STROKES, has.stroke.value)}
      ${has.fill && this.#colours('Fill', 'fill', FILLS, has.fill.value)}
      ${has.width && this.#choices('Width', 'width', WIDTH_CHOICES, has.width.value)}
      ${has.corner && this.#choices('Corners', 'corner', CORNER_CHOICES, cornerKind(has.corner.value))}
      ${has.curved && this.#choices('Line', 'curved', CURVE_CHOICES, has.curved.value)}
      ${has.tail && this.#choices('Start', 'tail', headChoices(true), has.tail.value)}
      ${has.head && this.#choices('End', 'head', headChoices(false), has.head.value)}
      ${has.font && this.#choices('Font', 'font', FONT_CHOICES, has.font.value)}
      ${has.fontSize && this.#choices('Size', 'fontSize', SIZE_CHOICES, has.fontSize.value)}
      ${has.opacity && this.#opacity(has.opacity.value)}
      ${this.editor.state.selection.size > 0 ? this.#actions(actions(this.editor)) : nothing}
    `
  }

  #colours(label: string, key: 'stroke' | 'fill', swatches: typeof STROKES, value: string | undefined) {
    return html`<section>
      <h3 aria-hidden="true">${label}</h3>
      <drift-swatches label=${label} .swatches=${swatches} .value=${value} .theme=${this.theme}
        @choose=${(event: CustomEvent<{ colour: string }>) => this.#set({ [key]: event.detail.colour })}></drift-swatches>
    </section>`
  }

  #choices<K extends keyof Style>(
    label: string,
    key: K,
    choices: readonly Choice<Style[K]>[],
    value: Style[K] | undefined,
  ) {
    return html`<section class=${choices.length <= 4 ? 'half' : ''}>
      <h3 aria-hidden="true">${label}</h3>
      <div class="row" role="radiogroup" aria-label=${label}>
        ${choices.map(
          choice => html`<button role="radio" aria-checked=${choice.value === value} aria-label=${choice.name}
            data-tip=${choice.name} @click=${() => this.#set({ [key]: choice.value })}>${choice.sample}</button>`,
        )}
      </div>
    </section>`
  }

  #opacity(value: number | undefined) {
    const percent = Math.round((value ?? 1) * 100)
    return html`<section class="half">
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

const WIDTH_CHOICES = WIDTHS.map(({ name, value }) => ({ name, value, sample: widthSample(value) }))
const SIZE_CHOICES = FONT_SIZES.map(({ name, value, short }) => ({ name, value, sample: short }))
const CORNER_CHOICES: readonly Choice<number>[] = [
  { name: 'Sharp', value: 0, sample: cornerSample(false) },
  { name: 'Round', value: ROUND_CORNER, sample: cornerSample(true) },
]
const CURVE_CHOICES: readonly Choice<boolean>[] = [
  { name: 'Straight', value: false, sample: curveSample(false) },
  { name: 'Curved', value: true, sample: curveSample(true) },
]
const FONT_CHOICES: readonly Choice<FontName>[] = FONT_NAMES.map(value => ({
  name: FONT_TITLES[value],
  value,
  sample: html`<span class="letters" style=${styleMap({ fontFamily: FONT_STACKS[value] })}>Aa</span>`,
}))
const headChoices = (atTail: boolean): readonly Choice<ArrowHead>[] =>
  ARROW_HEADS.map(value => ({ name: HEAD_TITLES[value], value, sample: headSample(value, atTail) }))

/** Any radius above zero counts as round. */
const cornerKind = (corner: number | undefined): number | undefined =>
  corner === undefined || corner === 0 ? corner : ROUND_CORNER

declare global {
  interface HTMLElementTagNameMap {
    'drift-style-panel': StylePanel
  }
}
