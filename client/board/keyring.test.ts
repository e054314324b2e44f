import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BoardKey, deriveKey, newOwnerKey } from '../../shared/protocol/keys.ts'
import { ROLES, type Role } from '../../shared/protocol/role.ts'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { type Keyring, mayOnlyLook, withAccepted, withOlder, withOpened } from './keyring.ts'

const BOARD = 'a-board-of-mine-1'
const key = (role: Role, seed = 1): BoardKey => deriveKey(newOwnerKey(seededRandom(seed)), BOARD, role, 0)

const rings = fc
  .array(fc.tuple(fc.constantFrom(...ROLES), fc.nat(9)))
  .map(opened => opened.reduce<Keyring>((keys, [role, seed]) => withOpened(keys, key(role, seed)), []))

test('a key of a higher role is presented first, whichever was opened last', () => {
  expect(withOpened([key('viewer')], key('editor'))).toEqual([key('editor'), key('viewer')])
  expect(withOpened([key('editor')], key('viewer'))).toEqual([key('editor'), key('viewer')])
})

test('of one role the key opened last is presented first, since links get replaced', () => {
  expect(withOpened([key('editor', 1)], key('editor', 2))).toEqual([key('editor', 2), key('editor', 1)])
})

test('a made-up owner link does not come before the owner key that is here', () => {
  const keys = [key('owner', 1), key('editor', 1)]
  expect(withOpened(keys, key('owner', 2))).toEqual([key('owner', 1), key('owner', 2), key('editor', 1)])
})

test('the key that the relay took goes first, whatever its role, and none is lost for that', () => {
  const keys = [key('editor', 1), key('viewer', 1)]
  expect(withAccepted(keys, key('viewer', 1))).toEqual([key('viewer', 1), key('editor', 1)])
})

test('a keyring stays small, holds a key once, keeps what was opened last and never drops an owner’s first key', () => {
  fc.assert(
    fc.property(rings, fc.constantFrom(...ROLES), fc.nat(9), (ring, role, seed) => {
      const next = withOpened(ring, key(role, seed))
      expect(next).toContainEqual(key(role, seed))
      expect(new Set(next.map(({ text }) => text)).size).toBe(next.length)
      expect(next.filter(held => held.role !== 'owner').length).toBeLessThanOrEqual(4)
      for (const held of ring) if (held.role === 'owner') expect(next).toContainEqual(held)
    }),
  )
})

test('keys out of a file come after those of their role that are here, and crowd none of those out', () => {
  const held = [key('owner', 1), key('editor', 1)]
  const sent = [key('owner', 2), ...[2, 3, 4, 5].map(seed => key('editor', seed)), key('owner', 1)]
  expect(withOlder(held, sent)).toEqual([
    key('owner', 1),
    key('owner', 2),
    key('editor', 1),
    key('editor', 2),
  ])
  expect(withOlder([key('viewer')], [key('owner')])).toEqual([key('owner'), key('viewer')])
})

test('only a keyring that begins with a key to look is for looking', () => {
  expect([[], [key('owner')], [key('editor'), key('viewer')]].map(mayOnlyLook)).toEqual([false, false, false])
  expect([[key('viewer')], [key('commenter'), key('viewer')]].map(mayOnlyLook)).toEqual([true, true])
})
