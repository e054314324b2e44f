import { readFile } from 'node:fs/promises'
import type { Download, Locator } from '@playwright/test'
import type { Vec } from '../../shared/geometry/vec.ts'
import { expect, test } from './fixtures.ts'
import { boardId, type Person } from './person.ts'

const PASSPHRASE = 'three otters in a raft'

test('boards show what is on them, are found by what is written there, sorted, renamed, duplicated and deleted', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const { page } = ana
  const garden = await ana.makeBoard()
  await entitle(ana, 'Garden')
  await ana.draw('r', SPOT)
  await ana.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Text' })).toBeFocused()
  await page.keyboard.type('Tomaten für das Café')
  await ana.press('Escape')
  const other = await ana.openTab()
  await goHome(ana)
  await seesPictures(ana, 1)
  await page.getByRole('button', { name: 'New board' }).click()
  await ana.isOnBoard()
  await entitle(ana, 'Attic')
  await goHome(ana)
  await expect(cards(ana)).toHaveText([/Attic/, /Garden/])
  await expect(cards(ana).first()).toContainText('Nothing on it yet')
  await page.reload()
  await seesPictures(ana, 1)

  const search = page.getByRole('searchbox', { name: 'Search boards' })
  await search.fill('cafe tomat')
  await expect(cards(ana)).toHaveText([/Garden/])
  await expect(cards(ana).locator('mark')).toHaveText(['Tomat', 'Café'])
  await search.fill('cellar')
  await expect(page.getByText('No board has “cellar” in its title or on it.')).toBeVisible()
  await page.getByRole('button', { name: 'Show all boards' }).click()
  await page.getByRole('button', { name: 'Sorted by: Last opened' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Size' }).click()
  await expect(cards(ana)).toHaveText([/Garden/, /Attic/])
  await page.reload()
  await expect(cards(ana)).toHaveText([/Garden[\s\S]*(KB|bytes)/, /Attic/])

  await choose(ana, 'Garden', 'Rename')
  await page.getByRole('textbox', { name: 'Board title' }).fill('Allotment')
  await ana.press('Enter')
  await expect(other.page.getByRole('textbox', { name: 'Board title' })).toHaveValue('Allotment')
  await other.page.close()

  await choose(ana, 'Allotment', 'Duplicate')
  await expect(cards(ana)).toContainText([/Allotment/, /Allotment \(copy\)/, /Attic/])
  await seesPictures(ana, 2)
  await choose(ana, 'Allotment', 'Delete from this device')
  await expect(cards(ana)).toHaveCount(2)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(cards(ana)).toHaveCount(3)
  await choose(ana, 'Allotment', 'Delete from this device')
  await page.getByRole('link', { name: 'Allotment (copy)' }).click()
  await ana.seesShapes(1)
  expect((await ana.shapes())[0]).toMatchObject({ text: 'Tomaten für das Café' })
  expect(boardId(await ana.boardName())).not.toBe(boardId(garden))
  await ana.isSavedOnRelay()
  await expect((await ana.openShare()).getByText('You own this board')).toBeVisible()
})

test('all boards go into one locked file, and come back on another device with their owner, merged', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const plans = await ana.makeBoard()
  await entitle(ana, 'Plans')
  await ana.draw('r', SPOT)
  await ana.isSavedOnRelay()
  await goHome(ana)
  await ana.page.getByRole('button', { name: 'New board' }).click()
  await ana.isOnBoard()
  await ana.draw('o', SPOT)
  await ana.seesShapes(1)
  await goHome(ana)
  await ana.page.getByRole('button', { name: 'More', exact: true }).click()
  await ana.page.getByRole('menuitem', { name: 'Back up all boards…' }).click()
  const dialog = ana.page.locator('drift-backup')
  await expect(dialog).toContainText('Whoever has this file can open these boards')
  await dialog.getByRole('checkbox', { name: 'Lock the file' }).check()
  await dialog.getByLabel('Passphrase for the file').fill(PASSPHRASE)
  await dialog.getByLabel('The same again').fill(PASSPHRASE)
  const file = await saved(ana, () => dialog.getByRole('button', { name: 'Save the file' }).click())
  expect(file.name).toMatch(/^Driftboard \d{4}-\d\d-\d\d\.driftboard$/)
  expect(file.buffer.toString('latin1')).not.toContain('Plans')

  const later = await arrive('Ana, on another device')
  await later.page.goto(later.wire.url)
  await open(later, file)
  const asking = later.page.locator('drift-backup')
  await asking.getByLabel('Its passphrase').fill('three otters in a boat')
  await asking.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(asking.getByRole('alert')).toHaveText('That is not its passphrase. Try again.')
  await asking.getByLabel('Its passphrase').fill(PASSPHRASE)
  await asking.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(notices(later)).toContainText('2 boards were added.')
  await seesPictures(later, 2)
  await later.page.getByRole('link', { name: 'Plans' }).click()
  await later.isOnBoard()
  await later.seesShapes(1)
  expect(boardId(await later.boardName())).toBe(boardId(plans))
  await later.isSavedOnRelay()
  await expect((await later.openShare()).getByText('You own this board')).toBeVisible()
  await later.closeShare()

  // What is there already stays: the same file brings back what was deleted on neither, and nothing twice.
  await later.draw('d', [
    [600, 400],
    [700, 500],
  ])
  await later.seesShapes(2)
  await goHome(later)
  await open(later, file)
  await asking.getByLabel('Its passphrase').fill(PASSPHRASE)
  await later.press('Enter')
  await expect(notices(later)).toContainText('All 2 boards were here already.')
  await later.page.getByRole('link', { name: 'Plans' }).click()
  await later.seesShapes(2)
})

test('a copy of a board with each kind of shape opens as a board of its own; a cut file changes nothing', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  await ana.makeBoard()
  await entitle(ana, 'All / kinds')
  for (const [i, key] of ['r', 'o', 'd', 'l', 'a', 'p'].entries()) {
    await ana.draw(key, [
      [260 + 110 * (i % 3), 160 + 150 * Math.floor(i / 3)],
      [340 + 110 * (i % 3), 240 + 150 * Math.floor(i / 3)],
    ])
  }
  await ana.press('t')
  await ana.click([700, 500])
  await expect(ana.page.getByRole('textbox', { name: 'Text' })).toBeFocused()
  await ana.page.keyboard.type('A text')
  await ana.press('Escape')
  await ana.page
    .locator('drift-board input[type=file]')
    .setInputFiles({ name: 'dot.png', mimeType: 'image/png', buffer: PNG })
  await ana.seesShapes(8)
  const drawn = await ana.shapes()
  expect(new Set(drawn.map(({ type }) => type)).size).toBe(8)
  await ana.page.getByRole('button', { name: 'Menu' }).click()
  const file = await saved(ana, () => ana.page.getByRole('menuitem', { name: 'Save a copy…' }).click())
  expect(file.name).toBe('All kinds.driftboard')

  const ben = await arrive('Ben')
  await ben.page.goto(ben.wire.url)
  await open(ben, { ...file, buffer: file.buffer.subarray(0, file.buffer.length - 300) })
  await expect(notices(ben)).toContainText('"All kinds.driftboard" is damaged, or cut short.')
  await expect(cards(ben)).toHaveCount(0)
  await open(ben, file)
  await notices(ben).getByRole('button', { name: 'Open' }).click()
  await ben.seesShapes(8)
  await expect.poll(() => ben.shapes()).toEqual(drawn)
  expect(boardId(await ben.boardName())).not.toBe(boardId(await ana.boardName()))
  await ben.isSavedOnRelay()
  await expect((await ben.openShare()).getByText('You own this board')).toBeVisible()
})

/** Where a shape is drawn; CSS pixels. */
const SPOT: readonly Vec[] = [
  [300, 200],
  [460, 300],
]

/** Two pixels. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADUlEQVR4nGP4zwAE/wEHAAH/4iOeWQAAAABJRU5ErkJggg==',
  'base64',
)

interface TestFile {
  readonly name: string
  readonly buffer: Buffer
}

const cards = ({ page }: Person): Locator => page.getByRole('list', { name: 'Boards' }).getByRole('listitem')

const notices = ({ page }: Person): Locator => page.getByRole('status', { name: 'Notices' })

/** Waits until the cards show this many pictures that the browser could decode. */
async function seesPictures(person: Person, count: number): Promise<void> {
  await expect
    .poll(() =>
      cards(person)
        .locator('img')
        .evaluateAll(images => images.filter(image => (image as HTMLImageElement).naturalWidth > 0).length),
    )
    .toBe(count)
}

async function entitle({ page }: Person, title: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Board title' })
  await field.fill(title)
  await field.press('Enter')
}

async function goHome(person: Person): Promise<void> {
  await person.isSavedHere()
  await person.page.getByRole('button', { name: 'Menu' }).click()
  await person.page.getByRole('menuitem', { name: 'Your boards' }).click()
  await expect(person.page.getByRole('heading', { name: 'Your boards' })).toBeVisible()
}

async function choose({ page }: Person, title: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${title}`, exact: true }).click()
  await page.getByRole('menuitem', { name: action }).click()
}

async function open({ page }: Person, file: TestFile): Promise<void> {
  await page
    .locator('drift-home input[type=file]')
    .setInputFiles({ ...file, mimeType: 'application/octet-stream' })
}

/** What the browser saves when that is done. */
async function saved({ page }: Person, act: () => Promise<void>): Promise<TestFile> {
  const download: Promise<Download> = page.waitForEvent('download')
  await act()
  const file = await download
  return { name: file.suggestedFilename(), buffer: await readFile(await file.path()) }
}
