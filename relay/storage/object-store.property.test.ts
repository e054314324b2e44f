import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { openDirectoryStore } from './directory-store.ts'
import { memoryStore } from './memory-store.ts'
import type { ObjectStore } from './object-store.ts'
import { openS3Store } from './s3-store.ts'
import { describeS3, ownPrefix } from './testing/s3.ts'

/** Few, so that operations meet; none is a folder of another. */
const KEYS = ['boards/a/keys', 'boards/a/snapshots/1', 'boards/a/snapshots/2', 'boards/a-b/keys', 'other/x']

const key = fc.constantFrom(...KEYS)
const prefix = fc.constantFrom('', 'boards/', 'boards/a', 'boards/a/', 'boards/a/snap', 'other/x', 'none/')
const folder = fc.constantFrom('', 'boards/', 'boards/a/', 'other/')
const content = fc.constantFrom('', 'one', 'two').map(text => Buffer.from(text))

type Operation = (store: ObjectStore) => Promise<unknown>

const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc
    .record({ key, content })
    .map(({ key, content }) => named(`put ${key}`, store => store.put(key, content))),
  fc
    .record({ key, content })
    .map(({ key, content }) => named(`putIfAbsent ${key}`, store => store.putIfAbsent(key, content))),
  fc
    .record({ key, expected: content, content })
    .map(({ key, expected, content }) =>
      named(`replace ${key} ${expected}`, store => store.replace(key, expected, content)),
    ),
  key.map(key => named(`get ${key}`, async store => textOf(await store.get(key)))),
  prefix.map(prefix => named(`list ${prefix}`, store => store.list(prefix))),
  folder.map(folder => named(`folders ${folder}`, store => store.folders(folder))),
  fc.uniqueArray(key, { maxLength: 3 }).map(keys => named(`remove ${keys}`, store => store.remove(keys))),
)

/** What fast-check prints of a failing sequence. */
const named = (name: string, run: Operation): Operation =>
  Object.assign(run, { [fc.toStringMethod]: () => name })

const textOf = (bytes: Uint8Array | null): string | null => bytes && Buffer.from(bytes).toString()

async function expectSameAsMemory(store: ObjectStore, operations: readonly Operation[]): Promise<void> {
  const model = memoryStore()
  for (const run of operations) expect(await run(store)).toEqual(await run(model))
  expect(await store.list('')).toEqual(await model.list(''))
}

describe('any sequence of operations', () => {
  test('gives on a directory what it gives in memory', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 40 }), async operations => {
        const { path, remove } = await temporaryFolder()
        await expectSameAsMemory(await openDirectoryStore(path), operations)
        await remove()
      }),
      { numRuns: 100 },
    )
  })

  describeS3('on S3', server => {
    test('gives what it gives in memory', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 15 }), async operations => {
          const store = openS3Store(ownPrefix(server))
          await expectSameAsMemory(store, operations)
          await store.remove(KEYS)
          await store.close()
        }),
        { numRuns: 12 },
      )
    }, 60_000)
  })
})
