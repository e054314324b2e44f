import type { Page } from '@playwright/test'
import type { ShapeOf } from '../../shared/shapes/index.ts'
import type { OpenBoard } from '../board-page.ts'
import { expect, test } from './fixtures.ts'
import { agree, type Person } from './person.ts'

const tables = async (person: Person): Promise<readonly ShapeOf<'table'>[]> =>
  (await person.shapes()).filter(shape => shape.type === 'table') as unknown as readonly ShapeOf<'table'>[]

const cameraOf = (person: Person) =>
  person.page.evaluate(() => (window.driftboard as OpenBoard).editor.state.camera)

const cursorOf = (person: Person) =>
  person.page.evaluate(() => (window.driftboard as OpenBoard).editor.state.cursor)

/** What somebody else is seen to be doing. */
const seenGesture = (person: Person) =>
  person.page.evaluate(
    () => [...(window.driftboard as OpenBoard).editor.state.peers.values()][0]?.preview?.kind,
  )

const textOf = async (person: Person): Promise<string | undefined> => (await tables(person))[0]?.text

/** Pastes what a spreadsheet puts on the clipboard. */
const paste = (page: Page, text: string, html = ''): Promise<void> =>
  page.evaluate(
    ([plain, rich]) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', plain)
      if (rich !== '') clipboardData.setData('text/html', rich)
      const event = new ClipboardEvent('paste', {
        clipboardData,
        bubbles: true,
        cancelable: true,
        composed: true,
      })
      const editor = document.querySelector('drift-board')?.shadowRoot?.querySelector('drift-table-editor')
      const field = editor?.shadowRoot?.querySelector('textarea')
      ;(field ?? document).dispatchEvent(event)
    },
    [text, html] as const,
  )

test('two people type into cells of one table at once, which grows, takes pastes, and is there after a reload', async ({
  arrive,
}) => {
  const [ana, ben] = await Promise.all([arrive('Ana'), arrive('Ben', { drawing: 'webgl' })])
  await ben.openBoard(await ana.makeBoard())
  await ana.page.evaluate(() => window.driftboard?.editor.run('tool-table'))
  await ana.click([400, 200])
  await expect(ana.page.getByRole('textbox', { name: 'Row 1, column 1' })).toBeFocused()
  await ana.page.keyboard.type('Name')
  await ana.press('Tab')
  await ana.page.keyboard.type('Age')
  await ana.press('Enter')
  await ben.seesShapes(1)
  await ben.page.mouse.dblclick(420, 266)
  await expect(ben.page.getByRole('textbox', { name: 'Row 2, column 1' })).toBeFocused()
  await Promise.all([ana.page.keyboard.type('36'), ben.page.keyboard.type('Ada')])
  await expect.poll(() => textOf(ana)).toBe('Name\tAge\t\nAda\t36\t\n\t\t')
  await ana.page.mouse.click(700, 310)
  await expect(ana.page.getByRole('textbox', { name: 'Row 3, column 3' })).toBeFocused()
  await ana.press('Tab')
  await ana.page.keyboard.type('last')
  await ana.page.getByRole('button', { name: 'Remove the column' }).click()
  await expect.poll(() => textOf(ben)).toBe('Age\t\n36\t\n\t\n\t')
  await paste(ana.page, 'x\ty\nz\tw')
  await ana.press('Escape')
  await ben.press('Escape')
  await expect.poll(() => textOf(ben)).toBe('Age\t\n36\t\n\t\nx\ty\nz\tw')
  await ana.press('Control+z')
  await expect.poll(() => textOf(ben)).toBe('Age\t\n36\t\n\t\n\t')

  // The line between its columns is dragged, which others see before it is let go.
  const [before] = await tables(ana)
  const { x, y } = await cameraOf(ana)
  const [left, top] = [(before?.pos[0] ?? 0) - x, (before?.pos[1] ?? 0) - y]
  const line = left + (before?.size[0] ?? 0) / 2
  await ana.page.mouse.move(line, top + 10)
  await expect.poll(() => cursorOf(ana)).toBe('col-resize')
  await ana.page.mouse.down()
  await ana.page.mouse.move(line + 20, top + 10)
  await ana.page.mouse.move(line + 40, top + 10)
  await expect.poll(() => seenGesture(ben)).toBe('adjust')
  await ana.page.mouse.up()
  await expect.poll(async () => (await tables(ben))[0]?.columns.length).toBe(2)
  const [wide = 0, narrow = 0] = (await tables(ben))[0]?.columns ?? []
  expect(wide).toBeGreaterThan(narrow)

  await ana.press('Escape')
  await ana.page.mouse.move(650, 500)
  await paste(ana.page, 'A\nB', '<table><tr><th>A</th><th colspan="2">B</th></tr><tr><td>1<td>2<td>3</table>')
  await expect.poll(async () => (await tables(ben))[1]?.text).toBe('A\tB\t\n1\t2\t3')
  await agree(ana, ben)
  await ana.isSavedHere()
  await ana.reload()
  expect((await tables(ana)).map(({ text }) => text)).toEqual(['Age\t\n36\t\n\t\n\t', 'A\tB\t\n1\t2\t3'])
  expect((await tables(ana))[0]?.columns).toEqual([wide, narrow])
})
