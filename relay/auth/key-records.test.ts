import { expect, test } from 'vitest'
import { CLOSE } from '../../shared/protocol/close.ts'
import { newOwnerKey } from '../../shared/protocol/keys.ts'
import { newId } from '../../shared/util/ids.ts'
import { secureRandom } from '../../shared/util/random.ts'
import { openDirectoryStore } from '../storage/directory-store.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import type { Grant, Refusal } from './authorizer.ts'
import { BOARD, key, linksRig, owner, RECORD } from './links.testing.ts'
import { linksAuthorizer } from './links.ts'

test('a rotation made through another relay is seen after a second, and told to this one', async () => {
  const { clock, rotations, relay, present, claim, rotate } = linksRig()
  await claim()
  await rotate(relay({ copy: null }))
  rotations.length = 0
  clock.advance(999)
  expect(await present(key('editor'))).toMatchObject({ epoch: 0 })
  clock.advance(1)
  expect(await present(key('editor'))).toMatchObject({ code: CLOSE.revoked })
  expect(rotations).toEqual([[BOARD, 1]])
})

test('an answer that was on its way while the links were replaced does not bring the old ones back', async () => {
  const { store, clock, present, claim, rotate } = linksRig()
  await claim()
  clock.advance(1_000)
  store.once = { when: 'after', call: 'get', act: () => rotate() }
  expect(await present(key('editor'))).toMatchObject({ code: CLOSE.revoked })
  expect(await present(key('editor'))).toMatchObject({ code: CLOSE.revoked })
})

test('a thousand clients that come back at once cost one read of the store', async () => {
  const { store, clock, present, claim } = linksRig()
  await claim()
  clock.advance(10_000)
  const before = store.count('get')
  const answers = await Promise.all(Array.from({ length: 1_000 }, () => present(key('editor'))))
  expect(answers.every(answer => 'role' in answer)).toBe(true)
  expect(store.count('get') - before).toBe(1)
})

test('a clock that is put back does not make what is known fresh for longer', async () => {
  const { store, clock, present, claim, rotate } = linksRig()
  let now = 2_000_000
  const jumping = { now: () => now, after: clock.after }
  const at = linksAuthorizer({ store, copy: null, clock: jumping, onRotated: () => undefined })
  await claim(at)
  await rotate()
  now = 5_000
  expect(await present(key('editor'), at)).toMatchObject({ code: CLOSE.revoked })
})

test('while the store is down, boards that the copy knows open and others are not decided', async () => {
  const { store, relay, present, claim } = linksRig()
  await claim()
  store.state = 'down'
  const restarted = relay()
  expect(await present(key('viewer'), restarted)).toMatchObject({ role: 'viewer' })
  await expect(present(owner.text, restarted, 'another-board-0001')).rejects.toThrow(/cannot be reached/)
  await expect(present(key('viewer'), restarted, 'another-board-0001')).rejects.toThrow(/cannot be reached/)
  await expect(present(key('viewer'), relay({ copy: null }))).rejects.toThrow(/cannot be reached/)
})

test('a store that has not answered after two seconds is not waited for when the copy knows the board', async () => {
  const { store, clock, relay, present, claim } = linksRig()
  await claim()
  store.state = 'held'
  const answers: (Grant | Refusal)[] = []
  void present(key('viewer'), relay()).then(answer => answers.push(answer))
  await clock.settle(1_999)
  expect(answers).toEqual([])
  await clock.settle(1)
  expect(answers).toMatchObject([{ role: 'viewer' }])
  expect(clock.waiting).toBe(0)
  store.release()
})

test('a store that is slow is waited for when the copy does not know the board', async () => {
  const { store, clock, relay, present, claim } = linksRig()
  await claim(relay({ copy: null }))
  store.state = 'held'
  const answer = present(key('viewer'))
  await clock.settle(5_000)
  store.release()
  expect(await answer).toMatchObject({ role: 'viewer' })
})

test('after a crash between the store and the copy, the next read of the store heals the copy', async () => {
  const { store, relay, present, claim, rotate } = linksRig()
  await claim()
  await rotate(relay({ copy: null }))
  expect(await present(key('editor', 1), relay())).toMatchObject({ epoch: 1 })
  store.state = 'down'
  expect(await present(key('editor'), relay())).toMatchObject({ code: CLOSE.revoked })
})

test('a copy that cannot be written is removed rather than left with old links', async () => {
  const { copy, clock, present, claim, rotate } = linksRig()
  await claim()
  copy.once = { when: 'after', call: 'get', act: () => Promise.reject(new Error('The disk is full.')) }
  expect(await rotate()).toBe(1)
  expect(await copy.get(RECORD)).toBeNull()
  clock.advance(1_000)
  await present(key('editor', 1))
  expect(await copy.get(RECORD)).not.toBeNull()
})

test('a copy that fails keeps nobody out of a board that the store knows', async () => {
  const { copy, relay, present, claim, rotate } = linksRig()
  await claim()
  copy.state = 'down'
  const restarted = relay()
  expect(await present(key('editor'), restarted)).toMatchObject({ epoch: 0 })
  expect(await rotate(restarted)).toBe(1)
  expect(await present(key('editor', 1), restarted)).toMatchObject({ epoch: 1 })
})

test('nobody becomes the owner while the copy, which may know another one, cannot be read', async () => {
  const { store, copy, claim } = linksRig()
  copy.state = 'down'
  await expect(claim()).rejects.toThrow(/cannot be reached/)
  expect(await store.get(RECORD)).toBeNull()
})

test('a read that started before a rotation does not leave its record in the copy', async () => {
  const { copy, relay, present, claim, rotate } = linksRig()
  await claim(relay({ copy: null }))
  const at = relay()
  copy.once = { when: 'before', call: 'put', act: () => rotate(at) }
  await present(key('editor'), at)
  const kept = JSON.parse(Buffer.from((await copy.get(RECORD)) ?? []).toString())
  expect(kept.epoch).toBe(1)
})

test('a board that the copy knows cannot be claimed when the store has lost it: the store gets it back', async () => {
  const { store, copy, relay, present, claim } = linksRig()
  await claim()
  await store.remove([RECORD])
  const restarted = relay()
  expect(await present(newOwnerKey(secureRandom).text, restarted)).toMatchObject({ code: CLOSE.refused })
  expect(await store.get(RECORD)).toEqual(await copy.get(RECORD))
  expect(await claim(restarted)).toMatchObject({ role: 'owner' })
})

test('a damaged copy does not become the record of a board that the store has lost', async () => {
  const { store, copy, claim } = linksRig()
  await copy.put(RECORD, Buffer.from('{"v":1'))
  await expect(claim()).rejects.toThrow(/is damaged, or/)
  expect(await store.get(RECORD)).toBeNull()
})

test.each([
  ['damaged', '{"v":1,"owner":"x"'],
  ['of a newer relay', '{"v":2,"keys":[]}'],
  ['empty', ''],
])('with a record that is %s nobody gets in, and nobody becomes the owner', async (_what, text) => {
  const { store, present, claim, rotate } = linksRig()
  await store.put(RECORD, Buffer.from(text))
  await expect(present(key('viewer'))).rejects.toThrow(/key record of a board .* is damaged, or .* newer/)
  await expect(claim()).rejects.toThrow(/is damaged, or/)
  await expect(rotate()).rejects.toThrow(/is damaged, or/)
  expect(Buffer.from((await store.get(RECORD)) ?? []).toString()).toBe(text)
})

test('strangers with made-up ids neither write anything nor push out what is known', async () => {
  const { store, copy, links, present, claim } = linksRig()
  await claim()
  const [writes, reads] = [store.count('putIfAbsent'), copy.count('put')]
  for (let index = 0; index < 20_000; index += 1) await present(key('editor'), links, newId(secureRandom))
  expect([store.count('putIfAbsent'), copy.count('put')]).toEqual([writes, reads])
  const before = store.count('get')
  await present(key('viewer'))
  expect(store.count('get')).toBe(before)
})

test('a stranger who asks for one unclaimed board again and again costs one read a second', async () => {
  const { store, clock, present } = linksRig()
  for (let index = 0; index < 100; index += 1) await present(key('editor'))
  expect(store.count('get')).toBe(1)
  clock.advance(1_000)
  await present(key('editor'))
  expect(store.count('get')).toBe(2)
})

test('on a disk, the owner and the replaced links are those from before a restart', async () => {
  const folder = await temporaryFolder()
  const before = linksRig(await openDirectoryStore(folder.path))
  await before.claim()
  await before.rotate()
  await before.store.close()
  const { store, present, rotate } = linksRig(await openDirectoryStore(folder.path))
  expect(await present(newOwnerKey(secureRandom).text)).toMatchObject({ code: CLOSE.refused })
  expect(await present(key('editor'))).toMatchObject({ code: CLOSE.revoked })
  expect(await present(key('editor', 1))).toMatchObject({ role: 'editor', epoch: 1 })
  expect(await rotate()).toBe(2)
  await store.close()
  await folder.remove()
})
