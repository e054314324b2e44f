import type { Keychain } from '../../shared/util/sealer.ts'
import { lockInfos, type StoredVault } from './record.ts'
import type { VaultState } from './seams.ts'

export function stateOf(
  stored: StoredVault,
  keychain: Keychain | null,
  waitUntil: number | null,
): VaultState {
  if (stored.is === 'missing') return { at: 'missing' }
  if (stored.is === 'unreadable') return { at: 'unreadable', message: stored.message }
  const locks = lockInfos(stored.record)
  return keychain ? { at: 'open', locks, keychain } : { at: 'locked', locks, waitUntil }
}

/** Whether two states look the same to the person. The keychain has no content to compare: it is the same one or not. */
export function sameState(a: VaultState, b: VaultState): boolean {
  return keychainIn(a) === keychainIn(b) && JSON.stringify(visible(a)) === JSON.stringify(visible(b))
}

const keychainIn = (state: VaultState): Keychain | null => (state.at === 'open' ? state.keychain : null)

const visible = (state: VaultState): VaultState | Omit<VaultState & { at: 'open' }, 'keychain'> =>
  state.at === 'open' ? { at: state.at, locks: state.locks } : state
