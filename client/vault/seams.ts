import type { Readable } from '../../shared/util/readable.ts'
import type { Keychain } from '../../shared/util/sealer.ts'

/** What can open the vault, the strongest first. `recovery` is beside one of the first two, never alone. */
export type LockKind = 'passkey' | 'passphrase' | 'device' | 'recovery'

export interface LockInfo {
  readonly id: string
  readonly kind: LockKind
  /** ms since the epoch. */
  readonly addedAt: number
}

export type VaultState =
  /** Nothing is there yet. */
  | { readonly at: 'missing' }
  | {
      readonly at: 'locked'
      readonly locks: readonly LockInfo[]
      /** ms since the epoch: after wrong passphrases none is tried before. */
      readonly waitUntil: number | null
    }
  | { readonly at: 'open'; readonly locks: readonly LockInfo[]; readonly keychain: Keychain }
  /** What is there cannot be read: `message` is for the person. Nothing is removed. */
  | { readonly at: 'unreadable'; readonly message: string }

/** What opens a vault. */
export type Proof =
  | { readonly kind: 'passkey' }
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  | { readonly kind: 'recovery'; readonly code: string }

/** What is to open the vault from now on. */
export type NewLock =
  | { readonly kind: 'passkey' }
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  /** No lock: this browser opens the vault by itself. */
  | { readonly kind: 'device' }

export type VaultFailure =
  | 'wrong'
  /** Too soon after a wrong passphrase. */
  | 'waiting'
  /** The person closed the browser's dialog. */
  | 'cancelled'
  /** This browser or its authenticator cannot. */
  | 'unsupported'
  /** It could not be written to this device; nothing has changed. */
  | 'storage'
  /** Not as things are: a passphrase that is too short, no lock where one is required, a vault that is not open. */
  | 'refused'

export type Outcome =
  | { readonly done: true }
  /** `message` is for the person: what happened and what to do. */
  | { readonly done: false; readonly why: VaultFailure; readonly message: string }

/**
 * The vault of this device: one key that wraps the keys of all boards, itself wrapped once by each lock.
 *
 * 1. While there is a passkey or a passphrase, there is no device lock; the last of them that goes is replaced by it, in
 *    the same write, unless `isLockRequired`, when the last cannot go.
 * 2. A lock is added, changed or removed by one write of the record: a crash leaves the old one or the new one.
 * 3. No board is rewritten: the vault's key stays.
 */
export interface Vault extends Readable<VaultState> {
  /** Makes a vault that `lock` opens, and opens it. */
  create(lock: NewLock): Promise<Outcome>
  unlock(proof: Proof): Promise<Outcome>
  /** Adds a passkey, or adds or replaces the passphrase, or goes back to no lock at all ('device'). */
  setLock(lock: NewLock): Promise<Outcome>
  removeLock(id: string): Promise<Outcome>
  /** Makes a recovery code in place of the one before; it is shown once and not kept. For a vault with a lock. */
  newRecoveryCode(): Promise<
    (Outcome & { readonly done: false }) | { readonly done: true; readonly code: string }
  >
  /**
   * Forgets the keys, here and in the other tabs, when there is a lock. The state is then `locked`. Listeners hear of it
   * before the keys go, in the same task: what they seal at once is still sealed.
   */
  lock(): void
  /** Minutes without input after which the vault locks itself; null for never. */
  readonly idleMinutes: number | null
  setIdleMinutes(minutes: number | null): Promise<Outcome>
  /** The person did something: the idle time begins anew. */
  touch(): void
  /** Writes the record again as it was, after the browser deleted it under the open vault. */
  reassert(): Promise<Outcome>
  /** Whether a passkey can be used here, as far as the browser tells. */
  canUsePasskeys(): Promise<boolean>
  /** Lets go of the other tabs and of timers; forgets the keys. */
  close(): void
}

/** Where the vault's record is kept. One record, written as a whole, in one transaction. */
export interface VaultFile {
  /** What is stored, unparsed; undefined for nothing. */
  read(): Promise<unknown>
  /**
   * Writes `next` when what is stored still has the revision `over` (null: nothing is stored), and says whether it did.
   * Resolves after the transaction has completed. `next` is structured-cloned, keys included.
   */
  replace(next: { readonly revision: number }, over: number | null): Promise<boolean>
}
