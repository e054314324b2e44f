import type { Theme } from './colour.ts'

/** The colours of what is not part of the document; `#rrggbb`. They match the interface's own. */
export interface Palette {
  readonly page: string
  readonly dot: string
  readonly accent: string
  /** What a gesture snaps to. */
  readonly guide: string
  /** The inside of a handle. */
  readonly handle: string
  /** Whose work a shape is, in a review: told apart by everybody who tells light from dark or blue from yellow. */
  readonly mine: string
  readonly theirs: string
  readonly both: string
}

export const PALETTES: Readonly<Record<Theme, Palette>> = {
  light: {
    ...{ page: '#fafaf8', dot: '#d3d4cf', accent: '#0f6e6a', guide: '#d6336c', handle: '#ffffff' },
    ...{ mine: '#0068b3', theirs: '#c2560c', both: '#a3158a' },
  },
  dark: {
    ...{ page: '#151719', dot: '#33383d', accent: '#5cc9bf', guide: '#ff7eb0', handle: '#1f2225' },
    ...{ mine: '#58b2f2', theirs: '#f0a13c', both: '#f08be0' },
  },
}
