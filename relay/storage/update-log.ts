/**
 * Where accepted changes become durable. A log keeps, for each board, an ordered list of records that it does
 * not interpret.
 */
export interface UpdateLog {
  /**
   * Opens one board with every record that it holds, oldest first; a board that was never written has none.
   * Rejects with StorageError when a record is damaged or missing. Have one handle of a board in use at a time.
   */
  open(board: string): Promise<OpenedBoard>
  /** Every board that holds a record, without reading any. */
  boards(): Promise<LoggedBoard[]>
  /** Resolves when something small is on disk, of no board. Rejects with StorageError when nothing can be written. */
  probe(): Promise<void>
  /** Waits for what was appended, then lets go of the storage. */
  close(): Promise<void>
}

export interface LoggedBoard {
  readonly board: string
  /** See `BoardLog.isSettled`. */
  readonly isSettled: boolean
}

export interface OpenedBoard {
  records: Uint8Array[]
  log: BoardLog
}

export interface BoardLog {
  /**
   * Resolves when the record is on disk. Appends of one handle become durable, and resolve, in their order. After
   * one has rejected all later ones do: open the board again.
   */
  append(record: Uint8Array): Promise<void>
  /** Puts one record in the place of all that were appended before this call, those still under way included. */
  compact(record: Uint8Array): Promise<void>
  /** As `compact`; from then on the board is settled, until the next append. */
  settle(record: Uint8Array): Promise<void>
  /** Whether nothing was appended since the last `settle`, or ever; what is under way counts. */
  readonly isSettled: boolean
  /** What the board holds, appends under way included. */
  readonly size: Readonly<LogSize>
}

export interface LogSize {
  /** Records since the last compaction. */
  tail: number
  /** Bytes of those. */
  tailBytes: number
  /** Bytes of the record that the last compaction wrote, 0 before the first. */
  mergedBytes: number
}

/** Storage that cannot be used, in words for the operator. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
}
