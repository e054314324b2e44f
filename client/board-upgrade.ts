import { CLOSE } from '../shared/protocol/close.ts'
import type { Readable } from '../shared/util/readable.ts'
import type { DocBoard } from './board/doc-board.ts'
import type { RelayState } from './sync/relay-link.ts'

export interface UpgradeParts {
  readonly board: DocBoard
  /** `loaded`: the board holds what this device has. */
  readonly sync: { readonly loaded: Promise<void>; readonly relay: Readable<RelayState> }
  /** Told once: this app is older than the board, or than the relay allows. */
  readonly onOutdated: () => void
}

/**
 * Keeps versions in step: writes the board as this version does once it is loaded, and again once the relay has told what it
 * has, and tells when it is the app that is behind. Returns its own undo.
 */
export function followUpgrade({ board, sync, onOutdated }: UpgradeParts): () => void {
  let isOpen = true
  let wasSynced = false
  let hasTold = false
  const look = () => {
    const { state } = sync.relay
    const isOutdated = board.isNewer || (state.at === 'refused' && state.code === CLOSE.outdated)
    if (isOutdated && !hasTold) {
      hasTold = true
      onOutdated()
    }
    const isSynced = state.at === 'synced'
    if (isSynced && !wasSynced) board.upgrade()
    wasSynced = isSynced
  }
  void sync.loaded.then(() => {
    if (!isOpen) return
    board.upgrade()
    look()
  })
  const stops = [board.subscribe(look), sync.relay.subscribe(look)]
  return () => {
    isOpen = false
    for (const stop of stops) stop()
  }
}
