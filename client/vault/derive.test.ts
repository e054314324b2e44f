import { hkdfSync } from 'node:crypto'
import { argon2id } from '@noble/hashes/argon2.js'
import { expect, test } from 'vitest'
import { argon2Key } from './argon2.ts'
import { derive } from './derive.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

test('a derived key is what HKDF-SHA-256 of OpenSSL gives, with and without a salt', () => {
  const secret = utf8('a secret of some length')
  const salt = utf8('and salt')
  for (const [given, expected] of [
    [undefined, Buffer.alloc(0)],
    [salt, salt],
  ] as const) {
    const known = hkdfSync('sha256', secret, expected, 'driftboard vault\npassphrase', 32)
    expect(derive(secret, 'passphrase', given)).toEqual(new Uint8Array(known))
  }
})

test('Argon2id gives the answer of the reference implementation', async () => {
  const cost = { memoryKiB: 65_536, passes: 2, lanes: 1 }
  const key = await argon2Key({ passphrase: utf8('password'), salt: utf8('somesalt'), cost })
  expect(Buffer.from(key).toString('hex')).toBe(
    '09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7',
  )
})

test('Argon2id agrees with another implementation at other costs', async () => {
  for (const [memoryKiB, passes, lanes] of [
    [8, 1, 1],
    [64, 3, 1],
    [64, 2, 4],
  ] as const) {
    const salt = utf8('sixteen bytes ..')
    const key = await argon2Key({ passphrase: utf8('otters'), salt, cost: { memoryKiB, passes, lanes } })
    expect(key).toEqual(argon2id('otters', salt, { m: memoryKiB, t: passes, p: lanes, dkLen: 32 }))
  }
})
