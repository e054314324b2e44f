import type { Page } from '@playwright/test'
import * as Y from 'yjs'
import { expect, test } from './fixtures.ts'
import type { Person } from './person.ts'
import { printed } from './printed-code.ts'
import { addPlain } from './stored-board.ts'

const SECRET = 'Otters swim at dawn'
const OTHER = 'Herons wait at noon'

test('a passphrase keeps a board from the screen until it is typed, and one tab opens and locks for all', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const { page } = ana
  await drawNamedBoard(ana)
  const address = page.url()
  await lockByPassphrase(page, SECRET)

  await page.reload()
  await expect(lockPage(page)).toBeVisible()
  await expect(page.getByLabel('Passphrase')).toBeFocused()
  expect(await shownText(page)).not.toContain('Merger')
  expect(await page.title()).toBe('Driftboard')

  await type(page, 'not that one')
  await expect(page.getByRole('alert')).toHaveText('This passphrase is wrong.')
  await expect(page.getByLabel('Passphrase')).toBeFocused()
  await type(page, SECRET)
  await ana.seesShapes(1)
  expect(page.url()).toBe(address)

  const tab = await ana.openTab()
  await tab.seesShapes(1)
  await tab.press('Control+Alt+KeyL')
  await expect(lockPage(tab.page)).toBeVisible()
  await expect(lockPage(page)).toBeVisible()
  await type(page, SECRET)
  await ana.seesShapes(1)
  await tab.seesShapes(1)
})

test('another passphrase makes the old one useless, the recovery code opens, and without a lock nobody is asked', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const { page } = ana
  await drawNamedBoard(ana)
  await lockByPassphrase(page, SECRET)
  await openSecurity(page)
  await page.getByRole('button', { name: 'Change', exact: true }).click()
  await fillPassphrase(page, OTHER)
  await page.getByRole('button', { name: 'Change the passphrase' }).click()
  await expect(page.getByRole('button', { name: 'Change the passphrase' })).toBeHidden()
  await page.getByRole('button', { name: 'Make a new one' }).click()
  await page.getByRole('group').getByRole('button', { name: 'Make a new one' }).click()
  const paper = await printed(page)
  const code = await keepCode(page)
  expect(paper).toContain(code.replaceAll('-', ''))
  expect(paper).toContain(`for ${new URL(page.url()).host}`)

  await page.reload()
  await type(page, SECRET)
  await expect(page.getByRole('alert')).toHaveText('This passphrase is wrong.')
  await page.getByRole('button', { name: 'Use the recovery code' }).click()
  await page.getByRole('textbox', { name: 'Recovery code' }).fill(code.toLowerCase().replaceAll('-', ' '))
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Keep the lock as it is' }).click()
  await ana.seesShapes(1)

  await openSecurity(page)
  await page.getByRole('button', { name: 'Remove the passphrase' }).click()
  await page.getByRole('button', { name: 'Remove the lock' }).click()
  await expect(page.getByText('Encrypted, without a lock')).toBeVisible()
  await ana.reload()
  await ana.seesShapes(1)
})

test('a passkey unlocks with one press', async ({ arrive }) => {
  const ana = await arrive('Ana')
  const { page } = ana
  await hasAuthenticator(page)
  await drawNamedBoard(ana)
  await openSecurity(page)
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await keepCode(page)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('menuitem', { name: 'Lock now' }).click()
  await expect(lockPage(page)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Unlock with your passkey' })).toBeFocused()
  await page.keyboard.press('Enter')
  await ana.seesShapes(1)
})

test('boards lock themselves once nobody has touched them for the chosen time', async ({ arrive }) => {
  const { page, wire } = await arrive('Ana')
  await page.clock.install()
  await page.goto(wire.url)
  await page.getByRole('button', { name: 'Security' }).click()
  await setPassphrase(page, SECRET)
  await page.getByRole('radio', { name: '1 min' }).click()
  await expect(page.getByRole('radio', { name: '1 min' })).toBeChecked()
  await page.keyboard.press('Escape')
  await page.clock.runFor(40_000)
  await page.mouse.move(50, 50)
  // The clock of the page goes on by itself besides, and a slow machine takes seconds for each of these steps.
  await page.clock.runFor(30_000)
  await expect(page.getByRole('button', { name: 'New board' })).toBeVisible()
  await page.clock.runFor(50_000)
  await expect(lockPage(page)).toBeVisible()
})

test('a site that begins to ask for a lock shows no board before one is set, also without a network', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const { page, context } = ana
  await drawNamedBoard(ana)
  await context.route('**/app.json', route => route.fulfill({ json: { vault: 'required' } }))
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Lock your boards' })).toBeVisible()
  await expect.poll(() => page.evaluate(() => window.driftboard)).toBeUndefined()
  await context.route('**/app.json', route => route.abort())
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Lock your boards' })).toBeVisible()
  expect(await shownText(page)).not.toContain('Merger')

  await fillPassphrase(page, SECRET)
  await page.getByRole('button', { name: 'Use this passphrase' }).click()
  await keepCode(page)
  await ana.seesShapes(1)
  await openSecurity(page)
  await expect(page.getByRole('button', { name: 'Remove the passphrase' })).toBeDisabled()
})

test.describe('on a site that has always asked for a lock', () => {
  test.use({ relaySettings: { VAULT: 'required' } })

  test('the first thing a new device does is to choose one', async ({ arrive }) => {
    const ana = await arrive('Ana')
    const { page } = ana
    await page.goto(ana.wire.url)
    await expect(page.getByRole('heading', { name: 'Lock your boards' })).toBeVisible()
    await page.getByLabel('New passphrase').fill('short')
    await page.getByLabel('The same again').press('Enter')
    await expect(page.getByRole('alert')).toContainText('8 letters')
    await fillPassphrase(page, SECRET)
    await page.getByRole('button', { name: 'Use this passphrase' }).click()
    await keepCode(page)
    await expect(page.getByRole('button', { name: 'New board' })).toBeVisible()
    await page.reload()
    await type(page, SECRET)
    await expect(page.getByRole('button', { name: 'New board' })).toBeVisible()
  })
})

test('boards that the first version kept in the clear are moved into the vault', async ({ arrive }) => {
  const ana = await arrive('Ana')
  const { page } = ana
  const id = 'AbCdEfGhIjKlMnOpQrStUv'
  await page.goto(`${ana.wire.url}/healthz`)
  const board = new Y.Doc()
  board.getMap('meta').set('title', 'Merger')
  const library = new Y.Doc()
  library.getMap('boards').set(id, new Y.Map(Object.entries({ title: 'Merger', openedAt: 1 })))
  await addPlain(page, id, Y.encodeStateAsUpdate(board))
  await addPlain(page, 'library', Y.encodeStateAsUpdate(library))

  await page.goto(ana.wire.url)
  await page.getByRole('list', { name: 'Boards' }).getByRole('link', { name: 'Merger' }).click()
  await expect(page.getByRole('textbox', { name: 'Board title' })).toHaveValue('Merger')
  const inTheClear = () =>
    page.evaluate(
      async known => (await indexedDB.databases()).filter(({ name }) => name && known.includes(name)),
      [id, 'library'],
    )
  await expect.poll(inTheClear).toEqual([])
})

test('a browser that keeps nothing for the page says so, and can be drawn in all the same', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  await ana.context.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }))
  await ana.makeBoard()
  const notice = ana.page.getByText(/^Nothing is kept on this device right now/)
  await expect(notice).toBeVisible()
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ana.seesShapes(1)
  await ana.page.getByRole('button', { name: 'Try again' }).click()
  await expect(notice).toBeVisible()
})

test('a start that another tab holds up goes on in memory, and what was sent is there once storage opens', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const { page } = ana
  const holder = await ana.context.newPage()
  await holder.goto(`${ana.wire.url}/healthz`)
  // As a tab of the first version that does not give way.
  await holder.evaluate(
    () =>
      new Promise(resolve => {
        const open = indexedDB.open('driftboard', 1)
        open.onsuccess = () => resolve(Object.assign(window, { held: open.result }) && null)
      }),
  )
  await ana.makeBoard()
  await expect(page.getByText(/Close the other tabs of this site/)).toBeVisible()
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ana.isSavedOnRelay()
  await holder.close()
  page.on('dialog', dialog => void dialog.accept())
  await page.getByRole('button', { name: 'Try again' }).click()
  await ana.isSavedHere()
  await ana.seesShapes(1)
  await expect.poll(() => page.url()).not.toContain('#')
})

const lockPage = (page: Page) => page.getByRole('heading', { name: 'Your boards are locked' })

async function drawNamedBoard(person: Person): Promise<void> {
  await person.makeBoard()
  const title = person.page.getByRole('textbox', { name: 'Board title' })
  await title.fill('Merger')
  await title.press('Enter')
  await person.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await person.isSavedHere()
}

async function openSecurity(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('menuitem', { name: 'Security…' }).click()
  await expect(page.getByRole('dialog', { name: 'Security' })).toBeVisible()
}

async function lockByPassphrase(page: Page, passphrase: string): Promise<void> {
  await openSecurity(page)
  await setPassphrase(page, passphrase)
  await page.keyboard.press('Escape')
  await expect(page.locator('drift-security')).toHaveCount(0)
}

/** In the open dialog. */
async function setPassphrase(page: Page, passphrase: string): Promise<void> {
  await page.getByRole('button', { name: 'Set a passphrase' }).click()
  await expect(page.getByLabel('New passphrase')).toBeFocused()
  await fillPassphrase(page, passphrase)
  await page.getByRole('button', { name: 'Set the passphrase' }).click()
  await keepCode(page)
}

async function fillPassphrase(page: Page, passphrase: string): Promise<void> {
  await page.getByLabel('New passphrase').fill(passphrase)
  await page.getByLabel('The same again').fill(passphrase)
}

/** Reads the recovery code from the screen and goes on. */
async function keepCode(page: Page): Promise<string> {
  const code = page.getByRole('group', { name: 'Recovery code' })
  await expect(code).toHaveText(/^\s*(\w{4}\s*){9}$/)
  const groups = (await code.innerText()).split(/\s+/)
  await page.getByRole('button', { name: 'I have kept it' }).click()
  await expect(code).toBeHidden()
  return groups.join('-')
}

async function type(page: Page, passphrase: string): Promise<void> {
  await page.getByLabel('Passphrase').fill(passphrase)
  await page.keyboard.press('Enter')
}

/** All text that the page holds, in whatever shadow root. */
async function shownText(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const textOf = (root: ParentNode & Node): string =>
      [...root.querySelectorAll('*')]
        .map(({ shadowRoot }) => (shadowRoot ? textOf(shadowRoot) : ''))
        .join('') + root.textContent
    return textOf(document.body)
  })
}

async function hasAuthenticator(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}
