import type { Keychain } from '../shared/util/sealer.ts'
import type { LockInfo, VaultState } from './vault/seams.ts'

/** What a start does next, until it has the keys. */
export type BootStep =
  /** Make a vault that this browser opens by itself; nobody is asked. */
  | { readonly do: 'make' }
  /** Have the person choose a lock, in a new vault or in one that has none. */
  | { readonly do: 'choose-lock' }
  | { readonly do: 'unlock' }
  /** Say why the vault cannot be opened. */
  | { readonly do: 'explain'; readonly message: string }
  | { readonly do: 'go'; readonly keychain: Keychain }

export function bootStep(state: VaultState, isLockRequired: boolean): BootStep {
  switch (state.at) {
    case 'missing':
      return { do: isLockRequired ? 'choose-lock' : 'make' }
    case 'locked':
      return { do: 'unlock' }
    case 'open':
      return isLockRequired && !hasLock(state.locks)
        ? { do: 'choose-lock' }
        : { do: 'go', keychain: state.keychain }
    case 'unreadable':
      return { do: 'explain', message: state.message }
  }
}

/** Whether anything but this browser itself is needed to open the vault. */
export const hasLock = (locks: readonly LockInfo[]): boolean =>
  locks.some(({ kind }) => kind === 'passkey' || kind === 'passphrase')

/** Whether the person can lock it now. */
export const isLockable = (state: VaultState | undefined): boolean =>
  state?.at === 'open' && hasLock(state.locks)
