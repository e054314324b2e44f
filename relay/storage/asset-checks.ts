import type { PutResult } from './asset-store.ts'
import { IMAGE_TYPES, type ImageHeader, imageHeader } from './image-header.ts'
import type { IncomingImage } from './incoming-image.ts'

export type Refusal = Extract<PutResult, { at: 'refused' }>

export const refused = (why: Refusal['why'], reason: string): Refusal => ({ at: 'refused', why, reason })

/** Pixels. A browser takes four bytes for each to show an image: 400 MB, as much as a phone can give. */
const MAX_PIXELS = 100_000_000

/** Of a declared media type, without parameters such as a charset. */
export const mediaTypeOf = (declared: string): string => (declared.split(';')[0] ?? '').trim().toLowerCase()

/** Why an image of this type is not taken, null when it is. */
export function refusedType(type: string): Refusal | null {
  const taken: readonly string[] = Object.values(IMAGE_TYPES)
  if (taken.includes(type)) return null
  const what =
    type === 'image/svg+xml'
      ? 'SVG is not taken, since it can hold scripts: save it as PNG.'
      : `${type || 'An image without a type'} is not taken.`
  return refused('type', `${what} Images are ${taken.join(', ')}.`)
}

/** What a complete image is, or why it is not what it is said to be. */
export function checkImage(image: IncomingImage, sha256: string, type: string): ImageHeader | Refusal {
  if (image.digest() !== sha256) {
    return refused(
      'hash',
      'What arrived has another SHA-256 than its name: it was changed on its way, or is not complete.',
    )
  }
  const header = imageHeader(image.content)
  if (!header) return refused('type', `This is no ${type}: it does not begin as an image does.`)
  const found = IMAGE_TYPES[header.format]
  if (found !== type) return refused('type', `This is ${found}, not ${type}.`)
  if (header.width * header.height <= MAX_PIXELS) return header
  const size = `${header.width} × ${header.height}`
  return refused('size', `An image may have ${MAX_PIXELS / 1_000_000} megapixels, and this one is ${size}.`)
}
