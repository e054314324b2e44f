import { boardPath, listen, loadControls, parseRoute } from './app/index.ts'
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

  function show(): void {
    page?.close()
    page = pageAt(new URL(location.href))
    document.body.replaceChildren(page.element, toasts)
  }

  function pageAt(url: URL): Page {
    const route = parseRoute(url)
    switch (route.at) {
      case 'home':
        return openHomePage(device, id => go(boardPath(id)))
      case 'board':
        return openBoardPage(device, route.id)
      case 'nowhere':
        return {
          element: Object.assign(new Nowhere(), { heading: route.title, advice: route.advice }),
          close() {},
        }
    }
  }

  function go(path: string): void {
    history.pushState(null, '', path)
    show()
  }

  listen(document.body, 'go-home', () => go('/'))
  window.addEventListener('popstate', show)
  void device.libraryLoaded.then(() => purgeRemoved(device))
  show()
  // Menus and dialogs come after the first picture. Safari has no idle callback.
  const afterFirstPicture = window.requestIdleCallback ?? setTimeout
  afterFirstPicture(() => void loadControls(device.notices))
}

start()
