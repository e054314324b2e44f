/**
 * The snapshots of boards: whole documents in Yjs's V2 encoding. Merged, all snapshots of a board are all that was ever
 * snapshotted of it. Usually there is one; two relays that snapshot at once leave two, and the next merges them.
 * Rejects with StorageError, in words for the operator.
 */
export interface SnapshotStore {
  /** The ids of the current snapshots, none for a board that has none. */
  list(board: string): Promise<string[]>
  /** Null when it was removed meanwhile: whoever did had merged it into another, so list again. */
  get(board: string, id: string): Promise<Uint8Array | null>
  /** Resolves to the new snapshot's id when it is durable. */
  put(board: string, state: Uint8Array): Promise<string>
  /** To be called only with snapshots that a later one, already put, has merged. */
  remove(board: string, ids: readonly string[]): Promise<void>
  /** Every board of which anything is stored; one that has only images or keys has no snapshots. */
  boards(): Promise<string[]>
  /** Keeps the state as a version where the retention wants one now, and drops those it no longer wants. */
  retain(board: string, state: Uint8Array): Promise<void>
  /** The latest first. */
  versions(board: string): Promise<Version[]>
  /** The document in V2 encoding; null when there is no such version. */
  version(board: string, id: string): Promise<Uint8Array | null>
}

export interface Version {
  readonly id: string
  /** ms since the epoch. */
  readonly at: number
  readonly bytes: number
}
