import type { Clock } from '../shared/util/clock.ts'
import { listen } from './app/index.ts'
import type { SetUpReason } from './app/vault/index.ts'
import { hasLock } from './boot-step.ts'
import type { Page } from './page.ts'
import { StorageFailure } from './sync/indexeddb-failure.ts'
import type { NewLock, Proof, Vault } from './vault/seams.ts'

export type Show = (page: Page) => void

/** The pages before the boards, which most starts never show. Rejects with a StorageFailure. */
async function loadPages(): Promise<typeof import('./app/vault/index.ts')> {
  try {
    return await import('./app/vault/index.ts')
  } catch {
    throw new StorageFailure(
      'unavailable',
      'The page that unlocks your boards could not be loaded. Check the connection, then try again.',
    )
  }
}

const pageOf = (element: HTMLElement, close: () => void = () => {}): Page => ({ element, close })

/** Shows the lock page until the vault is no longer locked. Resolves to what opened it here; null: another tab did. */
export async function unlockWith(vault: Vault, clock: Clock, show: Show): Promise<Proof['kind'] | null> {
  const { LockPage } = await loadPages()
  if (vault.state.at !== 'locked') return null
  const element = Object.assign(new LockPage(), { clock })
  const draw = () => {
    const { state } = vault
    if (state.at === 'locked') Object.assign(element, { locks: state.locks, waitUntil: state.waitUntil })
  }
  draw()
  show(pageOf(element))
  return await new Promise(resolve => {
    let brought: Proof['kind'] | null = null
    const bring = async (proof: Proof): Promise<void> => {
      brought = proof.kind
      element.work = { at: 'running', on: proof.kind }
      const outcome = await vault.unlock(proof)
      if (outcome.done) return
      brought = null
      element.work = { at: 'failed', on: proof.kind, message: outcome.message }
    }
    const stops = [
      listen(element, 'unlock-vault', proof => void bring(proof)),
      vault.subscribe(state => {
        draw()
        if (state.at === 'locked') return
        for (const stop of stops) stop()
        resolve(brought)
      }),
    ]
  })
}

/**
 * Has the person choose a lock, then keep a recovery code. Resolves once they are through, also when another tab locked the
 * vault or set a lock meanwhile.
 */
export async function chooseLock(vault: Vault, reason: SetUpReason, show: Show): Promise<void> {
  const [{ SetUpPage }, canUsePasskeys] = await Promise.all([loadPages(), vault.canUsePasskeys()])
  const element = Object.assign(new SetUpPage(), { reason, canUsePasskeys })
  show(pageOf(element))
  await new Promise<void>(resolve => {
    let isChoosing = false
    const choose = async (lock: NewLock & { kind: 'passkey' | 'passphrase' }): Promise<void> => {
      isChoosing = true
      element.work = { at: 'running', on: lock.kind }
      const outcome = await (vault.state.at === 'missing' ? vault.create(lock) : vault.setLock(lock))
      if (!outcome.done) {
        isChoosing = false
        element.work = { at: 'failed', on: lock.kind, message: outcome.message }
        return
      }
      const recovery = await vault.newRecoveryCode()
      // Without one the boards are locked all the same; Security offers to make one.
      if (recovery.done) element.code = recovery.code
      else end()
    }
    const end = () => {
      for (const stop of stops) stop()
      resolve()
    }
    const stops = [
      listen(element, 'choose-lock', lock => void choose(lock)),
      listen(element, 'keep-locks', end),
      listen(element, 'recovery-kept', end),
      vault.subscribe(state => {
        const isSetElsewhere = state.at === 'open' && reason === 'required' && hasLock(state.locks)
        if (!isChoosing && (state.at === 'locked' || isSetElsewhere)) end()
      }),
    ]
  })
}

/** Says why the vault cannot be opened. Resolves when the person goes on without it; they can also start again. */
export async function explain(message: string, show: Show): Promise<void> {
  const { StuckPage } = await loadPages()
  const element = Object.assign(new StuckPage(), { message })
  show(pageOf(element))
  await new Promise<void>(resolve => {
    listen(element, 'try-again', () => location.reload())
    listen(element, 'go-without-storage', () => resolve())
  })
}

interface Progress {
  readonly done: number
  readonly total: number
}

/** ms. What is over sooner needs no page. */
const QUIET_FOR = 150

/** Shows how far moving old boards has come, once it takes a while. */
export async function withProgress<T>(
  clock: Clock,
  show: Show,
  move: (onProgress: (progress: Progress) => void) => Promise<T>,
): Promise<T> {
  let progress: Progress = { done: 0, total: 0 }
  let isOver = false
  let element: HTMLElement | undefined
  const reveal = async (): Promise<void> => {
    const { MovingPage } = await loadPages()
    if (isOver) return
    element = Object.assign(new MovingPage(), progress)
    show(pageOf(element))
  }
  // Without the page the boards are moved just the same.
  const cancel = clock.after(QUIET_FOR, () => void reveal().catch(() => {}))
  try {
    return await move(next => {
      progress = next
      if (element) Object.assign(element, progress)
    })
  } finally {
    isOver = true
    cancel()
  }
}
