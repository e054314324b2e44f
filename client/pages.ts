import { type BoardLink, boardPath, listen, parseRoute, type Route } from './app/index.ts'
import { Nowhere } from './app/nowhere.ts'
import { type Device, makeBoard } from './device.ts'
import type { Page } from './page.ts'
import type { Screen } from './screen.ts'

export interface Pages {
  /** Shows the page that the address names. */
  showAddress(): void
}

export const addressRoute = (): Route => parseRoute(new URL(location.href))

// Two thirds of the app's code draw boards. The list of them, and the page that unlocks them, come without it.
const loadBoardPage = () => import('./board-page.ts')
const loadHomePage = () => import('./home-page.ts')

/** Loads what a page needs before it is shown. That it failed is said when it is. */
export function preloadPage({ at }: Pick<Route, 'at'>): void {
  if (at !== 'nowhere') (at === 'home' ? loadHomePage() : loadBoardPage()).catch(() => {})
}

/** Leads from page to page. */
export function openPages(device: Device, screen: Screen): Pages {
  /** What is to be shown; a page that comes late for its turn is not. */
  let current: Route | undefined

  async function show(route: Route): Promise<void> {
    current = route
    const page = await pageAt(route, () => route === current && !screen.isAsking)
    if (page) screen.show(page)
  }

  async function pageAt(route: Route, isStill: () => boolean): Promise<Page | undefined> {
    switch (route.at) {
      case 'home': {
        const code = await loadHomePage().catch(() => null)
        if (!isStill()) return
        return code ? code.openHomePage(device, openBoard) : nowhere(LIST_NOT_LOADED)
      }
      case 'new': {
        const id = makeBoard(device)
        // So that a reload does not make another.
        history.replaceState(null, '', boardPath(id))
        return pageAt({ at: 'board', id, fragment: '' }, isStill)
      }
      case 'board': {
        const code = await loadBoardPage().catch(() => null)
        if (!isStill()) return
        return code ? code.openBoardPage(device, route) : nowhere(BOARD_NOT_LOADED)
      }
      case 'nowhere':
        return nowhere(route)
    }
  }

  /** The path goes into the address; a key that the route holds does only once it is known to be safe there. */
  function go(path: string, route: Route): void {
    history.pushState(null, '', path)
    void show(route)
  }

  const openBoard = (link: BoardLink) => go(boardPath(link.id), { at: 'board', ...link })
  const showAddress = () => void show(addressRoute())
  listen(document.body, 'open-board', openBoard)
  listen(document.body, 'go-home', () => go('/', { at: 'home' }))
  // Also when only the fragment changes: somebody pasted another link to the board that is open.
  window.addEventListener('popstate', () => {
    if (!screen.isAsking) showAddress()
  })
  return { showAddress }
}

const BOARD_NOT_LOADED = {
  title: 'The board could not be loaded',
  advice: 'It is safe on this device. Check the connection, then reload the page.',
}

const LIST_NOT_LOADED = {
  title: 'Your boards could not be listed',
  advice: 'They are safe on this device. Check the connection, then reload the page.',
}

const nowhere = ({ title, advice }: { title: string; advice: string }): Page => ({
  element: Object.assign(new Nowhere(), { heading: title, advice }),
  close() {},
})
