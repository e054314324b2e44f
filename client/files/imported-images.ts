import type { ImageShape } from '../../shared/shapes/image.ts'
import type { KnownShape } from '../../shared/shapes/index.ts'
import type { Imported } from './imported.ts'
import { withMore } from './notices.ts'
import { withAsset } from './source.ts'

/** An image that a board has taken: what a shape has to say of it. */
export type TakenImage = Pick<ImageShape, 'asset' | 'natural'>

/**
 * Has `take` keep each image of a file, and the shapes name it as that says. Shapes whose image cannot be taken (`take`
 * resolves to null) are left out and counted.
 */
export async function takeImages(
  imported: Imported,
  take: (bytes: Uint8Array<ArrayBuffer>) => Promise<TakenImage | null>,
): Promise<Imported> {
  const taken = new Map<string, TakenImage | null>()
  // One after another: together they may need more memory than there is.
  for (const [name, bytes] of imported.images) taken.set(name, await take(bytes))
  const shapes = imported.shapes.flatMap((shape): readonly KnownShape[] => {
    if (shape.type !== 'image') return [shape]
    const image = taken.get(shape.asset)
    return image ? [{ ...shape, ...image, source: withAsset(shape.source, image.asset) }] : []
  })
  const notices = withMore(imported.notices, 'image', imported.shapes.length - shapes.length)
  return { ...imported, shapes, images: new Map(), notices }
}
