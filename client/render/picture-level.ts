import type { Vec } from '../../shared/geometry/vec.ts'

/** Pixels. Every GPU takes textures of this side; a picture is never shown in more. */
const MOST_SIDE = 4096
/** A picture halved so often is a few pixels. */
const MOST_LEVEL = 12

/**
 * How often a picture of `natural` pixels may be halved and still have a pixel for each of the `shown` ones of the screen.
 * 0 is the whole picture.
 */
export function levelFor(natural: Vec, shown: Vec): number {
  const spare = Math.min(natural[0] / shown[0], natural[1] / shown[1])
  const wanted = Math.floor(Math.log2(spare))
  const least = Math.ceil(Math.log2(Math.max(...natural) / MOST_SIDE))
  return Math.max(0, least, Math.min(MOST_LEVEL, wanted))
}

/** Pixels of a picture at a level. */
export const sizeAt = ([w, h]: Vec, level: number): Vec => [
  Math.max(1, Math.round(w / 2 ** level)),
  Math.max(1, Math.round(h / 2 ** level)),
]

/** Bytes of one pixel: in the decoded bitmap, in the texture, and a third of that in its mipmaps. */
const PIXEL_BYTES = 4 * (2 + 1 / 3)

/** Bytes that a picture at a level takes. */
export function bytesAt(natural: Vec, level: number): number {
  const [w, h] = sizeAt(natural, level)
  return Math.ceil(w * h * PIXEL_BYTES)
}

/** The level, `wanted` or the next coarser, at which a picture takes no more than `room` bytes. */
export function affordableLevel(natural: Vec, wanted: number, room: number): number {
  let level = wanted
  while (level < MOST_LEVEL && bytesAt(natural, level) > room) level++
  return level
}
