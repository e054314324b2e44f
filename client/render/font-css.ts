import { STYLE, type TextStyle } from '../../shared/geometry/marks.ts'
import type { FontName } from '../../shared/geometry/text.ts'

/** CSS font families. What a bundled font lacks (Cyrillic, CJK, emoji) falls back to the system's. */
export const FONT_STACKS: Readonly<Record<FontName, string>> = {
  hand: "'Patrick Hand', 'Segoe Print', 'Bradley Hand', Chilanka, cursive, sans-serif",
  sans: "'Inter Variable', system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif",
  mono: "'JetBrains Mono Variable', ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace",
}

/** How bold letters are, as CSS `font-weight`. A font without such letters has them thickened. */
export const BOLD = 700

/** Font sizes: how far above the baseline a line through letters lies, and how thick it is. */
export const STRIKE = { rise: 0.28, thickness: 0.07 } as const

/** The value of a 2D canvas's `font` for a size in its own units. */
export const canvasFont = (font: FontName, size: number, style: TextStyle = 0): string =>
  `${faceOf(style)}${size}px ${FONT_STACKS[font]}`

function faceOf(style: TextStyle): string {
  if (style === 0) return ''
  return `${style & STYLE.italic ? 'italic ' : ''}${style & STYLE.bold ? `${BOLD} ` : ''}`
}
