import type { FakeClock } from '../../shared/testing/fake-clock.ts'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import type { Clock } from '../../shared/util/clock.ts'
import { memoryStore } from '../storage/memory-store.ts'
import { objectSnapshots } from '../storage/object-snapshots.ts'
import type { SnapshotStore } from '../storage/snapshot-store.ts'
import { StorageError } from '../storage/update-log.ts'

type Call = 'list' | 'get' | 'put' | 'remove' | 'boards' | 'retain'

/** The relay's own snapshots, in memory. */
export const memorySnapshots = (clock: Clock): SnapshotStore =>
  objectSnapshots(memoryStore(), { clock, random: seededRandom(2), retention: { hourly: 24, daily: 30 } })

/** A store in memory that counts, and can be slow, broken or silent. */
export class WatchedSnapshots implements SnapshotStore {
  readonly memory: SnapshotStore
  readonly calls: { call: Call; board: string }[] = []
  /** ms that each call takes; infinity for calls that never end. */
  delay = 0
  fails: (call: Call, board: string) => boolean = () => false
  /** Calls under way, and the most there ever were. */
  underWay = 0
  most = 0
  readonly #clock: FakeClock

  constructor(clock: FakeClock) {
    this.#clock = clock
    this.memory = memorySnapshots(clock)
  }

  count(call: Call): number {
    return this.calls.filter(made => made.call === call).length
  }

  list(board: string) {
    return this.#do('list', board, () => this.memory.list(board))
  }

  get(board: string, id: string) {
    return this.#do('get', board, () => this.memory.get(board, id))
  }

  put(board: string, state: Uint8Array) {
    return this.#do('put', board, () => this.memory.put(board, state))
  }

  remove(board: string, ids: readonly string[]) {
    return this.#do('remove', board, () => this.memory.remove(board, ids))
  }

  boards() {
    return this.#do('boards', '', () => this.memory.boards())
  }

  retain(board: string, state: Uint8Array) {
    return this.#do('retain', board, () => this.memory.retain(board, state))
  }

  versions(board: string) {
    return this.memory.versions(board)
  }

  version(board: string, id: string) {
    return this.memory.version(board, id)
  }

  async #do<T>(call: Call, board: string, run: () => Promise<T>): Promise<T> {
    this.calls.push({ call, board })
    this.underWay += 1
    this.most = Math.max(this.most, this.underWay)
    try {
      if (this.delay > 0) await this.#pass()
      if (this.fails(call, board)) throw new StorageError('The store cannot be reached.')
      return await run()
    } finally {
      this.underWay -= 1
    }
  }

  #pass(): Promise<void> {
    return new Promise(resolve => {
      if (Number.isFinite(this.delay)) this.#clock.after(this.delay, resolve)
    })
  }
}
