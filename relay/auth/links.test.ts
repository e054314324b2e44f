import { expect, test } from 'vitest'
import { CLOSE } from '../../shared/protocol/close.ts'
import { deriveKey, newOwnerKey } from '../../shared/protocol/keys.ts'
import { ROLES } from '../../shared/protocol/role.ts'
import { secureRandom } from '../../shared/util/random.ts'
import { memoryStore } from '../storage/memory-store.ts'
import { BOARD, key, linksRig, owner, RECORD, refusal } from './links.testing.ts'
import { TestStore } from './store.testing.ts'

test('the first owner key shown for a board makes its holder the owner', async () => {
  const { claim } = linksRig()
  expect(await claim()).toEqual({ role: 'owner', epoch: 0, expiresAt: null })
})

test.each(ROLES)(
  'on a claimed board the %s key that follows from the owner key gives that role',
  async role => {
    const { present, claim } = linksRig()
    await claim()
    expect(await present(key(role))).toEqual({ role, epoch: 0, expiresAt: null })
  },
)

test.each(['editor', 'commenter', 'viewer'] as const)(
  'a %s key neither opens an unclaimed board nor claims it',
  async role => {
    const { store, present } = linksRig()
    expect(await present(key(role))).toEqual(refusal(CLOSE.unclaimed, /has not connected/))
    expect(store.count('putIfAbsent')).toBe(0)
  },
)

test('a board that was unclaimed a moment ago opens for its links as soon as its owner has come', async () => {
  const { present, claim } = linksRig()
  await present(key('viewer'))
  await claim()
  expect(await present(key('viewer'))).toMatchObject({ role: 'viewer' })
})

test.each([
  ['no credential', null],
  ['half a key', 'e.AAAA'],
  ['a token', 'eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl'],
  ['a megabyte', 'e'.repeat(1_000_000)],
])('with %s nobody gets in, and the store is not even asked', async (_what, credential) => {
  const { store, present, claim } = linksRig()
  await claim()
  const calls = store.calls.length
  expect(await present(credential)).toEqual(refusal(CLOSE.refused, /whole link/))
  expect(store.calls).toHaveLength(calls)
})

test.each(ROLES)('the %s key of another board does not open this one', async role => {
  const { present, claim } = linksRig()
  await claim()
  const foreign = deriveKey(newOwnerKey(secureRandom), BOARD, role, 0)
  expect(await present(foreign.text)).toMatchObject({ code: CLOSE.refused })
  const sibling = deriveKey(owner, 'another-board-0001', role, 0)
  if (role !== 'owner') expect(await present(sibling.text)).toMatchObject({ code: CLOSE.refused })
})

test('the secret of a lower key with the letter of a higher role does not open the board', async () => {
  const { present, claim } = linksRig()
  await claim()
  for (const letter of ['o', 'e', 'c']) {
    expect(await present(letter + key('viewer').slice(1))).toMatchObject({ code: CLOSE.refused })
  }
})

test('the owner key of somebody else does not take over a claimed board', async () => {
  const { present, claim } = linksRig()
  await claim()
  expect(await present(newOwnerKey(secureRandom).text)).toEqual(refusal(CLOSE.refused, /another owner/))
  expect(await claim()).toMatchObject({ role: 'owner' })
})

test('of many owners who claim one board at once through three relays exactly one gets it', async () => {
  const { links, relay, present } = linksRig()
  const relays = [links, relay({ copy: null }), relay({ copy: new TestStore(memoryStore()) })]
  const claims = Array.from({ length: 30 }, (_, index) =>
    present(newOwnerKey(secureRandom).text, relays[index % relays.length]),
  )
  const won = (await Promise.all(claims)).filter(answer => 'role' in answer)
  expect(won).toHaveLength(1)
})

test('the store and its copy hold hashes, and nothing of a key', async () => {
  const { store, copy, claim, rotate } = linksRig()
  await claim()
  await rotate()
  for (const kept of [await store.get(RECORD), await copy.get(RECORD)]) {
    const text = Buffer.from(kept ?? []).toString()
    expect(Object.keys(JSON.parse(text))).toEqual([
      'v',
      'owner',
      'editor',
      'commenter',
      'viewer',
      'epoch',
      'claimedAt',
    ])
    for (const role of ROLES)
      for (const epoch of [0, 1]) expect(text).not.toContain(key(role, epoch).slice(2))
  }
})

test('replacing the links ends the old ones with 4401, opens the new ones, and keeps the owner', async () => {
  const { rotations, present, claim, rotate } = linksRig()
  await claim()
  expect(await rotate()).toBe(1)
  expect(rotations).toEqual([[BOARD, 1]])
  for (const role of ['editor', 'commenter', 'viewer'] as const) {
    expect(await present(key(role))).toEqual(refusal(CLOSE.revoked, /replaced the links/))
    expect(await present(key(role, 1))).toEqual({ role, epoch: 1, expiresAt: null })
  }
  expect(await claim()).toEqual({ role: 'owner', epoch: 1, expiresAt: null })
})

test('only the owner replaces the links', async () => {
  const { rotations, links, claim, rotate } = linksRig()
  expect(await rotate()).toEqual(refusal(CLOSE.unclaimed, /has not connected/))
  await claim()
  for (const credential of [key('editor'), key('viewer'), 'junk', '']) {
    expect(await rotate(links, credential)).toEqual(refusal(CLOSE.refused, /Only the owner/))
  }
  expect(await rotate(links, newOwnerKey(secureRandom).text)).toEqual(refusal(CLOSE.refused, /another owner/))
  expect(rotations).toEqual([])
})

test('two devices of the owner that replace the links at once end the old ones once', async () => {
  const { store, relay, present, claim, rotate } = linksRig()
  await claim()
  const other = relay()
  store.once = { when: 'after', call: 'get', act: () => rotate(other) }
  expect(await rotate()).toBe(1)
  expect(await present(key('editor', 1))).toMatchObject({ epoch: 1 })
})

test('a rotation that the store does not take is an error, and the old links stay good', async () => {
  const { store, present, claim, rotate } = linksRig()
  await claim()
  const goDown = async (): Promise<void> => {
    store.state = 'down'
  }
  store.once = { when: 'after', call: 'get', act: goDown }
  await expect(rotate()).rejects.toThrow(/cannot be reached/)
  store.release()
  expect(await present(key('editor'))).toMatchObject({ epoch: 0 })
})
