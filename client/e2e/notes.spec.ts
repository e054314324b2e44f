import type { Page } from '@playwright/test'
import type { ShapeOf, ShapeType } from '../../shared/shapes/index.ts'
import { expect, test } from './fixtures.ts'
import { agree, type Person } from './person.ts'

async function ofType<T extends ShapeType>(person: Person, type: T): Promise<readonly ShapeOf<T>[]> {
  return (await person.shapes()).filter(shape => shape.type === type) as unknown as readonly ShapeOf<T>[]
}

/** Pastes what a browser puts on the clipboard for a link. */
const pasteLink = (page: Page, link: string, html: string): Promise<void> =>
  page.evaluate(
    ([text, rich]) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', text)
      clipboardData.setData('text/html', rich)
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    },
    [link, html] as const,
  )

/** Drops a picture of one colour on the board, with its middle at 780, 450. */
const dropPicture = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 200, height: 100 })
    const context = canvas.getContext('2d') as CanvasRenderingContext2D
    context.fillStyle = '#e03131'
    context.fillRect(0, 0, 200, 100)
    const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve))
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([blob as Blob], 'red.png', { type: 'image/png' }))
    const place = { clientX: 780, clientY: 450, dataTransfer, bubbles: true, cancelable: true }
    window.dispatchEvent(new DragEvent('drop', place))
  })

test('notes are laid down and typed one after another, for both people and after a reload', async ({
  arrive,
}) => {
  const [ana, ben] = await Promise.all([arrive('Ana'), arrive('Ben', { drawing: 'webgl' })])
  await ben.openBoard(await ana.makeBoard())
  await ana.press('n')
  await ana.click([400, 300])
  await expect(ana.page.getByRole('textbox', { name: 'Text' })).toBeFocused()
  await ana.page.keyboard.type('first')
  await ana.press('Tab')
  await ana.page.keyboard.type('second')
  await ana.press('Control+Enter')
  await ana.page.keyboard.type('third')
  await ana.press('Escape')
  await ben.seesShapes(3)
  await agree(ana, ben)
  const notes = await ofType(ben, 'note')
  expect(notes.map(({ text }) => text)).toEqual(['first', 'second', 'third'])
  expect(notes.map(({ author }) => author !== '')).toEqual([true, true, true])
  expect(notes[1]?.pos).toEqual([(notes[0]?.pos[0] ?? 0) + 220, notes[0]?.pos[1]])
  expect(notes[2]?.pos).toEqual([notes[1]?.pos[0], (notes[1]?.pos[1] ?? 0) + 220])
  await ana.isSavedHere()
  await ana.reload()
  expect((await ofType(ana, 'note')).map(({ text }) => text)).toEqual(['first', 'second', 'third'])
})

test('a pasted link becomes a card that asks before it leads away, and an image is cropped and described', async ({
  arrive,
}) => {
  const [ana, ben] = await Promise.all([arrive('Ana'), arrive('Ben', { drawing: 'webgl' })])
  await ben.openBoard(await ana.makeBoard())
  const link = 'https://example.invalid/page'
  const requests: string[] = []
  ana.page.on('request', request => requests.push(request.url()))
  await ana.page.mouse.move(480, 300)
  await pasteLink(ana.page, link, `<a href="${link}">A <b>good</b> page</a><script>x()</script>`)
  await ben.seesShapes(1)
  expect((await ofType(ben, 'bookmark'))[0]).toMatchObject({ link, text: 'A good page' })
  await ana.page.context().route(`${link}**`, route => route.fulfill({ body: 'there' }))
  const opened = ana.page.context().waitForEvent('page')
  await ana.holding('Control', () => ana.click([480, 300]))
  const tab = await opened
  await tab.waitForURL(link)
  expect(await tab.evaluate(() => window.opener)).toBeNull()
  await tab.close()
  expect(requests.filter(url => url.includes('example.invalid'))).toEqual([])

  await dropPicture(ana.page)
  await ana.seesShapes(2)
  const [before] = await ofType(ana, 'image')
  await expect.poll(() => ana.selection()).toEqual([before?.id])
  await ana.page.evaluate(() => window.driftboard?.editor.run('image-crop'))
  const right = (before?.pos[0] ?? 0) + (before?.size[0] ?? 0)
  const middle = (before?.pos[1] ?? 0) + (before?.size[1] ?? 0) / 2
  await ana.drag([
    [right, middle],
    [right - 50, middle],
  ])
  await ana.press('Enter')
  const field = ana.page.getByRole('textbox', { name: 'Alt text' })
  await field.fill('A red field')
  await field.press('Enter')
  await expect.poll(async () => (await ofType(ben, 'image'))[0]).toMatchObject({ alt: 'A red field' })
  const [after] = await ofType(ben, 'image')
  expect(after?.size[0]).toBe((before?.size[0] ?? 0) - 50)
  expect(after?.crop?.[2]).toBeCloseTo(1 - 50 / (before?.size[0] ?? 1), 3)
  await agree(ana, ben)
})
