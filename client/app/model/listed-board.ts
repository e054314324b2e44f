/** A board of this device, as the list shows it. */
export interface ListedBoard {
  readonly id: string
  /** Empty while the board is untitled. */
  readonly title: string
  /** Milliseconds since the epoch. */
  readonly openedAt: number
  /** The person may look at it and not change it. */
  readonly viewOnly: boolean
}
