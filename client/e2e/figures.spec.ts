import { expect, test } from './fixtures.ts'
import { coloursOf } from './screen.ts'

test.use({ drawing: 'webgl' })

test('a star from the drawer is drawn by hand and hatched for all, undoes, and survives a reload', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben')
  await ben.openBoard(await ana.makeBoard())
  await ana.page.evaluate(() =>
    window.driftboard?.editor.setStyle({
      ...{ stroke: '#0000ff', width: 8, roughness: 1, dash: 'dashed' },
      ...{ fill: '#ff0000', fillStyle: 'hachure' },
    }),
  )
  await ana.page.getByRole('button', { name: 'More tools' }).click()
  await ana.page.getByRole('button', { name: 'Star' }).click()
  await ana.drag([
    [400, 250],
    [700, 530],
  ])
  await ben.seesShapes(1)
  for (const { page } of [ana, ben]) {
    const seen = async () => {
      const colours = new Set(await coloursOf(page, { x: 400, y: 250, width: 300, height: 280 }))
      return ['#0000ff', '#ff0000'].filter(colour => colours.has(colour))
    }
    await expect.poll(seen).toEqual(['#0000ff', '#ff0000'])
  }
  await ana.press('ControlOrMeta+z')
  await ben.seesShapes(0)
  await ana.press('ControlOrMeta+Shift+z')
  await ben.seesShapes(1)
  await ben.reload()
  await ben.seesShapes(1)
})
