import { listen } from './app/index.ts'
import { Security } from './app/vault/security.ts'
import type { NewLock, Outcome, Vault } from './vault/seams.ts'

export interface SecurityParts {
  /** Null: nothing is kept on this device. */
  readonly vault: Vault | null
  readonly isLockRequired: () => boolean
}

/**
 * Opens the dialog that shows and changes what protects the boards. Closed, it leaves nothing behind, and gives the focus back to
 * `opener`.
 */
export async function openSecurity(
  { vault, isLockRequired }: SecurityParts,
  opener: HTMLElement | null,
): Promise<void> {
  const canUsePasskeys = (await vault?.canUsePasskeys()) ?? false
  if (document.querySelector('drift-security')) return
  const element = new Security()
  const draw = () => {
    if (vault?.state.at !== 'open') return
    const { locks } = vault.state
    element.protection = {
      locks,
      idleMinutes: vault.idleMinutes,
      isLockRequired: isLockRequired(),
      canUsePasskeys,
    }
  }
  draw()
  const stops = vault ? [vault.subscribe(draw), ...followDialog(element, vault, draw)] : []
  listen(element, 'close-security', () => {
    for (const stop of stops) stop()
    element.remove()
    opener?.focus()
  })
  document.body.append(element)
  await element.updateComplete
  element.open = true
}

/** Does what the person asks for in the dialog, one thing at a time, and shows there how it ended. */
function followDialog(element: Security, vault: Vault, draw: () => void): (() => void)[] {
  async function work(on: string, change: () => Promise<Outcome>): Promise<boolean> {
    if (element.work.at === 'running') return false
    element.work = { at: 'running', on }
    const outcome = await change()
    element.work = outcome.done ? { at: 'idle' } : { at: 'failed', on, message: outcome.message }
    draw()
    if (outcome.done) element.settle()
    return outcome.done
  }
  const renew = () =>
    work('recovery', async () => {
      const made = await vault.newRecoveryCode()
      if (made.done) element.code = made.code
      return made
    })
  const hasRecovery = () =>
    vault.state.at === 'open' && vault.state.locks.some(({ kind }) => kind === 'recovery')
  async function choose(lock: NewLock): Promise<void> {
    const isSet = await work(lock.kind, () => vault.setLock(lock))
    // The first lock brings the code along: who loses the one needs the other.
    if (isSet && !hasRecovery()) await renew()
  }
  return [
    listen(element, 'choose-lock', lock => void choose(lock)),
    listen(element, 'remove-lock', ({ id }) => void work(id, () => vault.removeLock(id))),
    listen(element, 'renew-recovery', () => void renew()),
    listen(element, 'recovery-kept', () => {
      element.code = ''
    }),
    listen(
      element,
      'lock-when-idle',
      ({ minutes }) => void work('idle', () => vault.setIdleMinutes(minutes)),
    ),
  ]
}
