import { contrast, shownColour, type Theme } from '../../render/colour.ts'
import type { StyleValues } from './style-values.ts'

/** What the board is painted with, as in tokens.css. */
const PAGE: Readonly<Record<Theme, string>> = { light: '#fafaf8', dark: '#151719' }
/** Less than this (WCAG's ratio), and a line can barely be made out. */
const LEAST = 1.4

/** Whether the lines and letters of this style are nearly as light as what is behind them. */
export function hardToSee({ stroke, fill }: StyleValues, theme: Theme): boolean {
  if (stroke?.value === undefined || stroke.value === 'transparent') return false
  const behind =
    fill?.value === undefined || fill.value === 'transparent' ? PAGE[theme] : shownColour(fill.value, theme)
  return contrast(shownColour(stroke.value, theme), behind) < LEAST
}
