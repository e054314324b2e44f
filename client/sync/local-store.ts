import type * as Y from 'yjs'
import type { Readable } from './readable.ts'

export type LocalFailure =
  /** The disk, or this site's share of it, is full. */
  | 'quota'
  /** Another tab deleted or upgraded the database, or keeps it from opening. */
  | 'blocked'
  /** A write was undone by the browser. */
  | 'aborted'
  /** The browser gives this page no database, as some private windows do. */
  | 'unavailable'
  /** Something stored could not be read. What could be read is on the board, and nothing was removed. */
  | 'corrupt'

export type LocalState =
  | { readonly at: 'loading' }
  | { readonly at: 'saving' }
  /** Everything in the document is in the database: its last write is confirmed. */
  | { readonly at: 'saved' }
  /** The board works on in memory. `message` is for the person. */
  | { readonly at: 'failed'; readonly reason: LocalFailure; readonly message: string }

/** One board that is kept on this device for as long as it is open. */
export interface StoredBoard extends Readable<LocalState> {
  /** Resolves once the document holds what this device has; also when that failed, since the board opens anyway. */
  readonly loaded: Promise<void>
  /** Stops following the document. Resolves when every write under way has ended. */
  close(): Promise<void>
}

/** Where boards live on this device. */
export interface LocalStore {
  /**
   * Loads the board `name` into `doc`, which must be empty, then writes each update of it before the update event
   * returns, so that closing the tab at once loses nothing.
   */
  open(doc: Y.Doc, name: string): StoredBoard
  /** Removes the board `name` from this device. Tabs that have it open keep it in memory and say so. */
  delete(name: string): Promise<void>
}
