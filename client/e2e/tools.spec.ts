import { unpackInk } from '../../shared/geometry/ink.ts'
import type { Vec } from '../../shared/geometry/vec.ts'
import { expect, test } from './fixtures.ts'
import { agree, type Person } from './person.ts'

const DRAWING_TOOLS = [
  { name: 'Rectangle', keys: ['r'], draws: 'rectangle' },
  { name: 'Diamond', keys: ['d'], draws: 'diamond' },
  { name: 'Ellipse', keys: ['o'], draws: 'ellipse' },
  { name: 'Arrow', keys: ['a'], draws: 'arrow' },
  { name: 'Line', keys: ['l'], draws: 'line' },
  { name: 'Pen', keys: ['p', 'x'], draws: 'ink' },
] as const

test('every tool is chosen by its keys and by its button, and does what it is named for', async ({
  arrive,
}) => {
  const ana = await arrive('Ana', { drawing: 'webgl' })
  await ana.makeBoard()
  const drawn: string[] = []
  const drawWith = async (type: string) => {
    const x = 300 + (drawn.length % 7) * 90
    const y = 140 + Math.floor(drawn.length / 7) * 120
    await ana.drag([
      [x, y],
      [x + 60, y + 70],
    ])
    drawn.push(type)
    expect((await ana.shapes()).map(shape => shape.type)).toEqual(drawn)
  }
  for (const { name, keys, draws } of DRAWING_TOOLS) {
    for (const key of keys) {
      await ana.press('v')
      await ana.press(key)
      await expect(ana.tool(name)).toBeChecked()
      await drawWith(draws)
    }
    await ana.tool('Select').click()
    await expect(ana.tool('Select')).toBeChecked()
    await ana.tool(name).click()
    await expect(ana.tool(name)).toBeChecked()
    await drawWith(draws)
  }

  await ana.press('t')
  await expect(ana.tool('Text')).toBeChecked()
  await ana.click([600, 420])
  await ana.page.keyboard.type('by key')
  await ana.press('Escape')
  await ana.tool('Text').click()
  await ana.click([600, 480])
  await ana.page.keyboard.type('by button')
  await ana.press('Escape')
  const texts = async () => (await ana.shapes()).flatMap(shape => (shape.type === 'text' ? [shape.text] : []))
  await expect.poll(texts).toEqual(['by key', 'by button'])

  const whole = (await ana.shapes()).length
  await ana.press('e')
  await expect(ana.tool('Eraser')).toBeChecked()
  await ana.drag([
    [290, 170],
    [500, 170],
  ])
  await ana.seesShapes(whole - 3)
  await ana.press('v')
  await ana.tool('Eraser').click()
  await ana.click([620, 490])
  await ana.seesShapes(whole - 4)

  // Else a quick hand throws the board, and it goes on moving.
  await ana.page.emulateMedia({ reducedMotion: 'reduce' })
  await ana.press('h')
  await expect(ana.tool('Hand')).toBeChecked()
  await ana.drag([
    [500, 500],
    [460, 470],
  ])
  expect(await ana.camera()).toEqual({ x: 40, y: 30, zoom: 1 })
  await ana.press('v')
  await ana.tool('Hand').click()
  await ana.drag([
    [460, 470],
    [500, 500],
  ])
  expect(await ana.camera()).toEqual({ x: 0, y: 0, zoom: 1 })
  await ana.seesShapes(whole - 4)
})

interface Gesture {
  readonly does: string
  readonly act: () => Promise<void>
  /** What the first shape has after it. */
  readonly leaves?: Readonly<Record<string, unknown>>
}

/** One gesture after another on one rectangle that lies at 300, 200 and is 120 by 80. */
function gestures(ana: Person): readonly Gesture[] {
  const drag = (from: Vec, to: Vec) => () => ana.drag([from, to])
  const dragHolding = (key: string, from: Vec, to: Vec) => () => ana.holding(key, drag(from, to))
  const opacity = async () => {
    await ana.page.getByRole('slider', { name: 'Opacity' }).focus()
    await ana.press('ArrowLeft')
  }
  const type = async () => {
    await ana.press('t')
    await ana.click([800, 500])
    await ana.page.keyboard.type('a note')
    await ana.press('Escape')
  }
  const sweep = async () => {
    await ana.press('e')
    await ana.drag([
      [380, 560],
      [480, 560],
    ])
  }
  const pen: readonly Vec[] = [
    [400, 540],
    [430, 580],
    [460, 540],
  ]
  return [
    { does: 'moves', act: drag([360, 240], [400, 300]), leaves: { pos: [340, 260], size: [120, 80] } },
    {
      does: 'moves along one axis',
      act: dragHolding('Shift', [340, 280], [400, 286]),
      leaves: { pos: [400, 260] },
    },
    { does: 'resizes', act: drag([520, 340], [560, 360]), leaves: { pos: [400, 260], size: [160, 100] } },
    {
      does: 'resizes in proportion',
      act: dragHolding('Shift', [560, 360], [640, 370]),
      leaves: { pos: [400, 260], size: [240, 150] },
    },
    {
      does: 'resizes about its centre',
      act: dragHolding('Alt', [640, 335], [660, 335]),
      leaves: { pos: [380, 260], size: [280, 150] },
    },
    { does: 'nudges', act: () => ana.press('ArrowRight'), leaves: { pos: [381, 260] } },
    { does: 'recolours', act: () => ana.pickStroke('Red'), leaves: { stroke: '#e03131' } },
    { does: 'fills', act: () => ana.pickStyle('Fill', 'Blue'), leaves: { fill: '#a5d8ff' } },
    { does: 'thickens', act: () => ana.pickStyle('Width', 'Bold'), leaves: { width: 4 } },
    { does: 'fades', act: opacity, leaves: { opacity: 0.95 } },
    {
      does: 'turns by a step of 15 degrees',
      act: dragHolding('Shift', [521, 236], [600, 260]),
      leaves: { rot: Math.PI / 4, pos: [381, 260] },
    },
    { does: 'draws', act: () => ana.draw('p', pen) },
    { does: 'erases', act: sweep },
    { does: 'writes', act: type },
    { does: 'copies', act: dragHolding('Alt', [810, 512], [700, 590]) },
    { does: 'deletes', act: () => ana.press('Delete') },
  ]
}

test('each gesture is one step that undo and redo restore exactly, seen by the other and after a reload', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben')
  await ben.openBoard(await ana.makeBoard())
  await ana.draw('r', [
    [300, 200],
    [420, 280],
  ])
  const states = [await ana.shapes()]
  for (const { does, act, leaves = {} } of gestures(ana)) {
    await act()
    await expect.poll(() => ana.shapes(), { message: does }).not.toEqual(states.at(-1))
    const [first] = await ana.shapes()
    expect(first, does).toMatchObject(near(leaves))
    states.push(await ana.shapes())
  }
  expect(await agree(ana, ben)).toEqual(states.at(-1))

  for (const state of states.slice(0, -1).reverse()) {
    await ana.press('Control+z')
    await expect.poll(() => ana.shapes()).toEqual(state)
  }
  await agree(ana, ben)
  for (const state of states.slice(1, -1)) {
    await ana.press('Control+Shift+z')
    await expect.poll(() => ana.shapes()).toEqual(state)
  }
  await ana.page.getByRole('button', { name: 'Redo' }).click()
  await expect.poll(() => ana.shapes()).toEqual(states.at(-1))
  await ana.page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => ana.shapes()).toEqual(states.at(-2))

  await ana.isSavedHere()
  await ana.reload()
  expect(await ana.shapes()).toEqual(states.at(-2))
  await agree(ana, ben)
})

/** The same keys, with numbers as near as a gesture is rounded to. */
function near(keys: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(keys), (_, value) =>
    typeof value === 'number' ? expect.closeTo(value, 1) : value,
  )
}

test('shapes are selected by a click, with shift, by a marquee, all at once, and let go by a click beside them', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  await ana.makeBoard()
  for (const x of [300, 450, 600]) {
    await ana.draw('r', [
      [x, 200],
      [x + 100, 280],
    ])
  }
  const [a, b, c] = (await ana.shapes()).map(shape => shape.id)
  expect(await ana.selection()).toEqual([c])
  await ana.click([330, 200])
  expect(await ana.selection()).toEqual([a])
  await ana.holding('Shift', () => ana.click([480, 200]))
  expect(await ana.selection()).toEqual([a, b])
  await ana.holding('Shift', () => ana.click([330, 200]))
  expect(await ana.selection()).toEqual([b])
  await ana.click([800, 500])
  expect(await ana.selection()).toEqual([])
  await ana.drag([
    [430, 180],
    [720, 300],
  ])
  expect(await ana.selection()).toEqual([b, c])
  await ana.press('Control+a')
  expect(await ana.selection()).toEqual([a, b, c])
  await ana.press('Escape')
  expect(await ana.selection()).toEqual([])
  await ana.press('Control+a')
  await ana.press('Delete')
  await ana.seesShapes(0)
})

test('a style chosen beforehand is that of the next shape, and a double click writes a label into it', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  await ana.makeBoard()
  await ana.press('o')
  await ana.pickStroke('Green')
  await ana.pickStyle('Width', 'Extra bold')
  await ana.drag([
    [400, 200],
    [600, 320],
  ])
  await ana.page.mouse.dblclick(500, 260)
  await ana.page.keyboard.type('two\nlines')
  await ana.click([800, 600])
  const [ellipse] = await ana.shapes()
  expect(ellipse).toMatchObject({ type: 'ellipse', stroke: '#2f9e44', width: 8, text: 'two\nlines' })
  await ana.seesShapes(1)
})

test('a pen that presses harder draws a stroke that keeps its pressure', async ({ arrive }) => {
  const ana = await arrive('Ana')
  await ana.makeBoard()
  await ana.press('p')
  const cdp = await ana.context.newCDPSession(ana.page)
  const pen = async (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', x: number, force: number) =>
    cdp.send('Input.dispatchMouseEvent', {
      ...{ type, x, y: 300, force, button: 'left', clickCount: 1, pointerType: 'pen' },
      buttons: type === 'mouseReleased' ? 0 : 1,
    })
  await pen('mousePressed', 400, 0.2)
  await pen('mouseMoved', 450, 0.4)
  await pen('mouseMoved', 500, 0.8)
  await pen('mouseReleased', 500, 0)
  await ana.seesShapes(1)
  const [stroke] = await ana.shapes()
  if (stroke?.type !== 'ink') throw new Error(`The pen drew a ${stroke?.type}.`)
  const pressures = unpackInk(stroke.ink)?.pressures ?? []
  expect(pressures[0]).toBeCloseTo(0.2, 1)
  expect(pressures.at(-1)).toBeCloseTo(0.8, 1)
})
