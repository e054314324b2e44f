import type { Clock } from '../../shared/util/clock.ts'
import type { BoardLog, LoggedBoard, LogSize, OpenedBoard, UpdateLog } from './update-log.ts'

interface Stored {
  records: Uint8Array[]
  /** Whether the first record is the work of a compaction. */
  merged: boolean
  isSettled: boolean
}

/**
 * A log in memory: for tests and simulations. It outlives the relay that writes to it, as a disk would: `crash()`
 * forgets what is not durable yet and keeps the rest for the next relay.
 */
export class MemoryLog implements UpdateLog {
  readonly #boards = new Map<string, Stored>()
  readonly #clock: Clock
  readonly #writeDelay: number
  #life = {}

  /** @param writeDelay ms from an append to its being durable. */
  constructor(clock: Clock, writeDelay = 1) {
    this.#clock = clock
    this.#writeDelay = writeDelay
  }

  async open(board: string): Promise<OpenedBoard> {
    const stored = this.#stored(board)
    const size = sizeOf(stored)
    let isSettled = stored.isSettled
    const replaceAll = (record: Uint8Array): Promise<void> => {
      const kept = record.slice()
      const settled = isSettled
      Object.assign(size, { tail: 0, tailBytes: 0, mergedBytes: kept.length })
      return this.#later(() => Object.assign(stored, { records: [kept], merged: true, isSettled: settled }))
    }
    const log: BoardLog = {
      size,
      get isSettled() {
        return isSettled
      },
      append: record => {
        const kept = record.slice()
        isSettled = false
        size.tail += 1
        size.tailBytes += kept.length
        return this.#later(() => {
          stored.records.push(kept)
          stored.isSettled = false
        })
      },
      compact: replaceAll,
      settle: record => {
        isSettled = true
        return replaceAll(record)
      },
    }
    return { log, records: stored.records.map(record => record.slice()) }
  }

  async boards(): Promise<LoggedBoard[]> {
    return [...this.#boards]
      .filter(([, { records }]) => records.length > 0)
      .map(([board, { isSettled }]) => ({ board, isSettled }))
  }

  async probe(): Promise<void> {}

  /** The process dies: writes under way never become durable and never resolve. */
  crash(): void {
    this.#life = {}
  }

  async close(): Promise<void> {
    await this.#later(() => undefined)
  }

  /** Runs in order, since equal delays of one clock do. */
  #later(write: () => void): Promise<void> {
    const life = this.#life
    return new Promise(resolve => {
      this.#clock.after(this.#writeDelay, () => {
        if (life !== this.#life) return
        write()
        resolve()
      })
    })
  }

  #stored(board: string): Stored {
    const known = this.#boards.get(board)
    if (known) return known
    const fresh: Stored = { records: [], merged: false, isSettled: true }
    this.#boards.set(board, fresh)
    return fresh
  }
}

function sizeOf({ records, merged }: Stored): LogSize {
  const bytes = records.reduce((sum, record) => sum + record.length, 0)
  const mergedBytes = merged ? (records[0]?.length ?? 0) : 0
  return { tail: records.length - (merged ? 1 : 0), tailBytes: bytes - mergedBytes, mergedBytes }
}
