import type { Clock } from '../shared/util/clock.ts'
import type { Notices } from './app/index.ts'
import type { Vault } from './vault/seams.ts'

/** ms. A disk that was too full for the keys may have room by then. */
const AGAIN_AFTER = 10_000

interface KeepParts {
  readonly clock: Clock
  readonly notices: Notices
}

/**
 * Writes the keys again after the browser deleted them with the rest: without them, what the open tabs store anew could never be
 * opened. Says so while that does not succeed.
 */
export async function keepKeys(vault: Vault, parts: KeepParts): Promise<void> {
  const outcome = await vault.reassert()
  if (outcome.done || vault.state.at !== 'open') return
  parts.notices.error(`What is open cannot be opened again after this tab is closed. ${outcome.message}`)
  parts.clock.after(AGAIN_AFTER, () => void keepKeys(vault, parts))
}
