import type { OpenBoard } from '../board-page.ts'
import { expect, test } from './fixtures.ts'
import { agree, type Person } from './person.ts'

const guides = (person: Person): Promise<number> =>
  person.page.evaluate(() => (window.driftboard as OpenBoard).editor.state.guides.length)

const tool = (person: Person): Promise<string> =>
  person.page.evaluate(() => (window.driftboard as OpenBoard).editor.state.tool)

/** Where shapes are, in the order in which they were drawn. */
const places = async (person: Person) => (await person.shapes()).map(({ pos }) => [...pos])

test('shapes snap, are aligned, locked and walked by keys, for everybody, and the way of working is remembered', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const board = await ana.makeBoard()
  const ben = await arrive('Ben')
  await ben.openBoard(board)
  await ana.draw('r', [
    [300, 200],
    [380, 260],
  ])
  // Near the first one's left side, and below it.
  await ana.draw('r', [
    [450, 400],
    [530, 460],
  ])
  await ana.page.mouse.move(470, 400)
  await ana.page.mouse.down()
  await ana.page.mouse.move(340, 420, { steps: 3 })
  await ana.page.mouse.move(325, 420)
  expect(await guides(ana)).toBeGreaterThan(0)
  await ana.page.mouse.up()
  expect(await guides(ana)).toBe(0)
  const [[left] = [], [snapped] = []] = await places(ana)
  expect(snapped).toBe(left)

  // Both lie beside each other: the same top for both, by keys.
  await ana.press('Control+a')
  await ana.press('Control+Shift+ArrowUp')
  await agree(ana, ben)
  const [[, top] = [], [, aligned] = []] = await places(ben)
  expect(aligned).toBe(top)
  await ana.press('Control+z')
  expect(await ana.selection()).toHaveLength(2)
  await ana.press('Escape')

  await ana.press('Tab')
  const [first] = await ana.selection()
  await ana.press('Control+Shift+l')
  await ana.press('Escape')
  await ana.click([300, 230])
  expect(await ana.selection()).toEqual([])
  await ana.press('Control+a')
  await ana.press('Delete')
  await ben.seesShapes(1)
  expect((await ben.shapes()).map(({ id }) => id)).toEqual([first])
  // A menu gets at it, also while another is open.
  await ana.page.mouse.click(800, 450, { button: 'right' })
  await expect(ana.page.getByRole('menuitem', { name: 'Select all' })).toBeVisible()
  await ana.page.mouse.click(300, 230, { button: 'right' })
  await expect(ana.page.getByRole('menuitem', { name: 'Unlock' })).toBeVisible()
  expect(await ana.selection()).toEqual([first])
  await ana.press('Escape')
  await ana.press('Control+Shift+l')
  await expect.poll(async () => (await ben.shapes())[0]?.locked).toBe(false)

  await ana.press('q')
  await ana.reload()
  await ana.draw('o', [
    [600, 200],
    [680, 260],
  ])
  expect(await tool(ana)).toBe('ellipse')
  await ana.seesShapes(2)

  // A copy is dragged off with alt, and repeated; keys move and turn it.
  await ana.press('q')
  await ana.press('v')
  await ana.click([600, 230])
  await ana.holding('Alt', () =>
    ana.drag([
      [600, 230],
      [700, 310],
    ]),
  )
  await ana.press('Control+d')
  await ana.seesShapes(4)
  const [, [x = 0, y = 0] = [], [x1 = 0, y1 = 0] = [], [x2, y2] = []] = await places(ana)
  expect([x2, y2]).toEqual([2 * x1 - x, 2 * y1 - y])
  await ana.press('ArrowRight')
  await ana.press('Shift+ArrowDown')
  await ana.press('Shift+Period')
  await agree(ana, ben)
  const moved = (await ben.shapes()).at(-1)
  expect(moved?.rot).toBeCloseTo(Math.PI / 12, 6)
  expect(moved?.pos.map(Math.round)).toEqual([(x2 ?? 0) + 1, (y2 ?? 0) + 10].map(Math.round))

  // A group is mirrored as a whole.
  await ana.press('Control+a')
  await ana.press('Control+g')
  await ana.press('Shift+h')
  await agree(ana, ben)
  expect((await ben.shapes()).at(-1)?.rot).toBeCloseTo(-Math.PI / 12, 6)
  expect((await ben.shapes()).map(({ groups }) => groups.length)).toEqual([1, 1, 1, 1])
})
