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
await ben.page.mouse.move(640, 716)
await ben.page.mouse.down()
for (let i = 1; i <= 60; i++) await ben.page.mouse.move(640 + i * 4.6, 718 - 14 * Math.sin(i / 5) - i / 6)
await ana.press('v')
await ana.page.mouse.click(320, 236)
await ana.page.mouse.move(560, 760)
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
  const common = (id: string, pos: Vec) => ({ id, pos, z: keys[next++] as string })
  const arrow = (id: string, points: readonly Vec[], more: object) =>
    makeShape('arrow', {
      ...common(id, [0, 0]),
      ...pathThrough(points),
      stroke: '#1e1e1e',
      fontSize: 18,
      ...more,
    })
  const pen = (id: string, points: readonly Vec[], stroke: string, width: number) =>
    makeShape('ink', { ...common(id, [0, 0]), ...inkKeys({ points, pressures: null }), stroke, width })
  const drawn = { fontSize: 28, roughness: 1 } as const
  return [
    makeShape('text', {
      ...{
        ...common('title', [420, 88]),
        text: 'Yours first, then everyone’s',
        stroke: '#1e1e1e',
        fontSize: 36,
      },
    }),
    pen('wave', wave([420, 142], 420), '#0c8599', 3),
    makeShape('rectangle', {
      ...{ ...common('device', [290, 210]), ...drawn, size: [210, 110], corner: 16, text: 'Your device' },
      ...{ stroke: '#1971c2', fill: '#a5d8ff' },
    }),
    makeShape('ellipse', {
      ...{ ...common('relay', [650, 200]), ...drawn, size: [210, 124], text: 'Relay' },
      ...{ stroke: '#6741d9', fill: '#d0bfff', fillStyle: 'hachure' },
    }),
    makeShape('rectangle', {
      ...{ ...common('ben', [980, 330]), ...drawn, size: [200, 110], corner: 16, text: 'Ben' },
      ...{ stroke: '#2f9e44', fill: '#b2f2bb' },
    }),
    makeShape('diamond', {
      ...{ ...common('offline', [300, 420]), ...drawn, size: [190, 130], text: 'offline?' },
      ...{ stroke: '#e8590c', fill: '#ffe8a3' },
    }),
    makeShape('table', {
      ...{
        ...common('where', [560, 500]),
        size: [300, 150],
        fontSize: 18,
        header: true,
        font: 'sans',
        width: 1,
      },
      text: 'Where\tSaved\nThis device\tat once\nRelay\tin 8 ms\nBucket\ta moment later',
    }),
    makeShape('note', {
      ...{ ...common('question', [955, 505]), size: [180, 150], rot: 0.04, fontSize: 20, author: 'Ben' },
      text: 'What if the relay dies mid-stroke?',
    }),
    makeShape('note', {
      ...{ ...common('answer', [1065, 90]), size: [170, 140], rot: -0.05, fontSize: 20, author: 'Ana' },
      ...{ text: 'We draw on, directly', fill: '#ffc9c9' },
    }),
    arrow('up', line([500, 262], [650, 262]), {
      ...{ start: ['device', 1, 0.5], end: ['relay', 0, 0.5], text: 'once' },
    }),
    arrow('down', line([860, 262], [1080, 330]), {
      ...{ start: ['relay', 1, 0.5], end: ['ben', 0.5, 0], elbow: true },
    }),
    arrow(
      'across',
      [
        [420, 320],
        [680, 440],
        [980, 392],
      ],
      {
        ...{ start: ['device', 0.75, 1], end: ['ben', 0, 0.6], curved: true, stroke: '#e03131' },
        text: 'directly, when it can',
      },
    ),
    arrow('why', line([395, 320], [395, 420]), { start: ['device', 0.5, 1], end: ['offline', 0.5, 0] }),
    makeShape('text', {
      ...{ ...common('merge', [280, 580]), text: 'draw on — it merges\nwhen you are back', fontSize: 22 },
      stroke: '#1e1e1e',
    }),
  ]
}

function line(from: Vec, to: Vec): readonly Vec[] {
  return [from, to]
}

function wave([x, y]: Vec, length: number): readonly Vec[] {
  return Array.from({ length: 80 }, (_, i): Vec => [x + (i / 79) * length, y + 4 * Math.sin(i / 4)])
}
