import type { Clock } from '../../shared/util/clock.ts'
import type { ObjectStore } from '../storage/object-store.ts'
import { encodeKeyRecord, type KeyRecord, keyRecordName, parseKeyRecord } from './key-record.ts'
import { Recent } from './recent.ts'
import { singleFlight } from './single-flight.ts'

/** ms that an answer of the store is good for: a rotation made through another relay is seen after that. */
const FRESH_MS = 1_000

/** ms after which a store that has not answered is too slow to wait for, if the copy knows the board. */
const SLOW_STORE_MS = 2_000

/** Boards whose records stay in memory: some 600 bytes each. */
const KNOWN_BOARDS = 10_000

/** Boards remembered as unclaimed. Apart from the known ones, so that made-up ids push none of those out. */
const UNCLAIMED_BOARDS = 1_000

export interface KeyRecordParts {
  /** Decides: what is not there is unclaimed, and of several claims or rotations one wins. */
  readonly store: ObjectStore
  /** On this machine, read when the store is slow or out of reach; null when the store itself is on this machine. */
  readonly copy: ObjectStore | null
  readonly clock: Clock
  /** A board was found to be at an epoch that this relay did not know of. */
  readonly onNewEpoch: (board: string, epoch: number) => void
}

/** A record with the bytes it was read from, which a replacement is compared with. */
export interface StoredRecord {
  readonly record: KeyRecord
  readonly bytes: Uint8Array
}

interface Known {
  readonly stored: StoredRecord
  /** When the store or the copy last said so. */
  readonly seenAt: number
  /** Whether the copy is known to have it. */
  readonly copied: boolean
}

/**
 * Reads and writes the key records of boards.
 *
 * 1. The store is written before the copy, and the copy before anything is resolved.
 * 2. What is in memory never goes back to an earlier epoch, whatever order answers come in.
 * 3. A board that the copy knows is never unclaimed: a store that lost its record gets it back.
 */
export class KeyRecords {
  readonly #parts: KeyRecordParts
  readonly #known = new Recent<Known>(KNOWN_BOARDS)
  readonly #unclaimed = new Recent<number>(UNCLAIMED_BOARDS)
  readonly #ask = singleFlight(board => this.#askBoth(board))

  constructor(parts: KeyRecordParts) {
    this.#parts = parts
  }

  /** Null for an unclaimed board. Rejects when neither the store nor the copy can tell. */
  async read(board: string): Promise<KeyRecord | null> {
    const known = this.#known.get(board)
    if (known && this.#isFresh(known.seenAt)) return known.stored.record
    if (this.#isFresh(this.#unclaimed.get(board))) return null
    return (await this.#ask(board))?.record ?? null
  }

  /** What the store says now. Rejects when it does not answer. */
  async load(board: string): Promise<StoredRecord | null> {
    const name = keyRecordName(board)
    const bytes = (await this.#parts.store.get(name)) ?? (await this.#restore(name))
    if (bytes) return this.#settle(board, { record: parseKeyRecord(bytes), bytes })
    const known = this.#known.get(board)
    if (!known) this.#unclaimed.set(board, this.#parts.clock.now())
    return known?.stored ?? null
  }

  /** Stores the record of an unclaimed board, and resolves to the one that is stored then: perhaps another's. */
  async claim(board: string, record: KeyRecord): Promise<KeyRecord> {
    const bytes = encodeKeyRecord(record)
    if (await this.#parts.store.putIfAbsent(keyRecordName(board), bytes)) {
      return (await this.#settle(board, { record, bytes })).record
    }
    const winner = await this.load(board)
    if (winner) return winner.record
    throw new Error(
      'The store refused a key record as being there already, and then had none. Check the store.',
    )
  }

  /**
   * Replaces `before` by a record of the next epoch. Resolves to the epoch that the board is at: also when another device of
   * the owner was quicker, since the links of `before` have ended then too.
   */
  async replace(board: string, before: StoredRecord, record: KeyRecord): Promise<number> {
    const bytes = encodeKeyRecord(record)
    if (await this.#parts.store.replace(keyRecordName(board), before.bytes, bytes)) {
      return (await this.#settle(board, { record, bytes })).record.epoch
    }
    const current = await this.load(board)
    if (current && current.record.epoch > before.record.epoch) return current.record.epoch
    throw new Error('The store did not replace a key record that had not changed. Check the store.')
  }

  async #askBoth(board: string): Promise<StoredRecord | null> {
    const asked = this.load(board)
    if (!this.#parts.copy || (await this.#isInTime(asked))) return asked
    const bytes = await this.#parts.copy.get(keyRecordName(board))
    return bytes ? this.#remember(board, { record: parseKeyRecord(bytes), bytes }).stored : asked
  }

  /** Whether the store answers soon enough, and not with an error. */
  #isInTime(asked: Promise<unknown>): Promise<boolean> {
    return new Promise(resolve => {
      const stop = this.#parts.clock.after(SLOW_STORE_MS, () => resolve(false))
      const end = (inTime: boolean): void => {
        stop()
        resolve(inTime)
      }
      asked.then(
        () => end(true),
        () => end(false),
      )
    })
  }

  /** Gives a store that has no record what the copy has; of several relays that do so at once, one wins. */
  async #restore(name: string): Promise<Uint8Array | null> {
    const kept = (await this.#parts.copy?.get(name)) ?? null
    if (!kept) return null
    parseKeyRecord(kept)
    return (await this.#parts.store.putIfAbsent(name, kept)) ? kept : this.#parts.store.get(name)
  }

  async #settle(board: string, stored: StoredRecord): Promise<StoredRecord> {
    const known = this.#remember(board, stored)
    if (!known.copied) await this.#writeCopy(board)
    return known.stored
  }

  #remember(board: string, stored: StoredRecord): Known {
    const before = this.#known.get(board)
    const isNews =
      !before || (stored.record.epoch >= before.stored.record.epoch && !same(stored, before.stored))
    const seenAt = this.#parts.clock.now()
    const known = isNews ? { stored, seenAt, copied: false } : { ...before, seenAt }
    this.#known.set(board, known)
    const { epoch } = known.stored.record
    if (epoch > (before?.stored.record.epoch ?? 0)) this.#parts.onNewEpoch(board, epoch)
    return known
  }

  /** Writes until the copy has what is known. Whoever sees that it changed meanwhile may have written over the newer one. */
  async #writeCopy(board: string): Promise<void> {
    const { copy } = this.#parts
    for (let known = this.#known.get(board); copy && known && !known.copied; known = this.#known.get(board)) {
      const { bytes } = known.stored
      const isWritten = await copyOut(copy, keyRecordName(board), bytes)
      const now = this.#known.get(board)
      if (now) this.#known.set(board, { ...now, copied: isWritten && now.stored.bytes === bytes })
      if (!isWritten) return
    }
  }

  /** A clock that was put back makes nothing fresh for longer. */
  #isFresh(seenAt: number | undefined): boolean {
    if (seenAt === undefined) return false
    const age = this.#parts.clock.now() - seenAt
    return age >= 0 && age < FRESH_MS
  }
}

const same = (one: StoredRecord, other: StoredRecord): boolean => Buffer.compare(one.bytes, other.bytes) === 0

/**
 * Resolves to whether the copy has these bytes now. One that cannot be written is removed, since one of an earlier epoch would
 * let in whom the owner has removed.
 */
async function copyOut(copy: ObjectStore, name: string, bytes: Uint8Array): Promise<boolean> {
  try {
    const kept = await copy.get(name)
    if (!kept || Buffer.compare(kept, bytes) !== 0) await copy.put(name, bytes)
    return true
  } catch {
    await copy.remove([name]).catch(() => undefined)
    return false
  }
}
