import type { Theme } from '../../render/colour.ts'

/** A board of this device, as the list shows it. */
export interface ListedBoard {
  readonly id: string
  /** Empty while the board is untitled. */
  readonly title: string
  /** Milliseconds since the epoch. */
  readonly openedAt: number
  /** The person may look at it and not change it. */
  readonly viewOnly: boolean
  /** What is on it; undefined until that has been found out. */
  readonly content?: BoardContent | undefined
}

export interface BoardContent {
  /** Milliseconds since the epoch; 0 when nothing has changed since this device has the board. */
  readonly changedAt: number
  /** That the board takes on this device. */
  readonly bytes: number
  readonly shapes: number
  /** What is written on it, a line for each text. */
  readonly text: string
  /** WebP or PNG on a clear ground; null for an empty board. */
  readonly pictures: Readonly<Record<Theme, Uint8Array>> | null
}

/** What a board is called where it has no name. */
export const shownTitle = ({ title }: Pick<ListedBoard, 'title'>): string => title || 'Untitled board'
