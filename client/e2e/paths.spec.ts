import { bigDrawing, documentBytes } from './big-drawing.ts'
import { expect, test } from './fixtures.ts'
import { agree } from './person.ts'

test.use({ serviceWorkers: 'allow' })

test('where peer connections are impossible the relay carries everything', async ({ arrive }) => {
  const ana = await arrive('Ana', { webrtc: false })
  const ben = await arrive('Ben', { webrtc: false })
  let signals = 0
  ana.page.on('websocket', socket => {
    if (socket.url().includes('/signal/')) socket.on('framereceived', () => signals++)
  })
  await ben.openBoard(await ana.makeBoard())
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ben.draw('o', [
    [500, 200],
    [620, 280],
  ])
  await ana.seesShapes(2)
  await ben.seesShapes(2)
  await agree(ana, ben)
  await ana.press('p')
  await ana.page.mouse.move(300, 500)
  await ana.page.mouse.down()
  await ana.page.mouse.move(500, 540, { steps: 20 })
  await expect.poll(async () => (await ben.growingStrokes())[0]).toBeGreaterThan(5)
  await ana.page.mouse.up()
  await ben.seesShapes(3)
  expect((await ana.status())?.peers).toBe(0)
  expect((await ben.status())?.peers).toBe(0)
  // Two browsers that cannot connect must not go on telling each other so.
  expect(signals).toBeLessThan(20)
})

test('an open pair goes on without the relay, a board of 3 MB included', async ({ arrive, relay }) => {
  test.slow()
  const ana = await arrive('Ana')
  const ben = await arrive('Ben')
  await ben.openBoard(await ana.makeBoard())
  await ana.hasPeers(1)
  await ben.hasPeers(1)
  // What opens files comes from the relay, too.
  await ana.worksOffline()
  await relay.kill()
  await ana.openFile('big.excalidraw', bigDrawing(6_400))
  await ben.seesShapes(6_400)
  expect(documentBytes(await ben.shapes())).toBeGreaterThan(3_000_000)
  await ben.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ana.seesShapes(6_401)
  await agree(ana, ben)
})
