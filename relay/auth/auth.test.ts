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
  expect(await openAuthorizer.authorize({ board: 'a-board-of-mine-1', token: null })).toEqual({
    role: 'editor',
  })
})

test('a mesh password stays the same over a restart and differs between boards', async () => {
  const before = await loadMeshPassword(directory, secureRandom)
  const after = await loadMeshPassword(directory, secureRandom)
  expect(after('board-one')).toBe(before('board-one'))
  expect(before('board-one')).not.toBe(before('board-two'))
})

test('two relays with keys of their own give different passwords for one board', async () => {
  const one = await loadMeshPassword(directory, seededRandom(1))
  await rm(join(directory, 'mesh.key'))
  const other = await loadMeshPassword(directory, seededRandom(2))
  expect(one('board-one')).not.toBe(other('board-one'))
})

test('only the owner can read the key', async () => {
  await loadMeshPassword(directory, secureRandom)
  expect((await stat(join(directory, 'mesh.key'))).mode & 0o077).toBe(0)
})

test('a key file of the wrong length is refused with what to do', async () => {
  await writeFile(join(directory, 'mesh.key'), 'short')
  await expect(loadMeshPassword(directory, secureRandom)).rejects.toThrow(/5 bytes instead of 32. Delete it/)
})
