import { readFileSync } from 'node:fs'
import { expect, test } from './fixtures.ts'
import type { Person } from './person.ts'

const shape = (id: string, type: string, x: number, y: number, props: object, parentId = 'page:1') => ({
  ...{ typeName: 'shape', id: `shape:${id}`, type, x, y, rotation: 0, opacity: 1, isLocked: false },
  ...{ index: `a${id}`, parentId, props },
})
const box = {
  w: 120,
  h: 80,
  geo: 'rectangle',
  color: 'blue',
  labelColor: 'blue',
  fill: 'solid',
  dash: 'draw',
}
const held = (shapeId: string) => ({
  ...{ type: 'binding', boundShapeId: `shape:${shapeId}`, isPrecise: false },
  normalizedAnchor: { x: 0.5, y: 0.5 },
})

/** Two boxes with an arrow between them in a frame, and a second page. */
const TLDR = JSON.stringify({
  ...{ tldrawFileFormatVersion: 1, schema: { schemaVersion: 1 } },
  records: [
    { typeName: 'page', id: 'page:1', index: 'a1', name: 'One' },
    { typeName: 'page', id: 'page:2', index: 'a2', name: 'Other' },
    shape('1', 'frame', 0, 0, { w: 600, h: 300, name: 'Plan' }),
    shape('2', 'geo', 40, 60, { ...box, text: 'from' }, 'shape:1'),
    shape('3', 'geo', 400, 60, { ...box, text: 'to' }, 'shape:1'),
    shape('4', 'arrow', 0, 0, { start: held('2'), end: held('3'), text: 'with words' }, 'shape:1'),
    shape('5', 'geo', 0, 0, box, 'page:2'),
  ],
})

/** What of the shapes a file has to keep. */
const told = async (ana: Person) =>
  (await ana.shapes()).map(each => ({
    type: each.type,
    text: 'text' in each ? each.text : '',
    size: 'size' in each ? each.size : [],
    isFramed: each.frame !== '',
    isHeld: each.type === 'arrow' && each.start !== null && each.end !== null,
  }))

async function exported(ana: Person, format: string): Promise<{ name: string; buffer: Buffer }> {
  await ana.press('ControlOrMeta+Shift+E')
  const dialog = ana.page.locator('drift-export')
  await dialog.getByLabel('Format').selectOption(format)
  const download = ana.page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save the file' }).click()
  const file = await download
  await expect(dialog).toHaveCount(0)
  return { name: file.suggestedFilename(), buffer: readFileSync(await file.path()) }
}

async function opens(ana: Person, file: { name: string; buffer: Buffer }): Promise<void> {
  await ana.press('ControlOrMeta+A')
  await ana.press('Delete')
  await ana.seesShapes(0)
  await ana.page.getByRole('button', { name: 'Menu' }).click()
  const item = ana.page.getByRole('menuitem', { name: 'Open a file…' })
  await ana.chooseFiles(() => item.click(), { ...file, mimeType: '' })
}

test('a tldraw file opens, and a PNG, SVG or Excalidraw file made of it opens again as the same shapes', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  await ana.makeBoard()
  await ana.dropFile('plan.tldr', TLDR, [640, 400])
  await ana.seesShapes(4)
  const before = await told(ana)
  expect(before).toMatchObject([
    { type: 'frame', size: [600, 300] },
    { type: 'rectangle', text: 'from', isFramed: true },
    { type: 'rectangle', text: 'to', isFramed: true },
    { type: 'arrow', text: 'with words', isHeld: true },
  ])
  await ana.press('Escape')
  const pdf = await exported(ana, 'pdf')
  expect(pdf.buffer.subarray(0, 5).toString()).toBe('%PDF-')
  for (const format of ['png', 'svg', 'excalidraw']) {
    const file = await exported(ana, format)
    expect(file.name).toBe(`Untitled board.${format}`)
    await opens(ana, file)
    await ana.seesShapes(4)
    // A frame of Excalidraw lies above what is in it, ours below: the order is ours again.
    await expect.poll(() => told(ana)).toEqual(before)
  }
})

const paste = (ana: Person, text: string, html = '') =>
  ana.page.evaluate(
    ([plain, rich]) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', plain)
      if (rich !== '') clipboardData.setData('text/html', rich)
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { bubbles: true, cancelable: true, composed: true, clipboardData }),
      )
    },
    [text, html] as const,
  )

test('a Mermaid diagram, and what was copied in Excalidraw and tldraw, are pasted as shapes and undone as one', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  await ana.makeBoard()
  await paste(ana, 'flowchart LR\n  A[Start] --> B{Ready?}\n  B -->|yes| C((Go))')
  await ana.seesShapes(5)
  expect((await told(ana)).map(({ type, text }) => `${type} ${text}`)).toEqual([
    ...['arrow ', 'arrow yes', 'rectangle Start', 'diamond Ready?', 'ellipse Go'],
  ])
  expect((await told(ana)).filter(({ isHeld }) => isHeld)).toHaveLength(2)
  await ana.press('ControlOrMeta+Z')
  await ana.seesShapes(0)

  const elements = [{ id: 'e', type: 'diamond', x: 0, y: 0, width: 90, height: 60 }]
  await paste(ana, JSON.stringify({ type: 'excalidraw/clipboard', elements, files: {} }))
  await ana.seesShapes(1)
  const data = { shapes: [shape('1', 'geo', 0, 0, box)], assets: [] }
  const content = JSON.stringify({ type: 'application/tldraw', kind: 'content', version: 2, data })
  await paste(ana, 'words', `<div data-tldraw>${content}</div>`)
  await ana.seesShapes(2)
  expect((await told(ana)).map(({ type }) => type)).toEqual(['diamond', 'rectangle'])

  await paste(ana, 'graph TD\nA --> B\nnot => understood')
  await expect(ana.page.getByText(/This part of the Mermaid diagram is not understood/)).toBeVisible()
  await ana.seesShapes(3)
})
