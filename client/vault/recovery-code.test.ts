import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { newRecovery, recoveryKey } from './recovery-code.ts'
import { VaultError } from './vault-error.ts'

const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

test('a code is nine groups of four that nobody can take for each other, and gives its key again', () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const { code, fields, wrappingKey } = newRecovery(seededRandom(seed))
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(recoveryKey(code, fields)).toEqual(wrappingKey)
  }
})

test('case, spaces, other dashes and letters read for digits do not matter', () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const { code, fields, wrappingKey } = newRecovery(seededRandom(seed))
    const typed = ` ${code
      .toLowerCase()
      .replaceAll('-', ' – ')
      .replaceAll('0', 'o')
      .replaceAll('1', seed % 2 ? 'l' : 'I')}\n`
    expect(recoveryKey(typed, fields)).toEqual(wrappingKey)
  }
})

test('one wrong character anywhere is told as a slip of the hand', () => {
  const { code, fields } = newRecovery(seededRandom(3))
  fc.assert(
    fc.property(fc.nat(code.length - 1), fc.constantFrom(...SYMBOLS, 'U', '?', 'Ä'), (at, symbol) => {
      fc.pre(code[at] !== symbol && code[at] !== '-')
      expect(() => recoveryKey(code.slice(0, at) + symbol + code.slice(at + 1), fields)).toThrow(VaultError)
    }),
  )
  for (const text of ['', code.slice(1), `${code}7`, 'correct horse battery staple']) {
    expect(() => recoveryKey(text, fields)).toThrow(VaultError)
  }
})
