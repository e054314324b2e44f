import type { Page } from '@playwright/test'
import { CLOSE } from '../../shared/protocol/close.ts'
import { expect, test } from './fixtures.ts'
import type { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'
import { Site } from './site.ts'
import { Wire } from './wire.ts'

test.use({ serviceWorkers: 'allow' })

const OFFER = 'A new version of Driftboard is ready.'

test('an app that was opened once starts without a network: at its boards, at a link, with its menus and its lock', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  await ana.makeBoard()
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ana.isSavedHere()
  await ana.worksOffline()
  await ana.unplug()
  const tab = await ana.openTab()
  await ana.page.close()
  await tab.seesShapes(1)

  // What the first picture did not need was kept, too: every script, style, font and program, of exports and libraries as well.
  const { page } = tab
  const files = await Site.builtFiles()
  expect(files.length).toBeGreaterThan(50)
  const missing = await page.evaluate(async paths => {
    const isKept = (path: string) =>
      fetch(`/${path}`).then(
        ({ ok }) => ok,
        () => false,
      )
    const kept = await Promise.all(paths.map(isKept))
    return paths.filter((_, i) => !kept[i])
  }, files)
  expect(missing).toEqual([])
  // Menus, dialogs, and the worker that stretches passphrases do work.
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('menuitem', { name: 'Security…' }).click()
  await page.getByRole('button', { name: 'Set a passphrase' }).click()
  await page.getByLabel('New passphrase').fill('Otters swim at dawn')
  await page.getByLabel('The same again').fill('Otters swim at dawn')
  await page.getByRole('button', { name: 'Set the passphrase' }).click()
  await page.getByRole('button', { name: 'I have kept it' }).click()
  await expect(page.getByRole('group', { name: 'Recovery code' })).toBeHidden()
  await page.reload()
  await page.getByLabel('Passphrase').fill('Otters swim at dawn')
  await page.keyboard.press('Enter')
  await tab.seesShapes(1)
  await page.goto(ana.wire.url)
  await page.getByLabel('Passphrase').fill('Otters swim at dawn')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('list', { name: 'Boards' }).getByRole('link')).toHaveCount(1)
})

test('browsers can install the app, and say so in the menu; installed, it makes boards and opens files from the desktop', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const { page } = ana
  await page.goto(`${ana.wire.url}/?new`)
  await page.waitForURL(/\/b\/[\w-]{22}$/)
  const made = page.url()
  await ana.isOnBoard()
  await ana.boardName()
  await ana.isSavedHere()
  await ana.reload()
  expect(page.url()).toBe(made)
  await ana.worksOffline()
  const cdp = await ana.context.newCDPSession(page)
  const { errors } = await cdp.send('Page.getAppManifest')
  expect(errors).toEqual([])
  const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors')
  // Contexts of tests count as private windows.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito'])

  // No browser under test offers to install, or is started with a file: both are told to the page as browsers do.
  await page.goto(ana.wire.url)
  await expect(page.getByRole('list', { name: 'Boards' })).toBeVisible()
  const isQuiet = await page.evaluate(() => {
    const offer = new Event('beforeinstallprompt', { cancelable: true })
    const prompt = async () => {
      document.title = 'Asked'
    }
    window.dispatchEvent(Object.assign(offer, { prompt }))
    return offer.defaultPrevented
  })
  expect(isQuiet).toBe(true)
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Install Driftboard…' }).click()
  await expect(page).toHaveTitle('Asked')
  await expect(page.getByRole('menuitem', { name: 'Back up all boards…' })).toBeHidden()
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await expect(page.getByRole('menuitem', { name: 'Back up all boards…' })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: 'Install Driftboard…' })).toBeHidden()

  await page.addInitScript(() => {
    const file = new File([JSON.stringify({ type: 'excalidraw', elements: [] })], 'sketch.excalidraw')
    Object.defineProperty(window, 'launchQueue', {
      value: {
        setConsumer: (consume: (launch: unknown) => void) =>
          consume({ files: [{ getFile: async () => file }] }),
      },
    })
  })
  await page.goto(ana.wire.url)
  await page.waitForURL(/\/b\/[\w-]{22}$/)
  await expect(page.getByText('There is nothing in sketch.excalidraw that can be shown.')).toBeVisible()
})

test('a new version that the relay asks for waits for gestures in all tabs, then comes with everything that was drawn', async ({
  arrive,
}) => {
  const site = await Site.copy()
  const relay = await RelayProcess.start({ CLIENT_DIR: site.folder })
  const wire = await Wire.to(() => relay.port)
  try {
    let isOutdated = false
    const ana = await arrive('Ana', { wire })
    await ana.context.routeWebSocket(/\/sync\//, socket => {
      if (isOutdated) void socket.close({ code: CLOSE.outdated, reason: 'Update the app.' })
      else socket.connectToServer()
    })
    await ana.makeBoard()
    await ana.worksOffline()
    const tab = await ana.openTab()
    await ana.unplug()
    await ana.draw('r', [
      [300, 200],
      [420, 280],
    ])
    await tab.seesShapes(1)
    await ana.press('Shift+2')
    const camera = await ana.camera()

    await publish(site, relay, 'two')
    isOutdated = true
    await ana.plugIn()
    for (const { page } of [ana, tab]) await expect(page.getByText(OFFER)).toBeVisible()
    await ana.page.getByRole('button', { name: 'Menu' }).click()
    await expect(ana.page.getByRole('menuitem', { name: 'Your boards' })).toBeVisible()
    await ana.press('Escape')

    await tab.press('p')
    await tab.page.mouse.move(500, 400)
    await tab.page.mouse.down()
    await tab.page.mouse.move(560, 440, { steps: 4 })
    await ana.page.getByRole('button', { name: 'Update' }).click()
    await expect(ana.page.getByText(/^The new version comes as soon as/)).toBeVisible()
    for (const person of [ana, tab]) await expect(pageOf(person)).not.toHaveAttribute('data-version')
    isOutdated = false
    await tab.page.mouse.move(620, 420, { steps: 4 })
    await tab.page.mouse.up()

    for (const person of [ana, tab]) {
      await expect(pageOf(person)).toHaveAttribute('data-version', 'two')
      await person.seesShapes(2)
      await person.isSavedOnRelay()
    }
    expect(await ana.camera()).toEqual(camera)

    // The next one comes by itself: not beside another tab, but at the first start that finds none.
    await publish(site, relay, 'three')
    await lookForUpdate(ana.page)
    await expect(tab.page.getByText(OFFER)).toBeVisible()
    await ana.reload()
    await expect(ana.page.getByText(OFFER)).toBeVisible()
    await expect(pageOf(ana)).toHaveAttribute('data-version', 'two')
    await tab.page.close()
    // The browser may count a tab that has just been closed, and the page before a reload, a moment longer.
    await expect(async () => {
      await ana.page.reload()
      await expect(pageOf(ana)).toHaveAttribute('data-version', 'three', { timeout: 5_000 })
    }).toPass()
    await ana.seesShapes(2)
  } finally {
    await wire.close()
    await relay.dispose()
    await site.dispose()
  }
})

async function publish(site: Site, relay: RelayProcess, version: string): Promise<void> {
  await site.publish(version)
  await relay.stop()
  await relay.start()
}

/** Names the version that runs; the one that was built says nothing. */
const pageOf = ({ page }: Person) => page.locator('html')

/** As the browser does from time to time. */
const lookForUpdate = (page: Page) =>
  page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()))
