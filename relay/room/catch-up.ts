import { retryDelay } from '../../shared/util/backoff.ts'
import type { RoomParts } from './seams.ts'
import { STORE_RETRY } from './snapshot-schedule.ts'

type CatchUpParts = Pick<RoomParts, 'log' | 'snapshots' | 'clock' | 'random' | 'logger'>

/**
 * Finds the boards that wait for a snapshot when a relay starts: those whose log says so, after a crash or while the store
 * was away, and those that the store does not have, since it is another one than before.
 */
export class CatchUp {
  readonly #parts: CatchUpParts
  readonly #found: (boards: readonly string[]) => void
  #isStopped = false
  #cancel: (() => void) | null = null

  constructor(parts: CatchUpParts, found: (boards: readonly string[]) => void) {
    this.#parts = parts
    this.#found = found
  }

  /** Resolves when the log has been looked through. The store is asked from then on until it answers. Rejects with StorageError. */
  async run(): Promise<void> {
    const boards = await this.#parts.log.boards()
    this.#found(boards.filter(({ isSettled }) => !isSettled).map(({ board }) => board))
    const settled = boards.filter(({ isSettled }) => isSettled).map(({ board }) => board)
    if (settled.length > 0) void this.#findMissing(settled, 0)
  }

  stop(): void {
    this.#isStopped = true
    this.#cancel?.()
  }

  async #findMissing(boards: readonly string[], attempt: number): Promise<void> {
    if (this.#isStopped) return
    const { snapshots, clock, random, logger } = this.#parts
    try {
      const stored = new Set(await snapshots.boards())
      if (!this.#isStopped) this.#found(boards.filter(board => !stored.has(board)))
    } catch (err) {
      if (this.#isStopped) return
      if (attempt === 0) logger.warn({ err }, 'the stored snapshots cannot be listed; trying again')
      const delay = retryDelay(STORE_RETRY, attempt, random)
      this.#cancel = clock.after(delay, () => void this.#findMissing(boards, attempt + 1))
    }
  }
}
