import { html, svg, type TemplateResult } from 'lit'
import { shownColour, type Theme } from '../../render/colour.ts'
import type { StyleValues } from '../model/style-values.ts'

/** A small picture of the style: a disc with its stroke and fill. */
export function stylePreview({ stroke, fill, width }: StyleValues, theme: Theme): TemplateResult {
  const line = stroke?.value === undefined ? 'var(--line-strong)' : shownColour(stroke.value, theme)
  const inside =
    fill?.value === undefined || fill.value === 'transparent' ? 'none' : shownColour(fill.value, theme)
  const thickness = Math.min(6, 2 + (width?.value ?? 2) / 2)
  return html`<svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true">
    ${svg`<circle cx="13" cy="13" r="9" fill=${inside} stroke=${line} stroke-width=${thickness} />`}
  </svg>`
}
