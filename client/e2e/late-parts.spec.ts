import type { Route } from '@playwright/test'
import { expect, test } from './fixtures.ts'

const DRAWING = JSON.stringify({
  type: 'excalidraw',
  elements: [{ id: 'e', type: 'ellipse', x: 0, y: 0, width: 90, height: 60 }],
})

test('a part of the app that does not load is told of, and what waits for it is done after all', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const { page } = ana
  await ana.makeBoard()
  await page.waitForFunction(() => customElements.get('wa-dropdown') !== undefined)
  const gone = (part: string) => new RegExp(`/assets/${part}-[\\w-]+\\.js`)
  const again = (text: string) =>
    page.getByText(text).locator('..').getByRole('button', { name: 'Try again' })
  const drop = (part: string) => page.route(gone(part), route => route.abort())
  const mend = (part: string) => page.unroute(gone(part))

  // A panel, opened by its button.
  await drop('library-panel')
  await page.getByRole('button', { name: 'Shape library' }).click()
  await expect(page.getByText('The library could not be loaded.')).toBeVisible()
  await mend('library-panel')
  await again('The library could not be loaded.').click()
  await expect(page.getByRole('region', { name: 'Shape library' })).toBeVisible()

  // A file, which waits.
  await drop('open-files')
  await ana.dropFile('plan.excalidraw', DRAWING, [500, 400])
  await expect(page.getByText('What opens files could not be loaded.')).toBeVisible()
  await ana.seesShapes(0)
  await mend('open-files')
  await again('What opens files could not be loaded.').click()
  await ana.seesShapes(1)

  // The export: its dialog is there, what makes the picture is not.
  await drop('export-make')
  await page.evaluate(() => window.driftboard?.editor.run('export'))
  const dialog = page.locator('drift-export')
  await expect(dialog.getByText('The export could not be loaded.')).toBeVisible()
  await mend('export-make')
  await dialog.getByRole('button', { name: 'Try again' }).click()
  await expect(dialog.getByRole('img', { name: 'What the picture shows' })).toBeVisible()
})

test('before the controls are there a dropped file is taken, and what is asked of them is there once they are', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const { page } = ana
  const held: Route[] = []
  await page.route(/\/assets\/controls-[\w-]+\.js/, route => void held.push(route))
  await ana.makeBoard()
  await ana.dropFile('plan.excalidraw', DRAWING, [500, 400])
  await ana.seesShapes(1)
  expect(await page.evaluate(() => customElements.get('wa-dropdown') === undefined)).toBe(true)
  await page.getByRole('button', { name: 'Only you are here' }).click()
  for (const route of held) await route.continue()
  const card = page.getByRole('textbox', { name: 'Your name' })
  await expect(page.locator('drift-people wa-popover')).toHaveAttribute('open')
  await page.keyboard.press('Escape')
  await expect(card).toBeHidden()
})
