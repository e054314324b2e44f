import { expect, test } from 'vitest'
import { addressKey, isAddressOf } from './address-key.ts'
import type { LocalFailure } from './sync/local-store.ts'

const failed = (reason: LocalFailure) => ({ at: 'failed', reason, message: '' }) as const

test('the address loses the key once this device holds it, and not before', () => {
  expect(addressKey({ at: 'loading' }, false)).toBe('as it is')
  expect(addressKey({ at: 'saving' }, false)).toBe('as it is')
  expect(addressKey({ at: 'saved' }, false)).toBe('no key')
})

test.each(['blocked', 'aborted', 'evicted', 'corrupt'] as const)(
  'no key gets into the address, and from there into the history, while storage is %s, which passes',
  reason => {
    expect(addressKey(failed(reason), false)).toBe('as it is')
  },
)

test.each(['unavailable', 'quota', 'newer'] as const)(
  'a reload finds the key in the address where storage is %s and keeps nothing',
  reason => {
    expect(addressKey(failed(reason), false)).toBe('the key')
  },
)

test.each(['blocked', 'corrupt'] as const)(
  'a reload finds the key in the address of a page that began without storage, %s then, and so keeps nothing',
  reason => {
    expect(addressKey(failed(reason), true)).toBe('the key')
  },
)

test('an address is that of its board alone, with a key or without', () => {
  const id = 'AAAAAAAAAAAAAAAAAAAAAA'
  expect(isAddressOf(id, `https://example.org/b/${id}`)).toBe(true)
  expect(isAddressOf(id, `https://example.org/b/${id}/#e.key`)).toBe(true)
  expect(isAddressOf(id, 'https://example.org/')).toBe(false)
  expect(isAddressOf(id, 'https://example.org/b/BBBBBBBBBBBBBBBBBBBBBB')).toBe(false)
})
