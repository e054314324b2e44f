import { cp, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Config, parseConfig } from './config.ts'
import { openStores, type Stores } from './stores.ts'
import { type TemporaryFolder, temporaryFolder } from './testing/temporary-folder.ts'

const KEY = 'boards/a-board-of-mine-1/keys'
const RECORD = Buffer.from('who owns it')

let folder: TemporaryFolder
beforeEach(async () => {
  folder = await temporaryFolder()
})
afterEach(() => folder.remove())

const settings = (more: Record<string, string> = {}): Config =>
  parseConfig({ DATA_DIR: folder.path, ...more })

const BUCKET = { S3_BUCKET: 'boards', S3_REGION: 'eu-north-1', S3_PREFIX: 'driftboard' }

async function using<T>(config: Config, work: (stores: Stores) => Promise<T>): Promise<T> {
  const stores = await openStores(config)
  try {
    return await work(stores)
  } finally {
    await stores.close()
  }
}

test('a relay with boards in DATA_DIR does not change to a bucket that lacks their owners, and says how it can', async () => {
  await using(settings(), ({ objects }) => objects.put(KEY, RECORD))
  await expect(openStores(settings(BUCKET))).rejects.toThrow(
    /^S3_BUCKET: .*aws s3 sync \S+objects s3:\/\/boards\/driftboard --exclude/,
  )
  await rename(join(folder.path, 'objects'), join(folder.path, 'copied'))
  await using(settings(BUCKET), async () => undefined)
})

test('nor back to DATA_DIR, until the owners were copied there', async () => {
  await using(settings(BUCKET), async ({ keyCopy }) => keyCopy?.put(KEY, RECORD))
  await expect(openStores(settings())).rejects.toThrow(
    /^S3_BUCKET: is not set, but .* was used with a bucket/,
  )
  await cp(join(folder.path, 'keys'), join(folder.path, 'objects'), { recursive: true })
  await rename(join(folder.path, 'keys'), join(folder.path, 'copied'))
  expect(await using(settings(), ({ objects }) => objects.get(KEY))).toEqual(new Uint8Array(RECORD))
})

test('a relay that has no boards yet may be given a bucket, or lose it', async () => {
  await using(settings(), async () => undefined)
  await using(settings(BUCKET), async () => undefined)
  await using(settings(), async () => undefined)
})
