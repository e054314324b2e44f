import type { CDPSession } from '@playwright/test'
import { type Arrive, expect, test } from './fixtures.ts'
import type { Clip, Person } from './person.ts'

/** Around the label of the rectangle, and the flag on a caret there. */
const LABEL: Clip = { x: 300, y: 290, width: 240, height: 80 }

test('two who type into one label see each other’s caret and selection between the right letters, and letters that repeat move nobody’s caret', async ({
  arrive,
}) => {
  const { ana, ben } = await twoAtOneLabel(arrive, 'aa')
  await expect.poll(() => caretSeenBy(ana)).toEqual({ anchor: 2, focus: 2 })
  const before = await ana.page.screenshot({ clip: LABEL })
  // Ana types before Ben's caret: what is on his left stays there, although all letters are alike.
  await ana.press('Home')
  await ana.page.keyboard.type('aaa')
  await expect.poll(() => labelOf(ben)).toBe('aaaaa')
  await ben.page.keyboard.type('b')
  await expect.poll(() => labelOf(ana)).toBe('aaaaab')
  await expect.poll(() => caretSeenBy(ana)).toEqual({ anchor: 6, focus: 6 })
  await expect.poll(() => caretSeenBy(ben)).toEqual({ anchor: 3, focus: 3 })
  await ben.press('Shift+ArrowLeft')
  await expect.poll(() => caretSeenBy(ana)).toEqual({ anchor: 6, focus: 5 })
  await ana.seesChange(LABEL, before)
  // Seen on the canvas as well by who does not type; gone when the typing ends.
  await ana.press('Escape')
  await ana.press('Escape')
  await ana.seesStill(LABEL)
  const typing = await ana.page.screenshot({ clip: LABEL })
  await ben.press('Escape')
  await expect.poll(() => caretSeenBy(ana)).toBeNull()
  await ana.seesChange(LABEL, typing)
})

test('what another types leaves a composition whole, and the caret behind what was composed', async ({
  arrive,
}) => {
  const { ana, ben } = await twoAtOneLabel(arrive, 'one two')
  await ben.press('Home')
  const ime = await ana.context.newCDPSession(ana.page)
  await compose(ime, 'に')
  await ben.page.keyboard.type('zero ')
  await expect.poll(() => labelOf(ana)).toBe('zero one two')
  await compose(ime, 'にほ')
  expect(await typedBy(ana)).toEqual({ value: 'one twoにほ', caret: 9 })
  await ime.send('Input.insertText', { text: '日本' })
  await expect.poll(() => labelOf(ben)).toBe('zero one two日本')
  expect(await typedBy(ana)).toEqual({ value: 'zero one two日本', caret: 14 })
  await ana.page.keyboard.type('!')
  await ben.page.keyboard.type('-')
  for (const person of [ana, ben]) await expect.poll(() => labelOf(person)).toBe('zero -one two日本!')
  expect(await typedBy(ben)).toMatchObject({ caret: 6 })
  await expect.poll(() => caretSeenBy(ben)).toEqual({ anchor: 16, focus: 16 })
})

/** Both have the label of one rectangle open, with their carets at its end. */
async function twoAtOneLabel(arrive: Arrive, text: string) {
  const ana = await arrive('Ana', { drawing: 'webgl' })
  const ben = await arrive('Ben')
  await ben.openBoard(await ana.makeBoard())
  await ana.draw('r', [
    [320, 300],
    [520, 380],
  ])
  await ben.seesShapes(1)
  for (const person of [ana, ben]) {
    await person.press('v')
    await person.page.mouse.dblclick(420, 340)
    await expect(person.page.getByRole('textbox', { name: 'Text' })).toBeFocused()
    if (person === ana) {
      await ana.page.keyboard.type(text)
      await expect.poll(() => labelOf(ben)).toBe(text)
    }
  }
  return { ana, ben }
}

const compose = async (ime: CDPSession, text: string) =>
  await ime.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })

const labelOf = async (person: Person): Promise<string | undefined> => {
  const [shape] = await person.shapes()
  return shape && 'text' in shape ? shape.text : undefined
}

/** The one other caret. */
const caretSeenBy = async ({ page }: Person) =>
  await page.evaluate(() => {
    const [peer] = window.driftboard?.editor.state.peers.values() ?? []
    return peer?.caret ? { anchor: peer.caret.anchor, focus: peer.caret.focus } : null
  })

const typedBy = async ({ page }: Person) =>
  await page.getByRole('textbox', { name: 'Text' }).evaluate(element => {
    const field = element as HTMLElement
    const [line] = field.children
    const root = field.getRootNode() as ShadowRoot & { getSelection(): Selection }
    const { focusNode, focusOffset } = root.getSelection()
    return { value: field.innerText, caret: focusNode?.parentNode === line ? focusOffset : -1 }
  })
