import type { Vec } from '../../shared/geometry/vec.ts'
import { expect, test } from './fixtures.ts'
import { boardId, type Person } from './person.ts'
import { coloursOf } from './screen.ts'

/** A pixel of the page, as drawn. */
async function colourAt({ page }: Person, [x, y]: Vec): Promise<string | undefined> {
  return (await coloursOf(page, { x, y, width: 1, height: 1 }))[0]
}

const pageNames = async ({ page }: Person) =>
  await page.evaluate(() => window.driftboard?.editor.pages?.pages.map(({ name }) => name))

const shownPage = async ({ page }: Person) => await page.evaluate(() => window.driftboard?.editor.pages?.page)

for (const drawing of ['webgl', 'canvas'] as const) {
  test.describe(`drawn with ${drawing}`, () => {
    test.use({ drawing })

    test('a frame takes in what it is drawn around, cuts it off, moves with it for all, and is named', async ({
      arrive,
    }) => {
      const ana = await arrive('Ana')
      const ben = await arrive('Ben')
      await ben.openBoard(await ana.makeBoard())
      await ana.page.evaluate(() => window.driftboard?.editor.setStyle({ fill: '#ff0000', corner: 0 }))
      await ana.draw('r', [
        [400, 300],
        [480, 360],
      ])
      await ana.draw('f', [
        [340, 250],
        [600, 450],
      ])
      await ben.seesShapes(2)
      // To the right, until its middle is just inside: what lies beyond the edge is not drawn.
      await ana.click([300, 600])
      await ana.drag([
        [440, 330],
        [590, 330],
      ])
      await ana.click([300, 600])
      for (const person of [ana, ben]) {
        await expect.poll(() => colourAt(person, [580, 350])).toBe('#ff0000')
        await expect.poll(() => colourAt(person, [616, 350])).not.toBe('#ff0000')
      }
      // By its title, 100 to the left.
      await ana.drag([
        [350, 240],
        [250, 240],
      ])
      for (const person of [ana, ben]) {
        await expect.poll(() => colourAt(person, [480, 350])).toBe('#ff0000')
        await expect.poll(() => colourAt(person, [516, 350])).not.toBe('#ff0000')
      }
      await ana.page.mouse.dblclick(250, 240)
      const name = ana.page.getByRole('textbox', { name: 'Name of the frame' })
      await expect(name).toBeFocused()
      await ana.page.keyboard.type('Plan')
      await ana.press('Enter')
      await expect(name).toBeHidden()
      const nameSeenBy = async (person: Person) =>
        (await person.shapes()).find(({ type }) => type === 'frame')
      await expect.poll(async () => await nameSeenBy(ben)).toMatchObject({ name: 'Plan' })
      await ana.isSavedHere()
      await ana.reload()
      expect(await nameSeenBy(ana)).toMatchObject({ name: 'Plan', pos: [240, 250] })
      await expect.poll(() => colourAt(ana, [516, 350])).not.toBe('#ff0000')
    })
  })
}

test('pages are for all, each person looks at their own, and a link leads to a shape on any of them', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben')
  const name = await ana.makeBoard()
  await ben.openBoard(name)
  await ana.draw('r', [
    [300, 300],
    [400, 360],
  ])
  await ben.seesShapes(1)
  const second = await ana.page.evaluate(() => window.driftboard?.editor.pages?.add())
  await ana.seesShapes(0)
  await ana.draw('o', [
    [500, 300],
    [600, 360],
  ])
  await expect.poll(() => pageNames(ben)).toEqual(['Page 1', 'Page 2'])
  expect((await ben.shapes()).map(({ type }) => type)).toEqual(['rectangle'])
  const peer = () => ben.page.evaluate(() => [...(window.driftboard?.editor.state.peers.values() ?? [])][0])
  await expect.poll(peer).toMatchObject({ cursor: null, selection: [] })

  await ana.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await ana.page.evaluate(() => window.driftboard?.editor.run('copy-link-selection'))
  const [circle] = await ana.shapes()
  const link = `${ana.wire.url}/b/${boardId(name)}#shape=${circle?.id}`
  await expect.poll(() => ana.page.evaluate(() => navigator.clipboard.readText())).toBe(link)

  // Ben has the key of the board; the link holds none.
  await ben.page.goto(link.replace(ana.wire.url, ben.wire.url))
  await expect.poll(() => shownPage(ben)).toBe(second)
  await expect.poll(() => ben.selection()).toEqual([circle?.id])
  await expect.poll(() => new URL(ben.page.url()).hash).toBe('')
  await expect.poll(peer).toMatchObject({ selection: [circle?.id] })

  await ana.press('Alt+ArrowUp')
  await expect.poll(() => shownPage(ana)).toBe('')
  await ana.press('Alt+ArrowDown')
  await expect.poll(() => shownPage(ana)).toBe(second)
  await ana.isSavedHere()
  await ana.reload()
  await expect.poll(() => shownPage(ana)).toBe(second)
  await ana.seesShapes(1)
  expect((await ana.shapes()).map(({ type }) => type)).toEqual(['ellipse'])

  await ana.page.evaluate(() => window.driftboard?.editor.run('page-remove'))
  await expect.poll(() => shownPage(ben)).toBe('')
  await ben.seesShapes(1)
  expect((await ben.shapes()).map(({ type }) => type)).toEqual(['rectangle'])
  await ana.press('Control+z')
  await expect.poll(() => pageNames(ben)).toEqual(['Page 1', 'Page 2'])
})
