import { expect, test } from './fixtures.ts'
import type { Clip, Person } from './person.ts'

test.use({ serviceWorkers: 'allow' })

/** Around the pointer of another at 600, 300: the arrow, and the name under it. */
const CURSOR: Clip = { x: 590, y: 290, width: 160, height: 60 }

test("another's named cursor and selection are drawn, and go when the page of that person dies", async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben', { drawing: 'webgl' })
  await ben.openBoard(await ana.makeBoard())
  await ana.draw('r', [
    [400, 450],
    [520, 530],
  ])
  await ben.seesShapes(1)
  await ana.press('Escape')
  const outline: Clip = { x: 380, y: 440, width: 80, height: 100 }
  await expect.poll(() => selectedByOthers(ben)).toEqual([])
  await ben.seesStill(outline)
  const unselected = await ben.page.screenshot({ clip: outline })
  await ana.click([400, 480])
  await ben.seesChange(outline, unselected)
  await expect.poll(() => selectedByOthers(ben)).toEqual(await ana.selection())

  const nobody = await ben.page.screenshot({ clip: CURSOR })
  await ana.page.mouse.move(600, 300)
  await ben.seesChange(CURSOR, nobody)
  await ana.isNamed('A')
  await ana.page.mouse.move(600, 300)
  await expect.poll(() => cursorsOf(ben)).toEqual([['A', [600, 300]]])
  await ben.seesStill(CURSOR)
  const short = await ben.page.screenshot({ clip: CURSOR })
  await ana.isNamed('Anastasia')
  await ana.page.mouse.move(600, 300)
  await ben.seesChange(CURSOR, short)
  await expect.poll(() => cursorsOf(ben)).toEqual([['Anastasia', [600, 300]]])
  await expect(ben.page.getByRole('button', { name: '2 people are here' })).toBeVisible()

  await ana.crash()
  await ben.seesAgain(CURSOR, nobody)
  await ben.seesAgain(outline, unselected)
  await expect(ben.page.getByRole('button', { name: 'Only you are here' })).toBeVisible()
})

test('the cursor of somebody idle goes, and so does a person whose network fell silent', async ({
  arrive,
}) => {
  const ana = await arrive('Ana', { webrtc: false })
  const ben = await arrive('Ben', { webrtc: false })
  const cleo = await arrive('Cleo', { webrtc: false })
  const board = await ana.makeBoard()
  await ben.openBoard(board)
  await cleo.openBoard(board)
  await ana.isNamed('Ana')
  await cleo.isNamed('Cleo')
  await cleo.page.mouse.move(400, 300)
  await ana.page.mouse.move(600, 300)
  await expect.poll(async () => (await cursorsOf(ben)).map(([name]) => name).sort()).toEqual(['Ana', 'Cleo'])
  // As when a laptop is closed: nothing says that she is gone.
  cleo.wire.freeze()
  // Half a minute of silence, which nobody can hurry without a clock of their own in two browsers and a relay.
  await expect.poll(() => cursorsOf(ben), { timeout: 60_000 }).toEqual([])
  await expect.poll(() => ben.othersHere(), { timeout: 60_000 }).toEqual(['Ana'])
  await ana.page.mouse.move(620, 320)
  await expect.poll(() => cursorsOf(ben)).toEqual([['Ana', [620, 320]]])
})

test('two tabs of one browser stay in step without any network', async ({ arrive }) => {
  const ana = await arrive('Ana', { webrtc: false })
  await ana.makeBoard()
  const tab = await ana.openTab()
  await ana.unplug()
  await tab.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ana.seesShapes(1)
  await ana.draw('o', [
    [500, 200],
    [620, 280],
  ])
  await tab.seesShapes(2)
  expect(await tab.shapes()).toEqual(await ana.shapes())
  await ana.press('p')
  await ana.page.mouse.move(300, 400)
  await ana.page.mouse.down()
  await ana.page.mouse.move(500, 440, { steps: 8 })
  await expect.poll(async () => (await tab.growingStrokes())[0]).toBeGreaterThan(3)
  await ana.page.mouse.up()
  await tab.seesShapes(3)
  await tab.page.close()
  await expect.poll(() => ana.othersHere()).toEqual([])
})

/** The cursors that a person is shown, with their names; whole world units. */
async function cursorsOf({ page }: Person): Promise<readonly (readonly [string, readonly number[]])[]> {
  return await page.evaluate(() =>
    [...(window.driftboard?.editor.state.peers.values() ?? [])].flatMap(({ name, cursor }) =>
      cursor ? [[name, cursor.map(Math.round)] as const] : [],
    ),
  )
}

async function selectedByOthers({ page }: Person): Promise<readonly string[]> {
  return await page.evaluate(() =>
    [...(window.driftboard?.editor.state.peers.values() ?? [])].flatMap(({ selection }) => [...selection]),
  )
}
