import { type BoardPage, listen, type SyncStatus } from './app/index.ts'
import type { BoardDiff, BoardView } from './board/board.ts'
import type { BoardAccess } from './board/board-access.ts'
import { mayEdit } from './board-entrance.ts'
import type { BoardImages } from './board-images.ts'
import type { Editor } from './editor/editor.ts'
import type { BoardSync } from './sync/board-sync.ts'
import type { Gesture } from './sync/change-log.ts'

export interface StatusParts {
  readonly sync: BoardSync<unknown>
  readonly access: BoardAccess
  readonly images: BoardImages
  readonly board: BoardView
  readonly editor: Editor
  readonly element: BoardPage
  readonly status: () => SyncStatus
}

/** Shows where the board, and each of the person's latest gestures, is. Returns its own undo. */
export function followStatus({
  sync,
  access,
  images,
  board,
  editor,
  element,
  status,
}: StatusParts): () => void {
  const show = () => {
    element.status = status()
  }
  show()
  const stops = [
    board.subscribe(diff => {
      const gesture = gestureOf(diff)
      if (gesture) sync.describe(gesture)
    }),
    listen(element, 'point-out', ({ shapes }) => editor.pointOut(shapes)),
    sync.changes.subscribe(show),
    sync.durability.subscribe(show),
    sync.relay.subscribe(show),
    access.subscribe(show),
    images.assets.subscribe(show),
  ]
  window.addEventListener('online', show)
  window.addEventListener('offline', show)
  return () => {
    for (const stop of stops) stop()
    window.removeEventListener('online', show)
    window.removeEventListener('offline', show)
  }
}

/** Reads the status of a board. The relay is out of reach from the first attempt that failed until one succeeds. */
export function statusReader(
  sync: BoardSync<unknown>,
  access: BoardAccess,
  images: BoardImages,
): () => SyncStatus {
  let isOutOfReach = false
  let pause: number | undefined
  sync.relay.subscribe(state => {
    if (state.at === 'offline') {
      isOutOfReach = true
      pause = state.code
    }
    if (state.at === 'synced') isOutOfReach = false
  })
  return () => {
    const { device, holders, peers, relay } = sync.durability.state
    const { state } = sync.relay
    return images.inStatus({
      device: device.at,
      ...(device.at === 'failed' && { deviceMessage: device.message }),
      peers,
      holders,
      changes: sync.changes.state,
      relay: relay === 'off' ? (isOutOfReach ? 'off' : 'connecting') : relay,
      ...(state.at === 'refused' && { refusal: state }),
      ...(state.at === 'synced' && {
        inSnapshot: state.inSnapshot === true,
        keepsBack: state.keepsBack === true,
      }),
      ...(isOutOfReach && pause !== undefined && { pause }),
      viewOnly: !mayEdit(access),
      online: navigator.onLine,
    })
  }
}

/** What the person did, as the board tells it; null for what others did, and for what changed no shape. */
function gestureOf({ source, shapes }: BoardDiff): Gesture | null {
  if (source === 'remote' || shapes.size === 0) return null
  const changes = [...shapes.values()]
  const isAll = (key: 'before' | 'after') => changes.every(change => change[key] === undefined)
  const what = isAll('before') ? 'added' : isAll('after') ? 'removed' : 'changed'
  return { what, shapes: [...shapes.keys()] }
}
