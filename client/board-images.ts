import { isBoardId } from '../shared/util/ids.ts'
import { Cell, type Readable, sameFlat } from '../shared/util/readable.ts'
import { chooseImages, chooseReplacement } from './app/board/image-chooser.ts'
import { fire } from './app/events.ts'
import type { SyncStatus } from './app/index.ts'
import { type SystemClipboard, systemClipboard } from './app/input/system-clipboard.ts'
import type { BoardView } from './board/board.ts'
import type { BoardAccess } from './board/board-access.ts'
import { mayEdit } from './board-entrance.ts'
import type { Device } from './device.ts'
import type { ImageKeeper } from './editor/actions.ts'
import { withImages } from './image-status.ts'
import { type AssetLink, BoardAssets } from './sync/assets/board-assets.ts'
import { relayAssets } from './sync/assets/relay-assets.ts'
import type { BoardSync } from './sync/board-sync.ts'

export interface ImageParts {
  readonly device: Pick<Device, 'clock' | 'random' | 'store' | 'notices'>
  readonly id: string
  readonly access: BoardAccess
  readonly sync: Pick<BoardSync<unknown>, 'relay' | 'hello'>
  readonly board: BoardView
  /** Where chosen images are reported: the page of the board. */
  readonly element: () => EventTarget
}

/** The images of an open board, for its editor, its canvas and its status. */
export interface BoardImages extends ImageKeeper {
  readonly assets: BoardAssets
  /** The system's clipboard, whose images are added to the board. Absent where the browser gives none. */
  readonly clipboard: SystemClipboard | undefined
  /** Bytes of the largest image that the relay takes, as far as is known. */
  readonly mostBytes: number
  /** What `status` says, with what is true of the images. */
  inStatus(status: SyncStatus): SyncStatus
  destroy(): void
}

/** Bytes. What a relay takes unless its operator says otherwise. */
const USUAL_MOST_BYTES = 10 * 2 ** 20

export function openBoardImages({ device, id, access, sync, board, element }: ImageParts): BoardImages {
  const { clock, random, store, notices } = device
  const link = linkOf(sync.relay, access)
  const assets = new BoardAssets({
    files: store.files(id),
    remote: relayAssets({
      origin: location.origin,
      boardId: id,
      credential: () => access.credential,
      fetch: fetch.bind(globalThis),
    }),
    ...{ link, clock, random },
    onRefused: reason =>
      notices.error(`An image stays on this device only, and others do not see it. ${reason}`),
  })
  const follow = () => assets.follow(assetsOn(board))
  follow()
  const stop = board.subscribe(diff => {
    for (const { after } of diff.shapes.values()) if (after?.type === 'image') assets.follow([after.asset])
  })
  // Plain http on a network address has none.
  const { clipboard } = navigator as { readonly clipboard?: Clipboard }
  return {
    assets,
    clipboard:
      clipboard &&
      systemClipboard(clipboard, file => fire(element(), 'open-files', { files: [file], at: null })),
    board: id,
    get mostBytes() {
      return sync.hello.state?.limits.assetBytes ?? USUAL_MOST_BYTES
    },
    lookIn(other) {
      if (other !== id && isBoardId(other)) assets.lookIn(store.files(other))
    },
    choose: () => chooseImages(element()),
    replace: shape => chooseReplacement(element(), shape),
    inStatus: status => withImages(status, assets.state),
    destroy() {
      stop()
      link.stop()
      assets.destroy()
    },
  }
}

const assetsOn = (board: BoardView): readonly string[] =>
  board.ordered.flatMap(shape => (shape.type === 'image' ? [shape.asset] : []))

/** What the relay can be asked, as far as the board's link to it tells. */
function linkOf(
  relay: Readable<{ readonly at: string }>,
  access: BoardAccess,
): Readable<AssetLink> & { stop(): void } {
  const read = (): AssetLink => {
    const canRead = relay.state.at === 'synced'
    return { canRead, canWrite: canRead && mayEdit(access) }
  }
  const cell = new Cell(read(), sameFlat)
  const update = () => cell.set(read())
  const stops = [relay.subscribe(update), access.subscribe(update)]
  return {
    get state() {
      return cell.state
    },
    subscribe: listener => cell.subscribe(listener),
    stop() {
      for (const stop of stops) stop()
      cell.clear()
    },
  }
}
