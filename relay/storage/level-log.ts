import { ClassicLevel } from 'classic-level'
import { decodeRecord, encodeRecord, recordKey, sequenceOf } from './level-record.ts'
import { type BoardLog, type LogSize, type OpenedBoard, StorageError, type UpdateLog } from './update-log.ts'

type Database = ClassicLevel<Uint8Array, Uint8Array>

type Operation = { type: 'put'; key: Uint8Array; value: Uint8Array } | { type: 'del'; key: Uint8Array }

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
 * 1. Sequence numbers of a board are contiguous, so a missing record is noticed when the board is opened.
 * 2. When a batch fails, every handle is dead: its numbers are spent but unwritten. LevelDB itself refuses writes after
 *    a failed one, so the database is closed, and opened again for the next board.
 */
export class LevelLog implements UpdateLog {
  readonly #db: Database
  #writes: Write[] = []
  #flushing: Promise<void> | null = null
  /** Counts failed batches: a handle of an earlier life is dead. */
  #life = 0
  #closed = false

  /** Use `openLevelLog`; a test may bring a database of its own. */
  constructor(db: Database) {
    this.#db = db
  }

  async open(board: string): Promise<OpenedBoard> {
    await this.#revive()
    const life = this.#life
    const records: Uint8Array[] = []
    const size: LogSize = { tail: 0, tailBytes: 0, mergedBytes: 0 }
    let first = 0
    let next = 0
    const range = { gte: recordKey(board, 0), lte: recordKey(board, Number.MAX_SAFE_INTEGER) }
    for await (const [key, value] of this.#db.iterator(range)) {
      const sequence = sequenceOf(key)
      if (records.length === 0) first = sequence
      else if (sequence !== next)
        throw new StorageError(`Record ${next} of board ${board} is missing. ${ADVICE}`)
      const { content, merged } = this.#decode(board, sequence, value)
      records.push(content)
      grow(size, content.length, merged)
      next = sequence + 1
    }
    return { records, log: this.#handle(board, life, size, first, next) }
  }

  async close(): Promise<void> {
    this.#closed = true
    while (this.#flushing !== null) await this.#flushing
    await this.#db.close()
  }

  #handle(board: string, life: number, size: LogSize, firstSequence: number, nextSequence: number): BoardLog {
    let first = firstSequence
    let next = nextSequence
    const put = (content: Uint8Array, merged: boolean): Operation => {
      grow(size, content.length, merged)
      next += 1
      return { type: 'put', key: recordKey(board, next - 1), value: encodeRecord({ content, merged }) }
    }
    return {
      size,
      append: record => this.#write(life, [put(record, false)]),
      compact: record => {
        const operations: Operation[] = []
        while (first < next) operations.push({ type: 'del', key: recordKey(board, first++) })
        operations.push(put(record, true))
        return this.#write(life, operations)
      },
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
      try {
        await this.#db.batch(
          batch.flatMap(write => write.operations),
          { sync: true },
        )
        for (const write of batch) write.done()
      } catch (cause) {
        await this.#fail(batch, cause)
      }
    }
    this.#flushing = null
  }

  async #fail(batch: Write[], cause: unknown): Promise<void> {
    const lost = [...batch, ...this.#writes]
    this.#writes = []
    this.#life += 1
    const error = new StorageError(
      `Writing to DATA_DIR failed: ${reasonOf(cause)} Free space or repair the disk.`,
    )
    for (const write of lost) write.failed(error)
    await this.#db.close()
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
  const db: Database = new ClassicLevel(directory, { keyEncoding: 'view', valueEncoding: 'view' })
  await openDatabase(db)
  return new LevelLog(db)
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

function grow(size: LogSize, bytes: number, merged: boolean): void {
  if (merged) Object.assign(size, { tail: 0, tailBytes: 0, mergedBytes: bytes })
  else Object.assign(size, { tail: size.tail + 1, tailBytes: size.tailBytes + bytes })
}
