import { html, type TemplateResult } from 'lit'
import { styleMap } from 'lit/directives/style-map.js'
import { FONT_NAMES, type FontName } from '../../../shared/geometry/text.ts'
import { ARROW_HEADS, type ArrowHead } from '../../../shared/shapes/arrow-heads.ts'
import {
  ALIGNS,
  DASHES,
  type Dash,
  FILL_STYLES,
  type FillStyle,
  type TextAlign,
  VALIGNS,
  type VerticalAlign,
} from '../../../shared/shapes/common.ts'
import { FONT_STACKS } from '../../render/font-css.ts'
import { FONT_SIZES, ROUND_CORNER, WIDTHS } from '../model/palette.ts'
import type { PathKind } from '../model/path-kind.ts'
import {
  alignSample,
  cornerSample,
  dashSample,
  fillSample,
  headSample,
  pathSample,
  roughSample,
  steadySample,
  valignSample,
  widthSample,
} from './samples.ts'

export interface Choice<T> {
  readonly value: T
  /** What a screen reader and the tooltip say. */
  readonly name: string
  readonly sample: TemplateResult | string
}

/** Choices of what is named by `names`, each drawn by `sample`. */
const choicesOf = <T extends string>(
  all: readonly T[],
  names: Readonly<Record<T, string>>,
  sample: (value: T) => TemplateResult | string,
): readonly Choice<T>[] => all.map(value => ({ value, name: names[value], sample: sample(value) }))

const HEADS: Readonly<Record<ArrowHead, string>> = {
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
const FONTS: Readonly<Record<FontName, string>> = { hand: 'Hand-drawn', sans: 'Plain', mono: 'Code' }
const DASH_NAMES: Readonly<Record<Dash, string>> = { solid: 'Solid', dashed: 'Dashed', dotted: 'Dotted' }
const FILL_NAMES: Readonly<Record<FillStyle, string>> = {
  solid: 'Solid',
  hachure: 'Hachure',
  cross: 'Cross-hatch',
  dots: 'Dots',
}
const ALIGN_NAMES: Readonly<Record<TextAlign, string>> = { left: 'Left', center: 'Centre', right: 'Right' }
const VALIGN_NAMES: Readonly<Record<VerticalAlign, string>> = {
  top: 'Top',
  middle: 'Middle',
  bottom: 'Bottom',
}
const PATHS: Readonly<Record<PathKind, string>> = {
  straight: 'Straight',
  curved: 'Curved',
  elbow: 'Right angles',
}

export const WIDTH_CHOICES = WIDTHS.map(({ name, value }) => ({ name, value, sample: widthSample(value) }))
export const SIZE_CHOICES = FONT_SIZES.map(({ name, value, short }) => ({ name, value, sample: short }))
export const CORNER_CHOICES: readonly Choice<number>[] = [
  { name: 'Sharp', value: 0, sample: cornerSample(false) },
  { name: 'Round', value: ROUND_CORNER, sample: cornerSample(true) },
]
export const ROUGH_CHOICES: readonly Choice<number>[] = ['Clean', 'Hand-drawn', 'Sketchy'].map(
  (name, value) => ({
    ...{ name, value },
    sample: roughSample(value),
  }),
)
export const STEADY_CHOICES: readonly Choice<boolean>[] = [
  { name: 'By pressure', value: false, sample: steadySample(false) },
  { name: 'One width', value: true, sample: steadySample(true) },
]
export const DASH_CHOICES = choicesOf(DASHES, DASH_NAMES, dashSample)
export const FILL_CHOICES = choicesOf(FILL_STYLES, FILL_NAMES, fillSample)
export const ALIGN_CHOICES = choicesOf(ALIGNS, ALIGN_NAMES, alignSample)
export const VALIGN_CHOICES = choicesOf(VALIGNS, VALIGN_NAMES, valignSample)
export const FONT_CHOICES = choicesOf(
  FONT_NAMES,
  FONTS,
  font => html`<span class="letters" style=${styleMap({ fontFamily: FONT_STACKS[font] })}>Aa</span>`,
)
export const headChoices = (atTail: boolean): readonly Choice<ArrowHead>[] =>
  choicesOf(ARROW_HEADS, HEADS, head => headSample(head, atTail))
export const pathChoices = (hasElbow: boolean): readonly Choice<PathKind>[] =>
  choicesOf(hasElbow ? ['straight', 'curved', 'elbow'] : ['straight', 'curved'], PATHS, pathSample)
