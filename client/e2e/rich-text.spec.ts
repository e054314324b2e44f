import type { Locator } from '@playwright/test'
import { type Marks, STYLE } from '../../shared/geometry/marks.ts'
import { expect, test } from './fixtures.ts'
import { agree, type Clip, type Person } from './person.ts'

const { bold, italic, list } = STYLE

/** Around the text. */
const LETTERS: Clip = { x: 280, y: 230, width: 360, height: 180 }

const textsOf = async (person: Person) =>
  (await person.shapes()).map(shape => {
    const { text, marks } = shape as unknown as { text: string; marks?: Marks }
    return { text, marks: marks ?? [] }
  })
const textOf = async (person: Person) => (await textsOf(person))[0]
const field = ({ page }: Person): Locator => page.getByRole('textbox', { name: 'Text' })
const button = ({ page }: Person, name: string): Locator =>
  page.getByRole('toolbar', { name: 'Letters' }).getByRole('button', { name })

const pasteHtml = (person: Person, text: string, html: string): Promise<void> =>
  field(person).evaluate(
    (element, [plain, rich]) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', plain)
      clipboardData.setData('text/html', rich)
      element.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true, composed: true }),
      )
    },
    [text, html] as const,
  )

test('two people make letters bold and lists of lines in one text, each sees what the other does, and a reload keeps it', async ({
  arrive,
}) => {
  const [ana, ben] = await Promise.all([arrive('Ana', { drawing: 'webgl' }), arrive('Ben')])
  await ben.openBoard(await ana.makeBoard())
  await ana.press('t')
  await ana.click([300, 260])
  await ana.page.keyboard.type('Plan')
  await ana.press('Shift+Home')
  await ana.press('Control+b')
  await expect(button(ana, 'Bold')).toHaveAttribute('aria-pressed', 'true')
  await expect(field(ana).locator('.bold')).toHaveText('Plan')
  await expect.poll(() => textOf(ben)).toEqual({ text: 'Plan', marks: [{ from: 0, to: 4, style: bold }] })

  // A list, with the dash that began it back after one step.
  await ana.press('End')
  await ana.press('Control+b')
  await ana.press('Enter')
  await ana.page.keyboard.type('- one')
  await ana.press('Enter')
  await ana.page.keyboard.type('two')
  await expect.poll(async () => (await textOf(ben))?.text).toBe('Plan\n• one\n• two')
  await ana.press('Tab')
  await expect(field(ana)).toBeFocused()
  await expect.poll(async () => (await textOf(ben))?.text).toBe('Plan\n• one\n    • two')
  await ana.press('Shift+Tab')
  await button(ana, 'Numbered list').click()
  await expect.poll(async () => (await textOf(ben))?.text).toBe('Plan\n• one\n1. two')
  await ana.press('Control+z')
  await ana.press('Enter')
  await ana.press('Enter')
  await ana.page.keyboard.type('- ')
  await ana.press('Control+z')
  await expect.poll(async () => (await textOf(ben))?.text).toBe('Plan\n• one\n• two\n- ')
  await ana.press('Backspace')
  await ana.press('Backspace')
  await ana.press('Backspace')

  // Both type in it at once.
  await ben.press('v')
  await ben.page.mouse.dblclick(310, 272)
  await expect(field(ben)).toBeFocused()
  await ben.press('Control+Home')
  await ben.press('Control+i')
  await Promise.all([ben.page.keyboard.type('My '), ana.page.keyboard.type('!')])
  const both = {
    text: 'My Plan\n• one\n• two!',
    marks: [
      { from: 0, to: 3, style: italic },
      { from: 3, to: 7, style: bold },
      { from: 8, to: 10, style: list },
      { from: 14, to: 16, style: list },
    ],
  }
  for (const person of [ana, ben]) await expect.poll(() => textOf(person)).toEqual(both)
  await expect(field(ana).locator('.italic')).toHaveText('My ')

  // Whole texts, seen on the canvas by who types nothing.
  await ben.press('Escape')
  await ana.press('Escape')
  await ana.press('Escape')
  await ana.seesStill(LETTERS)
  const before = await ana.page.screenshot({ clip: LETTERS })
  await ben.press('Control+Shift+x')
  await ana.seesChange(LETTERS, before)
  await ben.press('Control+z')
  for (const person of [ana, ben]) await expect.poll(() => textOf(person)).toEqual(both)
  await ana.press('Control+z')
  await expect.poll(() => textOf(ben)).toBeUndefined()
  await ana.press('Control+Shift+z')
  await expect.poll(() => textOf(ben)).toEqual(both)
  await agree(ana, ben)
  await ana.isSavedHere()
  await ana.reload()
  expect(await textOf(ana)).toEqual(both)
})

test('on a narrow screen the buttons for letters stay in view, work by touch, and leave the keyboard with the text', async ({
  arrive,
}) => {
  const ana = await arrive('Ana', { context: { viewport: { width: 390, height: 700 }, hasTouch: true } })
  await ana.makeBoard()
  await ana.press('t')
  await ana.page.touchscreen.tap(360, 120)
  await ana.page.keyboard.type('one')
  await button(ana, 'Bold').tap()
  await expect(field(ana)).toBeFocused()
  await ana.page.keyboard.type('two')
  await button(ana, 'Bulleted list').tap()
  await expect(field(ana)).toBeFocused()
  expect(await textOf(ana)).toEqual({
    text: '• onetwo',
    marks: [
      { from: 0, to: 2, style: list },
      { from: 5, to: 8, style: bold },
    ],
  })
  // A copy keeps its looks.
  await ana.press('Control+a')
  await ana.press('Control+x')
  await expect.poll(() => textOf(ana)).toMatchObject({ text: '' })
  await ana.press('Control+v')
  await expect
    .poll(() => textOf(ana))
    .toMatchObject({ text: '• onetwo', marks: [{ to: 2 }, { from: 5, to: 8 }] })
  // What another program copied keeps those that there are here, and runs nothing.
  await ana.press('Control+a')
  await pasteHtml(
    ana,
    'Bring bread:\nrye\nnot white',
    '<p>Bring <strong>bread</strong>:</p><ul><li>rye</li><li><em>not</em> <script>window.hasRun = true</script>white</li></ul>',
  )
  await expect(field(ana).locator('.bold')).toHaveText('bread')
  await expect(field(ana).locator('.italic')).toHaveText('not')
  expect(await textOf(ana)).toEqual({
    text: 'Bring bread:\n• rye\n• not white',
    marks: [
      { from: 6, to: 11, style: bold },
      { from: 13, to: 15, style: list },
      { from: 19, to: 21, style: list },
      { from: 21, to: 24, style: italic },
    ],
  })
  expect(await ana.page.evaluate(() => 'hasRun' in window)).toBe(false)
  await ana.press('Control+z')
  await expect.poll(() => textOf(ana)).toMatchObject({ text: '• onetwo' })
  const bar = await ana.page.getByRole('toolbar', { name: 'Letters' }).boundingBox()
  expect(bar?.x).toBeGreaterThanOrEqual(0)
  expect((bar?.x ?? 0) + (bar?.width ?? 0)).toBeLessThanOrEqual(390)
})
