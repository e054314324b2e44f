import type { ImageShape } from '../shared/shapes/image.ts'
import type { Shape } from '../shared/shapes/index.ts'
import { BoundBoard } from './board/bound-board.ts'
import { DocBoard } from './board/doc-board.ts'
import { frontPage } from './board/paged-board.ts'
import { boardText } from './board/preview-text.ts'
import type { Device } from './device.ts'
import type { Preview } from './previews-record.ts'
import { canvasLineWidth } from './render/line-width.ts'
import { drawThumbnails } from './render/thumbnail.ts'
import { VIEWS } from './shapes/index.ts'
import { ImageFiles } from './sync/assets/image-files.ts'

/** Pixels: a card is up to 340 CSS pixels wide, at up to two pixels each a little soft. */
const SIZE = { w: 480, h: 300 }
/** Images that are drawn in one preview, the largest on the board first: each is decoded for it. */
const MOST_IMAGES = 24

/** The shapes of a board that is not open, the bottom one first, as they are drawn. */
export function shapesOf(doc: ConstructorParameters<typeof DocBoard>[0]): readonly Shape[] {
  const board = new DocBoard(doc)
  const bound = new BoundBoard(board, canvasLineWidth)
  bound.destroy()
  board.destroy()
  return bound.ordered
}

/** What the list shows of a board with these shapes, the bottom one first. To be loaded with `import()`. */
export async function drawPreview(
  { fontsLoaded, store }: Pick<Device, 'fontsLoaded' | 'store'>,
  id: string,
  shapes: readonly Shape[],
  changedAt: number,
): Promise<Preview> {
  await fontsLoaded
  const shown = frontPage(shapes).filter(({ hidden }) => !hidden)
  const images = await decodedImages(new ImageFiles(store.files(id)), shown)
  const drawn = await drawThumbnails({
    shapes: shown,
    views: VIEWS,
    lineWidth: canvasLineWidth,
    size: SIZE,
    picture: shape => images.get(shape.asset),
    pause,
  })
  for (const image of images.values()) image.close()
  const pictures = drawn && { light: await bytesOf(drawn.light), dark: await bytesOf(drawn.dark) }
  return {
    text: boardText(shapes),
    shapes: figures(shapes),
    changedAt,
    bytes: await store.usage(id),
    pictures,
  }
}

const figures = (shapes: readonly Shape[]): number => shapes.filter(({ type }) => type !== 'page').length

const bytesOf = async (blob: Blob): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await blob.arrayBuffer())

async function decodedImages(
  files: ImageFiles,
  shapes: readonly Shape[],
): Promise<ReadonlyMap<string, ImageBitmap>> {
  const shown = shapes.filter(shape => shape.type === 'image').toSorted((a, b) => area(b) - area(a))
  const hashes = [...new Set(shown.map(shape => shape.asset))].slice(0, MOST_IMAGES)
  const images = new Map<string, ImageBitmap>()
  for (const hash of hashes) {
    try {
      const bytes = await files.get(hash)
      if (bytes) images.set(hash, await createImageBitmap(new Blob([bytes]), SMALL))
    } catch {
      // Not here, or no image after all: its frame is drawn instead.
    }
  }
  return images
}

/** Pixels across: nothing in a preview is larger. */
const SMALL: ImageBitmapOptions = { resizeWidth: SIZE.w, resizeQuality: 'medium' }

const area = ({ size }: ImageShape): number => size[0] * size[1]

/** ms. On a page that is never idle a preview is drawn all the same, in the end. */
const IDLE_WITHIN = 250

/** Lets everything else go first while the page is looked at. In a hidden one, timers and idle times are rare. */
const pause = (): Promise<void> =>
  new Promise(resolve => {
    if (!document.hidden && 'requestIdleCallback' in window) {
      requestIdleCallback(() => resolve(), { timeout: IDLE_WITHIN })
      return
    }
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => resolve()
    port2.postMessage(null)
  })
