import { rotateAbout, type Vec } from '../../shared/geometry/vec.ts'
import type { Crop } from '../../shared/schema/prop.ts'
import { type ImageShape, shownPart } from '../../shared/shapes/image.ts'

/** What of an image shows, and where. */
export type CropPatch = Pick<ImageShape, 'pos' | 'size' | 'crop'>

/** World units. Less of a picture cannot be taken hold of. */
const LEAST = 8

/** A stretch of an axis: what shows of a picture, in the direction in which it is seen. */
interface Window {
  /** World units from the near edge of what shows now. */
  readonly from: number
  readonly to: number
  /** World units of all of the picture. */
  readonly whole: number
  /** Share of the picture before `from` as it was. */
  readonly before: number
}

/** The sides that `sides` names (-1 for left or top, 1 for right or bottom) pulled by `by`, in world space. */
export function cropBySides(image: ImageShape, sides: Vec, by: Vec): CropPatch {
  const own = rotateAbout(by, [0, 0], -image.rot)
  return cropped(image, axis => {
    const { from, to, whole, before } = windowOf(image, axis)
    const least = Math.min(LEAST, to - from)
    const pull = own[axis]
    const start = sides[axis] < 0 ? clamp(from + pull, -before * whole, to - least) : from
    const end = sides[axis] > 0 ? clamp(to + pull, from + least, (1 - before) * whole) : to
    return { from: start, to: end, whole, before }
  })
}

/** The picture pushed by `by` (world space) behind the part that shows. */
export function cropPushed(image: ImageShape, by: Vec): CropPatch {
  const own = rotateAbout(by, [0, 0], -image.rot)
  const crop = ([0, 1] as const).map(axis => {
    const { whole, before } = windowOf(image, axis)
    const share = shownPart(image)[axis + 2] as number
    return seen(clamp(before - own[axis] / whole, 0, 1 - share), share, image.flip[axis])
  }) as [number, number]
  const [, , w, h] = shownPart(image)
  return { pos: image.pos, size: image.size, crop: settled([...crop, w, h]) }
}

/** All of the picture, as large as what shows of it is now. */
export const uncropped = (image: ImageShape): CropPatch =>
  cropped(image, axis => {
    const { whole, before } = windowOf(image, axis)
    return { from: -before * whole, to: (1 - before) * whole, whole, before }
  })

function windowOf(image: ImageShape, axis: 0 | 1): Window {
  const part = shownPart(image)
  const share = part[axis + 2] as number
  const before = seen(part[axis] as number, share, image.flip[axis])
  return { from: 0, to: image.size[axis], whole: image.size[axis] / share, before }
}

/** The share before a part, from the other end where the picture is mirrored; and back again. */
const seen = (before: number, share: number, isFlipped: boolean): number =>
  isFlipped ? Math.max(0, 1 - before - share) : before

function cropped(image: ImageShape, windowAt: (axis: 0 | 1) => Window): CropPatch {
  const [x, y] = [windowAt(0), windowAt(1)]
  const size: Vec = [x.to - x.from, y.to - y.from]
  const middle: Vec = [(x.from + x.to - image.size[0]) / 2, (y.from + y.to - image.size[1]) / 2]
  // What shows turns about its own middle.
  const away = rotateAbout(middle, [0, 0], image.rot)
  const centre: Vec = [image.pos[0] + image.size[0] / 2 + away[0], image.pos[1] + image.size[1] / 2 + away[1]]
  const [shareX, shareY] = [(x.to - x.from) / x.whole, (y.to - y.from) / y.whole]
  const crop: Crop = [
    seen(x.before + x.from / x.whole, shareX, image.flip[0]),
    seen(y.before + y.from / y.whole, shareY, image.flip[1]),
    shareX,
    shareY,
  ]
  return { pos: [centre[0] - size[0] / 2, centre[1] - size[1] / 2], size, crop: settled(crop) }
}

/** Rounding must not leave a share outside of what a document takes; all of a picture is no crop. */
function settled(crop: Crop): Crop | null {
  const [x, y, w, h] = crop.map(share => clamp(Math.round(share * 1e6) / 1e6, 0, 1)) as unknown as Crop
  return w === 1 && h === 1 ? null : [x, y, w, h]
}

const clamp = (n: number, least: number, most: number): number => Math.max(least, Math.min(most, n))
