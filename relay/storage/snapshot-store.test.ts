import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { openDirectoryStore } from './directory-store.ts'
import { memoryStore } from './memory-store.ts'
import { objectSnapshots } from './object-snapshots.ts'
import type { ObjectStore } from './object-store.ts'
import { openS3Store } from './s3-store.ts'
import { snapshotStoreContract } from './snapshot-store.contract.ts'
import { describeS3, ownPrefix } from './testing/s3.ts'
import { snapshotAs, storedNumbers } from './testing/snapshot-writer.ts'

snapshotStoreContract('a directory', async () => {
  const { path, remove } = await temporaryFolder()
  return { store: await openDirectoryStore(path), remove }
})

describeS3('with a real server', server => {
  snapshotStoreContract('S3', async () => {
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

test('however the steps of three writers mix, nothing is lost at any moment', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async scheduler => {
      const store = memoryStore()
      const parts = { clock: fakeClock(), random: seededRandom(1), retention: { hourly: 1, daily: 1 } }
      const snapshots = objectSnapshots(store, parts)
      const done = new Set<number>()
      const nothingIsLost = async (): Promise<void> => {
        const stored = await storedNumbers(snapshots, 'board')
        expect([...done].filter(number => !stored.has(number))).toEqual([])
      }
      const mixed = objectSnapshots(scheduled(store, scheduler, nothingIsLost), parts)
      const writer = async (first: number): Promise<void> => {
        for (const number of [first, first + 1]) {
          await snapshotAs(mixed, 'board', number)
          done.add(number)
        }
      }
      await scheduler.waitFor(Promise.all([writer(10), writer(20), writer(30)]))
    }),
    { numRuns: 300 },
  )
})

/** The store, each call of which waits until the scheduler lets it happen; then `check` looks. */
function scheduled(store: ObjectStore, scheduler: fc.Scheduler, check: () => Promise<void>): ObjectStore {
  const when =
    <A extends unknown[], R>(name: string, act: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      await scheduler.schedule(Promise.resolve(), name)
      const result = await act(...given)
      await check()
      return result
    }
  return {
    ...store,
    list: when('list', store.list),
    get: when('get', store.get),
    put: when('put', store.put),
    remove: when('remove', store.remove),
  }
}
