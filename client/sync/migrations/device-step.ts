import type { Clock } from '../../../shared/util/clock.ts'
import type { StorageFailure } from '../indexeddb-failure.ts'
import type { LocalStore } from '../local-store.ts'

export interface MigrationOptions {
  /** Undefined where the browser has none: then there is nothing to move. */
  readonly indexedDB: IDBFactory | undefined
  /** Where what is found goes. */
  readonly store: LocalStore
  readonly clock: Clock
  readonly onProgress?: (progress: Progress) => void
}

export interface Progress {
  readonly done: number
  readonly total: number
}

/** What could not be moved, or not in whole; it stays where it was, and is tried again at the next start. */
export interface LeftBehind {
  readonly name: string
  readonly failure: StorageFailure
}

/** Moves what one version of the local database kept into the form of the next. Any number of times, and after any crash. */
export interface DeviceStep {
  readonly to: number
  run(options: MigrationOptions): Promise<readonly LeftBehind[]>
}
