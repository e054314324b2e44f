import { boxContainsPoint, grow } from '../geometry/box.ts'
import type { Vec } from '../geometry/vec.ts'
import { type Crop, prop } from '../schema/prop.ts'
import { boxOf } from './boxed.ts'
import { type Common, commonProps, mapBox, type ShapeSpec, type Sized, sizedProps } from './common.ts'

/** A picture. Its bytes lie outside the document, under their hash, so that they are kept and sent once. */
export interface ImageShape extends Common, Sized {
  readonly type: 'image'
  /** SHA-256 of the bytes, in lower-case hex. */
  readonly asset: string
  /** Pixels of the upright picture. */
  readonly natural: Vec
  /** What the picture shows, for who cannot see it. */
  readonly alt: string
  readonly flip: readonly [x: boolean, y: boolean]
  /** The part that shows, of the picture as it is before `flip`; null for all of it. */
  readonly crop: Crop | null
}

/** The part that shows. What is stored may be flat, after a merge: then all of it. */
export const shownPart = ({ crop }: Pick<ImageShape, 'crop'>): Crop =>
  crop && crop[2] > 0 && crop[3] > 0 ? crop : WHOLE

const WHOLE: Crop = [0, 0, 1, 1]

/** UTF-16 code units of what stands for a picture. */
export const ALT_LENGTH = 500

export const image: ShapeSpec<ImageShape> = {
  type: 'image',
  props: {
    type: prop.type('image'),
    ...commonProps,
    ...sizedProps,
    asset: prop.hash,
    natural: prop.pixels,
    alt: { ...prop.line(0, ALT_LENGTH), fallback: '' },
    flip: prop.flags,
    crop: prop.crop,
  },
  box: boxOf,
  touches: (shape, p, tolerance) => boxContainsPoint(grow(boxOf(shape), tolerance), p),
  resized(shape, resize) {
    const flip: ImageShape['flip'] = [shape.flip[0] !== resize.flipX, shape.flip[1] !== resize.flipY]
    return { ...mapBox(boxOf(shape), resize), ...(resize.flipX || resize.flipY ? { flip } : {}) }
  },
}
