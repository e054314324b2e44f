import { parseStored, type StoredVault, type VaultRecord } from './record.ts'
import type { VaultFile } from './seams.ts'
import { VaultError } from './vault-error.ts'

/** Lost races in a row after which a file must be broken. */
const MOST_RACES = 20

/** The record in its file, and what this tab last knew of it: never an older one, however reads and writes overtake each other. */
export class RecordFile {
  readonly #file: VaultFile
  #known: StoredVault = { is: 'missing' }

  constructor(file: VaultFile) {
    this.#file = file
  }

  get known(): StoredVault {
    return this.#known
  }

  get record(): VaultRecord | null {
    return this.#known.is === 'record' ? this.#known.record : null
  }

  /** Reads the file. With `pinned`, a record that is known stays known when it was deleted, damaged or replaced by a stranger's. */
  async read(pinned: () => boolean): Promise<void> {
    const stored = await this.#stored()
    const { record } = this
    if (!record || (!pinned() && !isSameVault(record, stored))) this.#known = stored
    else this.#learn(stored)
  }

  /** Writes the first record; false when there is one already. */
  async create(record: VaultRecord): Promise<boolean> {
    if (!(await this.#replace(record, null))) return false
    this.#known = { is: 'record', record }
    return true
  }

  /**
   * Writes what `step` makes of the newest record. When another tab wrote in between, `step` runs again on what that one
   * wrote; what the browser deleted is written anew. Rejects with a VaultError.
   */
  async change(from: VaultRecord, step: (record: VaultRecord) => Partial<VaultRecord>): Promise<void> {
    let newest = from
    let over: number | null = from.revision
    for (let races = 0; races < MOST_RACES; races += 1) {
      const record: VaultRecord = { ...newest, ...step(newest), revision: newest.revision + 1 }
      if (await this.#replace(record, over)) return this.#learn({ is: 'record', record })
      const stored = await this.#stored()
      if (stored.is === 'unreadable') throw new VaultError('storage', stored.message)
      if (stored.is === 'record') newest = sameVault(from, stored.record)
      over = stored.is === 'record' ? newest.revision : null
    }
    throw new VaultError('storage', 'Other tabs change the keys all the time. Close them, then try again.')
  }

  /**
   * Makes sure that `record` is stored, after the browser deleted it: a newer one stays, an older one that another tab has
   * written again gives way. Rejects with a VaultError.
   */
  async restore(record: VaultRecord): Promise<void> {
    if (await this.#replace(record, null)) return
    const stored = await this.#stored()
    if (stored.is !== 'record') {
      const message = 'The keys of this device could not be written again. Save the open boards as files.'
      throw new VaultError('storage', message)
    }
    const { revision } = sameVault(record, stored.record)
    if (revision < record.revision) await this.#replace(record, revision)
  }

  /** What was found out about the record without reading: that its device key does not open it. */
  spoil(message: string): void {
    this.#known = { is: 'unreadable', message }
  }

  #learn(stored: StoredVault): void {
    const { record } = this
    if (!record || (isSameVault(record, stored) && stored.record.revision >= record.revision)) {
      this.#known = stored
    }
  }

  /** What is stored; a file that cannot be read is as unreadable as its content. */
  async #stored(): Promise<StoredVault> {
    try {
      return parseStored(await this.#file.read())
    } catch (error) {
      const message = `The keys of this device could not be read. ${messageOf(error)} Reload the page to try again.`
      return { is: 'unreadable', message }
    }
  }

  async #replace(record: VaultRecord, over: number | null): Promise<boolean> {
    try {
      return await this.#file.replace(record, over)
    } catch (error) {
      const message = `This could not be written to the device. ${messageOf(error)}`
      throw new VaultError('storage', message, { cause: error })
    }
  }
}

const isSameVault = (
  { id }: VaultRecord,
  stored: StoredVault,
): stored is StoredVault & { readonly is: 'record' } => stored.is === 'record' && stored.record.id === id

function sameVault(known: VaultRecord, stored: VaultRecord): VaultRecord {
  if (stored.id === known.id) return stored
  throw new VaultError(
    'storage',
    'This device has got new keys in another tab. Save the open boards as files, then reload the page.',
  )
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
