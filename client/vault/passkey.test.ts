import { expect, test } from 'vitest'
import { SoftAuthenticator } from './authenticator.testing.ts'
import { Browser, keychainOf, kindsOf } from './vault.testing.ts'

const PASSKEY = { kind: 'passkey' } as const
const PASSPHRASE = { kind: 'passphrase', passphrase: 'otters hold hands' } as const
const DONE = { done: true }

test('a passkey opens the vault, with authenticators that give their PRF at once and with those that ask twice', async () => {
  for (const [support, dialogs] of [
    ['at create', 1],
    ['at get', 2],
  ] as const) {
    const passkeys = new SoftAuthenticator(support)
    const browser = new Browser()
    const vault = await browser.tab({ passkeys })
    expect(await vault.create(PASSKEY)).toEqual(DONE)
    expect(passkeys.asked).toBe(dialogs)
    const name = keychainOf(vault).storageName('board')
    const next = await browser.tab({ passkeys })
    expect(next.state.at).toBe('locked')
    expect(await next.unlock(PASSKEY)).toEqual(DONE)
    expect(keychainOf(next).storageName('board')).toBe(name)
  }
})

test('an authenticator without PRF is told, and nothing is written', async () => {
  const browser = new Browser()
  const vault = await browser.tab({ passkeys: new SoftAuthenticator('never') })
  expect(await vault.create(PASSKEY)).toMatchObject({ done: false, why: 'unsupported' })
  expect(browser.file.stored).toBeUndefined()
})

test('a dialog that is closed changes nothing, and every refusal of the browser has its own outcome', async () => {
  const passkeys = new SoftAuthenticator('at create')
  const browser = new Browser()
  const vault = await browser.tab({ passkeys })
  await vault.create(PASSPHRASE)
  for (const [refusal, why] of [
    ['NotAllowedError', 'cancelled'],
    ['SecurityError', 'unsupported'],
    ['NotSupportedError', 'unsupported'],
  ] as const) {
    passkeys.refusal = refusal
    expect(await vault.setLock(PASSKEY)).toMatchObject({ done: false, why })
    expect(kindsOf(vault.state)).toEqual(['passphrase'])
  }
  passkeys.refusal = null
  expect(await vault.setLock(PASSKEY)).toEqual(DONE)
  expect(await vault.setLock(PASSKEY)).toMatchObject({ done: false, why: 'refused' })
  expect(kindsOf(vault.state)).toEqual(['passphrase', 'passkey'])
})

test('two passkeys and a passphrase each open the vault, until they are removed', async () => {
  const [laptop, phone] = [new SoftAuthenticator('at create'), new SoftAuthenticator('at get')]
  const browser = new Browser()
  const atLaptop = await browser.tab({ passkeys: laptop })
  await atLaptop.create(PASSPHRASE)
  await atLaptop.setLock(PASSKEY)
  const atPhone = await browser.tab({ passkeys: phone })
  await atPhone.unlock(PASSPHRASE)
  expect(await atPhone.setLock(PASSKEY)).toEqual(DONE)
  expect(kindsOf(atPhone.state)).toEqual(['passphrase', 'passkey', 'passkey'])
  const [, first] = 'locks' in atPhone.state ? atPhone.state.locks : []
  for (const passkeys of [laptop, phone]) {
    expect(await (await browser.tab({ passkeys })).unlock(PASSKEY)).toEqual(DONE)
  }
  await atPhone.removeLock(first?.id ?? '')
  expect(await (await browser.tab({ passkeys: laptop })).unlock(PASSKEY)).toMatchObject({ why: 'cancelled' })
  expect(await (await browser.tab({ passkeys: phone })).unlock(PASSKEY)).toEqual(DONE)
})

test('a passphrase that is typed while the dialog for the passkey is open closes it, and opens the vault', async () => {
  const passkeys = new SoftAuthenticator('at create')
  const browser = new Browser()
  const first = await browser.tab({ passkeys })
  await first.create(PASSPHRASE)
  await first.setLock(PASSKEY)
  const vault = await browser.tab({ passkeys })
  passkeys.isSlow = true
  const byPasskey = vault.unlock(PASSKEY)
  await browser.clock.settle()
  expect(await vault.unlock(PASSPHRASE)).toEqual(DONE)
  expect(await byPasskey).toMatchObject({ done: false, why: 'cancelled' })
})

test('without passkeys in the browser it says so', async () => {
  const browser = new Browser()
  const vault = await browser.tab()
  expect(await vault.canUsePasskeys()).toBe(false)
  expect(await vault.create(PASSKEY)).toMatchObject({ done: false, why: 'unsupported' })
  expect(await (await browser.tab({ passkeys: new SoftAuthenticator('at get') })).canUsePasskeys()).toBe(true)
})
