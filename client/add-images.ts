import type { Vec } from '../shared/geometry/vec.ts'
import { LIMITS } from '../shared/schema/limits.ts'
import { makeShape } from '../shared/schema/read.ts'
import type { ImageShape } from '../shared/shapes/image.ts'
import type { ShapeId } from '../shared/shapes/index.ts'
import type { Notices } from './app/index.ts'
import type { BoardImages } from './board-images.ts'
import { toWorld } from './editor/camera.ts'
import type { Editor } from './editor/editor.ts'
import { topKeys } from './editor/order-keys.ts'
import { tidied } from './editor/tidy.ts'
import { type ReadImage, readImage } from './files/image.ts'
import { placeImages } from './files/image-place.ts'
import type { TakenImage } from './files/imported-images.ts'

/** Images that are added at once. More would be read for minutes, and cover everything. */
const MOST_AT_ONCE = 50

type Keeper = Pick<BoardImages, 'assets' | 'mostBytes'>

/**
 * Puts images on the board, side by side around `at` (world space) or in the middle of the view, as one undo step. What is
 * no image, or is damaged, is told of and left out.
 */
export async function addImages(
  editor: Editor,
  images: Keeper,
  notices: Notices,
  files: readonly File[],
  at: Vec | null,
): Promise<void> {
  if (files.length > MOST_AT_ONCE) {
    notices.error(`These are ${files.length} images. Add at most ${MOST_AT_ONCE} at once.`)
    return
  }
  const taken: Taken[] = []
  for (const file of files) {
    try {
      taken.push(await take(images, await readImage(file.name, file, images.mostBytes)))
    } catch (error) {
      notices.error(error instanceof Error ? error.message : String(error))
    }
  }
  const shapes = shapesOf(editor, taken, at)
  if (shapes.length === 0) return
  editor.use('select')
  editor.commit(shapes.map(shape => ({ op: 'create', shape })))
  editor.select(shapes.map(shape => shape.id))
}

/** Takes the image of an opened file; null when it is none. */
export async function takeImage(images: Keeper, bytes: Uint8Array<ArrayBuffer>): Promise<TakenImage | null> {
  try {
    const { asset, natural } = await take(
      images,
      await readImage('image', new Blob([bytes]), images.mostBytes),
    )
    return { asset, natural }
  } catch {
    return null
  }
}

/** Puts another image into the box of an image, as large as fits there and whole. */
export async function replaceImage(
  editor: Editor,
  images: Keeper,
  notices: Notices,
  id: ShapeId,
  file: File,
): Promise<void> {
  try {
    const { asset, natural } = await take(images, await readImage(file.name, file, images.mostBytes))
    const shape = editor.board.shapes.get(id)
    if (shape?.type !== 'image') return
    const place = tidied(fittedIn(shape, natural), editor.state.camera.zoom)
    const patch = { ...place, asset, natural, crop: null, alt: '' }
    editor.commit([{ op: 'patch', id, patch }])
  } catch (error) {
    notices.error(error instanceof Error ? error.message : String(error))
  }
}

/** Around the middle of the image, as large as its box lets a picture of these proportions be. */
function fittedIn({ pos, size }: ImageShape, natural: Vec): Pick<ImageShape, 'pos' | 'size'> {
  const k = Math.min(size[0] / natural[0], size[1] / natural[1])
  const [w, h] = [natural[0] * k, natural[1] * k]
  return { pos: [pos[0] + (size[0] - w) / 2, pos[1] + (size[1] - h) / 2], size: [w, h] }
}

interface Taken extends TakenImage {
  /** CSS pixels. */
  readonly size: Vec
}

const take = async ({ assets }: Keeper, { bytes, natural, size }: ReadImage): Promise<Taken> => ({
  asset: await assets.put(bytes),
  natural,
  size,
})

/** Shapes above everything, each where it has its place beside the others. */
function shapesOf(editor: Editor, taken: readonly Taken[], at: Vec | null): readonly ImageShape[] {
  const { camera, viewport } = editor.state
  const middle = at ?? toWorld(camera, [viewport.w / 2, viewport.h / 2])
  const sizes = taken.map(({ size }) => size)
  const keys = topKeys(editor.board, taken.length)
  return placeImages(sizes, middle, { viewport, zoom: camera.zoom }).map((box, i) => {
    const { asset, natural } = taken[i] as Taken
    const place = { pos: [inWorld(box.x), inWorld(box.y)], size: [box.w, box.h] } as const
    const shape = makeShape('image', { id: editor.newId(), z: keys[i] as string, asset, natural, ...place })
    return tidied(shape, camera.zoom)
  })
}

const inWorld = (n: number): number => Math.max(-LIMITS.coordinate, Math.min(LIMITS.coordinate, n))
