import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { assetStoreContract } from './asset-store.contract.ts'
import { openDirectoryStore } from './directory-store.ts'
import { memoryStore } from './memory-store.ts'
import { objectAssets } from './object-assets.ts'
import { openS3Store } from './s3-store.ts'
import { pngOf } from './testing/images.ts'
import { describeS3, ownPrefix } from './testing/s3.ts'
import { StorageError } from './update-log.ts'

const MIB = 1024 * 1024

assetStoreContract('a directory', async () => {
  const { path, remove } = await temporaryFolder()
  return { store: await openDirectoryStore(path), remove }
})

describeS3('with a real server', server => {
  assetStoreContract('S3', async () => {
    const store = openS3Store(ownPrefix(server))
    return {
      store,
      remove: async () => {
        await store.remove((await store.list('')).map(({ key }) => key))
        await store.close()
      },
    }
  })
})

test('uploads of many boards that come slowly do not fill the memory, and are let in again when they are done', async () => {
  const assets = objectAssets(memoryStore(), { assetBytes: 64 * MIB, boardBytes: 64 * MIB })
  const content = pngOf(50 * MIB)
  const hash = createHash('sha256').update(content).digest('hex')
  let finish: () => void = () => undefined
  const finished = new Promise<void>(resolve => {
    finish = resolve
  })
  let waiting = 0
  async function* slowly(): AsyncIterable<Uint8Array> {
    yield content
    waiting += 1
    await finished
  }
  const put = (at: number) => assets.put(`board-${at}`, hash, 'image/png', slowly())
  const slow = [1, 2, 3, 4, 5].map(put)
  await expect(put(6)).rejects.toThrow(StorageError)
  expect(waiting).toBe(5)
  finish()
  expect((await Promise.all(slow)).every(({ at }) => at === 'stored')).toBe(true)
  expect(await put(6)).toMatchObject({ at: 'stored' })
})

test('a store that fails lets the share of the upload go', async () => {
  const store = memoryStore()
  let isFull = true
  const failing = {
    ...store,
    put: (key: string, bytes: Uint8Array) =>
      isFull ? Promise.reject(new StorageError('The disk is full.')) : store.put(key, bytes),
  }
  const assets = objectAssets(failing, { assetBytes: 1_000, boardBytes: 1_000 })
  const content = pngOf(1_000)
  async function* whole(): AsyncIterable<Uint8Array> {
    yield content
  }
  const hash = createHash('sha256').update(content).digest('hex')
  await expect(assets.put('board', hash, 'image/png', whole())).rejects.toThrow('The disk is full.')
  isFull = false
  expect(await assets.put('board', hash, 'image/png', whole())).toMatchObject({ at: 'stored' })
})
