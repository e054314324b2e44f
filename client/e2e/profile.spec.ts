import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { boardId, type Person } from './person.ts'
import { readStored, type Secrets, searchBytes, searchFolder } from './profile-search.ts'

test.use({ serviceWorkers: 'allow' })

const TITLE = 'Quokka merger'
const TEXT = 'Wombats pay dividends'
const NAME = 'Zuleika of Narnia'
const PASSPHRASE = 'Otters swim at dawn'
const ITEM = 'Numbat blueprint'
const PAGE = 'Bilby budget'

declare global {
  interface Window {
    noteKey?(bytes: readonly number[]): void
  }
}

let profile: string

test.beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'driftboard-profile-'))
})

test.afterEach(async () => {
  // A browser that a failed test left open goes on writing there.
  await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

test('with a passphrase, a browser that was killed or closed leaves no text, title, name, image or key on the disk', async ({
  arrive,
}) => {
  const ana = await arrive('Ana', { profile, webrtc: false })
  const keys = await noteKeys(ana)
  const board = await ana.makeBoard()
  await setPassphrase(ana.page)
  const secrets = await work(ana, keys)
  await ana.kill()
  await hasNone(secrets)

  const again = await arrive('Ana', { profile, webrtc: false, wire: ana.wire })
  await hasStoredNone(again, secrets, boardId(board))
  await again.page.goto(`${ana.wire.url}/b/${boardId(board)}`)
  await again.page.getByLabel('Passphrase').fill(PASSPHRASE)
  await again.press('Enter')
  await again.seesShapes(2)
  const tab = await again.openTab()
  await tab.seesShapes(2)
  await tab.draw('r', [
    [300, 500],
    [360, 560],
  ])
  await again.seesShapes(3)
  await again.isSavedHere()
  await again.leave()
  await hasNone(secrets)
})

test('without a lock, a browser leaves no text, title, name, image or key on the disk but the key of the device', async ({
  arrive,
}) => {
  const ana = await arrive('Ana', { profile, webrtc: false })
  const keys = await noteKeys(ana)
  const board = await ana.makeBoard()
  const secrets = await work(ana, keys)
  await ana.leave()
  await hasNone(secrets)
  const again = await arrive('Ana', { profile, webrtc: false, wire: ana.wire })
  await hasStoredNone(again, secrets, boardId(board))
  await again.leave()
})

async function hasNone(secrets: Secrets): Promise<void> {
  // The search does find what is there: the title that every board has in the browser's history.
  const [known] = await searchFolder(profile, new Map([['the page', 'Board – Driftboard']]))
  expect(known).toBeDefined()
  expect(await searchFolder(profile, secrets)).toEqual([])
}

async function hasStoredNone(person: Person, secrets: Secrets, id: string): Promise<void> {
  await person.page.goto(`${person.wire.url}/healthz`)
  const { databases, records, content } = await readStored(person.page)
  expect(databases.length).toBeGreaterThanOrEqual(3)
  expect(records).toBeGreaterThan(5)
  expect(content.includes('updates')).toBe(true)
  expect(searchBytes(content, new Map([...secrets, ['id', id]]), 'IndexedDB')).toEqual([])
  expect(databases.filter(name => name.includes(id))).toEqual([])
}

/** Puts everything on the board that is nobody else's business, and lists that. */
async function work(ana: Person, keys: readonly Uint8Array[]): Promise<Secrets> {
  const { page } = ana
  await ana.isNamed(NAME)
  await page.getByRole('textbox', { name: 'Board title' }).fill(TITLE)
  await page.keyboard.press('Enter')
  await ana.press('t')
  await ana.click([400, 300])
  await expect(page.getByRole('textbox', { name: 'Text' })).toBeFocused()
  await page.keyboard.type(TEXT)
  await ana.press('Escape')
  const image = await addImage(ana)
  await ana.seesShapes(2)
  await ana.isSavedHere()
  await ana.isSavedOnRelay()
  await addToLibrary(ana)
  await addPage(page)
  await ana.isSavedHere()
  const tab = await ana.openTab()
  await tab.seesShapes(2)
  await tab.page.close()
  const links = await linksOf(page)
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('menuitem', { name: 'Your boards' }).click()
  await page.getByRole('searchbox', { name: 'Search boards' }).fill(TEXT)
  await expect(page.getByRole('list', { name: 'Boards' }).getByRole('link', { name: TITLE })).toBeVisible()

  // The keys of the vault, of the list of boards and of the board, and the owner's.
  expect(keys.length).toBeGreaterThanOrEqual(4)
  expect(keys.some(key => links.at(-1)?.endsWith(Buffer.from(key).toString('base64url')))).toBe(true)
  return new Map<string, string | Uint8Array>([
    ['title', TITLE],
    ['text', TEXT],
    ['item of the library', ITEM],
    ['page', PAGE],
    ['name', NAME],
    ['passphrase', PASSPHRASE],
    ['image', image.subarray(200, 232)],
    ['start of the image', image.subarray(40, 72)],
    ...links.map((key, i) => [`link ${i}`, key] as const),
    ...keys.map((key, i) => [`key ${i}`, key] as const),
  ])
}

/** Keeps the text under a name of its own in the library of shapes. */
async function addToLibrary(ana: Person): Promise<void> {
  await ana.press('v')
  await ana.press('Control+a')
  await ana.page.getByRole('button', { name: 'Shape library' }).click()
  const panel = ana.page.getByRole('region', { name: 'Shape library' })
  await panel.getByRole('button', { name: 'Add what is selected' }).last().click()
  const name = panel.getByRole('textbox', { name: 'Name of the item' })
  await name.fill(ITEM)
  await name.press('Enter')
  await expect(panel.getByRole('button', { name: ITEM, exact: true })).toBeVisible()
  await ana.page.getByRole('button', { name: 'Shape library' }).click()
  await expect(panel).toBeHidden()
}

/** Adds a page, and turns back to the first. */
async function addPage(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Pages' }).click()
  await page.getByRole('button', { name: 'Add a page' }).click()
  await expect(page.getByRole('textbox', { name: 'Name of the page' })).toBeFocused()
  await page.keyboard.type(PAGE)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: PAGE, exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Page 1', exact: true }).click()
  await page.keyboard.press('Escape')
}

/** Puts a picture of noise on the board. Returns its bytes as the app sends them. */
async function addImage(ana: Person): Promise<Buffer> {
  const noise = await ana.page.evaluate(async () => {
    const canvas = new OffscreenCanvas(40, 40)
    const pixels = new ImageData(40, 40)
    crypto.getRandomValues(pixels.data)
    canvas.getContext('2d')?.putImageData(pixels, 0, 0)
    return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())]
  })
  const sent = ana.page.waitForRequest(request => request.method() === 'PUT')
  await ana.page
    .locator('drift-board input[type=file]')
    .setInputFiles({ name: 'noise.png', mimeType: 'image/png', buffer: Buffer.from(noise) })
  const bytes = (await sent).postDataBuffer()
  if (!bytes || bytes.length < 400) throw new Error('The image was not sent whole.')
  return bytes
}

/** The keys in all links to the board, the owner's last. */
const linksOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const sharing = document.querySelector('drift-board')?.sharing
    if (sharing?.by !== 'links' || !sharing.owner) throw new Error('The owner has links to share.')
    return [...sharing.links, sharing.owner].map(({ url }) => url.split('#')[1] as string)
  })

/** Notes what the pages draw of 32 random bytes: all keys that are made on this device are among them. */
async function noteKeys({ context }: Person): Promise<readonly Uint8Array[]> {
  const keys: Uint8Array[] = []
  await context.exposeFunction('noteKey', (bytes: readonly number[]) => keys.push(Uint8Array.from(bytes)))
  await context.addInitScript(() => {
    const draw = crypto.getRandomValues.bind(crypto)
    crypto.getRandomValues = array => {
      const filled = draw(array)
      if (filled instanceof Uint8Array && filled.length === 32) window.noteKey?.([...filled])
      return filled
    }
  })
  return keys
}

async function setPassphrase(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('menuitem', { name: 'Security…' }).click()
  await page.getByRole('button', { name: 'Set a passphrase' }).click()
  await page.getByLabel('New passphrase').fill(PASSPHRASE)
  await page.getByLabel('The same again').fill(PASSPHRASE)
  await page.getByRole('button', { name: 'Set the passphrase' }).click()
  await page.getByRole('button', { name: 'I have kept it' }).click()
  await expect(page.getByRole('group', { name: 'Recovery code' })).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(page.locator('drift-security')).toHaveCount(0)
}
