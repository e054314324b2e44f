/** What fills the window. */
export interface Page {
  readonly element: HTMLElement
  /** Releases everything the page holds. */
  close(): void
}
