import type { Vec } from '../../shared/geometry/vec.ts'
import { imageTypeOf } from '../../shared/util/image-type.ts'
import { MAX_FILE_BYTES } from './content.ts'
import { FileError } from './error.ts'

/** An image as a board takes it. */
export interface ReadImage {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Pixels of the upright picture. */
  readonly natural: Vec
  /** How large it says that it is, in CSS pixels. */
  readonly size: Vec
}

/** Pixels. Every GPU takes textures of this side, and no screen shows more of one picture. */
const MOST_SIDE = 4096
/** Pixels. A drawing that says no size, or a small one, still looks sharp when it is enlarged. */
const SVG_SIDE = 2048
/** Of JPEG and WebP: what is lost is not seen. */
const QUALITY = 0.9
/** What an image that has too many bytes is scaled by, again and again. */
const SHRINK = 0.7
/** Pixels. An image that still has too many bytes at this size will not be had smaller. */
const LEAST_SIDE = 64

const TAKEN = 'Boards take PNG, JPEG, GIF, WebP, AVIF and SVG images.'

/** Whether a file is to be opened as an image, from what the system says of it or how it is called. */
export const isImageFile = ({ name, type }: { readonly name: string; readonly type: string }): boolean =>
  type.startsWith('image/') || /\.(png|jpe?g|gif|webp|avif|svg|bmp|hei[cf]|tiff?)$/i.test(name)

/**
 * Reads an image. One that is too large for a board, in pixels or in bytes, is made smaller, and one of another format is
 * turned into one that boards take. Throws a FileError, and nothing else, when it cannot be shown.
 */
export async function readImage(name: string, file: Blob, mostBytes: number): Promise<ReadImage> {
  if (file.size > MAX_FILE_BYTES) {
    throw new FileError(`"${name}" is too large to be read.`, '', 'Make it smaller, and try again.')
  }
  const bytes = await bytesOf(name, file)
  const type = imageTypeOf(bytes)
  const picture = await decoded(name, bytes, type)
  try {
    const { natural, size } = picture
    if (type && bytes.length <= mostBytes && Math.max(...natural) <= MOST_SIDE)
      return { bytes, natural, size }
    return { ...(await encoded(name, picture, type, mostBytes)), size }
  } finally {
    picture.close()
  }
}

async function bytesOf(name: string, file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    throw new FileError(
      `"${name}" could not be read.`,
      '',
      'Check that it is a file that is still there, and try again.',
    )
  }
}

interface Picture {
  readonly source: CanvasImageSource
  /** Pixels that it is worth to keep. */
  readonly natural: Vec
  readonly size: Vec
  close(): void
}

async function decoded(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  type: string | undefined,
): Promise<Picture> {
  try {
    return type === undefined && isSvg(bytes) ? await decodedSvg(bytes) : await decodedBitmap(bytes)
  } catch {
    throw new FileError(`"${name}" is damaged, or no image that this browser can read.`, '', TAKEN)
  }
}

async function decodedBitmap(bytes: Uint8Array<ArrayBuffer>): Promise<Picture> {
  const bitmap = await createImageBitmap(new Blob([bytes]))
  const size: Vec = [bitmap.width, bitmap.height]
  return { source: bitmap, natural: size, size, close: () => bitmap.close() }
}

/** Bytes in which an SVG begins with its root, after what may stand before that. */
const SVG_HEAD = 4096

const isSvg = (bytes: Uint8Array): boolean =>
  /<svg[\s>]/i.test(new TextDecoder().decode(bytes.subarray(0, SVG_HEAD)))

/** As an image a drawing runs no scripts and loads nothing. */
async function decodedSvg(bytes: Uint8Array<ArrayBuffer>): Promise<Picture> {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'image/svg+xml' }))
  const image = new Image()
  image.src = url
  try {
    await image.decode()
  } finally {
    URL.revokeObjectURL(url)
  }
  const { naturalWidth: w, naturalHeight: h } = image
  if (w === 0 || h === 0) throw new Error('It has no size.')
  const k = Math.max(1, SVG_SIDE / Math.max(w, h))
  return { source: image, natural: [Math.round(w * k), Math.round(h * k)], size: [w, h], close: () => {} }
}

/** The picture in at most `mostBytes`, as large as that allows. */
async function encoded(
  name: string,
  { source, natural }: Picture,
  type: string | undefined,
  mostBytes: number,
): Promise<Pick<ReadImage, 'bytes' | 'natural'>> {
  const target = type === 'image/jpeg' ? type : 'image/webp'
  for (let k = Math.min(1, MOST_SIDE / Math.max(...natural)); ; k *= SHRINK) {
    const size = scaled(natural, k)
    const blob = await drawn(source, size, target)
    const bytes = blob && new Uint8Array(await blob.arrayBuffer())
    if (bytes && bytes.length <= mostBytes && imageTypeOf(bytes)) return { bytes, natural: size }
    if (!bytes || Math.max(...size) <= LEAST_SIDE) {
      throw new FileError(`"${name}" could not be made small enough for this board.`, '', TAKEN)
    }
  }
}

const scaled = ([w, h]: Vec, k: number): Vec => [
  Math.max(1, Math.round(w * k)),
  Math.max(1, Math.round(h * k)),
]

async function drawn(source: CanvasImageSource, [w, h]: Vec, type: string): Promise<Blob | null> {
  const canvas = document.createElement('canvas')
  canvas.width = w
  canvas.height = h
  const context = canvas.getContext('2d')
  if (!context) return null
  context.imageSmoothingQuality = 'high'
  try {
    context.drawImage(source, 0, 0, w, h)
    return await new Promise(resolve => canvas.toBlob(resolve, type, QUALITY))
  } catch {
    // What a drawing includes may be another site's, and then the browser gives no pixels.
    return null
  }
}
