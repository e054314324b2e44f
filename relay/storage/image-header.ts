export const IMAGE_TYPES = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
} as const

export type ImageFormat = keyof typeof IMAGE_TYPES

export interface ImageHeader {
  readonly format: ImageFormat
  /** In pixels. */
  readonly width: number
  readonly height: number
}

interface Size {
  readonly width: number
  readonly height: number
}

/**
 * What an image says of itself in its first bytes, whatever it is called; null for what is none of these formats, or has
 * no size. Content comes from strangers: each reader takes time that grows no faster than the bytes.
 */
export function imageHeader(content: Uint8Array): ImageHeader | null {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  for (const [format, sizeOf] of READERS) {
    const size = sizeOf(bytes)
    if (size && size.width > 0 && size.height > 0) return { format, ...size }
  }
  return null
}

const READERS: readonly (readonly [ImageFormat, (bytes: Buffer) => Size | null])[] = [
  ['png', pngSize],
  ['jpeg', jpegSize],
  ['gif', gifSize],
  ['webp', webpSize],
  ['avif', avifSize],
]

/** The header chunk comes first. https://www.w3.org/TR/png-3/#11IHDR */
function pngSize(bytes: Buffer): Size | null {
  if (bytes.length < 24 || bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return null
  if (bytes.toString('latin1', 12, 16) !== 'IHDR') return null
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

/** https://www.w3.org/Graphics/GIF/spec-gif89a.txt, 18. Logical Screen Descriptor */
function gifSize(bytes: Buffer): Size | null {
  if (bytes.length < 10 || !/^GIF8[79]a/.test(bytes.toString('latin1', 0, 6))) return null
  return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
}

/** Segments up to the one that starts a frame. ITU-T T.81, B.1.1 and B.2.2 */
function jpegSize(bytes: Buffer): Size | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null
  let at = 2
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes.readUInt8(at + 1)
    // Any number of 0xff may fill the space before a marker.
    if (marker === 0xff) at += 1
    else if (startsFrame(marker))
      return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
    else if (endsHeader(marker)) return null
    else at += 2 + bytes.readUInt16BE(at + 2)
  }
  return null
}

/** SOF0 to SOF15: all from 0xc0 to 0xcf but DHT, JPG and DAC. */
const startsFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** Markers without a length, as the image's end and the start of its data: no frame can follow. */
const endsHeader = (marker: number): boolean =>
  marker === 0x00 || marker === 0x01 || (marker >= 0xd0 && marker <= 0xda)

/** https://developers.google.com/speed/webp/docs/riff_container, and RFC 6386 9.1 for the lossy one. */
function webpSize(bytes: Buffer): Size | null {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP') return null
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8X':
      if (bytes.length < 30) return null
      return { width: 1 + bytes.readUIntLE(24, 3), height: 1 + bytes.readUIntLE(27, 3) }
    case 'VP8L': {
      if (bytes.length < 25 || bytes[20] !== 0x2f) return null
      const packed = bytes.readUInt32LE(21)
      return { width: 1 + (packed & 0x3fff), height: 1 + ((packed >>> 14) & 0x3fff) }
    }
    case 'VP8 ':
      if (bytes.length < 30 || bytes.readUIntBE(23, 3) !== 0x9d012a) return null
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
    default:
      return null
  }
}

/** Bytes in which an AVIF has to say what it is. With a large colour profile it needs half of them. */
const AVIF_HEAD_BYTES = 1024 * 1024

/** Bytes. One brand has four, and files name a handful. */
const AVIF_BRANDS_BYTES = 256

/** The largest of the sizes that its items have. ISO/IEC 23008-12, 6.5.3, and https://aomediacodec.github.io/av1-avif */
function avifSize(bytes: Buffer): Size | null {
  const head = bytes.subarray(0, AVIF_HEAD_BYTES)
  const brands = boxIn(head, 'ftyp')?.toString('latin1', 0, AVIF_BRANDS_BYTES) ?? ''
  const meta = boxIn(head, 'meta')
  if (!meta || !/^(.{4})*avi[fs]/s.test(brands)) return null
  // A full box starts with its version and flags.
  const properties = boxIn(boxIn(meta.subarray(4), 'iprp'), 'ipco')
  let largest: Size | null = null
  for (const { name, content } of boxes(properties ?? Buffer.of())) {
    if (name !== 'ispe' || content.length < 12) continue
    const size = { width: content.readUInt32BE(4), height: content.readUInt32BE(8) }
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size
  }
  return largest
}

interface Box {
  readonly name: string
  readonly content: Buffer
}

/** The boxes that follow each other, up to the first that is cut off. ISO/IEC 14496-12, 4.2 */
function* boxes(bytes: Buffer): Generator<Box> {
  let at = 0
  while (at + 8 <= bytes.length) {
    const length = bytes.readUInt32BE(at) || bytes.length - at
    if (length < 8 || at + length > bytes.length) return
    yield { name: bytes.toString('latin1', at + 4, at + 8), content: bytes.subarray(at + 8, at + length) }
    at += length
  }
}

function boxIn(bytes: Buffer | null, name: string): Buffer | null {
  for (const box of boxes(bytes ?? Buffer.of())) if (box.name === name) return box.content
  return null
}
