import { html, svg, type TemplateResult } from 'lit'
import { type ArrowHead, headOf } from '../../../shared/shapes/arrow-heads.ts'
import type { Dash, FillStyle, TextAlign, VerticalAlign } from '../../../shared/shapes/common.ts'
import type { PathKind } from '../model/path-kind.ts'

/** Drawn samples of what a style does, in the colour of the text around them. */
const picture = (
  content: unknown,
  flip = false,
): TemplateResult => html`<svg width="22" height="22" viewBox="0 0 22 22"
  fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"
  aria-hidden="true" style=${flip ? 'transform: scaleX(-1)' : ''}>${content}</svg>`

/** px on the sample for each world unit of width, so that the widest fits its button. */
const WIDTH_SCALE = 0.85

export const widthSample = (width: number): TemplateResult =>
  picture(svg`<path d="M4 11h14" stroke-width=${Math.max(1, width * WIDTH_SCALE)} />`)

export const cornerSample = (isRound: boolean): TemplateResult =>
  picture(
    isRound
      ? svg`<path d="M5 17V11a6 6 0 0 1 6-6h6" /><path d="M17 10v.01M17 14v.01M17 17v.01M10 17v.01M14 17v.01" stroke-opacity=".5" />`
      : svg`<path d="M5 17V5h12" /><path d="M17 10v.01M17 14v.01M17 17v.01M10 17v.01M14 17v.01" stroke-opacity=".5" />`,
  )

export const pathSample = (kind: PathKind): TemplateResult => picture(svg`<path d=${PATHS[kind]} />`)

const PATHS: Readonly<Record<PathKind, string>> = {
  straight: 'M4 17 18 5',
  curved: 'M4 17C4 8 18 14 18 5',
  elbow: 'M4 17h7V5h7',
}

export const dashSample = (dash: Dash): TemplateResult =>
  picture(svg`<path d="M3 11h16" stroke-dasharray=${DASHED[dash]} />`)

const DASHED: Readonly<Record<Dash, string>> = { solid: 'none', dashed: '4 4', dotted: '0 4' }

export const roughSample = (roughness: number): TemplateResult =>
  picture(svg`<path stroke-width="1.5" d=${ROUGH[roughness] ?? ''} />`)

const ROUGH: readonly string[] = [
  'M3 14C6 6 10 6 11 11s5 5 8-3',
  'M3 14C5 6 10 5 11 11s5 5 8-3.5M3.4 13C6.5 7 9 6.4 10.7 11.4',
  'M3 14C5 4 11 5 11 11s6 6 8-4M3 12C7 6 9 7 10.4 12M12 12.6c3 3.6 6.4 0 7-2.6',
]

export const fillSample = (style: FillStyle): TemplateResult =>
  picture(
    svg`<rect x="3.5" y="3.5" width="15" height="15" rx="3" fill=${style === 'solid' ? 'currentColor' : 'none'} fill-opacity=".55" />${INSIDES[style]}`,
  )

const INSIDES: Readonly<Record<FillStyle, unknown>> = {
  solid: '',
  hachure: svg`<path d="M4 12 12 4M5 17 17 5M11 18l7-7" stroke-width="1.25" />`,
  cross: svg`<path d="M4 12 12 4M5 17 17 5M11 18l7-7M11 4l7 7M5 5l12 12M4 11l7 7" stroke-width="1" />`,
  dots: svg`<path d="M7.5 7.5v.01M11 7.5v.01M14.5 7.5v.01M7.5 11v.01M11 11v.01M14.5 11v.01M7.5 14.5v.01M11 14.5v.01M14.5 14.5v.01" />`,
}

export const steadySample = (isSteady: boolean): TemplateResult =>
  picture(
    isSteady
      ? svg`<path d="M4 15C7 5 10 7 11 11s4 5 7-4" stroke-width="2.5" />`
      : svg`<path d="M4 15C7 5 10 7 11 11s4 5 7-4c-2 7-4.5 10-7.7 7C8.3 16 9 8 4 15Z" fill="currentColor" stroke-width="1" />`,
  )

const SIDES: Readonly<Record<TextAlign, string>> = {
  left: 'M4 6h14M4 11h8M4 16h11',
  center: 'M4 6h14M7 11h8M5.5 16h11',
  right: 'M4 6h14M10 11h8M7 16h11',
}

export const alignSample = (align: TextAlign): TemplateResult => picture(svg`<path d=${SIDES[align]} />`)

const HEIGHTS: Readonly<Record<VerticalAlign, string>> = {
  top: 'M4 4h14M11 18V8M7.5 11.5 11 8l3.5 3.5',
  middle: 'M4 11h14M11 2.5v5M9 5.5l2 2 2-2M11 19.5v-5M9 16.5l2-2 2 2',
  bottom: 'M4 18h14M11 4v10M7.5 10.5 11 14l3.5-3.5',
}

export const valignSample = (valign: VerticalAlign): TemplateResult =>
  picture(svg`<path d=${HEIGHTS[valign]} />`)

/** A line that ends in `head`; `atTail` draws it towards the left. */
export function headSample(head: ArrowHead, atTail: boolean): TemplateResult {
  const { figures, back } = headOf(head, [3, 11], [19, 11], 0, 10)
  const parts = figures.map(({ points, closed, filled }) => {
    const path = `M${points.map(([x, y]) => `${x} ${y}`).join(' L')}${closed ? 'Z' : ''}`
    return svg`<path d=${path} fill=${filled ? 'currentColor' : 'none'} />`
  })
  return picture(svg`<path d="M3 11H${19 - back}" />${parts}`, atTail)
}
