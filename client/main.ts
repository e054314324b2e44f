import { boardPath, listen, loadControls, parseRoute, type Route } from './app/index.ts'
import { Nowhere } from './app/nowhere.ts'
import { Toasts } from './app/toasts.ts'
import { openBoardPage } from './board-page.ts'
import { openDevice, purgeRemoved } from './device.ts'
import { openHomePage } from './home-page.ts'
import type { Page } from './page.ts'

/** The composition root: opens the device's storage, then shows the page that the address names. */
function start(): void {
  const device = openDevice()
  const toasts = new Toasts()
  toasts.notices = device.notices
  let page: Page | undefined

  function show(route: Route): void {
    page?.close()
    page = pageAt(route)
    document.body.replaceChildren(page.element, toasts)
  }

  function pageAt(route: Route): Page {
    switch (route.at) {
      case 'home':
        return openHomePage(device, link => go(boardPath(link.id), { at: 'board', ...link }))
      case 'board':
        return openBoardPage(device, route)
      case 'nowhere':
        return {
          element: Object.assign(new Nowhere(), { heading: route.title, advice: route.advice }),
          close() {},
        }
    }
  }

  /** The path goes into the address; a key that the route holds does only once it is known to be safe there. */
  function go(path: string, route: Route): void {
    history.pushState(null, '', path)
    show(route)
  }

  const showAddress = () => show(parseRoute(new URL(location.href)))
  listen(document.body, 'go-home', () => go('/', { at: 'home' }))
  // Also when only the fragment changes: somebody pasted another link to the board that is open.
  window.addEventListener('popstate', showAddress)
  void device.libraryLoaded.then(() => purgeRemoved(device))
  showAddress()
  // Menus and dialogs come after the first picture. Safari has no idle callback.
  const afterFirstPicture = window.requestIdleCallback ?? setTimeout
  afterFirstPicture(() => void loadControls(device.notices))
}

start()
