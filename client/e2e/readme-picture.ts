/** `npm run picture`: draws the picture of the README with the app itself, two people on one board. */
import { chromium } from '@playwright/test'
import { CHROMIUM_ARGS, findChromium } from '../../scripts/lib/chromium.mjs'
import type { Vec } from '../../shared/geometry/vec.ts'
import { keysAbove } from '../../shared/schema/order.ts'
import { makeShape } from '../../shared/schema/read.ts'
import type { KnownShape } from '../../shared/shapes/index.ts'
import { inkKeys } from '../../shared/shapes/ink.ts'
import { pathThrough } from '../../shared/shapes/path.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'
import { Wire } from './wire.ts'

const FILE = new URL('../../docs/driftboard.png', import.meta.url).pathname

const relay = await RelayProcess.start()
const wire = await Wire.to(() => relay.port)
const executablePath = findChromium()
const browser = await chromium.launch({ args: CHROMIUM_ARGS, ...(executablePath && { executablePath }) })
const context = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 2 }
const ana = await Person.arrive(browser, { name: 'Ana', wire, context })
const ben = await Person.arrive(browser, { name: 'Ben', wire, context })
await ben.openBoard(await ana.makeBoard())
await ana.isNamed('Ana')
await ben.isNamed('Ben')
await ana.page.evaluate(
  shapes => window.driftboard?.editor.commit(shapes.map(shape => ({ op: 'create', shape }))),
  scene(),
)
await ben.seesShapes(scene().length)
await ana.page.getByRole('textbox', { name: 'Board title' }).or(ana.page.getByText('Untitled board')).click()
await ana.page.keyboard.type('How a change travels')
await ana.press('Enter')
await ben.press('p')
await ben.page.mouse.move(760, 636)
await ben.page.mouse.down()
for (let i = 1; i <= 60; i++) await ben.page.mouse.move(760 + i * 4.6, 640 - 14 * Math.sin(i / 5) - i / 6)
await ana.press('v')
await ana.page.mouse.click(330, 246)
await ana.page.mouse.move(640, 740)
await ana.page.waitForFunction(() =>
  [...(window.driftboard?.editor.state.peers.values() ?? [])].some(p => p.preview),
)
await ana.isSavedOnRelay()
await ana.page.screenshot({ path: FILE })
await browser.close()
await wire.close()
await relay.dispose()

/** The drawing, bottom first. */
function scene(): readonly KnownShape[] {
  const keys = keysAbove(null, 40)
  let next = 0
  const common = (pos: Vec) => ({ id: `scene-${next}`, pos, z: keys[next++] as string })
  const box = (at: Vec, size: Vec, text: string, stroke: string, fill: string) =>
    makeShape('rectangle', { ...common(at), size, text, stroke, fill, corner: 16, fontSize: 24 })
  const arrow = (points: readonly Vec[], stroke: string, curved = true) =>
    makeShape('arrow', { ...common([0, 0]), ...pathThrough(points), stroke, curved })
  const note = (at: Vec, text: string, stroke: string, fontSize = 20) =>
    makeShape('text', { ...common(at), text, stroke, fontSize })
  const pen = (points: readonly Vec[], stroke: string, width: number) =>
    makeShape('ink', { ...common([0, 0]), ...inkKeys({ points, pressures: null }), stroke, width })
  return [
    note([470, 96], 'Yours first, then everyone’s', '#1e1e1e', 36),
    pen(wave([470, 150], 420), '#0c8599', 3),
    box([300, 220], [220, 110], 'Your device', '#1971c2', '#a5d8ff'),
    makeShape('ellipse', {
      ...common([690, 200]),
      size: [220, 130],
      text: 'Relay',
      stroke: '#6741d9',
      fill: '#d0bfff',
      fontSize: 24,
    }),
    box([1010, 330], [200, 110], 'Ben', '#2f9e44', '#b2f2bb'),
    arrow(
      [
        [532, 262],
        [610, 244],
        [684, 258],
      ],
      '#1e1e1e',
    ),
    arrow(
      [
        [918, 262],
        [1000, 276],
        [1060, 322],
      ],
      '#1e1e1e',
    ),
    arrow(
      [
        [440, 342],
        [700, 470],
        [1000, 404],
      ],
      '#e03131',
    ),
    note([700, 478], 'directly, when it can', '#e03131'),
    note([546, 206], 'every change, once', '#868e96', 18),
    makeShape('diamond', {
      ...common([330, 430]),
      size: [190, 130],
      text: 'offline?',
      stroke: '#f08c00',
      fill: '#ffe8a3',
      fontSize: 22,
    }),
    arrow(
      [
        [424, 338],
        [425, 424],
      ],
      '#1e1e1e',
      false,
    ),
    note([540, 552], 'draw on — it merges when you are back', '#1e1e1e', 22),
    pen(wave([540, 592], 330), '#f08c00', 2),
  ]
}

function wave([x, y]: Vec, length: number): readonly Vec[] {
  return Array.from({ length: 80 }, (_, i): Vec => [x + (i / 79) * length, y + 4 * Math.sin(i / 4)])
}
