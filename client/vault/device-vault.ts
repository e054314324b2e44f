import { equalFlat } from 'lib0/array'
import type { Clock } from '../../shared/util/clock.ts'
import { newId } from '../../shared/util/ids.ts'
import type { Random } from '../../shared/util/random.ts'
import { Cell } from '../../shared/util/readable.ts'
import { checkOf } from './derive.ts'
import { IdleWatch } from './idle-watch.ts'
import { KEY_BYTES } from './key-bytes.ts'
import { keychainOf, type OwnedKeychain } from './keychain.ts'
import {
  type LockedThing,
  type LockParts,
  makeLock,
  makeRecoveryLock,
  openedBy,
  openedByDevice,
  withDeviceLock,
} from './locks.ts'
import { hasPasskeys } from './passkey-host.ts'
import { PassphraseGate } from './passphrase-gate.ts'
import {
  firstRecord,
  hasRealLock,
  type Lock,
  type LockOf,
  lockOf,
  locksWith,
  locksWithout,
  type VaultRecord,
} from './record.ts'
import { RecordFile } from './record-file.ts'
import type { NewLock, Outcome, Proof, Vault, VaultFile, VaultState } from './seams.ts'
import { VaultError } from './vault-error.ts'
import { sameState, stateOf } from './vault-state.ts'
import { type TabChannel, type TabVault, VaultTabs } from './vault-tabs.ts'
import { type TriesStorage, WrongTries } from './wrong-tries.ts'

export interface VaultParts extends LockParts {
  readonly file: VaultFile
  readonly clock: Clock
  readonly random: Random
  /** Whether somebody who runs this deployment insists on a lock. */
  readonly isLockRequired: boolean
  /** To the other tabs; null for a tab on its own. */
  readonly channel: TabChannel | null
  /** Where wrong passphrases are counted for all tabs; null to count in this one alone. */
  readonly tries: TriesStorage | null
}

interface OpenVault {
  readonly key: Uint8Array<ArrayBuffer>
  readonly keychain: OwnedKeychain
}

/**
 * The vault over one file, in step with the other tabs. Its fields change first; `#evaluate` then says what state that is.
 *
 * 1. An open vault stays open whatever happens to its file; only `lock`, idleness and `close` forget its keys.
 * 2. No key is taken, from a lock or a tab, that is not the record's: writing under another would lose boards.
 */
export class DeviceVault implements Vault {
  readonly #parts: VaultParts
  readonly #file: RecordFile
  readonly #tabs: VaultTabs
  readonly #tries: WrongTries
  readonly #gate: PassphraseGate
  readonly #idle: IdleWatch
  readonly #cell = new Cell<VaultState>({ at: 'missing' }, sameState)
  #open: OpenVault | null = null
  #isClosed = false
  /** The browser's dialog for a passkey: one at a time. */
  #dialog = new AbortController()
  #stopWait: () => void = () => {}

  constructor(parts: VaultParts) {
    this.#parts = parts
    this.#file = new RecordFile(parts.file)
    this.#tries = new WrongTries(parts.tries)
    this.#gate = new PassphraseGate(this.#tries, parts.clock)
    this.#idle = new IdleWatch(parts.clock, () => this.lock())
    this.#tabs = new VaultTabs(parts.channel, this.#asTabVault(), parts.random)
  }

  get state(): VaultState {
    return this.#cell.state
  }

  subscribe(listener: (state: VaultState) => void): () => void {
    return this.#cell.subscribe(listener)
  }

  get idleMinutes(): number | null {
    return this.#file.record?.idleMinutes ?? null
  }

  /** Reads the file, as at the start and after another tab wrote it, and opens what needs no proof. */
  async read(): Promise<void> {
    await this.#file.read(() => this.#open !== null)
    const { record } = this.#file
    const deviceLock = record && lockOf(record, 'device')
    if (deviceLock && !this.#open) await this.#openByDevice(record, deviceLock)
    if (this.#isClosed) return
    this.#evaluate()
    if (record && !this.#open) this.#tabs.ask(record.id)
  }

  create(lock: NewLock): Promise<Outcome> {
    return this.#outcome(async () => {
      if (this.#file.known.is !== 'missing') throw refused('This device has its keys already.')
      const key = this.#parts.random.bytes(KEY_BYTES)
      const vault = { id: newId(this.#parts.random), key: () => key }
      const write = (made: Lock) => this.#writeFirst(firstRecord(vault.id, checkOf(key), made), key)
      if (lock.kind === 'device') this.#refuseNoLock()
      if (lock.kind === 'device') await withDeviceLock(vault, this.#parts, write)
      else await write(await makeLock(lock, vault, [], this.#parts, this.#newDialog()))
    })
  }

  unlock(proof: Proof): Promise<Outcome> {
    return this.#outcome(async () => {
      const signal = this.#newDialog()
      await this.read()
      if (this.#open) return
      const { record } = this.#file
      if (!record) throw refused('There is nothing to unlock here.')
      const open = () => openedBy(proof, record, this.#parts, signal)
      const key = proof.kind === 'passphrase' ? await this.#tryPassphrase(open) : await open()
      this.#openWith(record, key)
      this.#tries.right()
      this.#tabs.unlocked(record.id, key)
    })
  }

  setLock(lock: NewLock): Promise<Outcome> {
    return this.#outcome(async () => {
      const { record, vault } = this.#opened()
      if (lock.kind === 'device') {
        this.#refuseNoLock()
        if (!hasRealLock(record)) return
        return withDeviceLock(vault, this.#parts, made => this.#change(() => ({ locks: [made] })))
      }
      const made = await makeLock(lock, vault, record.locks, this.#parts, this.#newDialog())
      await this.#change(({ locks }) => ({ locks: locksWith(locks, made) }))
    })
  }

  removeLock(id: string): Promise<Outcome> {
    return this.#outcome(() =>
      withDeviceLock(this.#opened().vault, this.#parts, made =>
        this.#change(({ locks }) => {
          const left = locksWithout(locks, id)
          if (!left) this.#refuseNoLock()
          return { locks: left ?? [made] }
        }),
      ),
    )
  }

  async newRecoveryCode(): Promise<(Outcome & { done: false }) | { done: true; code: string }> {
    let code = ''
    const outcome = await this.#outcome(async () => {
      const made = await makeRecoveryLock(this.#opened().vault, this.#parts)
      code = made.code
      await this.#change(record => {
        if (!hasRealLock(record)) {
          throw refused('Set a passkey or a passphrase first: without a lock no code is needed.')
        }
        return { locks: locksWith(record.locks, made.lock) }
      })
    })
    return outcome.done ? { done: true, code } : outcome
  }

  lock(): void {
    const { record } = this.#file
    if (!this.#open || !record || !hasRealLock(record)) return
    this.#tabs.lock(record.id)
    this.#forget()
  }

  setIdleMinutes(minutes: number | null): Promise<Outcome> {
    return this.#outcome(async () => {
      if (minutes !== null && !(minutes >= 1)) throw refused('Choose at least one minute, or never.')
      await this.#change(() => ({ idleMinutes: minutes }))
    })
  }

  touch(): void {
    const { record } = this.#file
    if (this.#open && record && this.#idle.touch()) this.#tabs.touched(record.id, this.#parts.clock.now())
  }

  reassert(): Promise<Outcome> {
    return this.#outcome(() => this.#file.restore(this.#opened().record))
  }

  canUsePasskeys(): Promise<boolean> {
    return hasPasskeys(this.#parts.passkeys)
  }

  close(): void {
    this.#isClosed = true
    this.#cell.clear()
    this.#tabs.close()
    this.#idle.watch(null)
    this.#forget()
    this.#stopWait()
  }

  async #openByDevice(record: VaultRecord, lock: LockOf<'device'>): Promise<void> {
    try {
      this.#openWith(record, await openedByDevice(record, lock))
    } catch {
      const message =
        'The key that this browser keeps for the boards does not open them. Nothing was removed.'
      if (!this.#open) this.#file.spoil(message)
    }
  }

  async #writeFirst(record: VaultRecord, key: Uint8Array<ArrayBuffer>): Promise<void> {
    if (await this.#file.create(record)) {
      this.#openWith(record, key)
      return this.#tabs.changed()
    }
    await this.read()
    if (!this.#open || hasRealLock(record)) {
      throw refused('Another tab has just set up the keys of this device.')
    }
  }

  async #tryPassphrase(open: () => Promise<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return await this.#gate.pass(open)
    } finally {
      this.#tabs.tried()
      this.#evaluate()
    }
  }

  async #change(step: (record: VaultRecord) => Partial<VaultRecord>): Promise<void> {
    await this.#file.change(this.#opened().record, step)
    this.#tabs.changed()
    this.#evaluate()
  }

  /** What an operation on the open vault needs. Throws a VaultError while it is not open. */
  #opened(): { readonly record: VaultRecord; readonly vault: LockedThing } {
    const { record } = this.#file
    if (!record || !this.#open) throw notOpen()
    const key = () => {
      if (!this.#open) throw notOpen()
      return this.#open.key
    }
    return { record, vault: { id: record.id, key } }
  }

  /** Rule 2. */
  #openWith(record: VaultRecord, key: Uint8Array<ArrayBuffer>): void {
    if (this.#isClosed || this.#open) return
    if (!equalFlat(checkOf(key), record.check)) {
      throw new VaultError('wrong', 'What was given opens other boards than those of this device.')
    }
    this.#open = { key, keychain: keychainOf(key, this.#parts.random) }
    this.#tabs.stopAsking()
    this.#dialog.abort()
    this.#evaluate()
  }

  #forget(): void {
    const forgotten = this.#open
    this.#open = null
    this.#tabs.stopAsking()
    this.#dialog.abort()
    try {
      this.#evaluate()
    } finally {
      forgotten?.keychain.forget()
      forgotten?.key.fill(0)
    }
  }

  #asTabVault(): TabVault {
    const vault = this
    return {
      get id() {
        return vault.#file.record?.id ?? null
      },
      get key() {
        return vault.#open?.key ?? null
      },
      onKey: key => this.#openFromTab(key),
      onLock: () => this.#forget(),
      onChanged: () => void this.read(),
      onTried: () => this.#evaluate(),
      onTouch: at => this.#idle.touchedElsewhere(at),
    }
  }

  #openFromTab(key: Uint8Array<ArrayBuffer>): void {
    const { record } = this.#file
    try {
      if (record) this.#openWith(record, key)
    } catch (error) {
      console.warn('Another tab gave a key that is not of this vault.', error)
    }
  }

  #refuseNoLock(): void {
    if (!this.#parts.isLockRequired) return
    throw refused('Whoever runs this site requires a lock: set another one before you remove the last.')
  }

  /** The signal of a new dialog for a passkey, in place of one that may still be open. */
  #newDialog(): AbortSignal {
    this.#dialog.abort()
    this.#dialog = new AbortController()
    return this.#dialog.signal
  }

  async #outcome(operation: () => Promise<void>): Promise<Outcome> {
    try {
      await operation()
      return { done: true }
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      return { done: false, why: error.why, message: error.message }
    }
  }

  #evaluate(): void {
    this.#stopWait()
    if (this.#isClosed) return
    const { known, record } = this.#file
    this.#idle.watch(this.#open && record && hasRealLock(record) ? record.idleMinutes : null)
    const now = this.#parts.clock.now()
    const waitUntil = this.#tries.waitUntil(now)
    this.#cell.set(stateOf(known, this.#open?.keychain ?? null, waitUntil))
    if (waitUntil !== null) this.#stopWait = this.#parts.clock.after(waitUntil - now, () => this.#evaluate())
  }
}

const refused = (message: string): VaultError => new VaultError('refused', message)

const notOpen = (): VaultError => refused('The boards are locked: unlock them first.')
