import * as Y from 'yjs'
import { Cell } from '../../shared/util/readable.ts'
import { LOADED } from './local-store.ts'

/** What boards held that could not be stored when they were closed: it is there again when they are opened in this tab. */
export class UnsavedStates {
  /** How many boards there are. */
  readonly count = new Cell(0)
  readonly #states = new Map<string, Uint8Array>()

  /** Keeps all that the document holds, what it still waits for others to complete included. */
  keep(name: string, doc: Y.Doc): void {
    const held = this.#states.get(name)
    const state = Y.encodeStateAsUpdateV2(doc)
    this.#set(name, held ? Y.mergeUpdatesV2([held, state]) : state)
  }

  /** Brings what was kept into the document. Returns it, to be forgotten once that is stored; null for nothing. */
  bring(name: string, doc: Y.Doc): Uint8Array | null {
    const state = this.#states.get(name) ?? null
    if (state) Y.applyUpdateV2(doc, state, LOADED)
    return state
  }

  /** Forgets what `bring` returned, unless more was kept since. */
  forget(name: string, state: Uint8Array): void {
    if (this.#states.get(name) === state) this.drop(name)
  }

  drop(name: string): void {
    this.#states.delete(name)
    this.count.set(this.#states.size)
  }

  #set(name: string, state: Uint8Array): void {
    this.#states.set(name, state)
    this.count.set(this.#states.size)
  }
}
