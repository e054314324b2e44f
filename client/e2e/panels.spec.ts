import { expect, test } from './fixtures.ts'

test('what the panels offer works: palette, own keys, find, minimap, focus and pages', async ({ arrive }) => {
  const ana = await arrive('Ana')
  const { page } = ana
  await ana.makeBoard()
  await expect(page.getByText('An empty board')).toBeVisible()
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ana.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Text' })).toBeFocused()
  await page.keyboard.type('Crème')
  await ana.press('Escape')
  await ana.press('Escape')
  await expect(page.getByText('An empty board')).toBeHidden()

  // The palette forgives a slip of the finger, and runs what is found.
  await ana.press('Control+k')
  await page.getByRole('combobox', { name: 'Find a command' }).fill('slect all')
  await ana.press('Enter')
  await expect.poll(async () => (await ana.selection()).length).toBe(1)
  await ana.press('Escape')
  // It has what the menu has, too.
  for (const theme of ['Dark theme', 'Light theme']) {
    await ana.press('Control+k')
    await page.getByRole('combobox', { name: 'Find a command' }).fill(theme)
    await ana.press('Enter')
    await expect(page.locator('html')).toHaveAttribute(
      'data-theme',
      theme.startsWith('Dark') ? 'dark' : 'light',
    )
  }
  await ana.press('Control+k')
  await page.getByRole('combobox', { name: 'Find a command' }).fill('open a file')
  await ana.chooseFiles(() => ana.press('Enter'), [])
  await expect(page.locator('drift-palette')).toHaveCount(0)
  // And what other panels offer: sharing, files of each kind, single styles.
  const act = async (words: string) => {
    await ana.press('Control+k')
    await page.getByRole('combobox', { name: 'Find a command' }).fill(words)
    await ana.press('Enter')
  }
  await act('share')
  await expect(page.getByRole('dialog', { name: 'Share this board' })).toBeVisible()
  await ana.closeShare()
  const file = page.waitForEvent('download')
  await act('export as pdf')
  expect((await file).suggestedFilename()).toBe('Untitled board.pdf')
  await act('select all')
  await act('dashes dotted')
  await expect.poll(async () => (await ana.shapes())[0]).toMatchObject({ dash: 'dotted' })
  await ana.press('Control+z')
  await expect.poll(async () => (await ana.shapes())[0]).toMatchObject({ dash: 'solid' })
  await ana.press('Escape')

  // A key of the person's own is taken from the command that had it, and still works after a reload.
  await ana.press('?')
  const sheet = page.locator('drift-shortcuts')
  await sheet.getByRole('button', { name: /^Hand / }).click()
  await ana.press('r')
  await expect(sheet.getByText('R is Rectangle.')).toBeVisible()
  await sheet.getByRole('button', { name: 'Use it here' }).click()
  await ana.press('Escape')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeHidden()
  await ana.isSavedHere()
  await ana.reload()
  await ana.press('r')
  await expect(ana.tool('Hand')).toBeChecked()
  await ana.press('v')

  // What is found is selected and brought into view, whatever its accents.
  await page.evaluate(() => window.driftboard?.editor.look({ x: 4000, y: 4000, zoom: 1 }))
  await expect(page.getByRole('button', { name: 'Back to the drawing' })).toBeVisible()
  await ana.press('Control+f')
  await page.getByRole('textbox', { name: 'Find on the board' }).fill('creme')
  await expect(page.getByText('1 of 1')).toBeVisible()
  await expect.poll(async () => (await ana.selection()).length).toBe(1)
  await expect.poll(async () => (await ana.camera()).x).toBeLessThan(500)
  await ana.press('Escape')

  // A press on the minimap looks there.
  await page.getByRole('button', { name: 'Minimap' }).click()
  const map = page.getByRole('img', { name: /^Minimap/ })
  const before = await ana.camera()
  await map.click({ position: { x: 8, y: 8 } })
  await expect.poll(async () => (await ana.camera()).x).toBeLessThan(before.x - 50)

  // Nothing but the board, and back.
  await ana.press('Control+.')
  await expect(ana.tool('Select')).toBeHidden()
  await page.getByRole('button', { name: 'Leave focus mode' }).click()
  await expect(ana.tool('Select')).toBeVisible()

  // Pages come, are turned, and go; undo brings one back with what was on it.
  await page.getByRole('button', { name: 'Pages' }).click()
  await page.getByRole('button', { name: 'Add a page' }).click()
  await expect(page.getByRole('textbox', { name: 'Name of the page' })).toBeFocused()
  await page.keyboard.type('Second')
  await ana.press('Enter')
  await ana.seesShapes(0)
  await page.getByRole('button', { name: 'Page 1', exact: true }).click()
  await ana.seesShapes(1)
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Page 1' })
    .getByRole('button', { name: 'Actions' })
    .click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await ana.seesShapes(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('button', { name: 'Page 1', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Page 1', exact: true }).click()
  await ana.seesShapes(1)
})

test('frames are presented one after the other, and the board is as before', async ({ arrive }) => {
  const ana = await arrive('Ana')
  const { page } = ana
  await ana.makeBoard()
  for (const x of [300, 620]) {
    await ana.draw('f', [
      [x, 200],
      [x + 200, 340],
    ])
    await ana.press('Escape')
  }
  const before = await ana.camera()
  await page.evaluate(() => window.driftboard?.editor.run('present'))
  const show = page.getByRole('toolbar', { name: 'Presentation' })
  await expect(show.getByText('1 of 2')).toBeAttached()
  const first = await ana.camera()
  await ana.press('ArrowRight')
  await expect(show.getByText('2 of 2')).toBeAttached()
  await expect.poll(async () => (await ana.camera()).x).toBeGreaterThan(first.x)
  await ana.press('Home')
  await expect(show.getByText('1 of 2')).toBeAttached()
  // Keys of tools do nothing here.
  await ana.press('Delete')
  await page.mouse.click(500, 350)
  await expect(show.getByText('2 of 2')).toBeAttached()
  await show.getByRole('button', { name: 'End the presentation' }).click()
  await expect.poll(() => ana.camera()).toEqual(before)
  await ana.seesShapes(2)
})
