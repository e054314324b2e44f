import type { SyncStatus } from './app/model/status.ts'
import type { AssetsState } from './sync/assets/board-assets.ts'

/** The status of a board with that of its images: it is saved, here or at the relay, once they are too. */
export function withImages(status: SyncStatus, { device, message, waiting }: AssetsState): SyncStatus {
  const isWorse = status.device === 'saved' && device !== 'saved'
  const isWaiting = status.relay === 'saved' && waiting > 0 && status.viewOnly !== true
  return {
    ...status,
    ...(isWorse && { device, ...(device === 'failed' && { deviceMessage: message }) }),
    ...(isWaiting && { relay: 'syncing', inSnapshot: false }),
  }
}
