import { expect, test } from './fixtures.ts'
import { agree, boardId, type Person } from './person.ts'

test.use({ serviceWorkers: 'allow' })

test('a link without its key is refused in words, and the whole link opens the board at once', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben')
  const board = await ana.makeBoard()
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ana.isSavedOnRelay()
  await ben.openBoard(boardId(board))
  await expect(lineOf(ben)).toHaveText('The relay does not let you in')
  await expect(noticesOf(ben)).toHaveText(/opens only with its whole link.*stays on this device/)
  expect(await ben.shapes()).toEqual([])

  await ben.openBoard(board)
  await ben.seesShapes(1)
  await expect(lineOf(ben)).toHaveText('Saved and shared')
  await expect(noticesOf(ben)).toHaveCount(0)
})

test('who came by a link is removed when the owner replaces the links, keeps what they draw, and comes back with the new one', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben')
  const cleo = await arrive('Cleo')
  const old = await ana.makeBoard()
  await ben.openBoard(old)
  await cleo.openBoard(await ana.linkTo('View'))
  await ana.hasPeers(1)
  await ben.hasPeers(1)
  await cleo.isSavedOnRelay()
  await replaceLinks(ana)
  // How soon is for the tests of the relay: browsers that share two cores take their time.
  await expect(lineOf(ben)).toHaveText('This link no longer works')
  await expect(lineOf(cleo)).toHaveText('This link no longer works')
  await expect(noticesOf(ben)).toHaveText(/replaced.*open the new link/)
  await ben.hasPeers(0)
  await ana.hasPeers(0)
  await expect.poll(async () => (await ana.othersHere()).length).toBe(0)

  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ben.draw('o', [
    [500, 200],
    [620, 280],
  ])
  await ana.isSavedOnRelay()
  await ben.isSavedHere()
  await ben.reload()
  await expect(lineOf(ben)).toHaveText('This link no longer works')
  await ben.seesShapes(1)
  expect((await ben.shapes()).map(({ type }) => type)).toEqual(['ellipse'])
  expect((await ana.shapes()).map(({ type }) => type)).toEqual(['rectangle'])

  const fresh = await ana.boardName()
  expect(boardId(fresh)).toBe(boardId(old))
  expect(fresh).not.toBe(old)
  await ben.openBoard(fresh)
  await ben.seesShapes(2)
  await ana.seesShapes(2)
  await ana.hasPeers(1)
  await agree(ana, ben)
  await ana.reload()
  expect(await ana.boardName()).toBe(fresh)
  await ana.isSavedOnRelay()
})

test('somebody removed who does not hear of it loses the direct link all the same', async ({ arrive }) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben')
  await ben.openBoard(await ana.makeBoard())
  await ana.hasPeers(1)
  await ben.hasPeers(1)
  ben.wire.freeze()
  await replaceLinks(ana)
  await ana.hasPeers(0)
  await ben.hasPeers(0)
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ana.isSavedOnRelay()
  expect(await ben.shapes()).toEqual([])
})

test('links are not replaced without a network, and the dialog says why', async ({ arrive }) => {
  const ana = await arrive('Ana')
  await ana.makeBoard()
  await ana.unplug()
  const dialog = await ana.openShare()
  await expect(dialog.getByRole('button', { name: 'Replace all links' })).toBeDisabled()
  await expect(dialog.getByText('once the relay can be reached')).toBeVisible()
  await ana.plugIn()
  await expect(dialog.getByRole('button', { name: 'Replace all links' })).toBeEnabled()
})

test('a board that its owner has not brought yet is waited for, and opens when they have', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben')
  await ana.page.goto(ana.wire.url)
  await ana.worksOffline()
  await ana.unplug()
  const board = await ana.makeBoard()
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ben.openBoard(board)
  await ben.draw('o', [
    [500, 200],
    [620, 280],
  ])
  await expect(lineOf(ben)).toHaveText('Waiting for the owner')
  await ana.plugIn()
  await ana.isSavedOnRelay()
  await ben.seesShapes(2)
  await agree(ana, ben)
})

async function replaceLinks(person: Person): Promise<void> {
  const dialog = await person.openShare()
  await dialog.getByRole('button', { name: 'Replace all links' }).click()
  await expect(dialog.getByText('Remove everyone with a link?')).toBeVisible()
  await dialog.getByRole('button', { name: 'Replace all links' }).click()
  await expect(dialog.getByText('All links were replaced')).toBeVisible()
  await person.closeShare()
}

const lineOf = ({ page }: Person) => page.locator('drift-status').getByRole('status')

const noticesOf = ({ page }: Person) => page.locator('drift-toasts li[data-kind=error]')
