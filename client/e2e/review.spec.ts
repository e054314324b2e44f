import { expect, test } from './fixtures.ts'
import type { Person } from './person.ts'

test.use({ serviceWorkers: 'allow' })

test('who comes back from offline, reloads in between, is told who changed what, goes through it and brings versions back', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben')
  await ben.openBoard(await ana.makeBoard())
  await ben.isNamed('Ben')
  await ana.draw('r', [
    [300, 300],
    [420, 380],
  ])
  await ana.draw('o', [
    [500, 300],
    [620, 380],
  ])
  await ben.seesShapes(2)
  await ana.worksOffline()
  await ana.unplug()
  // Ana moves the rectangle and draws; Ben recolours the same rectangle, removes the ellipse and draws.
  await ana.press('v')
  await ana.drag([
    [300, 340],
    [300, 440],
  ])
  await ana.draw('d', [
    [800, 500],
    [900, 580],
  ])
  await ana.isSavedHere()
  await ana.reload()
  await ana.seesShapes(3)
  await ben.press('v')
  await ben.click([300, 340])
  await ben.pickStroke('Red')
  await ben.click([500, 340])
  await ben.press('Delete')
  await ben.draw('r', [
    [300, 550],
    [380, 600],
  ])
  await ben.isSavedOnRelay()

  await ana.plugIn()
  await expect(bannerOf(ana)).toHaveText('Ben changed 3 shapes, you changed 2, 1 in common.')
  await expect(bannerOf(ben)).toHaveCount(0)
  await ana.reload()
  await expect(bannerOf(ana)).toHaveText('Ben changed 3 shapes, you changed 2, 1 in common.')
  await ana.page.getByRole('button', { name: 'Review' }).click()
  await expect(stepOf(ana)).toHaveText('You moved this rectangle, Ben recoloured it.')
  await expect(ana.page.getByText('1 of 4')).toBeVisible()
  await choose(ana, 'Keep mine')
  await expect.poll(() => rectangleOf(ben)).toMatchObject({ stroke: '#1e1e1e' })
  await choose(ana, 'Keep theirs')
  await expect.poll(() => rectangleOf(ben)).toMatchObject({ stroke: '#e03131', pos: [300, 300] })
  await ana.press('Control+z')
  await expect.poll(async () => (await rectangleOf(ben))?.pos[1]).toBeGreaterThan(380)
  await choose(ana, 'Keep merged')

  await ana.press('n')
  await expect(stepOf(ana)).toHaveText('Ben removed this ellipse.')
  await choose(ana, 'As it was before')
  await ben.seesShapes(4)
  await ana.press('n')
  await expect(stepOf(ana)).toHaveText('Ben added this rectangle.')
  await ana.press('ArrowLeft')
  await expect(ana.page.getByText('2 of 4')).toBeVisible()
  // Who has not seen all of it finds the banner again; who has is done with it.
  await ana.press('Escape')
  await expect(bannerOf(ana)).toBeVisible()
  await ana.page.getByRole('button', { name: 'Review' }).click()
  await ana.press('p')
  await expect(stepOf(ana)).toHaveText('You added this diamond.')
  await ana.press('Escape')
  await staysDone(ana)
})

test('who opens a board is told what others changed since; nobody is told of the first opening, nor of live work', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben')
  const board = await ana.makeBoard()
  await ana.draw('r', [
    [300, 300],
    [420, 380],
  ])
  await ana.isSavedOnRelay()
  await ben.openBoard(board)
  await ben.isNamed('Ben')
  await ben.seesShapes(1)
  await ben.draw('o', [
    [500, 300],
    [620, 380],
  ])
  await ana.seesShapes(2)
  await ana.page.goto(ana.wire.url)
  await ben.draw('d', [
    [500, 500],
    [620, 580],
  ])
  await ben.draw('d', [
    [700, 500],
    [820, 580],
  ])
  await ben.isSavedOnRelay()
  await ana.openBoard(board)
  await expect(bannerOf(ana)).toHaveText('Ben added 2 shapes while you were away.')
  await expect(bannerOf(ben)).toHaveCount(0)
  await ana.page.getByRole('button', { name: 'Dismiss' }).click()
  await staysDone(ana)
})

const bannerOf = ({ page }: Person) => page.getByRole('status', { name: 'While you were away' }).locator('p')

/** The banner is gone, also after a reload. */
async function staysDone(person: Person): Promise<void> {
  await expect(bannerOf(person)).toHaveCount(0)
  await expect(async () => {
    await person.reload()
    await person.isSavedOnRelay()
    const isBack = await bannerOf(person)
      .waitFor({ timeout: 1_000 })
      .then(() => true)
      .catch(() => false)
    // What kept it through a reload goes a moment after the banner: this reload came before.
    if (isBack) await person.page.getByRole('button', { name: 'Dismiss' }).click()
    expect(isBack).toBe(false)
  }).toPass()
}

const stepOf = ({ page }: Person) =>
  page.getByRole('region', { name: 'Review of changes' }).getByRole('status')

async function choose({ page }: Person, name: string): Promise<void> {
  const button = page.getByRole('button', { name })
  await button.click()
  await expect(button).toHaveAttribute('aria-pressed', 'true')
}

/** The one that both touched. */
const rectangleOf = async (person: Person) =>
  (await person.shapes()).find(
    shape => shape.type === 'rectangle' && shape.pos[0] < 310 && shape.size[0] > 100,
  )
