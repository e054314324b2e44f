import type { CDPSession } from '@playwright/test'
import type { Vec } from '../../shared/geometry/vec.ts'
import { expect, test } from './fixtures.ts'
import type { Clip, Person } from './person.ts'
import { Fingers } from './touch.ts'

/** What `person` sees of the gesture that the other one is in. */
const seenGesture = (person: Person) =>
  person.page.evaluate(() => {
    const [peer] = window.driftboard?.editor.state.peers.values() ?? []
    const preview = peer?.preview
    return preview?.kind === 'ink' ? `${preview.kind} ${preview.stroke.brush}` : preview?.kind
  })

test('two people mark with the highlighter, cut strokes and point with the laser, and see each other do it', async ({
  arrive,
}) => {
  const [ana, ben] = await Promise.all([arrive('Ana'), arrive('Ben')])
  await ben.openBoard(await ana.makeBoard())
  await ana.press('Shift+d')
  await ana.page.mouse.move(300, 300)
  await ana.page.mouse.down()
  await ana.page.mouse.move(600, 300, { steps: 12 })
  await expect.poll(() => seenGesture(ben)).toBe('ink highlighter')
  await ana.page.mouse.up()
  await ben.seesShapes(1)
  expect((await ben.shapes())[0]).toMatchObject({ type: 'ink', brush: 'highlighter' })

  await ana.press('Shift+e')
  await ana.page.mouse.move(450, 200)
  await ana.page.mouse.down()
  await ana.page.mouse.move(450, 400, { steps: 8 })
  await expect.poll(() => seenGesture(ben)).toBe('cut')
  expect(await ben.shapes()).toHaveLength(1)
  await ana.page.mouse.up()
  await ben.seesShapes(2)
  await ana.press('Control+z')
  await ben.seesShapes(1)
  await ana.press('Control+Shift+z')
  await ben.seesShapes(2)
  await ana.isSavedHere()
  await ana.reload()
  await ana.seesShapes(2)

  const place = { x: 300, y: 400, width: 400, height: 160 }
  // What is compared is without Ana's cursor: that of before the reload is gone, and the new one elsewhere.
  await ana.page.mouse.move(100, 650)
  await expect.poll(async () => (await ben.othersHere()).length).toBe(1)
  await expect.poll(() => cursorsSeenBy(ben, place)).toEqual([])
  await ben.seesStill(place)
  const before = await ben.page.screenshot({ clip: place })
  await ana.press('k')
  await ana.page.mouse.move(350, 450)
  await ana.page.mouse.down()
  await ana.page.mouse.move(650, 500, { steps: 10 })
  await expect.poll(() => seenGesture(ben)).toBe('laser')
  await ben.seesChange(place, before)
  await ana.page.mouse.up()
  await ana.page.mouse.move(100, 650)
  await ben.seesAgain(place, before)
  await ben.seesShapes(2)
})

test('once a pen has drawn, fingers and the palm only move the board; drags scroll at the edge and wait for the space bar', async ({
  arrive,
}) => {
  const ana = await arrive('Ana', { context: { hasTouch: true } })
  await ana.makeBoard()
  const cdp = await ana.context.newCDPSession(ana.page)
  const fingers = await Fingers.on(ana.page)
  await ana.press('p')
  await pen(cdp, 'mousePressed', [300, 300])
  await pen(cdp, 'mouseMoved', [340, 310])
  await fingers.press([500, 500])
  await fingers.move([[520, 540]])
  await pen(cdp, 'mouseMoved', [400, 300])
  await fingers.lift()
  await pen(cdp, 'mouseReleased', [400, 300])
  await ana.seesShapes(1)
  expect(await ana.camera()).toEqual({ x: 0, y: 0, zoom: 1 })
  await expect(async () => {
    // Right after the pen, it would still be the palm.
    await fingers.drag([
      [500, 500],
      [560, 540],
    ])
    expect((await ana.camera()).x).toBeLessThanOrEqual(-50)
  }).toPass()
  await ana.seesShapes(1)

  await ana.press('Shift+1')
  await ana.press('r')
  await ana.page.mouse.move(700, 500)
  await ana.page.mouse.down()
  await ana.page.mouse.move(800, 560, { steps: 4 })
  const { x } = await ana.camera()
  await ana.page.keyboard.down(' ')
  await ana.page.mouse.move(750, 560, { steps: 4 })
  await ana.page.keyboard.up(' ')
  expect((await ana.camera()).x).toBe(x + 50)
  await ana.page.mouse.move(995, 400, { steps: 4 })
  await expect.poll(async () => (await ana.camera()).x).toBeGreaterThan(x + 150)
  await ana.page.mouse.up()
  await ana.seesShapes(2)
  const drawn = (await ana.shapes()).find(shape => shape.type === 'rectangle')
  const end = 995 + (await ana.camera()).x
  expect(drawn?.type === 'rectangle' && Math.abs(drawn.pos[0] + drawn.size[0] - end)).toBeLessThan(0.1)
})

/** Those of others that are above or in a part of the screen. */
const cursorsSeenBy = ({ page }: Person, clip: Clip) =>
  page.evaluate(
    ({ x, y, width, height }) =>
      [...(window.driftboard?.editor.state.peers.values() ?? [])].flatMap(({ cursor }) =>
        cursor &&
        cursor[0] > x - 100 &&
        cursor[0] < x + width &&
        cursor[1] > y - 100 &&
        cursor[1] < y + height
          ? [cursor]
          : [],
      ),
    clip,
  )

async function pen(
  cdp: CDPSession,
  type: 'mousePressed' | 'mouseMoved' | 'mouseReleased',
  [x, y]: Vec,
): Promise<void> {
  const force = type === 'mouseReleased' ? 0 : 0.5
  const button = 'left'
  await cdp.send('Input.dispatchMouseEvent', {
    type,
    x,
    y,
    button,
    buttons: 1,
    clickCount: 1,
    force,
    pointerType: 'pen',
  })
}
