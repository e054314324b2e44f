import type { Vec } from '../../shared/geometry/vec.ts'
import type { Arrow } from '../../shared/shapes/arrow.ts'
import { expect, test } from './fixtures.ts'
import { agree, type Person } from './person.ts'

const arrowOf = async (person: Person): Promise<Arrow> =>
  (await person.shapes()).find(shape => shape.type === 'arrow') as Arrow

const tipOf = async (person: Person): Promise<Vec> => {
  const { pos, points } = await arrowOf(person)
  return [pos[0] + (points.at(-2) as number), pos[1] + (points.at(-1) as number)]
}

test('an arrow is held by the shapes it was drawn between, for both people, through moves, a deletion, an undo and a reload', async ({
  arrive,
}) => {
  const [ana, ben] = await Promise.all([arrive('Ana'), arrive('Ben', { drawing: 'webgl' })])
  await ben.openBoard(await ana.makeBoard())
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  await ana.draw('r', [
    [600, 200],
    [720, 280],
  ])
  await ana.draw('a', [
    [360, 240],
    [660, 240],
  ])
  await ben.seesShapes(3)
  await agree(ana, ben)
  const { start, end } = await arrowOf(ben)
  expect([start, end]).toEqual([
    [expect.any(String), 0.5, 0.5],
    [expect.any(String), 0.5, 0.5],
  ])
  await expect.poll(() => tipOf(ben)).toEqual([594, 240])

  // Half way between the boxes, where nothing is until the arrow leads there.
  const way = { x: 490, y: 350, width: 40, height: 40 }
  await ana.press('Escape')
  await ben.seesStill(way)
  const empty = await ben.page.screenshot({ clip: way })
  await ana.page.mouse.move(630, 200)
  await ana.page.mouse.down()
  await ana.page.mouse.move(630, 330, { steps: 4 })
  await ana.page.mouse.move(630, 460, { steps: 4 })
  await ben.seesChange(way, empty)
  expect(await tipOf(ben)).toEqual([594, 240])
  await ana.page.mouse.up()
  await expect.poll(async () => (await tipOf(ben))[1]).toBeGreaterThan(400)
  await agree(ana, ben)
  const tip = await tipOf(ben)

  await ben.click([630, 460])
  await ben.press('Delete')
  await ana.seesShapes(2)
  expect(await arrowOf(ana)).toMatchObject({ start, end: null })
  expect(await tipOf(ana)).toEqual(tip)
  await ben.press('Control+z')
  await ana.seesShapes(3)
  expect((await arrowOf(ana)).end).toEqual(end)

  await ana.press('Escape')
  await ana.page.mouse.dblclick(510, 370)
  await expect(ana.page.getByRole('textbox', { name: 'Text' })).toBeFocused()
  await ana.page.keyboard.type('leads to')
  await ana.press('Escape')
  await expect.poll(async () => (await arrowOf(ben)).text).toBe('leads to')
  await ana.isSavedHere()
  await ana.reload()
  await ana.seesShapes(3)
  expect(await arrowOf(ana)).toMatchObject({ start, end, text: 'leads to' })
  await expect.poll(() => tipOf(ana)).toEqual(tip)
  await agree(ana, ben)
})
