import { expect, test, vi } from 'vitest'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { LockedError, SealError } from '../../shared/util/sealer.ts'
import { keychainOf, memoryKeychain } from './keychain.ts'

const vaultKey = seededRandom(8).bytes(32)
const random = seededRandom(9)
const small = new TextEncoder().encode('a shape')
/** Bytes. Above what is sealed on this thread. */
const large = new Uint8Array(20_000).map((_, i) => i % 251)

test('a storage name is 22 characters that another vault does not share, and the same each time', () => {
  const name = keychainOf(vaultKey, random).storageName('board-1')
  expect(name).toMatch(/^[A-Za-z0-9_-]{22}$/)
  expect(keychainOf(vaultKey, random).storageName('board-1')).toBe(name)
  expect(keychainOf(vaultKey, random).storageName('board-2')).not.toBe(name)
  expect(memoryKeychain(random).storageName('board-1')).not.toBe(name)
})

test('a data key opens again from what was kept of it, under the same vault only', () => {
  const { sealer, wrapped } = keychainOf(vaultKey, random).newKey()
  const sealed = sealer.seal(small, 'chunk')
  expect(keychainOf(vaultKey, random).openKey(wrapped).open(sealed, 'chunk')).toEqual(small)
  expect(() => memoryKeychain(random).openKey(wrapped)).toThrow(SealError)
  expect(() => keychainOf(vaultKey, random).newKey().sealer.open(sealed, 'chunk')).toThrow(SealError)
  expect(() => keychainOf(vaultKey, random).sealer.open(sealed, 'chunk')).toThrow(SealError)
})

test('large and small, sealed here and beside, open in both ways', async () => {
  const { sealer } = memoryKeychain(random)
  for (const plain of [small, large]) {
    expect(sealer.open(await sealer.sealLarge(plain, 'x'), 'x')).toEqual(plain)
    expect(await sealer.openLarge(sealer.seal(plain, 'x'), 'x')).toEqual(plain)
  }
  await expect(sealer.openLarge(sealer.seal(large, 'x'), 'y')).rejects.toThrow(SealError)
})

test('without the cryptography of the browser, as on plain http, large things open all the same', async () => {
  const { sealer } = memoryKeychain(random)
  const before = await sealer.sealLarge(large, 'x')
  vi.stubGlobal('crypto', {})
  try {
    expect(await sealer.openLarge(before, 'x')).toEqual(large)
    expect(await sealer.openLarge(await sealer.sealLarge(large, 'x'), 'x')).toEqual(large)
  } finally {
    vi.unstubAllGlobals()
  }
})

test('after it has forgotten, every use of the keychain and of what it made says that it is locked', async () => {
  const keychain = keychainOf(vaultKey, random)
  const made = keychain.newKey()
  const opened = keychain.openKey(keychainOf(vaultKey, random).newKey().wrapped)
  const sealed = made.sealer.seal(large, 'x')
  keychain.forget()
  expect(() => keychain.storageName('board')).toThrow(LockedError)
  expect(() => keychain.newKey()).toThrow(LockedError)
  expect(() => keychain.openKey(made.wrapped)).toThrow(LockedError)
  for (const sealer of [keychain.sealer, made.sealer, opened]) {
    expect(() => sealer.seal(small, 'x')).toThrow(LockedError)
    expect(() => sealer.open(sealed, 'x')).toThrow(LockedError)
    await expect(sealer.sealLarge(large, 'x')).rejects.toThrow(LockedError)
    await expect(sealer.openLarge(sealed, 'x')).rejects.toThrow(LockedError)
  }
})
