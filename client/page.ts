/** What fills the window. */
export interface Page {
  readonly element: HTMLElement
  /** Releases everything the page holds. Where it was writing, resolves once that has ended. */
  close(): void | Promise<void>
}
