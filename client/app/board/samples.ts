import { html, svg, type TemplateResult } from 'lit'
import { type ArrowHead, headFigure } from '../../../shared/shapes/arrow.ts'

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

export const curveSample = (isCurved: boolean): TemplateResult =>
  picture(isCurved ? svg`<path d="M4 17C4 8 18 14 18 5" />` : svg`<path d="M4 17 9 7l4 8 5-10" />`)

/** A line that ends in `head`; `atTail` draws it towards the left. */
export function headSample(head: ArrowHead, atTail: boolean): TemplateResult {
  const figure = headFigure(head, [3, 11], [19, 11], 0)
  const points = figure?.points.map(([x, y]) => `${x} ${y}`).join(' L')
  const end = figure?.filled && head !== 'dot' ? 14 : 19
  return picture(
    svg`<path d="M3 11H${end}" />${figure ? svg`<path d=${`M${points}${figure.filled ? 'Z' : ''}`} fill=${figure.filled ? 'currentColor' : 'none'} />` : ''}`,
    atTail,
  )
}
