import { readFileSync } from 'node:fs'
import { expect, test } from './fixtures.ts'

const element = (id: string, type: string, x: number) => ({ id, type, x, y: 0, width: 90, height: 60 })
const FILE = JSON.stringify({
  ...{ type: 'excalidrawlib', version: 2 },
  libraryItems: [
    { id: 'a', name: 'Two shapes', elements: [element('e', 'ellipse', 0), element('d', 'diamond', 120)] },
    { id: 'b', name: 'Lonely', elements: [element('r', 'rectangle', 0)] },
  ],
})

test('what is added to the library is there on another board, is put on it and taken back; files come in and go out', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const { page } = ana
  await ana.makeBoard()
  await ana.draw('r', [
    [500, 300],
    [620, 380],
  ])
  await ana.press('Enter')
  await page.keyboard.type('Server')
  await ana.press('Escape')

  // The panel teaches while it is empty; what is added is named at once.
  await page.getByRole('button', { name: 'Shape library' }).click()
  const panel = page.getByRole('region', { name: 'Shape library' })
  await expect(panel.getByText('Shapes you use again')).toBeVisible()
  await panel.getByRole('button', { name: 'Add what is selected' }).last().click()
  const name = panel.getByRole('textbox', { name: 'Name of the item' })
  await expect(name).toHaveValue('Server')
  await name.fill('Machine')
  await name.press('Enter')
  const machine = panel.getByRole('button', { name: 'Machine', exact: true })
  await expect(machine.getByRole('presentation')).toBeVisible()

  // A file adds each of its items, and nothing twice.
  const file = { name: 'mine.excalidrawlib', mimeType: '', buffer: Buffer.from(FILE) }
  const chooser = panel.locator('input[type=file]')
  await chooser.setInputFiles(file)
  await expect(page.getByText('2 items were added from mine.excalidrawlib.')).toBeVisible()
  // Dropped on the panel it is the library's, and none of the board's.
  await panel.getByRole('heading', { name: 'Library' }).evaluate((heading, text) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([text], 'again.excalidrawlib'))
    for (const type of ['dragover', 'drop'])
      heading.dispatchEvent(
        new DragEvent(type, { dataTransfer, bubbles: true, composed: true, cancelable: true }),
      )
  }, FILE)
  await expect(page.getByText('2 items were there already.')).toBeVisible()
  await ana.seesShapes(1)
  await chooser.setInputFiles({ ...file, name: 'bad.json', buffer: Buffer.from('{"type":"excalidraw"}') })
  await expect(page.getByText('"bad.json" is no library.')).toBeVisible()
  const download = page.waitForEvent('download')
  await panel.getByRole('button', { name: 'Library actions' }).click()
  await page.getByRole('menuitem', { name: 'Save all as a file' }).click()
  const saved = JSON.parse(readFileSync(await (await download).path(), 'utf8'))
  expect(saved.libraryItems.map((item: { name: string }) => item.name)).toEqual([
    ...['Two shapes', 'Lonely', 'Machine'],
  ])

  // It is there on another board, which a click and a drag put it on.
  await ana.makeBoard()
  await page.evaluate(() => window.driftboard?.editor.run('library'))
  await machine.click()
  await ana.seesShapes(1)
  await ana.press('ControlOrMeta+Z')
  await ana.seesShapes(0)
  const { x, y, width, height } = (await panel
    .getByRole('button', { name: 'Two shapes', exact: true })
    .boundingBox()) ?? {
    ...{ x: 0, y: 0, width: 0, height: 0 },
  }
  await ana.drag([
    [x + width / 2, y + height / 2],
    [500, 400],
  ])
  await ana.seesShapes(2)
  const camera = await ana.camera()
  const [ellipse, diamond] = await ana.shapes()
  expect((await ana.selection()).length).toBe(2)
  expect([ellipse?.type, diamond?.type]).toEqual(['ellipse', 'diamond'])
  // The pair is 210 by 60, and lies around the pointer.
  expect((ellipse?.pos[0] ?? 0) - camera.x).toBeCloseTo(500 - 105, 0)
  expect((ellipse?.pos[1] ?? 0) - camera.y).toBeCloseTo(400 - 30, 0)
  await ana.press('ControlOrMeta+Z')
  await ana.seesShapes(0)

  // The keyboard removes one, and it can be had back.
  await machine.focus()
  await ana.press('Delete')
  await expect(machine).toHaveCount(0)
  await page
    .getByText('“Machine” is no longer in the library.')
    .locator('..')
    .getByRole('button', { name: 'Undo' })
    .click()
  await expect(machine).toBeVisible()
})
