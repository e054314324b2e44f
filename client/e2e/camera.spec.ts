import type { Vec } from '../../shared/geometry/vec.ts'
import type { Camera } from '../editor/types.ts'
import { expect, test } from './fixtures.ts'
import type { Person } from './person.ts'

test('the view is moved by the wheel, the space bar, the middle button and the hand, and nothing is drawn', async ({
  arrive,
}) => {
  // Otherwise the board, thrown by the hand, would go on moving.
  const ana = await arrive('Ana', { context: { reducedMotion: 'reduce' } })
  await ana.makeBoard()
  // On Linux the middle button would paste what was selected last, wherever that was.
  await ana.page.getByRole('textbox', { name: 'Board title' }).fill('Words')
  await ana.press('Shift+Home')
  await ana.press('Enter')
  await ana.page.mouse.move(500, 350)
  await ana.page.mouse.wheel(30, 50)
  await looksFrom(ana, [30, 50])
  await ana.holding('Shift', () => ana.page.mouse.wheel(0, 20))
  await looksFrom(ana, [50, 50])
  await ana.press('r')
  await ana.holding(' ', () =>
    ana.drag([
      [500, 350],
      [550, 400],
    ]),
  )
  await looksFrom(ana, [0, 0])
  await expect(ana.tool('Rectangle')).toBeChecked()
  await ana.page.mouse.move(500, 350)
  await ana.page.mouse.down({ button: 'middle' })
  await ana.page.mouse.move(460, 340, { steps: 4 })
  await ana.page.mouse.up({ button: 'middle' })
  await looksFrom(ana, [40, 10])
  await ana.press('h')
  await ana.drag([
    [500, 350],
    [400, 300],
  ])
  await looksFrom(ana, [140, 60])
  await ana.seesShapes(0)

  // The reload comes before the view would be written in its own time.
  await ana.reload()
  await looksFrom(ana, [140, 60])
})

test('zooming keeps what is under the pointer there, from 5 % to 3000 %, and keys zoom and fit', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  await ana.makeBoard()
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  const pointer: Vec = [600, 300]
  await ana.page.mouse.move(...pointer)
  await ana.page.keyboard.down('Control')
  await ana.page.mouse.wheel(0, -24)
  await expect.poll(async () => (await ana.camera()).zoom).toBeCloseTo(Math.exp(0.24), 5)
  expect(worldAt(await ana.camera(), pointer)).toEqual(pointer)
  await wheelUntil(ana, -120, 30)
  expect(worldAt(await ana.camera(), pointer)).toEqual(pointer)
  await expect(ana.page.getByRole('button', { name: /^Zoom 3000 %/ })).toBeVisible()
  await wheelUntil(ana, 120, 0.05)
  expect(worldAt(await ana.camera(), pointer)).toEqual(pointer)
  await expect(ana.page.getByRole('button', { name: /^Zoom 5 %/ })).toBeVisible()
  await expect(ana.page.getByRole('button', { name: 'Zoom out' })).toBeVisible()
  await ana.page.keyboard.up('Control')
  await ana.press('Control+-')
  expect((await ana.camera()).zoom).toBe(0.05)

  await ana.press('Control+0')
  expect((await ana.camera()).zoom).toBe(1)
  await ana.press('Control+=')
  expect((await ana.camera()).zoom).toBe(1.25)
  await ana.press('Control+-')
  expect((await ana.camera()).zoom).toBe(1)
  await ana.page.mouse.wheel(5_000, 5_000)
  await ana.press('Shift+1')
  expect(worldAt(await ana.camera(), [500, 350])).toEqual([360, 240])
  await ana.page.getByRole('button', { name: 'Zoom in' }).click()
  expect((await ana.camera()).zoom).toBe(1.25)
  expect(worldAt(await ana.camera(), [500, 350])).toEqual([360, 240])
})

async function looksFrom(person: Person, [x, y]: Vec): Promise<void> {
  await expect.poll(() => person.camera()).toEqual({ x, y, zoom: 1 })
}

/** The browser may merge turns of the wheel, so how many are needed is open; one beyond the limit changes nothing. */
async function wheelUntil(person: Person, deltaY: number, zoom: number): Promise<void> {
  await expect(async () => {
    await person.page.mouse.wheel(0, deltaY)
    expect((await person.camera()).zoom).toBe(zoom)
  }).toPass({ intervals: [0] })
  await person.page.mouse.wheel(0, deltaY)
  await expect.poll(async () => (await person.camera()).zoom).toBe(zoom)
}

const worldAt = ({ x, y, zoom }: Camera, [sx, sy]: Vec): Vec => [
  Math.round(sx / zoom + x),
  Math.round(sy / zoom + y),
]
