import type { FontName } from '../../shared/geometry/text.ts'

/** CSS font families. What a bundled font lacks (Cyrillic, CJK, emoji) falls back to the system's. */
export const FONT_STACKS: Readonly<Record<FontName, string>> = {
  hand: "'Patrick Hand', 'Segoe Print', 'Bradley Hand', Chilanka, cursive, sans-serif",
  sans: "'Inter Variable', system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif",
  mono: "'JetBrains Mono Variable', ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace",
}

/** The value of a 2D canvas's `font` for a size in its own units. */
export const canvasFont = (font: FontName, size: number): string => `${size}px ${FONT_STACKS[font]}`
