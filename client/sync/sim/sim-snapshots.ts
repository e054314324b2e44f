import * as Y from 'yjs'
import { memoryStore } from '../../../relay/storage/memory-store.ts'
import { objectSnapshots } from '../../../relay/storage/object-snapshots.ts'
import type { SnapshotStore } from '../../../relay/storage/snapshot-store.ts'
import { StorageError } from '../../../relay/storage/update-log.ts'
import type { Clock } from '../../../shared/util/clock.ts'
import type { Random } from '../../../shared/util/random.ts'

/** ms that a call takes to the store, and its answer back, at most. */
const LATENCY = 60

/** Calls that are refused. */
const FAILURES = 0.1

const RETENTION = { hourly: 2, daily: 2 }

/** The relay's own snapshots on a store that is elsewhere: it outlives every relay, answers late, and now and then not at all. */
export class SimSnapshots {
  /** All that was ever stored. */
  readonly stored = new Y.Doc()
  readonly #inner: SnapshotStore
  readonly #clock: Clock
  readonly #random: Random

  constructor(clock: Clock, random: Random) {
    this.#clock = clock
    this.#random = random
    this.#inner = objectSnapshots(memoryStore(), { clock, random, retention: RETENTION })
  }

  /** The store as one relay has it. A call that is on its way arrives though its relay died; the answer goes nowhere. */
  store(isAlive: () => boolean): SnapshotStore {
    const call = <T>(run: () => Promise<T>): Promise<T> => this.#call(isAlive, run)
    return {
      list: board => call(() => this.#inner.list(board)),
      get: (board, id) => call(() => this.#inner.get(board, id)),
      put: (board, state) =>
        call(async () => {
          const id = await this.#inner.put(board, state)
          Y.applyUpdateV2(this.stored, state)
          return id
        }),
      remove: (board, ids) => call(() => this.#inner.remove(board, ids)),
      boards: () => call(() => this.#inner.boards()),
      retain: (board, state) => call(() => this.#inner.retain(board, state)),
      versions: board => call(() => this.#inner.versions(board)),
      version: (board, id) => call(() => this.#inner.version(board, id)),
    }
  }

  #call<T>(isAlive: () => boolean, run: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const answer = (say: () => void) => this.#later(() => isAlive() && say())
      this.#later(() => {
        if (this.#random.next() < FAILURES) answer(() => reject(new StorageError('The store is away.')))
        else void run().then(result => answer(() => resolve(result)))
      })
    })
  }

  #later(task: () => void): void {
    this.#clock.after(this.#random.next() * LATENCY, task)
  }
}
