import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { secureRandom } from '../../shared/util/random.ts'
import { loadMeshPassword } from './mesh-key.ts'
import { openAuthorizer } from './open.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'driftboard-auth-'))
})
afterEach(() => rm(directory, { recursive: true }))

test('the open authorizer lets everybody who knows the board edit it', async () => {
  expect(await openAuthorizer.authorize({ board: 'a-board-of-mine-1', credential: null })).toEqual({
    role: 'editor',
    epoch: null,
    expiresAt: null,
  })
  expect(openAuthorizer.rotate).toBeNull()
})

test('a mesh password stays the same over a restart and differs between boards', async () => {
  const before = await loadMeshPassword(directory, secureRandom)
  const after = await loadMeshPassword(directory, secureRandom)
  expect(after('board-one', 0)).toBe(before('board-one', 0))
  expect(before('board-one', 0)).not.toBe(before('board-two', 0))
})

test('a mesh password changes when the owner replaces the links, and where boards have no keys it is another still', async () => {
  const password = await loadMeshPassword(directory, secureRandom)
  const passwords = [null, 0, 1, 2].map(epoch => password('board-one', epoch))
  expect(new Set(passwords).size).toBe(4)
})

test('two relays with keys of their own give different passwords for one board', async () => {
  const one = await loadMeshPassword(directory, seededRandom(1))
  await rm(join(directory, 'mesh.key'))
  const other = await loadMeshPassword(directory, seededRandom(2))
  expect(one('board-one', 0)).not.toBe(other('board-one', 0))
})

test('only the owner can read the key', async () => {
  await loadMeshPassword(directory, secureRandom)
  expect((await stat(join(directory, 'mesh.key'))).mode & 0o077).toBe(0)
})

test('a key file of the wrong length is refused with what to do', async () => {
  await writeFile(join(directory, 'mesh.key'), 'short')
  await expect(loadMeshPassword(directory, secureRandom)).rejects.toThrow(/5 bytes instead of 32. Delete it/)
})
