import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from './fixtures.ts'
import { agree } from './person.ts'

const SAMPLE = new URL('../../../shared/samples/uml-er.excalidraw', import.meta.url)

test('a real Excalidraw drawing dropped on the board is seen by the other peer and looks the same after a reload', async ({
  arrive,
}) => {
  test.skip(!existsSync(SAMPLE), 'The sample drawings are not beside this checkout.')
  const ana = await arrive('Ana')
  const ben = await arrive('Ben')
  await ben.openBoard(await ana.makeBoard())
  await ana.dropFile('uml-er.excalidraw', readFileSync(SAMPLE, 'utf8'), [640, 400])
  await ana.seesShapes(60)
  await ben.seesShapes(60)
  const drawn = await agree(ana, ben)
  await ana.press('Escape')
  await ana.isSavedHere()
  await ana.page.getByRole('button', { name: 'Dismiss' }).click()
  await expect(ana.page.getByRole('button', { name: 'Dismiss' })).toHaveCount(0)
  const picture = await ana.canvasPicture()
  await ana.reload()
  await ana.seesShapes(60)
  expect(await ana.shapes()).toEqual(drawn)
  await expect.poll(async () => (await ana.canvasPicture()).equals(picture)).toBe(true)
})

test('a broken file gets a clear error and leaves the board as it was', async ({ arrive }) => {
  const ana = await arrive('Ana')
  await ana.makeBoard()
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ana.openFile('torn.excalidraw', '{"type":"excalidraw","elements":[{"type":"rect')
  await expect(ana.page.getByText(/torn\.excalidraw.*line 1/)).toBeVisible()
  await ana.seesShapes(1)
})

test('what cannot be shown is counted in a notice', async ({ arrive }) => {
  const ana = await arrive('Ana')
  await ana.makeBoard()
  const element = { x: 0, y: 0, width: 50, height: 50 }
  await ana.openFile(
    'photos.excalidraw',
    JSON.stringify({
      type: 'excalidraw',
      version: 2,
      elements: [
        { ...element, id: 'a', type: 'image', fileId: 'x' },
        { ...element, id: 'b', type: 'image', fileId: 'y' },
        { ...element, id: 'c', type: 'ellipse' },
      ],
    }),
  )
  await expect(ana.page.getByText(/2 images cannot be shown yet/)).toBeVisible()
  await ana.seesShapes(1)
  await ana.press('Control+z')
  await ana.seesShapes(0)
})
