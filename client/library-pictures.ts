import { resolveArrow } from '../shared/shapes/arrow-binding.ts'
import type { KnownShape } from '../shared/shapes/index.ts'
import { canvasLineWidth } from './render/line-width.ts'
import { drawThumbnails, type Thumbnails } from './render/thumbnail.ts'
import { VIEWS } from './shapes/index.ts'

/** Pixels: two for each CSS pixel of a tile. */
const SIZE = { w: 240, h: 176 }

type ImageBytes = Readonly<Record<string, Uint8Array<ArrayBuffer>>>

/** How the items of the library look, each drawn once, one after the other. */
export class LibraryPictures {
  readonly #fontsLoaded: Promise<void>
  readonly #drawn = new Map<string, Promise<Thumbnails | null>>()
  #last: Promise<unknown>

  constructor(fontsLoaded: Promise<void>) {
    this.#fontsLoaded = fontsLoaded
    this.#last = fontsLoaded
  }

  /** Null where the browser draws none. */
  of(id: string, shapes: readonly KnownShape[], images: () => ImageBytes): Promise<Thumbnails | null> {
    const known = this.#drawn.get(id)
    if (known !== undefined) return known
    const drawing = this.#last.then(() => draw(shapes, images()))
    this.#last = drawing.catch(() => {})
    this.#drawn.set(id, drawing)
    return drawing
  }

  clear(): void {
    this.#drawn.clear()
    this.#last = this.#fontsLoaded
  }
}

async function draw(shapes: readonly KnownShape[], images: ImageBytes): Promise<Thumbnails | null> {
  const byId = new Map(shapes.map(shape => [shape.id, shape]))
  const bitmaps = await decoded(images)
  const pictures = await drawThumbnails({
    shapes: shapes
      .filter(({ hidden }) => !hidden)
      .map(shape =>
        shape.type === 'arrow' ? resolveArrow(shape, id => byId.get(id), canvasLineWidth) : shape,
      ),
    views: VIEWS,
    lineWidth: canvasLineWidth,
    size: SIZE,
    picture: shape => bitmaps.get(shape.asset),
    pause: () => new Promise(resolve => setTimeout(resolve)),
  })
  for (const bitmap of bitmaps.values()) bitmap.close()
  return pictures
}

async function decoded(images: ImageBytes): Promise<ReadonlyMap<string, ImageBitmap>> {
  const bitmaps = new Map<string, ImageBitmap>()
  for (const [asset, bytes] of Object.entries(images)) {
    try {
      bitmaps.set(asset, await createImageBitmap(new Blob([bytes]), { resizeWidth: SIZE.w }))
    } catch {
      // No image after all: its frame is drawn instead.
    }
  }
  return bitmaps
}
