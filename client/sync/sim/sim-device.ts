import * as Y from 'yjs'
import type { Clock } from '../../../shared/util/clock.ts'
import { type Random, randomInt } from '../../../shared/util/random.ts'
import { Cell, sameFlat } from '../../../shared/util/readable.ts'
import {
  type BoardFiles,
  LOADED,
  type LocalState,
  type LocalStore,
  type PreviewTable,
  type StoredBoard,
} from '../local-store.ts'

interface Write {
  readonly name: string
  readonly update: Uint8Array
  readonly done: () => void
}

/** ms from a write to its confirmation, as IndexedDB takes in a browser that is busy. */
const WRITE_DELAY = 12

/**
 * The storage of one device. Writes are confirmed in order, after a delay. A crash keeps what was confirmed and, of what
 * was under way, as much as chance will have.
 */
export class SimDevice implements LocalStore {
  readonly unsaved = new Cell(0)
  readonly #clock: Clock
  readonly #random: Random
  readonly #disk = new Map<string, Uint8Array[]>()
  readonly #files = new Map<string, Map<string, Uint8Array<ArrayBuffer>>>()
  readonly #previews = new Map<string, Uint8Array<ArrayBuffer>>()
  #underWay: Write[] = []

  constructor(clock: Clock, random: Random) {
    this.#clock = clock
    this.#random = random
  }

  open(doc: Y.Doc, name: string): StoredBoard {
    const cell = new Cell<LocalState>({ at: 'loading' }, sameFlat)
    let pending = 0
    let whenIdle = () => {}
    const write = (update: Uint8Array, from: unknown) => {
      if (from === LOADED) return
      pending += 1
      cell.set({ at: 'saving' })
      this.#write({
        name,
        update,
        done: () => {
          pending -= 1
          if (pending > 0) return
          cell.set({ at: 'saved' })
          whenIdle()
        },
      })
    }
    doc.on('update', write)
    const loaded = new Promise<void>(resolve => {
      this.#clock.after(WRITE_DELAY, () => {
        const updates = this.#disk.get(name) ?? []
        const load = () => {
          for (const update of updates) Y.applyUpdate(doc, update, LOADED)
        }
        Y.transact(doc, load, LOADED, false)
        cell.set({ at: pending > 0 ? 'saving' : 'saved' })
        resolve()
      })
    })
    return {
      loaded,
      get state() {
        return cell.state
      },
      subscribe: listener => cell.subscribe(listener),
      async close() {
        doc.off('update', write)
        cell.clear()
        if (pending > 0) await new Promise<void>(resolve => (whenIdle = resolve))
      },
    }
  }

  async delete(name: string): Promise<void> {
    this.#disk.delete(name)
    this.#files.delete(name)
    this.#previews.delete(name)
  }

  files(name: string): BoardFiles {
    const held = () => this.#files.get(name) ?? new Map<string, Uint8Array<ArrayBuffer>>()
    return {
      put: async (file, bytes) => void this.#files.set(name, held().set(file, bytes.slice())),
      get: async file => held().get(file) ?? null,
      delete: async file => void held().delete(file),
      names: async () => [...held().keys()],
    }
  }

  async usage(name: string): Promise<number> {
    const preview = this.#previews.get(name)
    const stored = [
      ...(this.#disk.get(name) ?? []),
      ...(this.#files.get(name)?.values() ?? []),
      ...(preview ? [preview] : []),
    ]
    return stored.reduce((sum, { length }) => sum + length, 0)
  }

  readonly previews: PreviewTable = {
    put: async (board, bytes) => void this.#previews.set(board, bytes.slice()),
    all: async () => new Map(this.#previews),
  }

  /** The browser dies. */
  crash(): void {
    const survive = randomInt(this.#random, this.#underWay.length + 1)
    for (const write of this.#underWay.slice(0, survive)) this.#keep(write)
    this.#underWay = []
  }

  #write(write: Write): void {
    this.#underWay.push(write)
    this.#clock.after(WRITE_DELAY, () => {
      if (this.#underWay[0] !== write) return
      this.#underWay.shift()
      this.#keep(write)
      write.done()
    })
  }

  #keep({ name, update }: Write): void {
    this.#disk.set(name, [...(this.#disk.get(name) ?? []), update])
  }
}
