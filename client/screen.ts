import type { Notices } from './app/index.ts'
import { Toasts } from './app/toasts.ts'
import type { Page } from './page.ts'

/** The window: one page at a time, and the notices above it. */
export interface Screen {
  /** Closes the page that was there. */
  show(page: Page): void
  /** As `show`, of a page that the person has to answer before any other. */
  ask(page: Page): void
  readonly isAsking: boolean
  /** Takes everything away at once. Resolves when what the page was writing is written. */
  clear(): Promise<void>
}

export function openScreen(notices: Notices): Screen {
  const toasts = new Toasts()
  toasts.notices = notices
  let page: Page | undefined
  let isAsking = false
  const put = (next: Page) => {
    void page?.close()
    page = next
    document.body.replaceChildren(page.element, toasts)
  }
  return {
    get isAsking() {
      return isAsking
    },
    show(next) {
      isAsking = false
      put(next)
    },
    ask(next) {
      isAsking = true
      put(next)
    },
    async clear() {
      const closed = page
      page = undefined
      document.body.replaceChildren()
      await closed?.close()
    },
  }
}
