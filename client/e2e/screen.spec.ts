import { expect, test } from './fixtures.ts'
import { coloursOf, lightness } from './screen.ts'

test.use({ drawing: 'webgl' })

test('an edge is as sharp at 3000 % as at 100 %, on a screen of two pixels to one', async ({ arrive }) => {
  const ana = await arrive('Ana', {
    context: { viewport: { width: 800, height: 600 }, deviceScaleFactor: 2 },
  })
  await ana.makeBoard()
  await ana.press('r')
  await ana.pickStyle('Corners', 'Sharp')
  await ana.pickStyle('Fill', 'Blue')
  await ana.drag([
    [400, 200],
    [520, 400],
  ])
  await ana.press('Escape')
  // Away from what it would light up.
  await ana.page.mouse.move(700, 560)
  for (const zoom of [1, 30]) {
    // The left edge at the middle of the screen, between two rows of dots.
    await ana.page.evaluate(z => {
      window.driftboard?.editor.look({ x: 400 - 400 / z, y: 300 - 300 / z, zoom: z })
    }, zoom)
    const edge = { x: 355, y: 310, width: 90, height: 1 }
    await expect
      .poll(async () => new Set(await coloursOf(ana.page, edge)), { message: `at ${zoom}` })
      .toContain('#1e1e1e')
    await expect(async () => {
      const row = await coloursOf(ana.page, edge)
      expect(row.at(-1)).toBe('#a5d8ff')
      const ground = row[0]
      const between = row.filter(colour => ![ground, '#1e1e1e', '#a5d8ff'].includes(colour))
      // One blended pixel on either side of the stroke.
      expect(between.length, `at ${zoom}: ${between}`).toBeLessThanOrEqual(2)
    }).toPass({ timeout: 30_000 })
  }
})

test('the board has a dotted grid, and is light or dark as chosen, also after a reload', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const { page } = ana
  await ana.makeBoard()
  // Beside what an empty board says.
  const ground = { x: 780, y: 300, width: 120, height: 120 }
  const choose = async (theme: string) => {
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('menuitem', { name: 'Theme' }).click()
    await page.getByRole('menuitemcheckbox', { name: theme }).click()
  }
  const isDotted = (isOfTheme: (lightness: number) => boolean) =>
    expect(async () => {
      const colours = await coloursOf(page, ground)
      const other = colours.filter(colour => colour !== colours[1])
      // Dots: some of the ground, and little of it.
      expect(other.length).toBeGreaterThan(4)
      expect(other.length).toBeLessThan(colours.length / 10)
      expect(isOfTheme(lightness(colours[1] ?? '')), `the ground is ${colours[1]}`).toBe(true)
    }).toPass({ timeout: 30_000 })
  await choose('Dark')
  await isDotted(light => light < 60)
  await ana.reload()
  await isDotted(light => light < 60)
  await choose('Light')
  await isDotted(light => light > 200)
})

test('the controls say what they are to somebody who does not see them, and the keyboard reaches them', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const { page } = ana
  await ana.makeBoard()
  await expect(page.getByRole('application', { name: 'Canvas' })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Board title' })).toBeVisible()
  await expect(page.getByRole('radiogroup', { name: 'Tools' }).getByRole('radio')).toHaveCount(
    // Those of the bar, and one of the drawer.
    await page.evaluate(
      () => (window.driftboard?.editor.tools.filter(({ place }) => place === 'bar').length ?? 0) + 1,
    ),
  )
  for (const name of [
    'Menu',
    'Share',
    'Only you are here',
    'Zoom in',
    'Zoom out',
    /^Zoom 100 %/,
    /^Saving and/,
  ])
    await expect(page.getByRole('button', { name })).toBeEnabled()
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled()
  await expect(page.getByRole('button', { name: 'Redo' })).toBeDisabled()

  await ana.tool('Select').focus()
  await ana.press('ArrowRight')
  await ana.press('ArrowRight')
  await expect(ana.tool('Rectangle')).toBeFocused()
  await expect(ana.tool('Rectangle')).toBeChecked()
  for (const name of ['Stroke', 'Fill', 'Width', 'Corners'])
    await expect(page.getByRole('radiogroup', { name, exact: true })).toBeVisible()
  await expect(page.getByRole('slider', { name: 'Opacity' })).toBeVisible()

  await ana.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(help).toBeVisible()
  await expect(page.getByText('Zoom to fit', { exact: true })).toBeVisible()
  await ana.press('r')
  await ana.press('Escape')
  await expect(help).toBeHidden()
})

test("after a choice from the menu the keyboard is the board's again", async ({ arrive }) => {
  const ana = await arrive('Ana')
  await ana.makeBoard()
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ana.draw('o', [
    [500, 200],
    [620, 280],
  ])
  const selected = () => ana.page.evaluate(() => window.driftboard?.editor.state.selection.size)
  await ana.page.getByRole('button', { name: 'Menu' }).click()
  await ana.page.getByRole('menuitem', { name: /^Select all/ }).click()
  await expect.poll(selected).toBe(2)
  await expect(ana.page.getByRole('menuitem', { name: /^Select all/ })).toBeHidden()
  await expect(async () => {
    await ana.press('Escape')
    expect(await selected()).toBe(0)
  }).toPass({ timeout: 30_000 })
})
