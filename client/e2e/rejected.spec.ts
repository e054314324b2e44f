import { expect, test } from './fixtures.ts'
import { agree, type Person } from './person.ts'

test.use({ serviceWorkers: 'allow' })

test('what was drawn while away by somebody who may only look since is kept as a board of their own, once, and the other is as the others see it', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben')
  await ben.openBoard(await ana.makeBoard())
  await ana.draw('r', [
    [300, 300],
    [420, 380],
  ])
  await ben.seesShapes(1)
  await ben.isSavedHere()
  await ben.unplug()
  await ben.draw('o', [
    [500, 300],
    [620, 380],
  ])
  await ben.isSavedHere()
  const dialog = await ana.openShare()
  await dialog.getByRole('button', { name: 'Replace all links' }).click()
  await expect(dialog.getByText('Remove everyone with a link?')).toBeVisible()
  await dialog.getByRole('button', { name: 'Replace all links' }).click()
  await expect(dialog.getByText('All links were replaced')).toBeVisible()
  await ana.closeShare()
  const view = await ana.linkTo('View')

  await ben.plugIn()
  await ben.openBoard(view)
  await expect(noticeOf(ben)).toContainText('You may only look at', { timeout: 60_000 })
  await ben.seesShapes(1)
  await agree(ana, ben)
  // Once: not again after a reload, nor is there a second copy.
  await ben.reload()
  await ben.isSavedOnRelay()
  await ben.seesShapes(1)
  await expect(noticeOf(ben)).toHaveCount(0)
  await ben.page.goto(ben.wire.url)
  const copies = ben.page.getByText('Untitled board (your copy)')
  await expect(copies).toHaveCount(1)
  await copies.click()
  await ben.isOnBoard()
  await ben.seesShapes(2)
  await ben.draw('d', [
    [300, 500],
    [420, 580],
  ])
  await ben.seesShapes(3)
  await ben.isSavedOnRelay()
})

test.describe('a relay that takes two shapes', () => {
  test.use({ relaySettings: { MAX_SHAPES: '2' } })

  test('the changes beyond a limit are kept in a copy that is one click away, in every tab', async ({
    arrive,
  }) => {
    const ana = await arrive('Ana')
    await ana.makeBoard()
    await ana.draw('r', [
      [300, 300],
      [420, 380],
    ])
    await ana.isSavedOnRelay()
    const tab = await ana.openTab()
    await ana.unplug()
    for (const x of [500, 700])
      await ana.draw('o', [
        [x, 300],
        [x + 80, 380],
      ])
    await tab.seesShapes(3)
    await ana.plugIn()
    const notices = async () =>
      (await noticeOf(ana).allTextContents()).concat(await noticeOf(tab).allTextContents())
    await expect
      .poll(notices, { timeout: 60_000 })
      .toEqual([expect.stringContaining('did not take your changes')])
    await ana.seesShapes(1)
    await tab.seesShapes(1)
    const told = (await noticeOf(ana).count()) > 0 ? ana : tab
    await told.page.getByRole('button', { name: 'Open my copy' }).click()
    await told.isOnBoard()
    await told.seesShapes(3)
    await expect(told.page.getByText('Too large for the relay').first()).toBeVisible()
    await told.reload()
    await told.seesShapes(3)
  })
})

const noticeOf = ({ page }: Person) =>
  page.locator('drift-toasts li[data-kind=error]').filter({ hasText: 'Your version is kept' })
