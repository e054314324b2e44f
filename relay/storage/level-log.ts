import { setTimeout } from 'node:timers/promises'
import { ClassicLevel } from 'classic-level'
import { entryOf, entryPut, listEntries, PROBE_PUT } from './level-index.ts'
import { decodeRecord, encodeRecord, recordKey, sequenceOf } from './level-record.ts'
import { keepDamaged } from './log-damage.ts'
import {
  type BoardLog,
  type LoggedBoard,
  type LogSize,
  type OpenedBoard,
  StorageError,
  type UpdateLog,
} from './update-log.ts'

/**
 * ms from one batch to the next at the least, while several boards write: each costs an fsync and a hop to another thread. Who
 * writes alone does not wait.
 */
const GATHER = 10

type Database = ClassicLevel<Uint8Array, Uint8Array>

type Operation = { type: 'put'; key: Uint8Array; value: Uint8Array } | { type: 'del'; key: Uint8Array }

/** What of a board is stored when a handle is made. */
interface Opened {
  board: string
  life: number
  size: LogSize
  /** Sequence number of the first record. */
  first: number
  /** Sequence number of the next record. */
  next: number
  /** Null when the board has no entry in the index. */
  isSettled: boolean | null
}

interface Write {
  operations: Operation[]
  done: () => void
  failed: (error: StorageError) => void
}

const ADVICE =
  'Every other board is unharmed. Restore DATA_DIR from a backup, or let somebody who has the board on their device copy it into a new one.'

/**
 * The embedded log, on LevelDB. Group commit: while one synced batch is being written, the writes of all boards
 * gather for the next, so that an fsync is shared by everybody who waits for one.
 *
 * 1. Sequence numbers of a board are contiguous from 0, or from a merged record, which holds all before it; so a missing
 *    record is noticed when the board is opened.
 * 2. The index says of each board whether it is settled; it changes in the same batch as the records do.
 * 3. When a batch fails, every handle is dead: its numbers are spent but unwritten. LevelDB itself refuses writes after
 *    a failed one, so the database is closed, and opened again for the next board.
 */
export class LevelLog implements UpdateLog {
  /** What an operator must know, in words, of what was found when it was opened. */
  readonly warnings: readonly string[]
  readonly #db: Database
  #writes: Write[] = []
  #flushing: Promise<void> | null = null
  /** Counts failed batches: a handle of an earlier life is dead. */
  #life = 0
  #closed = false

  /** Use `openLevelLog`; a test may bring a database of its own. */
  constructor(db: Database, warnings: readonly string[] = []) {
    this.#db = db
    this.warnings = warnings
  }

  async open(board: string): Promise<OpenedBoard> {
    await this.#revive()
    const life = this.#life
    const records: Uint8Array[] = []
    const size: LogSize = { tail: 0, tailBytes: 0, mergedBytes: 0 }
    let first: number | null = null
    let next = 0
    let missing: number | null = null
    for await (const [key, value] of this.#db.iterator(recordsOf(board))) {
      const sequence = sequenceOf(key)
      const { content, merged } = this.#decode(board, sequence, value)
      if (merged) {
        records.length = 0
        missing = null
      } else if (sequence !== next) missing ??= next
      first ??= sequence
      records.push(content)
      grow(size, content.length, merged)
      next = sequence + 1
    }
    if (missing !== null) throw new StorageError(`Record ${missing} of board ${board} is missing. ${ADVICE}`)
    const isSettled = await entryOf(this.#db, board)
    return { records, log: this.#handle({ board, life, size, first: first ?? 0, next, isSettled }) }
  }

  async boards(): Promise<LoggedBoard[]> {
    await this.#revive()
    return listEntries(this.#db)
  }

  async probe(): Promise<void> {
    await this.#revive()
    await this.#write(this.#life, [PROBE_PUT])
  }

  async close(): Promise<void> {
    this.#closed = true
    while (this.#flushing !== null) await this.#flushing
    await this.#db.close()
  }

  #handle({ board, life, size, first, next, isSettled }: Opened): BoardLog {
    const put = (content: Uint8Array, merged: boolean): Operation => {
      grow(size, content.length, merged)
      next += 1
      return { type: 'put', key: recordKey(board, next - 1), value: encodeRecord({ content, merged }) }
    }
    const replaceAll = (record: Uint8Array): Operation[] => {
      const operations: Operation[] = []
      while (first < next) operations.push({ type: 'del', key: recordKey(board, first++) })
      operations.push(put(record, true))
      return operations
    }
    const mark = (settled: boolean): Operation[] => {
      if (isSettled === settled) return []
      isSettled = settled
      return [entryPut(board, settled)]
    }
    return {
      size,
      get isSettled() {
        return isSettled ?? next === 0
      },
      append: record => this.#write(life, [put(record, false), ...mark(false)]),
      compact: record => this.#write(life, [...replaceAll(record), ...mark(isSettled ?? false)]),
      settle: record => this.#write(life, [...replaceAll(record), ...mark(true)]),
    }
  }

  #write(life: number, operations: Operation[]): Promise<void> {
    if (this.#closed) return Promise.reject(new StorageError('The log is closed.'))
    if (life !== this.#life) return Promise.reject(new StorageError('An earlier write of this board failed.'))
    return new Promise((done, failed) => {
      this.#writes.push({ operations, done, failed })
      this.#flushing ??= this.#flush()
    })
  }

  async #flush(): Promise<void> {
    while (this.#writes.length > 0) {
      const batch = this.#writes
      this.#writes = []
      const begun = performance.now()
      try {
        await this.#put(batch)
        for (const write of batch) write.done()
      } catch (cause) {
        await this.#fail(batch, cause)
      }
      const rest = begun + GATHER - performance.now()
      if (batch.length > 1 && rest > 0 && !this.#closed) await setTimeout(rest)
    }
    this.#flushing = null
  }

  /** In a chained batch, which costs a fifth of what an array of operations does. */
  #put(writes: readonly Write[]): Promise<void> {
    const batch = this.#db.batch()
    for (const { operations } of writes) {
      for (const operation of operations) {
        if (operation.type === 'put') batch.put(operation.key, operation.value)
        else batch.del(operation.key)
      }
    }
    return batch.write({ sync: true })
  }

  async #fail(batch: Write[], cause: unknown): Promise<void> {
    const lost = [...batch, ...this.#writes]
    this.#writes = []
    this.#life += 1
    const error = new StorageError(
      `DATA_DIR: the log cannot be written (${reasonOf(cause)}). Free space or repair the disk.`,
    )
    for (const write of lost) write.failed(error)
    // A database that cannot even be closed stays open: the next write fails, and it is tried again.
    await this.#db.close().catch(() => undefined)
  }

  /** Opens the database again after a failure closed it. */
  async #revive(): Promise<void> {
    if (this.#closed) throw new StorageError('The log is closed.')
    while (this.#flushing !== null && this.#db.status !== 'open') await this.#flushing
    if (this.#db.status !== 'open') await openDatabase(this.#db)
  }

  #decode(board: string, sequence: number, value: Uint8Array) {
    try {
      return decodeRecord(value, `Record ${sequence} of board ${board}`)
    } catch (error) {
      throw new StorageError(`${reasonOf(error)} ${ADVICE}`)
    }
  }
}

/** Opens, and makes when it is new, the log in `directory`. Rejects with StorageError in words for the operator. */
export async function openLevelLog(directory: string): Promise<LevelLog> {
  const warnings = await keepDamaged(directory)
  // It opens itself in the next tick.
  const db: Database = new ClassicLevel(directory, { keyEncoding: 'view', valueEncoding: 'view' })
  await openDatabase(db)
  return new LevelLog(db, warnings)
}

async function openDatabase(db: Database): Promise<void> {
  try {
    await db.open()
  } catch (error) {
    throw new StorageError(whyNotOpen(db.location, error))
  }
}

/** LevelDB's reason is the cause of a general "not open". */
function whyNotOpen(directory: string, error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'LEVEL_LOCKED') {
    return `DATA_DIR: ${directory} is in use by another relay. Stop that one, or give this one a DATA_DIR of its own.`
  }
  if (reasonOf(cause).includes('No space left')) {
    return `DATA_DIR: the disk of ${directory} is full (${reasonOf(cause)}). Free some space; what was acknowledged is still there.`
  }
  if (code === 'LEVEL_CORRUPTION' || code === 'LEVEL_IO_ERROR') {
    return `DATA_DIR: the log in ${directory} is damaged or cannot be read (${reasonOf(cause)}). Check the owner of its files; if they are right, restore the directory from a backup.`
  }
  return `DATA_DIR: ${directory} cannot be written (${reasonOf(cause)}). Set DATA_DIR to a directory that this user may write to.`
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const recordsOf = (board: string) => ({
  gte: recordKey(board, 0),
  lte: recordKey(board, Number.MAX_SAFE_INTEGER),
})

function grow(size: LogSize, bytes: number, merged: boolean): void {
  if (merged) Object.assign(size, { tail: 0, tailBytes: 0, mergedBytes: bytes })
  else Object.assign(size, { tail: size.tail + 1, tailBytes: size.tailBytes + bytes })
}
