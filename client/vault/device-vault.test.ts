import { IDBFactory, IDBObjectStore } from 'fake-indexeddb'
import { expect, test, vi } from 'vitest'
import { LockedError } from '../../shared/util/sealer.ts'
import { openDeviceDatabase } from '../sync/device-database.ts'
import { Browser, keychainOf, kindsOf } from './vault.testing.ts'

const FIRST = { kind: 'passphrase', passphrase: 'otters hold hands' } as const
const SECOND = { kind: 'passphrase', passphrase: 'beavers build dams' } as const
const DONE = { done: true }
const CONTENT = new TextEncoder().encode('a board')

test('without a lock the vault opens by itself, with the same keys each time', async () => {
  const browser = new Browser()
  const first = await browser.tab()
  expect(first.state).toEqual({ at: 'missing' })
  expect(await first.create({ kind: 'device' })).toEqual(DONE)
  const { sealer, wrapped } = keychainOf(first).newKey()
  const second = await browser.tab()
  expect(kindsOf(second.state)).toEqual(['device'])
  expect(keychainOf(second).openKey(wrapped).open(sealer.seal(CONTENT, ''), '')).toEqual(CONTENT)
  first.lock()
  expect(first.state.at).toBe('open')
})

test('the key of the device lock is stored where no script can read its bytes', async () => {
  const browser = new Browser()
  await (await browser.tab()).create({ kind: 'device' })
  const { locks } = browser.file.stored as { locks: { key: CryptoKey }[] }
  expect(locks[0]?.key).toBeInstanceOf(CryptoKey)
  expect(locks[0]?.key.extractable).toBe(false)
})

test('a device lock and then a passphrase open the vault from the database of the device', async () => {
  const browser = new Browser()
  const indexedDB = new IDBFactory()
  const file = async () => (await openDeviceDatabase({ indexedDB, clock: browser.clock })).vaultFile
  await (await browser.tab({ file: await file() })).create({ kind: 'device' })
  const second = await browser.tab({ file: await file() })
  expect(second.state.at).toBe('open')
  expect(await second.setLock(FIRST)).toEqual(DONE)
  const third = await browser.tab({ file: await file() })
  expect(kindsOf(third.state)).toEqual(['passphrase'])
  expect(await third.unlock(FIRST)).toEqual(DONE)
})

test('where key objects cannot be made or stored, the device lock has a key of bytes', async () => {
  const insecure = new Browser()
  vi.stubGlobal('crypto', {})
  try {
    expect(await (await insecure.tab()).create({ kind: 'device' })).toEqual(DONE)
    expect((await insecure.tab()).state.at).toBe('open')
  } finally {
    vi.unstubAllGlobals()
  }
  const secret = new Browser()
  const { file } = secret
  const replace = file.replace.bind(file)
  file.replace = (next, over) => {
    const { locks } = next as { locks?: { key?: unknown }[] } & typeof next
    if (locks?.[0]?.key instanceof CryptoKey) throw new DOMException('not here', 'DataCloneError')
    return replace(next, over)
  }
  expect(await (await secret.tab()).create({ kind: 'device' })).toEqual(DONE)
  expect((await secret.tab()).state.at).toBe('open')
})

test('a write that fails once does not make the device lock one of plain bytes', async () => {
  const browser = new Browser()
  const indexedDB = new IDBFactory()
  const { vaultFile } = await openDeviceDatabase({ indexedDB, clock: browser.clock })
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
    throw new DOMException('disk full', 'QuotaExceededError')
  })
  const vault = await browser.tab({ file: vaultFile })
  expect(await vault.create({ kind: 'device' })).toMatchObject({ done: false, why: 'storage' })
  expect(await vaultFile.read()).toBe(undefined)
  put.mockRestore()
  expect(await vault.create({ kind: 'device' })).toEqual(DONE)
  expect(await vaultFile.read()).toMatchObject({ locks: [{ key: expect.any(CryptoKey) }] })
})

test('a passphrase takes the place of the device lock; only it opens from then on, also typed in other code points', async () => {
  const browser = new Browser()
  const vault = await browser.tab()
  await vault.create({ kind: 'device' })
  const name = keychainOf(vault).storageName('board')
  expect(await vault.setLock({ kind: 'passphrase', passphrase: 'crème brûlée' })).toEqual(DONE)
  expect(kindsOf(vault.state)).toEqual(['passphrase'])
  const next = await browser.tab()
  expect(next.state).toMatchObject({ at: 'locked', waitUntil: null })
  const decomposed = 'crème brûlée'.normalize('NFD')
  expect(await next.unlock({ kind: 'passphrase', passphrase: decomposed })).toEqual(DONE)
  expect(keychainOf(next).storageName('board')).toBe(name)
})

test('a passphrase of seven characters is refused, and nothing is written', async () => {
  const browser = new Browser()
  const vault = await browser.tab()
  const outcome = await vault.create({ kind: 'passphrase', passphrase: '7 chars' })
  expect(outcome).toMatchObject({ done: false, why: 'refused' })
  expect(browser.file.stored).toBeUndefined()
  expect(vault.state.at).toBe('missing')
})

test('after a change of the passphrase the old one opens nothing', async () => {
  const browser = new Browser()
  const vault = await browser.tab()
  await vault.create(FIRST)
  expect(await vault.setLock(SECOND)).toEqual(DONE)
  expect(kindsOf(vault.state)).toEqual(['passphrase'])
  vault.lock()
  expect(await vault.unlock(FIRST)).toMatchObject({ done: false, why: 'wrong' })
  expect(await vault.unlock(SECOND)).toEqual(DONE)
})

test('wrong passphrases make the next one wait, over reloads too; the right one ends that', async () => {
  const browser = new Browser()
  await (await browser.tab()).create(FIRST)
  const vault = await browser.tab()
  for (let i = 0; i < 3; i += 1) expect(await vault.unlock(SECOND)).toMatchObject({ why: 'wrong' })
  const until = browser.clock.now() + 1_000
  expect(vault.state).toMatchObject({ at: 'locked', waitUntil: until })
  expect(await vault.unlock(FIRST)).toMatchObject({ done: false, why: 'waiting' })
  browser.clock.advance(1_000)
  expect(vault.state).toMatchObject({ waitUntil: null })
  expect(await vault.unlock(SECOND)).toMatchObject({ why: 'wrong' })
  const reloaded = await browser.tab()
  expect(reloaded.state).toMatchObject({ at: 'locked', waitUntil: expect.any(Number) })
  browser.clock.advance(2_000)
  expect(await reloaded.unlock(FIRST)).toEqual(DONE)
  reloaded.lock()
  expect(await reloaded.unlock(SECOND)).toMatchObject({ why: 'wrong' })
  expect(reloaded.state).toMatchObject({ waitUntil: null })
})

test('passphrases cannot be tried side by side', async () => {
  const browser = new Browser()
  await (await browser.tab()).create(FIRST)
  const vault = await browser.tab()
  const outcomes = await Promise.all([vault.unlock(SECOND), vault.unlock(SECOND), vault.unlock(FIRST)])
  expect(outcomes.map(outcome => (outcome.done ? 'done' : outcome.why))).toEqual([
    'wrong',
    'waiting',
    'waiting',
  ])
})

test('locking tells its listeners while things can still be sealed, and then forgets the keys', async () => {
  const vault = await new Browser().tab()
  await vault.create(FIRST)
  const keychain = keychainOf(vault)
  const { sealer, wrapped } = keychain.newKey()
  let lastWords: Uint8Array | undefined
  vault.subscribe(state => {
    if (state.at === 'locked') lastWords = sealer.seal(CONTENT, 'x')
  })
  vault.lock()
  expect(() => sealer.seal(CONTENT, 'x')).toThrow(LockedError)
  expect(() => keychain.openKey(wrapped)).toThrow(LockedError)
  await vault.unlock(FIRST)
  expect(
    keychainOf(vault)
      .openKey(wrapped)
      .open(lastWords ?? CONTENT, 'x'),
  ).toEqual(CONTENT)
})

test('without input for the set time it locks itself; without a lock it does not', async () => {
  const browser = new Browser()
  const vault = await browser.tab()
  await vault.create({ kind: 'device' })
  expect(await vault.setIdleMinutes(5)).toEqual(DONE)
  browser.clock.advance(600_000)
  expect(vault.state.at).toBe('open')
  await vault.setLock(FIRST)
  browser.clock.advance(290_000)
  vault.touch()
  browser.clock.advance(290_000)
  expect(vault.state.at).toBe('open')
  browser.clock.advance(20_000)
  expect(vault.state.at).toBe('locked')
  expect(await (await browser.tab()).setIdleMinutes(0)).toMatchObject({ why: 'refused' })
})

test('the recovery code opens until it is replaced, and goes with the last lock', async () => {
  const browser = new Browser()
  const vault = await browser.tab()
  await vault.create({ kind: 'device' })
  expect(await vault.newRecoveryCode()).toMatchObject({ done: false, why: 'refused' })
  await vault.setLock(FIRST)
  const old = await vault.newRecoveryCode()
  const current = await vault.newRecoveryCode()
  if (!old.done || !current.done) throw new Error('No code was made.')
  expect(kindsOf(vault.state)).toEqual(['passphrase', 'recovery'])
  vault.lock()
  expect(await vault.unlock({ kind: 'recovery', code: old.code })).toMatchObject({ why: 'wrong' })
  expect(await vault.unlock({ kind: 'recovery', code: current.code })).toEqual(DONE)
  expect(await vault.setLock(SECOND)).toEqual(DONE)
  expect(kindsOf(vault.state)).toEqual(['recovery', 'passphrase'])
  expect(await vault.setLock({ kind: 'device' })).toEqual(DONE)
  expect(kindsOf(vault.state)).toEqual(['device'])
})

test('the last lock that goes is replaced by that of the device, unless one is required', async () => {
  for (const isLockRequired of [false, true]) {
    const browser = new Browser()
    const vault = await browser.tab({ isLockRequired })
    await vault.create(FIRST)
    await vault.newRecoveryCode()
    const { id = '' } =
      ('locks' in vault.state ? vault.state.locks : []).find(l => l.kind === 'passphrase') ?? {}
    const outcome = await vault.removeLock(id)
    if (isLockRequired) {
      expect(outcome).toMatchObject({ done: false, why: 'refused' })
      expect(await vault.setLock({ kind: 'device' })).toMatchObject({ why: 'refused' })
      expect(kindsOf(vault.state)).toEqual(['passphrase', 'recovery'])
    } else {
      expect(outcome).toEqual(DONE)
      expect((await browser.tab()).state).toMatchObject({ at: 'open', locks: [{ kind: 'device' }] })
    }
  }
  const required = await new Browser().tab({ isLockRequired: true })
  expect(await required.create({ kind: 'device' })).toMatchObject({ done: false, why: 'refused' })
  expect(required.state.at).toBe('missing')
})

test('a record of a newer version, or a damaged one, is told and never overwritten', async () => {
  for (const [stored, words] of [
    [{ format: 2, revision: 7, anything: 1 }, 'newer version'],
    [{ format: 1, revision: 7 }, 'damaged'],
    ['junk', 'damaged'],
  ] as const) {
    const browser = new Browser()
    browser.file.stored = stored
    const vault = await browser.tab()
    expect(vault.state).toMatchObject({ at: 'unreadable', message: expect.stringContaining(words) })
    expect(await vault.create({ kind: 'device' })).toMatchObject({ done: false })
    expect(await vault.unlock(FIRST)).toMatchObject({ done: false })
    expect(await vault.setLock(FIRST)).toMatchObject({ done: false })
    expect(await vault.reassert()).toMatchObject({ done: false })
    expect(browser.file.stored).toBe(stored)
  }
})

test('a record whose device key does not open it is told, and never overwritten', async () => {
  const browser = new Browser()
  await (await browser.tab()).create({ kind: 'device' })
  const stored = browser.file.stored as { locks: { wrapped: Uint8Array }[] }
  stored.locks[0]?.wrapped.fill(7, 20)
  const vault = await browser.tab()
  expect(vault.state.at).toBe('unreadable')
  expect(await vault.create({ kind: 'device' })).toMatchObject({ done: false })
  expect(browser.file.stored).toBe(stored)
})

test('a file that cannot be written leaves everything as it was, and says so', async () => {
  const browser = new Browser()
  const vault = await browser.tab()
  const { replace } = browser.file
  browser.file.replace = () => Promise.reject(new Error('The disk is full.'))
  for (const lock of [{ kind: 'device' }, FIRST] as const) {
    const outcome = await vault.create(lock)
    expect(outcome).toMatchObject({ why: 'storage', message: expect.stringContaining('The disk is full.') })
    expect(vault.state.at).toBe('missing')
  }
  browser.file.replace = replace
  await vault.create(FIRST)
  browser.file.replace = () => Promise.reject(new Error('The disk is full.'))
  expect(await vault.setLock(SECOND)).toMatchObject({ why: 'storage' })
  expect(await vault.newRecoveryCode()).toMatchObject({ why: 'storage' })
  expect(kindsOf(vault.state)).toEqual(['passphrase'])
  vault.lock()
  expect(await vault.unlock(FIRST)).toEqual(DONE)
})

test('a record that the browser deleted under the open vault is written again as it was, with its changes', async () => {
  const browser = new Browser()
  const vault = await browser.tab()
  await vault.create(FIRST)
  await vault.setIdleMinutes(15)
  const before = browser.file.stored
  browser.file.stored = undefined
  expect(await vault.reassert()).toEqual(DONE)
  expect(browser.file.stored).toEqual(before)
  browser.file.stored = undefined
  expect(await vault.setLock(SECOND)).toEqual(DONE)
  const next = await browser.tab()
  expect(next.idleMinutes).toBe(15)
  expect(await next.unlock(SECOND)).toEqual(DONE)
})

test('a passphrase that was set while the vault was being locked is not kept', async () => {
  const browser = new Browser()
  const vault = await browser.tab()
  await vault.create(FIRST)
  const setting = vault.setLock(SECOND)
  vault.lock()
  expect(await setting).toMatchObject({ done: false, why: 'refused' })
  expect(await vault.unlock(FIRST)).toEqual(DONE)
})
