import { expect, test } from 'vitest'
import {
  LOCK_TEXTS,
  type LockKind,
  passphraseProblem,
  protectionText,
  type ShownLock,
  secondsLeft,
} from './vault-view.ts'

const locks = (...kinds: LockKind[]): ShownLock[] =>
  kinds.map((kind, at) => ({ id: String(at), kind, addedAt: 0 }))

test('of several locks the weakest says what protects the boards; a recovery code says nothing', () => {
  expect(protectionText(locks('device'))).toBe(LOCK_TEXTS.device)
  expect(protectionText(locks('passkey', 'recovery'))).toBe(LOCK_TEXTS.passkey)
  expect(protectionText(locks('passphrase'))).toBe(LOCK_TEXTS.passphrase)
  const both = protectionText(locks('passkey', 'passphrase', 'recovery'))
  expect(both).toEqual({ ...LOCK_TEXTS.passphrase, title: 'Locked by a passkey or a passphrase' })
})

test.each([
  ['seven77', 'seven77', /8 letters or more/],
  ['🦦🦦🦦🦦', '🦦🦦🦦🦦', /8 letters or more/],
  ['eight888', 'eight889', /differ/],
  ['eight888', 'eight888', null],
])('a passphrase %s repeated as %s: %s', (passphrase, repeated, problem) => {
  const told = passphraseProblem(passphrase, repeated)
  if (problem === null) expect(told).toBeNull()
  else expect(told).toMatch(problem)
})

test('the wait counts down in whole seconds, and is over when its time has come', () => {
  expect(secondsLeft(null, 5_000)).toBe(0)
  expect(secondsLeft(9_000, 5_000)).toBe(4)
  expect(secondsLeft(9_000, 8_001)).toBe(1)
  expect(secondsLeft(9_000, 9_000)).toBe(0)
})
