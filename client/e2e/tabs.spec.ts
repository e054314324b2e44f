import type { BrowserContext, Page, WebSocket } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { agree, type Person } from './person.ts'

test.use({ serviceWorkers: 'allow' })

test('two tabs of one browser share a connection, are both seen, and go on when the one that holds it closes', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const connections = connectionsOf(ana.context)
  const ben = await arrive('Ben')
  const board = await ana.makeBoard()
  const right = await ana.openTab()
  await ben.openBoard(board)
  await expect.poll(async () => (await ben.othersHere()).length).toBe(2)

  await ana.draw('r', [
    [250, 200],
    [300, 260],
  ])
  await right.draw('r', [
    [400, 200],
    [500, 260],
  ])
  await ben.draw('r', [
    [600, 200],
    [700, 260],
  ])
  for (const person of [ana, right, ben]) await person.seesShapes(3)
  await agree(ana, right, ben)
  for (const tab of [ana, right]) await tab.isSavedOnRelay()
  await expect.poll(connections).toBe(1)
  await expect.poll(async () => (await right.othersHere()).length).toBe(2)

  await right.draw('o', [
    [250, 400],
    [300, 460],
  ])
  await ana.page.close()
  await right.draw('o', [
    [400, 400],
    [500, 460],
  ])
  await ben.seesShapes(5)
  await right.isSavedOnRelay()
  await expect.poll(async () => (await ben.othersHere()).length).toBe(1)
  await expect.poll(connections).toBe(1)
  await agree(right, ben)
})

test('two tabs without a network stay in step, and both send what they have once it is back', async ({
  arrive,
}) => {
  const ana = await arrive('Ana')
  const ben = await arrive('Ben', { webrtc: false })
  const board = await ana.makeBoard()
  const right = await ana.openTab()
  await ben.openBoard(board)
  await expect.poll(async () => (await ben.othersHere()).length).toBe(2)
  ana.wire.cut()
  for (const tab of [ana, right]) await expect.poll(async () => (await tab.status())?.relay).toBe('off')
  await ana.draw('r', [
    [250, 200],
    [300, 260],
  ])
  await right.draw('r', [
    [400, 200],
    [500, 260],
  ])
  for (const tab of [ana, right]) await tab.seesShapes(2)
  const latestOf = async (tab: Person) => (await tab.status())?.changes?.[0]
  await expect.poll(() => latestOf(right)).toMatchObject({ what: 'added', device: true, relay: false })
  ana.wire.mend()
  await ben.seesShapes(2)
  for (const tab of [ana, right]) {
    await tab.isSavedOnRelay()
    await expect.poll(() => latestOf(tab)).toMatchObject({ device: true, relay: true })
  }
})

/** Counts the connections for documents that the open pages of a browser have. */
function connectionsOf(context: BrowserContext): () => number {
  const found: { readonly page: Page; readonly socket: WebSocket }[] = []
  const watch = (page: Page) =>
    page.on('websocket', socket => socket.url().includes('/sync/') && found.push({ page, socket }))
  for (const page of context.pages()) watch(page)
  context.on('page', watch)
  return () => found.filter(({ page, socket }) => !page.isClosed() && !socket.isClosed()).length
}
