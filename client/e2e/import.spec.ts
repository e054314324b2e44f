import { existsSync, readFileSync } from 'node:fs'
import type { Vec } from '../../shared/geometry/vec.ts'
import { CANVAS } from './eyes.ts'
import { expect, test } from './fixtures.ts'
import { agree } from './person.ts'

/** A library of two items: a figure with its lid, and a lone ellipse. */
const LIBRARY = JSON.stringify({
  type: 'excalidrawlib',
  version: 2,
  libraryItems: [
    {
      ...{ id: 'jar', status: 'published' },
      elements: [
        { id: 'jar-body', type: 'rectangle', x: 0, y: 40, width: 120, height: 160 },
        { id: 'jar-lid', type: 'diamond', x: 0, y: 0, width: 120, height: 40, angle: 0.3 },
      ],
    },
    {
      ...{ id: 'moon', status: 'published' },
      elements: [{ id: 'moon', type: 'ellipse', x: 0, y: 0, width: 90, height: 90, opacity: 40 }],
    },
  ],
})

/** A PNG of one pixel. */
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** The type of the relay's frame that holds a whole board. */
const STATE = 104

const SAMPLE = new URL('../../../shared/samples/uml-er.excalidraw', import.meta.url)

test('a real Excalidraw drawing dropped on the board is seen by the other peer and looks the same after a reload', async ({
  arrive,
}) => {
  test.skip(!existsSync(SAMPLE), 'The sample drawings are not beside this checkout.')
  const ana = await arrive('Ana', { drawing: 'webgl' })
  const ben = await arrive('Ben')
  const link = await ana.makeBoard()
  await ben.openBoard(link)
  await ana.dropFile('uml-er.excalidraw', readFileSync(SAMPLE, 'utf8'), [640, 400])
  await ana.seesShapes(60)
  await ben.seesShapes(60)
  const drawn = await agree(ana, ben)
  await ana.press('Escape')
  await ana.isSavedHere()
  // What was said of it goes by itself.
  await expect(ana.page.getByRole('button', { name: 'Dismiss' })).toHaveCount(0)
  await ana.seesStill(CANVAS)
  const picture = await ana.canvasPicture()
  await ana.reload()
  await ana.seesShapes(60)
  await expect.poll(() => ana.shapes()).toEqual(drawn)
  await expect.poll(async () => (await ana.canvasPicture()).equals(picture)).toBe(true)

  // Who comes later gets all of it at once, deflated.
  const cleo = await arrive('Cleo')
  const types: (number | undefined)[] = []
  cleo.page.on('websocket', socket =>
    socket.on('framereceived', ({ payload }) => types.push(Buffer.from(payload)[0])),
  )
  await cleo.openBoard(link)
  await cleo.seesShapes(60)
  await agree(ana, cleo)
  expect(types).toContain(STATE)
})

test('a library opened from the menu adds each item as a group, which moves as one and is undone as one', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  await ana.makeBoard()
  await ana.page.getByRole('button', { name: 'Menu' }).click()
  const item = ana.page.getByRole('menuitem', { name: 'Open a file…' })
  await ana.chooseFiles(() => item.click(), {
    ...{ name: 'jars.excalidrawlib', mimeType: 'application/json', buffer: Buffer.from(LIBRARY) },
  })
  await ana.seesShapes(3)
  await expect(ana.page.getByText('3 shapes were added from jars.excalidrawlib.')).toBeVisible()
  const [body, lid, moon] = await ana.shapes()
  expect(moon).toMatchObject({ type: 'ellipse', size: [90, 90], opacity: 0.4, groups: [] })
  expect(lid).toMatchObject({ type: 'diamond', rot: 0.3 })
  expect(body?.groups).toHaveLength(1)
  expect(lid?.groups).toEqual(body?.groups)

  await ana.click([800, 200])
  const { x, y } = await ana.camera()
  const onEdge: Vec = [(body?.pos[0] ?? 0) - x, (body?.pos[1] ?? 0) + 100 - y]
  await ana.drag([onEdge, [onEdge[0] + 50, onEdge[1] + 30]])
  expect(await ana.selection()).toEqual([body?.id, lid?.id])
  const moved = await ana.shapes()
  for (const [i, before] of [body, lid].entries())
    expect(moved[i]?.pos).toEqual([
      expect.closeTo((before?.pos[0] ?? 0) + 50, 1),
      expect.closeTo((before?.pos[1] ?? 0) + 30, 1),
    ])
  expect(moved[2]).toEqual(moon)
  await ana.press('Control+z')
  expect(await ana.shapes()).toEqual([body, lid, moon])
  await ana.press('Control+z')
  await ana.seesShapes(0)
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

test('images of a drawing are shown, and what cannot be shown is counted in a notice', async ({ arrive }) => {
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
        { ...element, id: 'd', type: 'frame', name: 'A frame' },
        { ...element, id: 'e', type: 'crystal' },
        { ...element, id: 'f', type: 'image', fileId: 'pixel' },
      ],
      files: { pixel: { dataURL: PIXEL }, y: { dataURL: 'data:image/png;base64,AAAA' } },
    }),
  )
  const notice = ana.page.getByRole('status', { name: 'Notices' })
  await expect(notice).toContainText('2 images could not be read.')
  await expect(notice).toContainText('1 shape is of a kind that cannot be shown.')
  // The ellipse, the frame, and the image that has its pixels.
  await ana.seesShapes(3)
  expect((await ana.shapes()).filter(shape => shape.type === 'image')).toMatchObject([{ natural: [1, 1] }])
  await ana.isSavedOnRelay()
  await ana.press('Control+z')
  await ana.seesShapes(0)
})
