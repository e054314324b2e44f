import { expect, test } from './fixtures.ts'
import { agree } from './person.ts'

test('two people draw at once and see every shape of each other; a third sees all of it after a restart', async ({
  arrive,
  relay,
}) => {
  const ana = await arrive('Ana', { drawing: 'webgl' })
  const ben = await arrive('Ben')
  const board = await ana.makeBoard()
  await ben.openBoard(board)
  await Promise.all([
    (async () => {
      await ana.draw('r', [
        [300, 200],
        [420, 280],
      ])
      await ana.draw('p', [
        [300, 400],
        [360, 380],
        [420, 420],
      ])
      await ana.draw('o', [
        [300, 500],
        [300, 560],
      ])
    })(),
    (async () => {
      await ben.draw('d', [
        [700, 200],
        [800, 280],
      ])
      await ben.draw('a', [
        [700, 400],
        [820, 430],
      ])
      await ben.draw('p', [
        [700, 500],
        [760, 480],
        [820, 520],
      ])
    })(),
  ])
  await ana.seesShapes(6)
  await ben.seesShapes(6)
  const seen = await agree(ana, ben)
  expect(seen.map(shape => shape.type).sort()).toEqual([
    'arrow',
    'diamond',
    'ellipse',
    'ink',
    'ink',
    'rectangle',
  ])
  await ana.isSavedOnRelay()
  await ben.isSavedOnRelay()
  await ana.leave()
  await ben.leave()
  expect(await relay.stop()).toBe(0)
  await relay.start()
  const cleo = await arrive('Cleo')
  await cleo.openBoard(board)
  await cleo.seesShapes(6)
  expect(await cleo.shapes()).toEqual(seen)
})

test('a stroke appears on the other screen while it is drawn, and stays when it ends', async ({ arrive }) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben', { drawing: 'webgl' })
  await ben.openBoard(await ana.makeBoard())
  const clip = { x: 380, y: 280, width: 140, height: 140 }
  const empty = await ben.page.screenshot({ clip })
  await ana.press('p')
  await ana.page.mouse.move(300, 300)
  await ana.page.mouse.down()
  await ana.page.mouse.move(600, 400, { steps: 30 })
  await expect.poll(async () => (await ben.growingStrokes())[0]).toBeGreaterThan(5)
  await expect.poll(async () => (await ben.page.screenshot({ clip })).equals(empty)).toBe(false)
  expect(await ben.shapes()).toEqual([])
  await ana.page.mouse.up()
  await ben.seesShapes(1)
  await expect.poll(() => ben.growingStrokes()).toEqual([])
  expect((await ben.page.screenshot({ clip })).equals(empty)).toBe(false)
})

test("undo takes back one's own gestures and nobody else's", async ({ arrive }) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben')
  await ben.openBoard(await ana.makeBoard())
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ben.seesShapes(1)
  await ben.draw('o', [
    [500, 200],
    [620, 280],
  ])
  await ana.seesShapes(2)
  await ana.press('Control+z')
  await ben.seesShapes(1)
  expect((await ben.shapes())[0]?.type).toBe('ellipse')
  await ana.press('Control+z')
  await ana.press('Control+Shift+z')
  await ben.seesShapes(2)
  await agree(ana, ben)
})

test('people see each other by name, and who leaves vanishes', async ({ arrive }) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben')
  await ben.openBoard(await ana.makeBoard())
  await ana.isNamed('Ana')
  await ben.isNamed('Ben')
  await expect.poll(() => ben.othersHere()).toEqual(['Ana'])
  await expect.poll(() => ana.othersHere()).toEqual(['Ben'])
  await ben.leave()
  await expect.poll(() => ana.othersHere()).toEqual([])
})

test('text is typed in place, by two people into one label', async ({ arrive }) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben')
  await ben.openBoard(await ana.makeBoard())
  await ana.draw('r', [
    [300, 300],
    [600, 420],
  ])
  await ana.page.mouse.dblclick(450, 360)
  await expect(ana.page.getByRole('textbox', { name: 'Text' })).toBeFocused()
  await ana.page.keyboard.type('sketch')
  await expect.poll(async () => JSON.stringify(await ben.shapes())).toContain('"text":"sketch"')
  await ben.page.mouse.dblclick(450, 360)
  await expect(ben.page.getByRole('textbox', { name: 'Text' })).toBeFocused()
  await ben.press('End')
  await ben.page.keyboard.type(' together')
  await ana.press('Home')
  await ana.page.keyboard.type('We ')
  await expect.poll(async () => JSON.stringify(await ana.shapes())).toContain('"text":"We sketch together"')
  await agree(ana, ben)
  await ana.press('Escape')
  await ana.press('Control+z')
  await expect.poll(async () => JSON.stringify(await ben.shapes())).toContain('"text":" together"')
})
