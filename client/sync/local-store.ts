import type * as Y from 'yjs'
import type { Readable } from '../../shared/util/readable.ts'

export type LocalFailure =
  /** The disk, or this site's share of it, is full. */
  | 'quota'
  /** Another tab deleted or upgraded the database, or keeps it from opening. */
  | 'blocked'
  /** The browser undid a write, or its storage failed, as on a full disk. */
  | 'aborted'
  /** The browser gives this page no database, as some private windows do. */
  | 'unavailable'
  /** Something stored could not be read. What could be read is on the board, and nothing was removed. */
  | 'corrupt'
  /** The browser, or the person, deleted what this site had stored. The board is stored anew from this tab. */
  | 'evicted'
  /** A newer version of the app has changed this device's database. */
  | 'newer'

export type LocalState =
  | { readonly at: 'loading' }
  | { readonly at: 'saving' }
  /** Everything in the document is in the database: its last write is confirmed. */
  | { readonly at: 'saved' }
  /** The board works on in memory. `message` is for the person. */
  | { readonly at: 'failed'; readonly reason: LocalFailure; readonly message: string }

/** The origin of the one transaction that brings what this device has into a document. */
export const LOADED = Symbol('loaded from this device')

/** One board that is kept on this device for as long as it is open. */
export interface StoredBoard extends Readable<LocalState> {
  /** Resolves once the document holds what this device has; also when that failed, since the board opens anyway. */
  readonly loaded: Promise<void>
  /**
   * Stops following the document. Resolves when every write under way has ended; `state` tells whether all is saved. What is
   * not is lost, or 'kept' in memory until the board is opened again in this tab.
   */
  close(unsaved?: 'kept' | 'lost'): Promise<void>
}

/**
 * What belongs to a board and is not in its document, such as images: each a name and bytes, sealed on the way in. Needs
 * no open board. All promises reject with a StorageFailure.
 */
export interface BoardFiles {
  /** Resolves once the write has completed. Replaces what was there. */
  put(name: string, bytes: Uint8Array): Promise<void>
  get(name: string): Promise<Uint8Array<ArrayBuffer> | null>
  delete(name: string): Promise<void>
  /** The names of all, in no order. */
  names(): Promise<readonly string[]>
}

/** Where boards live on this device. */
export interface LocalStore {
  /**
   * Loads the board `name` into `doc`, which must be empty, then writes each update of it before the update event
   * returns, so that closing the tab at once loses nothing.
   */
  open(doc: Y.Doc, name: string): StoredBoard
  files(name: string): BoardFiles
  /** Bytes that the board and its files take on this device; 0 for one that is not there. */
  usage(name: string): Promise<number>
  /** Removes the board `name` from this device. Tabs that have it open keep it in memory and say so. */
  delete(name: string): Promise<void>
  /**
   * One small value for each board, such as its picture in a list: read all at once, without opening any board. It goes
   * with the board.
   */
  readonly previews: PreviewTable
  /** How many closed boards were 'kept', since they could not be stored: this tab alone has them. */
  readonly unsaved: Readable<number>
}

export interface PreviewTable {
  put(board: string, bytes: Uint8Array): Promise<void>
  all(): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>>
}
