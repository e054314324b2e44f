import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { fakeClock } from '../shared/testing/fake-clock.ts'
import { Notices } from './app/model/notices.ts'
import { Library } from './board/library.ts'
import { purgeRemoved, removeBoard } from './removed-boards.ts'
import { StorageFailure } from './sync/indexeddb-failure.ts'
import { memoryStore } from './sync/sealed-store.ts'

const A = 'aaaaaaaaaaaaaaaaaaaaaa'
const B = 'bbbbbbbbbbbbbbbbbbbbbb'

/** One lock as browsers have it: shared by many, or held by one, which gives up waiting when its signal says so. */
class Locks implements Pick<LockManager, 'request'> {
  readonly #shares = new Set<Promise<unknown>>()

  request = async (_: string, options: unknown, granted?: unknown): Promise<never> => {
    const { mode, signal } = options as LockOptions
    const held = granted as () => Promise<never>
    if (mode !== 'shared') {
      await Promise.race([
        Promise.all(this.#shares),
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
      ])
      return held()
    }
    const share = held()
    this.#shares.add(share)
    return share.finally(() => this.#shares.delete(share))
  }
}

function device() {
  const library = new Library(new Y.Doc())
  for (const id of [A, B]) library.opened(id, 1)
  const deleted: string[] = []
  const base = memoryStore(new StorageFailure('unavailable'))
  const store = { ...base, delete: async (id: string) => void deleted.push(id) }
  const clock = fakeClock()
  return { library, store, deleted, clock, notices: new Notices(clock) }
}

test('a removed board is deleted at a start, but not while another tab may bring it back', async () => {
  const parts = device()
  const locks = new Locks()
  const letGo = removeBoard(parts, A, locks)
  const purging = purgeRemoved(parts, locks)
  parts.clock.advance(1_000)
  await purging
  expect(parts.deleted).toEqual([])
  letGo()
  await purgeRemoved(parts, locks)
  expect([parts.deleted, parts.library.removed]).toEqual([[A], []])
  removeBoard(parts, B, undefined)
  await purgeRemoved(parts, undefined)
  expect(parts.deleted).toEqual([A, B])
})

test('a board that is opened while it is being deleted stays on the list, with its keys', async () => {
  const parts = device()
  removeBoard(parts, A, undefined)()
  const reopened = { ...parts.store, delete: async (id: string) => parts.library.opened(id, 2) }
  await purgeRemoved({ ...parts, store: reopened }, undefined)
  expect(parts.library.entries.map(({ id }) => id)).toEqual([A, B])
})
