import { expect, test, vi } from 'vitest'
import { reached } from '../sync/wait.testing.ts'
import type { VaultState } from './seams.ts'
import { Browser, keychainOf, kindsOf } from './vault.testing.ts'

const FIRST = { kind: 'passphrase', passphrase: 'otters hold hands' } as const
const SECOND = { kind: 'passphrase', passphrase: 'beavers build dams' } as const
const isOpen = (state: VaultState) => state.at === 'open'
const isLocked = (state: VaultState) => state.at === 'locked'

test('a new tab is open at once while another is, and asks again when the last one is closed', async () => {
  const browser = new Browser()
  const first = await browser.connectedTab()
  await first.create(FIRST)
  const second = await browser.connectedTab()
  await reached(second, isOpen)
  expect(keychainOf(second).storageName('board')).toBe(keychainOf(first).storageName('board'))
  first.close()
  second.close()
  expect((await browser.connectedTab()).state.at).toBe('locked')
})

test('one tab that is unlocked unlocks all, and one that is locked locks all', async () => {
  const browser = new Browser()
  await (await browser.tab()).create(FIRST)
  const [one, two] = [await browser.connectedTab(), await browser.connectedTab()]
  expect([one.state.at, two.state.at]).toEqual(['locked', 'locked'])
  await one.unlock(FIRST)
  await reached(two, isOpen)
  two.lock()
  await reached(one, isLocked)
})

test('a change of the lock reaches the other tabs, open or locked, missing or there', async () => {
  const browser = new Browser()
  const [one, two] = [await browser.connectedTab(), await browser.connectedTab()]
  await one.create({ kind: 'device' })
  await reached(two, isOpen)
  await one.setLock(FIRST)
  await reached(two, state => kindsOf(state).includes('passphrase'))
  const alone = await browser.tab({ channel: null })
  expect(alone.state.at).toBe('locked')
  await two.setIdleMinutes(15)
  await two.setLock({ kind: 'device' })
  await reached(one, state => kindsOf(state).includes('device'))
  expect(one.idleMinutes).toBe(15)
})

test('two tabs that change locks at the same time both get what they asked for', async () => {
  const browser = new Browser()
  const one = await browser.tab()
  await one.create({ kind: 'device' })
  const two = await browser.tab()
  const [, code] = await Promise.all([one.setLock(FIRST), two.setIdleMinutes(5)])
  expect(code).toEqual({ done: true })
  const next = await browser.tab()
  expect(kindsOf(next.state)).toEqual(['passphrase'])
  expect(next.idleMinutes).toBe(5)
})

test('two tabs that set up the device at once end with one vault', async () => {
  const browser = new Browser()
  const [one, two] = [await browser.tab(), await browser.tab()]
  const outcomes = await Promise.all([one.create({ kind: 'device' }), two.create({ kind: 'device' })])
  expect(outcomes).toEqual([{ done: true }, { done: true }])
  expect(keychainOf(one).storageName('board')).toBe(keychainOf(two).storageName('board'))
  const other = new Browser()
  const [three, four] = [await other.tab(), await other.tab()]
  const both = await Promise.all([three.create(FIRST), four.create(SECOND)])
  expect(both.map(outcome => outcome.done).sort()).toEqual([false, true])
})

test('input in one tab keeps the others open, and idleness locks all', async () => {
  const browser = new Browser()
  const one = await browser.connectedTab()
  await one.create(FIRST)
  await one.setIdleMinutes(1)
  const two = await browser.connectedTab()
  await reached(two, isOpen)
  const heard = new Promise(resolve =>
    browser.outsider().addEventListener('message', ({ data }) => data.type === 'touch' && resolve(data)),
  )
  browser.clock.advance(50_000)
  one.touch()
  await heard
  browser.clock.advance(50_000)
  expect([one.state.at, two.state.at]).toEqual(['open', 'open'])
  browser.clock.advance(12_000)
  await reached(one, isLocked)
  await reached(two, isLocked)
})

test('input is told to the other tabs also after the clock was set back', async () => {
  const browser = new Browser()
  let offset = 0
  const clock = { now: () => browser.clock.now() + offset, after: browser.clock.after }
  const vault = await browser.connectedTab({ clock })
  await vault.create(FIRST)
  const heard: unknown[] = []
  browser.outsider().addEventListener('message', ({ data }) => data.type === 'touch' && heard.push(data.at))
  vault.touch()
  offset = -86_400_000
  vault.touch()
  await expect.poll(() => heard).toHaveLength(2)
})

test('junk, another vault, a wrong key and answers that nobody asked for change nothing', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const browser = new Browser()
  const open = await browser.connectedTab()
  await open.create(FIRST)
  const { id } = browser.file.stored as { id: string }
  const stranger = browser.outsider()
  const answers: unknown[] = []
  stranger.addEventListener('message', ({ data }) => void (data.type === 'answer' && answers.push(data)))
  const key = new Uint8Array(32)
  for (const message of [
    null,
    'lock',
    { type: 'lock' },
    { type: 'lock', vault: 'another' },
    { type: 'ask', vault: 'another', ask: 'x' },
    { type: 'unlocked', vault: id, key: 'no bytes' },
    { type: 'touch', vault: id, at: 'now' },
  ]) {
    stranger.postMessage(message)
  }
  stranger.postMessage({ type: 'ask', vault: id, ask: 'the last' })
  await expect.poll(() => answers).toHaveLength(1)
  expect(answers).toMatchObject([{ ask: 'the last' }])
  expect(open.state.at).toBe('open')
  open.close()

  const locked = await browser.connectedTab()
  stranger.postMessage({
    type: 'answer',
    vault: id,
    ask: 'not asked',
    key: (answers[0] as { key: unknown }).key,
  })
  stranger.postMessage({ type: 'unlocked', vault: id, key })
  await expect.poll(() => warned).toHaveBeenCalledOnce()
  expect(locked.state.at).toBe('locked')
  expect(await locked.unlock(FIRST)).toEqual({ done: true })
  warned.mockRestore()
})

test('a vault that was locked by a passphrase and is closed leaves no timer behind', async () => {
  const browser = new Browser()
  const vault = await browser.tab()
  await vault.create({ kind: 'passphrase', passphrase: 'otters hold hands' })
  expect(browser.clock.waiting).toBeGreaterThan(0)
  vault.close()
  expect(browser.clock.waiting).toBe(0)
})
