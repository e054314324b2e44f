import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { searchFolder } from '../profile-search.ts'
import { keepsABoardBehindALock, PASSPHRASE, TEXT } from './common.ts'
import { firefoxTab, startFirefox } from './firefox.ts'
import { Site } from './site.ts'
import { Visitor } from './visitor.ts'

let site: Site
let profile: string

beforeAll(async () => {
  site = await Site.open()
  profile = await mkdtemp(join(tmpdir(), 'driftboard-firefox-'))
})

afterAll(async () => {
  await site?.close()
  await rm(profile, { recursive: true, force: true })
})

test('Firefox keeps a board through reloads and behind a passphrase, and leaves none of it readable on the disk', async () => {
  const firefox = await startFirefox(profile)
  try {
    await keepsABoardBehindALock(new Visitor(await firefoxTab(firefox), await site.wire()))
  } finally {
    await firefox.close()
  }
  const secrets = new Map([
    ['text', TEXT],
    ['passphrase', PASSPHRASE],
  ])
  expect(await searchFolder(profile, secrets)).toEqual([])
  // The search does find what is there.
  expect(await searchFolder(profile, new Map([['database', 'driftboard']]))).not.toEqual([])
})

test('two in Firefox who draw without a network and reload have both changes when it is back', async () => {
  const firefox = await startFirefox(profile)
  try {
    const [ana, ben] = await Promise.all(
      ['Ana', 'Ben'].map(
        async () => new Visitor(await firefoxTab(await firefox.createBrowserContext()), await site.wire()),
      ),
    )
    if (!ana || !ben) throw new Error('Somebody did not come.')
    await ana.makeBoard()
    await ben.openBoard(await ana.boardName())
    for (const person of [ana, ben]) await person.hasStatus({ peers: 1 })
    await ana.draw('r', [
      [300, 200],
      [420, 280],
    ])
    await ben.seesShapes(1)
    for (const person of [ana, ben]) {
      await person.worksOffline()
      await person.unplug()
    }
    await ana.draw('o', [
      [500, 200],
      [620, 280],
    ])
    await ben.draw('d', [
      [500, 400],
      [620, 480],
    ])
    for (const person of [ana, ben]) {
      await person.hasStatus({ device: 'saved', peers: 0 })
      await person.tab.reload()
      await person.isReady()
      await person.seesShapes(2)
    }
    for (const person of [ana, ben]) await person.plugIn()
    for (const person of [ana, ben]) await person.seesShapes(3)
    for (const person of [ana, ben]) await person.hasStatus({ relay: 'saved', peers: 1 })
    expect(await ana.shapes()).toEqual(await ben.shapes())
  } finally {
    await firefox.close()
  }
})
