import { expect, test } from './fixtures.ts'
import type { Person } from './person.ts'

test.use({ serviceWorkers: 'allow' })

test('boards are listed on their device, renamed, deleted and brought back', async ({ arrive }) => {
  const ana = await arrive('Ana')
  const { page } = ana
  const first = await ana.makeBoard()
  await titleOf(ana).fill('Plans')
  await titleOf(ana).press('Enter')
  await goHome(ana)
  await expect(boards(ana)).toHaveText([/Plans/])
  await page.getByRole('button', { name: 'New board' }).click()
  await ana.isOnBoard()
  await goHome(ana)
  await expect(boards(ana)).toHaveText([/Untitled board/, /Plans/])

  await page.getByRole('button', { name: 'Actions for Plans' }).click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  await titleOf(ana).fill('Garden')
  await titleOf(ana).press('Enter')
  await expect(boards(ana)).toHaveText([/Untitled board/, /Garden/])
  await page.reload()
  await page.getByRole('link', { name: /Garden/ }).click()
  await expect(titleOf(ana)).toHaveValue('Garden')
  expect(await ana.boardName()).toBe(first)
  await ana.isOnBoard()
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ana.seesShapes(1)
  await ana.isSavedHere()
  await goHome(ana)
  // How much room each takes, and what the browser says of all, now and when the person is back.
  await expect(boards(ana).filter({ hasText: 'Garden' })).toContainText(/ · [\d.]+ (bytes|KB)/)
  const footer = page.locator('footer')
  await expect(footer).toHaveText(/^2 boards · [\d.,]+ [KM]B used, [\d.,]+ [MGT]B free on this device$/)
  await page.evaluate(() => {
    navigator.storage.estimate = async () => ({ usage: 3_400_000, quota: 2_103_400_000 })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await expect(footer).toHaveText('2 boards · 3.4 MB used, 2.1 GB free on this device')

  await deleteBoard(ana, 'Garden')
  await expect(boards(ana)).toHaveText([/Untitled board/])
  await expect(page.getByRole('link', { name: 'Untitled board' })).toBeFocused()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(boards(ana)).toHaveText([/Garden/, /Untitled board/])
  await page.getByRole('link', { name: /Garden/ }).click()
  await ana.seesShapes(1)
  await goHome(ana)
  const databases = () => page.evaluate(async () => (await indexedDB.databases()).length)
  const before = await databases()
  await deleteBoard(ana, 'Garden')
  // Taken off the list, and then off the device: at a start that finds no page left which could undo it, the one before it included.
  // Nobody can tell which database is that of which board.
  await expect(async () => {
    await page.reload()
    await expect(boards(ana)).toHaveText([/Untitled board/])
    await expect.poll(databases, { timeout: 5_000 }).toBe(before - 1)
  }).toPass()
})

test('a title that was on its way to the board when the page was closed gets there at the next start', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const { page } = ana
  await ana.makeBoard()
  await titleOf(ana).fill('Plans')
  await titleOf(ana).press('Enter')
  await ana.isSavedHere()
  await goHome(ana)
  await page.reload()
  await expect(boards(ana)).toHaveText([/Plans/])
  await page.evaluate(onlyTheListCanBeWritten)
  await page.getByRole('button', { name: 'Actions for Plans' }).click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  await titleOf(ana).fill('Garden')
  await titleOf(ana).press('Enter')
  await expect(boards(ana)).toHaveText([/Garden/])
  await page.waitForFunction(() => document.documentElement.dataset.wrote)
  await page.reload()
  await boards(ana).getByRole('link').click()
  await expect(titleOf(ana)).toHaveValue('Garden')
  await goHome(ana)
  await expect(boards(ana)).toHaveText([/Garden/])
})

test('without a network the app starts, makes a board and keeps it; others join when the network is back', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const { page } = ana
  await page.goto(ana.wire.url)
  await ana.worksOffline()
  await ana.unplug()
  await page.reload()
  const board = await ana.makeBoard()
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ana.isSavedHere()
  await goHome(ana)
  await page.reload()
  await boards(ana).getByRole('link').click()
  await ana.seesShapes(1)
  expect((await ana.status())?.relay).not.toBe('saved')

  await ana.plugIn()
  await ana.isSavedOnRelay()
  const ben = await arrive('Ben')
  await ben.openBoard(board)
  await ben.seesShapes(1)
})

test('a link is opened from the home page, and one that leads nowhere says so', async ({ arrive }) => {
  const ana = await arrive('Ana')
  const { page } = ana
  await page.goto(`${ana.wire.url}/b/short`)
  await expect(page.getByRole('heading', { name: 'This link does not lead to a board' })).toBeVisible()
  await page.getByRole('button', { name: 'Your boards' }).click()
  await page.getByRole('button', { name: 'Open a link' }).click()
  const field = page.getByRole('textbox', { name: 'Link or id of a board' })
  await field.fill('https://example.org/not-a-board')
  await field.press('Enter')
  await expect(page.getByRole('alert')).toHaveText(/not the link of a board/)
  const id = 'AbCdEfGhIjKlMnOpQrStUv'
  await field.fill(`https://elsewhere.example/b/${id}`)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.waitForURL(`**/b/${id}`)
  await expect(page.getByRole('application', { name: 'Canvas' })).toBeVisible()
})

const titleOf = ({ page }: Person) => page.getByRole('textbox', { name: 'Board title' })

const boards = ({ page }: Person) => page.getByRole('list', { name: 'Boards' }).getByRole('listitem')

async function goHome({ page }: Person): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('menuitem', { name: 'Your boards' }).click()
  await expect(page.getByRole('heading', { name: 'Your boards' })).toBeVisible()
}

async function deleteBoard({ page }: Person, title: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${title}` }).click()
  await page.getByRole('menuitem', { name: 'Delete from this device' }).click()
}

/** Runs in the page: no database opens any more, and the document says when something was written into one that is open. */
function onlyTheListCanBeWritten(): void {
  IDBFactory.prototype.open = () => document.createElement('i') as unknown as IDBOpenDBRequest
  const { transaction } = IDBDatabase.prototype
  IDBDatabase.prototype.transaction = function (names, mode, options) {
    const begun = transaction.call(this, names, mode, options)
    if (mode === 'readwrite')
      begun.addEventListener('complete', () => {
        document.documentElement.dataset.wrote = 'yes'
      })
    return begun
  }
}
