import { expect, test } from './fixtures.ts'
import { agree } from './person.ts'

test.use({ serviceWorkers: 'allow' })

test('two who go offline, edit the same shapes, reload and return have equal boards with both changes', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben')
  const board = await ana.makeBoard()
  await ben.openBoard(board)
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ana.draw('o', [
    [500, 200],
    [620, 280],
  ])
  await ben.seesShapes(2)
  await ana.worksOffline()
  await ben.worksOffline()

  await ana.unplug()
  await ben.unplug()
  // Ana moves the rectangle; Ben gives the same rectangle another colour. Both draw.
  await ana.press('v')
  await ana.drag([
    [300, 240],
    [340, 340],
  ])
  await ana.draw('d', [
    [800, 500],
    [900, 580],
  ])
  await ben.press('v')
  await ben.click([300, 240])
  await ben.pickStroke('Red')
  await ben.draw('p', [
    [700, 600],
    [760, 580],
    [820, 620],
  ])
  await ana.isSavedHere()
  await ben.isSavedHere()
  await ana.reload()
  await ben.reload()
  await ana.seesShapes(3)
  await ben.seesShapes(3)
  expect((await ana.status())?.relay).not.toBe('saved')

  await ana.plugIn()
  await ben.plugIn()
  await ana.seesShapes(4)
  await ben.seesShapes(4)
  const merged = await agree(ana, ben)
  const rectangle = merged.find(shape => shape.type === 'rectangle')
  expect(rectangle).toMatchObject({ stroke: '#e03131' })
  expect(rectangle?.pos[1]).toBeGreaterThan(280)
})

test('a tab closed right after a gesture has kept it', async ({ arrive }) => {
  const ana = await arrive('Ana')
  const board = await ana.makeBoard()
  await ana.unplug()
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ana.page.close()
  const again = await ana.context.newPage()
  ana.wire.mend()
  await again.goto(`${ana.wire.url}/b/${board}`)
  await expect.poll(() => again.evaluate(() => window.driftboard?.editor.board.shapes.size)).toBe(1)
})
