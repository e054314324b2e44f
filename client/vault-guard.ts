import type { Clock } from '../shared/util/clock.ts'
import type { Readable } from '../shared/util/readable.ts'
import { isLockKey, listen, type Notices } from './app/index.ts'
import { isLockable } from './boot-step.ts'
import type { UnderWayKind } from './under-way.ts'
import type { Vault, VaultState } from './vault/seams.ts'

/** ms. Input comes in hundreds of events a second; the idle time counts minutes. */
const TOUCH_EVERY = 1_000

/** ms. A disk that does not answer must not keep the boards open. */
const CLOSE_WITHIN = 2_000

export interface GuardParts {
  readonly vault: Vault
  readonly clock: Clock
  readonly underWay: Readable<UnderWayKind | null>
  readonly notices: Notices
  /** Takes everything off the screen and closes it. Resolves when what it was writing is written. */
  readonly leave: () => Promise<void>
}

/**
 * Watches over an open vault: tells it of input, locks it when the person says so, and once it is locked, by whomever,
 * begins the page anew, so that nothing that was decrypted stays in memory.
 */
export function guardVault({ vault, clock, underWay, notices, leave }: GuardParts): void {
  let left: Promise<void> | undefined
  const close = (): Promise<void> => {
    left ??= within(CLOSE_WITHIN, leave(), clock)
    return left
  }
  async function lockNow(): Promise<void> {
    // While the keys are there, so that what still waits to be written can be sealed.
    await close()
    vault.lock()
    location.reload()
  }
  function askToLock(): void {
    if (!isLockable(vault.state)) return
    if (underWay.state !== 'unsaved') return void lockNow()
    notices.error(UNSAVED, { label: 'Lock all the same', run: () => void lockNow() })
  }
  const follow = ({ at }: VaultState) => {
    if (at === 'locked') void close().then(() => location.reload())
  }
  vault.subscribe(follow)
  // Another tab may have locked it while this one was still starting.
  follow(vault.state)
  listen(document.body, 'lock-vault', askToLock)
  window.addEventListener('keydown', event => {
    if (!isLockKey(event) || !isLockable(vault.state)) return
    event.preventDefault()
    askToLock()
  })
  // A page that the browser had put away asleep heard nothing of what happened since.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload()
  })
  tellOfInput(vault, clock)
}

const UNSAVED =
  'What is open could not be saved on this device, and would be lost when the boards are locked. Save a copy as a file first.'

function tellOfInput(vault: Vault, clock: Clock): void {
  let told = Number.NEGATIVE_INFINITY
  const onInput = () => {
    const now = clock.now()
    if (now - told < TOUCH_EVERY && now >= told) return
    told = now
    vault.touch()
  }
  for (const type of ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const) {
    window.addEventListener(type, onInput, { passive: true, capture: true })
  }
}

/** Keeps `canLock` of an element right: whether it offers to lock the boards now. Returns its own undo. */
export function followLock(vault: Vault | null, element: { canLock: boolean }): () => void {
  const show = () => {
    element.canLock = isLockable(vault?.state)
  }
  show()
  return vault?.subscribe(show) ?? (() => {})
}

/** Waits for `task`, whether it succeeds or fails, but no longer than `ms`. */
function within(ms: number, task: Promise<void>, clock: Clock): Promise<void> {
  return new Promise(resolve => {
    const cancel = clock.after(ms, resolve)
    const end = () => {
      cancel()
      resolve()
    }
    task.then(end, end)
  })
}
