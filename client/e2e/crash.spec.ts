import { expect, test } from './fixtures.ts'
import { agree } from './person.ts'

test.use({ serviceWorkers: 'allow' })

test('a killed relay loses nothing it acknowledged, and a direct pair never stops seeing each other', async ({
  arrive,
  relay,
}) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben')
  const board = await ana.makeBoard()
  await ben.openBoard(board)
  await ana.hasPeers(1)
  await ben.hasPeers(1)
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ben.draw('o', [
    [500, 200],
    [620, 280],
  ])
  await agree(ana, ben)
  await ana.isSavedOnRelay()
  await ben.isSavedOnRelay()
  const acknowledged = await ana.shapes()

  await relay.kill()
  await ana.draw('d', [
    [300, 400],
    [420, 480],
  ])
  await ben.seesShapes(3)
  await ben.draw('p', [
    [500, 400],
    [560, 380],
    [620, 420],
  ])
  await ana.seesShapes(4)
  await ana.press('p')
  await ana.page.mouse.move(420, 500)
  await ana.page.mouse.down()
  await ana.page.mouse.move(620, 560, { steps: 20 })
  await expect.poll(async () => (await ben.growingStrokes())[0]).toBeGreaterThan(5)
  await ana.page.mouse.up()
  await ben.seesShapes(5)

  await relay.start()
  await ana.isSavedOnRelay()
  await ben.isSavedOnRelay()
  const all = await agree(ana, ben)
  await ana.leave()
  await ben.leave()
  await relay.kill()
  await relay.start()
  const cleo = await arrive('Cleo')
  await cleo.openBoard(board)
  await cleo.seesShapes(5)
  expect(await cleo.shapes()).toEqual(all)
  for (const shape of acknowledged) expect(await cleo.shapes()).toContainEqual(shape)
})

test('a gesture acknowledged right before a kill is there after it, with nobody left to bring it back', async ({
  arrive,
  relay,
}) => {
  const ana = await arrive('Ana')
  const board = await ana.makeBoard()
  for (let i = 0; i < 5; i++) {
    await ana.draw('r', [
      [300 + i * 120, 200],
      [400 + i * 120, 280],
    ])
    await ana.isSavedOnRelay()
  }
  await relay.kill()
  const drawn = await ana.shapes()
  await ana.leave()
  await relay.start()
  const ben = await arrive('Ben')
  await ben.openBoard(board)
  await ben.seesShapes(5)
  expect(await ben.shapes()).toEqual(drawn)
})
