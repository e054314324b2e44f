import type { OpenBoard } from '../board-page.ts'
import { expect, test } from './fixtures.ts'
import type { Person } from './person.ts'
import { Fingers, PHONE } from './touch.ts'

test('on a phone one finger draws and two move and enlarge the board, without a mark', async ({ arrive }) => {
  const ana = await arrive('Ana', { context: PHONE })
  await ana.makeBoard()
  const fingers = await Fingers.on(ana.page)
  await ana.tool('Pen').tap()
  await fingers.drag([
    [100, 200],
    [200, 260],
    [300, 220],
  ])
  await ana.seesShapes(1)
  expect((await ana.shapes())[0]?.type).toBe('ink')

  // The first finger has begun a stroke when the second one comes.
  await fingers.press([150, 400])
  await fingers.move([[160, 420]])
  await fingers.press([260, 420])
  await fingers.move([
    [100, 440],
    [300, 440],
  ])
  await fingers.lift()
  await fingers.lift()
  // What lay in the middle of the fingers still does, and twice as large.
  await expect.poll(async () => (await ana.camera()).zoom).toBeCloseTo(2, 5)
  const { x, y, zoom } = await ana.camera()
  expect([(210 - x) * zoom, (420 - y) * zoom].map(Math.round)).toEqual([200, 440])
  await ana.seesShapes(1)

  await ana.tool('Rectangle').tap()
  await fingers.drag([
    [100, 500],
    [250, 600],
  ])
  await ana.seesShapes(2)
})

test('on a phone everything is within reach: nothing overflows, and the style opens as a sheet', async ({
  arrive,
}) => {
  const ana = await arrive('Ana', { context: PHONE })
  await ana.page.goto(ana.wire.url)
  await expect(ana.page.getByRole('button', { name: 'New board' })).toBeInViewport({ ratio: 1 })
  await fitsSideways(ana)
  await ana.makeBoard()
  await fitsSideways(ana)
  const tools = ana.page.getByRole('radiogroup', { name: 'Tools' }).getByRole('radio')
  await expect(tools).toHaveCount(7)
  for (const tool of await tools.all()) {
    await expect(tool).toBeInViewport({ ratio: 1 })
    const box = await tool.boundingBox()
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(36)
  }
  // The other tools are a tap away.
  await ana.page.getByRole('button', { name: 'More tools' }).tap()
  await expect(ana.page.getByRole('button', { name: 'Ellipse' })).toBeInViewport({ ratio: 1 })
  await fitsSideways(ana)
  await ana.press('Escape')
  await expect(ana.page.getByRole('button', { name: 'Ellipse' })).toBeHidden()
  for (const name of ['Menu', 'Share', 'Undo', 'Redo', 'Only you are here'])
    await expect(ana.page.getByRole('button', { name, exact: true })).toBeInViewport({ ratio: 1 })

  await ana.tool('Rectangle').tap()
  const sheet = ana.page.getByRole('region', { name: 'Style' })
  await expect(sheet).toHaveCount(0)
  await ana.page.getByRole('button', { name: 'Style' }).tap()
  await expect(sheet).toBeInViewport({ ratio: 1 })
  await fitsSideways(ana)
  await ana.page
    .getByRole('radiogroup', { name: 'Stroke' })
    .getByRole('radio', { name: 'Red', exact: true })
    .tap()
  const fingers = await Fingers.on(ana.page)
  await fingers.drag([
    [120, 150],
    [280, 260],
  ])
  await expect(sheet).toHaveCount(0)
  await ana.seesShapes(1)
  expect((await ana.shapes())[0]).toMatchObject({ type: 'rectangle', stroke: '#e03131' })
})

async function fitsSideways(person: Person): Promise<void> {
  const page = () =>
    person.page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      return { scrollWidth, clientWidth }
    })
  await expect.poll(page).toEqual({ scrollWidth: 390, clientWidth: 390 })
}

test('who opens a board on a phone sees all of it, from the relay or from the device, and stays there when others draw', async ({
  arrive,
}) => {
  const [ana, ben] = await Promise.all([
    arrive('Ana'),
    arrive('Ben', { context: { ...PHONE, colorScheme: 'dark' } }),
  ])
  const name = await ana.makeBoard()
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ana.draw('o', [
    [800, 400],
    [900, 500],
  ])
  await ana.isSavedOnRelay()
  await ben.openBoard(name)
  const seesAll = () =>
    ben.page.evaluate(() => {
      const { camera, viewport } = (window.driftboard as OpenBoard).editor.state
      const right = camera.x + viewport.w / camera.zoom
      const bottom = camera.y + viewport.h / camera.zoom
      return camera.zoom < 1 && camera.x < 300 && camera.y < 200 && right > 900 && bottom > 500
    })
  await expect.poll(seesAll).toBe(true)
  const camera = await ben.camera()
  await ana.draw('r', [
    [300, 550],
    [420, 640],
  ])
  await ben.seesShapes(3)
  expect(await ben.camera()).toEqual(camera)
  // A reload goes on where the person was; from the list, it is opened anew.
  await ben.page.evaluate(() => window.driftboard?.editor.look({ x: 3000, y: 3000, zoom: 1 }))
  await ben.reload()
  expect(await ben.camera()).toEqual({ x: 3000, y: 3000, zoom: 1 })
  await ben.isSavedHere()
  await ben.page.goto(ben.wire.url)
  await ben.openBoard(name)
  await expect.poll(seesAll).toBe(true)

  // Who was there when the board was empty has looked already.
  await ana.page.evaluate(() => {
    const { editor } = window.driftboard as OpenBoard
    const [first] = editor.board.ordered
    if (first) editor.commit([{ op: 'patch', id: first.id, patch: { pos: [950, 300] } }])
  })
  await ana.isSavedHere()
  await ana.reload()
  expect(await ana.camera()).toEqual({ x: 0, y: 0, zoom: 1 })
})
