import { CLOSE } from '../shared/protocol/close.ts'
import { isAtLeast } from '../shared/protocol/role.ts'
import type { Refusal, RejectionParts } from './rejected-copy.ts'

/** Codes that say that something here is not taken, and not that somebody may not be here. */
const REJECTIONS: ReadonlySet<number> = new Set([CLOSE.refused, CLOSE.tooLarge, CLOSE.invalid])

/**
 * When the relay does not take what was changed here, keeps the person's version as a board of their own, and then brings this
 * one back to what the others have. Returns its own undo.
 */
export function followRejections(parts: RejectionParts): () => void {
  const { sync, id, device, board } = parts
  const channel = new BroadcastChannel(`driftboard:replaced:${id}`)
  let isOpen = true
  let isBusy = false

  const look = async (): Promise<void> => {
    if (isBusy || !isOpen || !rejectionIn(sync)) return
    isBusy = true
    // Another key may be tried first.
    await sync.loaded
    await parts.access.ready
    const refusal = rejectionIn(sync)
    // Of several tabs the one with the connection acts for all.
    if (refusal && sync.leads && isOpen) await settle(refusal).catch(leftAsItIs)
    isBusy = false
  }

  async function settle(refusal: Refusal): Promise<void> {
    const { keepRejected } = await import('./rejected-copy.ts')
    const kept = await keepRejected(refusal, { ...parts, relayUrl: location.origin.replace(/^http/, 'ws') })
    if (!kept || !isOpen) return
    channel.postMessage('closing')
    await close()
    try {
      await kept.bringBack()
    } finally {
      channel.postMessage('done')
      reopen()
    }
    kept.tell()
  }

  /** What this tab still holds would come back by way of the others. */
  const onOther = async ({ data }: MessageEvent<unknown>): Promise<void> => {
    if (data === 'closing') {
      await close()
      // In case that the other tab is gone before it is done.
      stops.push(device.clock.after(REOPEN_AFTER, reopen))
    }
    if (data === 'done') reopen()
  }

  /** What is drawn from then on would be nowhere. */
  const close = (): Promise<void> => {
    const closed = sync.destroy()
    board.lock(CHANGING)
    return closed
  }

  const reopen = () => {
    if (isOpen) window.dispatchEvent(new PopStateEvent('popstate'))
  }
  channel.onmessage = event => void onOther(event)
  const stops = [sync.relay.subscribe(() => void look()), () => channel.close()]
  return () => {
    isOpen = false
    for (const stop of stops) stop()
  }
}

/** ms. Deleting and writing one board takes far less. */
const REOPEN_AFTER = 15_000

const CHANGING = 'The board is being brought back to what the others have.'

/** Everything stays where it is; the status says what the relay said. */
const leftAsItIs = (error: unknown): void =>
  console.warn('What the relay did not take stays on this board.', error)

/** What the state of the link says of changes that are not taken. A relay that is older than this app takes them later. */
export function rejectionIn({
  relay: { state },
  hello,
}: Pick<RejectionParts['sync'], 'relay' | 'hello'>): Refusal | null {
  if (state.at === 'refused') return REJECTIONS.has(state.code) ? state : null
  const mayWrite = hello.state !== null && isAtLeast(hello.state.role, 'editor')
  const isKept = state.at === 'synced' && state.keepsBack === true && !mayWrite
  return isKept ? { code: CLOSE.refused, reason: '', where: '' } : null
}
