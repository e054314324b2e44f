import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepsABoardBehindALock } from './common.ts'
import { Site } from './site.ts'
import { Visitor } from './visitor.ts'
import { startWebKit, type WebKit } from './webkit.ts'

let site: Site
let browsers: readonly WebKit[]

beforeAll(async () => {
  site = await Site.open()
  browsers = [await startWebKit(), await startWebKit()]
})

afterAll(async () => {
  for (const browser of browsers ?? []) await browser.close()
  await site?.close()
})

test('WebKit keeps a board behind a lock, and two in it, who have no peer connections, merge through the relay alone', async () => {
  const people: Visitor[] = []
  for (const { tab } of browsers) people.push(new Visitor(tab, await site.wire()))
  const [ana, ben] = people
  if (!ana || !ben) throw new Error('Somebody did not come.')
  await keepsABoardBehindALock(ana)
  expect(await ana.tab.run(() => 'RTCPeerConnection' in window)).toBe(false)
  await ben.openBoard(await ana.boardName())
  await ben.seesShapes(1)
  await site.relay.kill()
  for (const person of [ana, ben]) await person.hasStatus({ relay: 'off' })
  await ana.isTold('Offline, saved on this device')
  await ana.draw('o', [
    [500, 200],
    [620, 280],
  ])
  await ben.draw('d', [
    [500, 400],
    [620, 480],
  ])
  await site.relay.start()
  for (const person of [ana, ben]) {
    await person.seesShapes(3)
    await person.hasStatus({ device: 'saved', relay: 'saved', peers: 0 })
    await person.isTold('Saved and shared')
  }
  expect(await ana.shapes()).toEqual(await ben.shapes())
})
