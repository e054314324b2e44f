import type { Shape } from '../shared/shapes/index.ts'
import type { BoardView } from './board/board.ts'
import type { Device } from './device.ts'
import type { Preview } from './previews-record.ts'
import { withStored } from './stored-board.ts'

/** ms without a change after which a board is drawn for the list: the person looks, or thinks. */
const REST = 3_000

/** Where it is told, in this tab and all others, that there is a new preview. */
const CHANNEL = 'driftboard:previews'

/** What of a device a preview is made of, and kept in. */
export type PreviewHome = Pick<Device, 'fontsLoaded' | 'library' | 'store'>

export interface PreviewParts {
  readonly device: Device
  readonly id: string
  readonly board: BoardView
  /** Resolves once the board holds what this device has of it. */
  readonly loaded: Promise<void>
  /** Whether the person is in the middle of a gesture, which the drawing must not hold up. */
  isBusy(): boolean
}

/**
 * Keeps what the list shows of an open board in step with it: drawn anew when the board rests, is hidden or left, and only
 * after a change. Returns its own undo.
 */
export function followPreview({ device, id, board, loaded, isBusy }: PreviewParts): () => void {
  const { clock } = device
  let isLoaded = false
  void loaded.then(() => {
    isLoaded = true
  })
  let changedAt: number | null = null
  let cancel = () => {}
  const take = () => {
    cancel()
    if (changedAt === null) return
    const at = changedAt
    changedAt = null
    void savePreview(device, id, board.ordered.slice(), at)
  }
  const takeAtRest = () => {
    if (isBusy()) cancel = clock.after(REST, takeAtRest)
    else take()
  }
  const stop = board.subscribe(({ shapes }) => {
    if (!isLoaded || shapes.size === 0) return
    changedAt = clock.now()
    cancel()
    cancel = clock.after(REST, takeAtRest)
  })
  const onVisibility = () => {
    if (document.visibilityState === 'hidden') take()
  }
  document.addEventListener('visibilitychange', onVisibility)
  return () => {
    take()
    document.removeEventListener('visibilitychange', onVisibility)
    stop()
  }
}

/**
 * Draws the preview of a board with these shapes, the bottom one first, and keeps it. One that cannot be drawn or kept is made
 * when the list is next looked at.
 */
async function savePreview(
  device: PreviewHome,
  id: string,
  shapes: readonly Shape[],
  changedAt: number,
): Promise<void> {
  try {
    const [{ drawPreview }, { encodePreview }] = await parts()
    const preview = await drawPreview(device, id, shapes, changedAt)
    // A board that was deleted meanwhile leaves nothing behind.
    if (!device.library.entry(id)) return
    await device.store.previews.put(id, encodePreview(preview))
    const channel = new BroadcastChannel(CHANNEL)
    channel.postMessage(null)
    channel.close()
  } catch (error) {
    console.warn('The preview of a board could not be kept.', error)
  }
}

const parts = () => Promise.all([import('./previews-draw.ts'), import('./previews-record.ts')])

/** Calls `listener` after a preview was kept, in this tab or another. Returns its own undo. */
export function onPreview(listener: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = listener
  return () => channel.close()
}

/** The previews that this device has, by board. Empty when they cannot be read: the list does without. */
export async function readPreviews({ store }: Pick<Device, 'store'>): Promise<ReadonlyMap<string, Preview>> {
  try {
    const [{ decodePreview }, all] = await Promise.all([import('./previews-record.ts'), store.previews.all()])
    return new Map(
      [...all].flatMap(([id, bytes]) => {
        const preview = decodePreview(bytes)
        return preview ? [[id, preview] as const] : []
      }),
    )
  } catch (error) {
    console.warn('The previews of the boards could not be read.', error)
    return new Map()
  }
}

/**
 * Makes the preview of a board that need not be open. `changedAt`: ms since the epoch, 0 for not known. A board that cannot be read
 * gets none.
 */
export async function previewStored(device: PreviewHome, id: string, changedAt: number): Promise<void> {
  try {
    await device.fontsLoaded
    const { shapesOf } = await import('./previews-draw.ts')
    const shapes = await withStored(device.store, id, shapesOf)
    await savePreview(device, id, shapes, changedAt)
  } catch (error) {
    console.warn('A board could not be read for its preview.', error)
  }
}
