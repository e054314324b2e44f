import type { Theme } from './colour.ts'

/** The colours of what is not part of the document; `#rrggbb`. They match the interface's own. */
export interface Palette {
  readonly page: string
  readonly dot: string
  readonly accent: string
  /** The inside of a handle. */
  readonly handle: string
}

export const PALETTES: Readonly<Record<Theme, Palette>> = {
  light: { page: '#fafaf8', dot: '#d3d4cf', accent: '#0f6e6a', handle: '#ffffff' },
  dark: { page: '#151719', dot: '#33383d', accent: '#5cc9bf', handle: '#1f2225' },
}
