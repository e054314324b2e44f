import { createHash } from 'node:crypto'
import type { Page } from '@playwright/test'
import type { Vec } from '../../shared/geometry/vec.ts'
import { expect, test } from './fixtures.ts'
import type { Clip, Person } from './person.ts'
import { coloursOf } from './screen.ts'

test.use({ drawing: 'webgl', serviceWorkers: 'allow' })

interface ImageFile {
  readonly name: string
  readonly type: string
  readonly base64: string
}

/** A picture of a slope of colours, as a camera or a painter's program would save it. */
async function painted(page: Page, name: string, [w, h]: Vec, type = 'image/png'): Promise<ImageFile> {
  const url = await page.evaluate(
    ([width, height, mime]) => {
      const canvas = Object.assign(document.createElement('canvas'), { width, height })
      const context = canvas.getContext('2d') as CanvasRenderingContext2D
      const slope = context.createLinearGradient(0, 0, width, height)
      for (const [at, colour] of [
        [0, '#e03131'],
        [0.5, '#ffe066'],
        [1, '#1971c2'],
      ] as const)
        slope.addColorStop(at, colour)
      context.fillStyle = slope
      context.fillRect(0, 0, width, height)
      return canvas.toDataURL(mime)
    },
    [w, h, type] as const,
  )
  return { name, type, base64: url.split(',')[1] as string }
}

/** Drops files on the board, or pastes them, as from the desktop. */
async function give(
  person: Person,
  how: 'drop' | 'paste',
  files: readonly ImageFile[],
  at: Vec,
): Promise<void> {
  await person.page.mouse.move(...at)
  const isTaken = await person.page.evaluate(
    ([given, kind, [clientX, clientY]]) => {
      const transfer = new DataTransfer()
      for (const { name, type, base64 } of given) {
        const bytes = Uint8Array.from(atob(base64), char => char.charCodeAt(0))
        transfer.items.add(new File([bytes], name, { type }))
      }
      const canvas = document.querySelector('drift-board')?.canvas as HTMLElement
      const init = { bubbles: true, composed: true, cancelable: true }
      const event =
        kind === 'drop'
          ? new DragEvent('drop', { ...init, clientX, clientY, dataTransfer: transfer })
          : new ClipboardEvent('paste', { ...init, clipboardData: transfer })
      return !canvas.dispatchEvent(event)
    },
    [files, how, at] as const,
  )
  expect(isTaken).toBe(true)
}

/** What stands for the pixels of a part of the board, nothing selected and no pointer over it. */
async function pixels({ page }: Person, clip: Clip): Promise<string> {
  await page.mouse.move(5, 400)
  return createHash('sha256')
    .update(await page.screenshot({ clip }))
    .digest('hex')
}

test('an image added offline is there at once and after a reload, goes up later, and all others see the same pixels', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben', { webrtc: false })
  const cleo = await arrive('Cleo', { webrtc: false })
  const board = await ana.makeBoard()
  const file = await painted(ana.page, 'slope.png', [300, 200])
  const clip = { x: 330, y: 230, width: 340, height: 240 }
  const link = await ana.linkTo('View')
  await ben.openBoard(board)
  await cleo.openBoard(link)
  await ana.worksOffline()

  await ana.unplug()
  await give(ana, 'drop', [file], [500, 350])
  await ana.seesShapes(1)
  await ana.press('Escape')
  // The middle of the slope is yellow.
  const middle = async () => (await coloursOf(ana.page, { x: 500, y: 350, width: 1, height: 1 }))[0]
  await expect.poll(middle).toMatch(/^#f[\da-f][c-f][\da-f][4-8][\da-f]$/)
  await ana.page.mouse.move(5, 400)
  await ana.seesStill(clip)
  const picture = await pixels(ana, clip)
  await ana.isSavedHere()
  await ana.reload()
  await expect.poll(() => pixels(ana, clip)).toBe(picture)
  await ben.seesShapes(0)

  await ana.plugIn()
  for (const other of [ben, cleo]) {
    await other.seesShapes(1)
    await expect.poll(() => pixels(other, clip), { message: `${other.name} sees` }).toBe(picture)
  }
  await ana.isSavedOnRelay()

  // What came from the relay is on Ben's device: it is there without it, too.
  await ben.worksOffline()
  await ben.isSavedHere()
  await ben.unplug()
  await ben.reload()
  await expect.poll(() => pixels(ben, clip)).toBe(picture)
})

test('images are dropped side by side, pasted and chosen, undone and redone; what is none is told of and changes nothing', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  await ana.makeBoard()
  const broken = { name: 'broken.png', type: 'image/png', base64: btoa('\x89PNG\r\n\x1a\n and then nothing') }
  await give(ana, 'drop', [broken], [500, 350])
  await expect(
    ana.page.getByText('"broken.png" is damaged, or no image that this browser can read.'),
  ).toBeVisible()
  expect(await ana.shapes()).toEqual([])
  expect(await ana.page.evaluate(() => window.driftboard?.editor.board.canUndo)).toBe(false)

  const small = await painted(ana.page, 'small.png', [120, 80])
  const large = await painted(ana.page, 'large.jpg', [6000, 3000], 'image/jpeg')
  const svg = {
    ...{ name: 'drawing.svg', type: 'image/svg+xml' },
    base64: btoa(
      '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><rect width="90" height="60" fill="teal"/></svg>',
    ),
  }
  await give(ana, 'drop', [small, broken, large, svg], [500, 350])
  await ana.seesShapes(3)
  const [first, second, third] = await ana.shapes()
  expect(first).toMatchObject({ type: 'image', natural: [120, 80], size: [120, 80] })
  // No side has more pixels than every screen and GPU can take.
  expect(second).toMatchObject({ type: 'image', natural: [4096, 2048] })
  expect(third).toMatchObject({ type: 'image', natural: [2048, 1365], size: [90, 60] })
  expect(await ana.selection()).toHaveLength(3)

  await ana.press('Control+z')
  await ana.seesShapes(0)
  await ana.press('Control+Shift+z')
  await ana.seesShapes(3)

  await give(ana, 'paste', [small], [250, 520])
  await ana.seesShapes(4)
  await ana.chooseFiles(
    () => ana.press('9'),
    [{ name: small.name, mimeType: small.type, buffer: Buffer.from(small.base64, 'base64') }],
  )
  await ana.seesShapes(5)
  const pasted = (await ana.shapes())[3]
  expect((await ana.shapes())[4]).toMatchObject({ asset: (pasted as { asset?: string }).asset })

  // Copies on another board of this device have their images, and so has who sees only that board.
  const clip = { x: 160, y: 200, width: 700, height: 340 }
  await ana.press('Control+a')
  await ana.press('Control+c')
  const ben = await arrive('Ben', { webrtc: false })
  await ben.openBoard(await ana.makeBoard())
  await ana.page.mouse.move(500, 350)
  await ana.press('Control+v')
  await ana.press('Escape')
  await ben.seesShapes(5)
  await expect.poll(async () => (await pixels(ana, clip)) === (await pixels(ben, clip))).toBe(true)
  expect((await ana.shapes()).every(shape => shape.type === 'image')).toBe(true)
  await ana.isSavedOnRelay()
})
