import { expect, test } from 'vitest'
import { Notices } from './app/model/notices.ts'
import { keepKeys } from './keep-keys.ts'
import { Browser } from './vault/vault.testing.ts'

test('keys that were deleted under an open vault are written again, later if the disk is full, which is told', async () => {
  const browser = new Browser()
  const { clock, file } = browser
  const notices = new Notices(clock)
  const vault = await browser.tab()
  await vault.create({ kind: 'device' })
  const { stored } = file
  const replace = file.replace
  file.stored = undefined
  file.replace = () => Promise.reject(new Error('The disk is full.'))
  await keepKeys(vault, { clock, notices })
  expect(notices.list.map(({ text }) => text)).toEqual([expect.stringContaining('The disk is full.')])
  file.replace = replace
  await clock.settle(10_000)
  expect(file.stored).toEqual(stored)
})

test('keys that another tab has replaced meanwhile are left, and the person is told to save what is open', async () => {
  const browser = new Browser()
  const notices = new Notices(browser.clock)
  const vault = await browser.tab()
  await vault.create({ kind: 'device' })
  browser.file.stored = undefined
  await (await browser.tab()).create({ kind: 'device' })
  const { stored } = browser.file
  await keepKeys(vault, { clock: browser.clock, notices })
  expect(browser.file.stored).toBe(stored)
  expect(notices.list.map(({ text }) => text)).toEqual([
    expect.stringContaining('Save the open boards as files'),
  ])
})
