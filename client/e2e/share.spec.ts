import { expect, test } from './fixtures.ts'
import { agree, type Person } from './person.ts'

test.use({ serviceWorkers: 'allow' })

for (const what of ['View', 'Comment'] as const) {
  test(`a link to ${what.toLowerCase()} lets somebody see everything live and change nothing, also after a reload and offline`, async ({
    arrive,
  }) => {
    const ana = await arrive('Ana')
    const ben = await arrive('Ben')
    await ana.makeBoard()
    await ben.openBoard(await ana.linkTo(what))
    await ana.draw('r', [
      [300, 200],
      [420, 280],
    ])
    await ben.seesShapes(1)
    await looksOnly(ben)
    expect(await ana.shapes()).toHaveLength(1)

    await ben.worksOffline()
    await ben.reload()
    await ana.draw('o', [
      [500, 200],
      [620, 280],
    ])
    await ben.seesShapes(2)
    await looksOnly(ben)
    await ben.isSavedHere()

    await ben.unplug()
    await ben.reload()
    await ben.seesShapes(2)
    await looksOnly(ben)
    expect((await ben.status())?.relay).not.toBe('saved')
    await ben.plugIn()
    await expect(lineOf(ben)).toHaveText('Up to date')
    await agree(ana, ben)
    await ana.isSavedOnRelay()
  })
}

test('who looks sees others’ cursors, is seen, and stays off the mesh', async ({ arrive }) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben')
  const cleo = await arrive('Cleo')
  const board = await ana.makeBoard()
  await cleo.openBoard(board)
  await ana.hasPeers(1)
  await ben.openBoard(await ana.linkTo('View'))
  await expect.poll(async () => (await ben.othersHere()).length).toBe(2)
  await expect.poll(async () => (await ana.othersHere()).length).toBe(2)
  expect((await ben.status())?.peers).toBe(0)
  await ana.hasPeers(1)
})

test('the share dialog copies the link of the chosen role, and a viewer has only theirs to give', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben')
  await ana.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await ana.makeBoard()
  const dialog = await ana.openShare()
  const link = dialog.getByRole('textbox', { name: 'Link' })
  await expect(link).toHaveValue(/#e\./)
  await dialog.getByRole('radio', { name: 'View' }).press('ArrowLeft')
  await expect(link).toHaveValue(/#c\./)
  await dialog.getByRole('radio', { name: 'View' }).click()
  await expect(link).toHaveValue(/#v\./)
  await dialog.getByRole('button', { name: 'Copy link' }).click()
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible()
  const copied = await link.inputValue()
  await expect.poll(() => ana.page.evaluate(() => navigator.clipboard.readText())).toBe(copied)

  await ben.page.goto(copied)
  await expect(badgeOf(ben)).toBeVisible()
  expect(await ben.boardName()).toBe(copied.split('/b/')[1])
  const theirs = await ben.openShare()
  await expect(theirs.getByRole('textbox', { name: 'Link' })).toHaveValue(copied)
  await expect(theirs.getByRole('radio')).toHaveCount(0)
  await expect(theirs.getByRole('button', { name: 'Replace all links' })).toHaveCount(0)
})

test('an editor’s link opened by who could only look makes the board theirs to draw on, without a reload', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben')
  const board = await ana.makeBoard()
  await ben.openBoard(await ana.linkTo('View'))
  await expect(badgeOf(ben)).toBeVisible()
  await ben.page.evaluate(() => Object.assign(window, { isTheSamePage: true }))
  await ben.openBoard(board)
  await expect(badgeOf(ben)).toBeHidden()
  await ben.isOnBoard()
  await ben.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ana.seesShapes(1)
  expect(await ben.page.evaluate(() => 'isTheSamePage' in window)).toBe(true)
  expect(await ben.boardName()).toBe(board)
})

test('the owner’s link makes another device an owner, whose new links the first one shows at once, and no address shows it', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const phone = await arrive('Ana’s phone')
  await ana.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const board = await ana.makeBoard()
  await ana.isSavedOnRelay()
  const dialog = await ana.openShare()
  await dialog.getByText('Move to another device').click()
  await dialog.getByRole('button', { name: 'Copy owner link' }).click()
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible()
  const ownerLink = await ana.page.evaluate(() => navigator.clipboard.readText())
  expect(ownerLink).toMatch(/#o\./)
  expect(await ana.boardName()).toBe(board)

  await phone.page.goto(ownerLink)
  await expect.poll(() => phone.boardName()).toBe(board)
  await expect.poll(() => new URL(phone.page.url()).hash).toBe('')
  const theirs = await phone.openShare()
  await theirs.getByRole('button', { name: 'Replace all links' }).click()
  await expect(theirs.getByText('Remove everyone with a link?')).toBeVisible()
  await theirs.getByRole('button', { name: 'Replace all links' }).click()
  await expect(theirs.getByText('All links were replaced')).toBeVisible()
  await expect.poll(() => ana.boardName()).not.toBe(board)
  expect(await ana.boardName()).toBe(await phone.boardName())
  // The mesh starts anew with the secret that those who were removed do not have, on both devices.
  await ana.hasPeers(1)
  await phone.hasPeers(1)
})

/** Everything by which a person could write does nothing, and the page says so. */
async function looksOnly(person: Person): Promise<void> {
  await expect(badgeOf(person)).toBeVisible()
  await expect(person.tool('Rectangle')).toBeDisabled()
  await expect(person.page.getByRole('textbox', { name: 'Board title' })).toHaveAttribute('readonly')
  const before = await person.shapes()
  await person.draw('r', [
    [600, 400],
    [700, 480],
  ])
  await person.drag([
    [360, 200],
    [460, 300],
  ])
  await person.press('Control+a')
  await person.press('Delete')
  await person.press('Control+d')
  expect(await person.selection()).toHaveLength(before.length)
  expect(await person.shapes()).toEqual(before)
}

const badgeOf = ({ page }: Person) => page.getByText('View only')

const lineOf = ({ page }: Person) => page.locator('drift-status').getByRole('status')
