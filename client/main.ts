import { listen, loadControls, type Notices, withPart } from './app/index.ts'
import { followUpdates } from './app-update.ts'
import { boot } from './boot.ts'
import { browserMemory, followPolicy, type PolicyNews } from './boot-policy.ts'
import { bootStep } from './boot-step.ts'
import { type Device, type Ground, layGround } from './device.ts'
import { followDialogs } from './dialogs-under-way.ts'
import { focused } from './focused.ts'
import { addressRoute, openPages, type Pages, preloadPage } from './pages.ts'
import { purgeRemoved } from './removed-boards.ts'
import { openScreen, type Screen } from './screen.ts'
import { guardVault } from './vault-guard.ts'
import { chooseLock } from './vault-page.ts'
import type { SecurityParts } from './vault-security.ts'

/** The composition root: opens the device's storage, then shows the page that the address names. */
async function start(): Promise<void> {
  const ground = layGround()
  const screen = openScreen(ground.notices)
  followVersions(ground)
  // Beside the opening of the storage; the other page while the person looks at this one.
  preloadPage(addressRoute())
  const policy = followPolicy(fetch, browserMemory(), ground.clock)
  const device = await boot(ground, policy.atStart, screen.show)
  const pages = openPages(device, screen)
  void device.libraryLoaded.then(() => purgeRemoved(device, navigator.locks))
  pages.showAddress()
  followVault(device, policy, screen, pages)
  // Menus and dialogs come after the first picture. Safari has no idle callback.
  const afterFirstPicture = window.requestIdleCallback ?? setTimeout
  afterFirstPicture(() => {
    void loadControls(ground.notices)
    preloadPage({ at: 'board' })
    preloadPage({ at: 'home' })
  })
}

/** Where the browser keeps the app itself on the device: not on a page over plain HTTP. */
function followVersions(ground: Ground): void {
  followDialogs(ground.underWay)
  const { serviceWorker, locks } = navigator
  if (!serviceWorker || !locks) return
  followUpdates({ ...ground, workers: serviceWorker, locks, reload: () => location.reload() })
}

/** Locks when it is time, and lets the person see and change what protects the boards. */
function followVault(device: Device, policy: PolicyNews, screen: Screen, pages: Pages): void {
  const { vault, notices, clock, underWay } = device
  let isLockRequired = false
  const security = { vault, isLockRequired: () => isLockRequired }
  listen(document.body, 'show-security', () => void showSecurity(security, notices))
  void policy.atStart.then(known => {
    isLockRequired ||= known.vault === 'required'
  })
  const stopAsking = underWay.askBeforeLeaving(window)
  if (!vault) return
  const leave = async () => {
    stopAsking()
    await Promise.all([screen.clear(), device.close()])
  }
  guardVault({ vault, clock, underWay, notices, leave })
  void policy.latest.then(async latest => {
    if (latest) isLockRequired = latest.vault === 'required'
    if (bootStep(vault.state, isLockRequired).do !== 'choose-lock') return
    // The site has begun to ask for a lock: boards are shown again once there is one.
    await screen.clear()
    await chooseLock(vault, 'required', screen.ask)
    if (vault.state.at === 'open') pages.showAddress()
  })
}

async function showSecurity(parts: SecurityParts, notices: Notices): Promise<void> {
  const opener = focused(document)
  await withPart(notices, {
    name: 'The security settings',
    load: () => import('./vault-security.ts'),
    use: ({ openSecurity }) => openSecurity(parts, opener),
  })
}

void start()
