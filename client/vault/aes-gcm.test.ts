import { createCipheriv } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { SealError } from '../../shared/util/sealer.ts'
import { importKey, openBeside, openNow, sealBeside, sealNow } from './aes-gcm.ts'
import { KEY_BYTES } from './key-bytes.ts'

const key = Uint8Array.from({ length: KEY_BYTES }, (_, i) => i)
const random = seededRandom(1)

test('what is sealed is format 1, nonce, ciphertext and tag, as OpenSSL writes them', () => {
  const nonce = Uint8Array.from({ length: 12 }, (_, i) => 100 + i)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from('\u0001a board'))
  const body = Buffer.concat([cipher.update('otters'), cipher.final(), cipher.getAuthTag()])
  const sealed = sealNow(key, { ...random, bytes: () => nonce }, Buffer.from('otters'), 'a board')
  expect(Buffer.from(sealed)).toEqual(Buffer.concat([Buffer.of(1), nonce, body]))
})

test('what an earlier version sealed opens', () => {
  const sealed = Buffer.from('016465666768696a6b6c6d6e6f276faa030b9abfd8d328e2c1c879ffd2ca135b168da3', 'hex')
  expect(new TextDecoder().decode(openNow(key, sealed, 'a board'))).toBe('otters')
})

test('this thread opens what the browser seals, and the other way round', async () => {
  const browserKey = await importKey(key)
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.string(), async (plain, context) => {
      const here = sealNow(key, random, plain, context)
      const beside = await sealBeside(browserKey, random, plain, context)
      expect(openNow(key, beside, context)).toEqual(new Uint8Array(plain))
      expect(await openBeside(browserKey, here, context)).toEqual(new Uint8Array(plain))
    }),
    { numRuns: 40 },
  )
})

test('a changed bit, a missing byte, another place or another key opens nothing, in either way', async () => {
  const sealed = sealNow(key, random, Buffer.from('a secret'), 'here')
  const other = key.map(byte => byte ^ 1)
  const bad: [Uint8Array, Uint8Array, string][] = [
    ...Array.from(sealed, (_, i): [Uint8Array, Uint8Array, string] => [
      key,
      sealed.map((byte, j) => (i === j ? byte ^ 4 : byte)),
      'here',
    ]),
    [key, sealed.subarray(0, -1), 'here'],
    [key, sealed.subarray(0, 20), 'here'],
    [key, new Uint8Array(), 'here'],
    [key, sealed, 'there'],
    [other, sealed, 'here'],
  ]
  for (const [with_, bytes, context] of bad) {
    expect(() => openNow(with_, bytes, context)).toThrow(SealError)
    await expect(openBeside(await importKey(with_), bytes, context)).rejects.toThrow(SealError)
  }
})

test('the same content is sealed differently each time', () => {
  const sealed = Array.from({ length: 50 }, () => Buffer.from(sealNow(key, random, key, '')).toString('hex'))
  expect(new Set(sealed).size).toBe(50)
})
