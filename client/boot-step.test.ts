import { expect, test } from 'vitest'
import { secureRandom } from '../shared/util/random.ts'
import { type BootStep, bootStep, isLockable } from './boot-step.ts'
import { memoryKeychain } from './vault/keychain.ts'
import type { LockInfo, LockKind, VaultState } from './vault/seams.ts'

const keychain = memoryKeychain(secureRandom)
const locks = (...kinds: LockKind[]): LockInfo[] =>
  kinds.map((kind, at) => ({ id: String(at), kind, addedAt: 0 }))
const open = (...kinds: LockKind[]): VaultState => ({ at: 'open', locks: locks(...kinds), keychain })
const locked: VaultState = { at: 'locked', locks: locks('passphrase'), waitUntil: null }

test.each<[what: string, VaultState, ifOptional: BootStep['do'], ifRequired: BootStep['do']]>([
  ['nothing yet: one is made silently, or the lock is chosen', { at: 'missing' }, 'make', 'choose-lock'],
  ['opened by this browser: it goes on, or the lock is chosen', open('device'), 'go', 'choose-lock'],
  ['opened by a passphrase: it goes on', open('passphrase', 'recovery'), 'go', 'go'],
  ['opened by a passkey: it goes on', open('passkey'), 'go', 'go'],
  ['locked: it is unlocked', locked, 'unlock', 'unlock'],
  ['unreadable: that is said', { at: 'unreadable', message: '' }, 'explain', 'explain'],
])('a vault is %s', (_what, state, ifOptional, ifRequired) => {
  expect([bootStep(state, false).do, bootStep(state, true).do]).toEqual([ifOptional, ifRequired])
})

test('only an open vault that has a lock can be locked', () => {
  expect([open('passkey'), open('device'), locked, undefined].map(isLockable)).toEqual([
    true,
    false,
    false,
    false,
  ])
})
