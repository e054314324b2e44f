import { strFromU8, strToU8, unzlibSync, zlibSync } from 'fflate'
import { crc32 } from './crc32.ts'

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

export const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, i) => bytes[i] === byte)

interface Chunk {
  readonly type: string
  /** Where the chunk begins in the file, and its data. */
  readonly at: number
  readonly data: Uint8Array
}

/** Length, type, and a checksum at the end. */
const FRAME = 12

/** The chunks of a PNG as far as they are whole. */
function chunksOf(bytes: Uint8Array): readonly Chunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const chunks: Chunk[] = []
  for (let at = SIGNATURE.length; at + FRAME <= bytes.length; ) {
    const length = view.getUint32(at)
    if (at + FRAME + length > bytes.length) break
    const type = strFromU8(bytes.subarray(at + 4, at + 8), true)
    chunks.push({ type, at, data: bytes.subarray(at + 8, at + 8 + length) })
    at += FRAME + length
  }
  return chunks
}

/** The PNG with a text under `keyword`, compressed. */
export function withText(png: Uint8Array, keyword: string, text: string): Uint8Array<ArrayBuffer> {
  const end = chunksOf(png).find(({ type }) => type === 'IEND')?.at ?? png.length
  // iTXt: the keyword, that it is compressed and how, no language, no translated keyword.
  const head = [...strToU8(keyword, true), 0, 1, 0, 0, 0]
  const packed = zlibSync(strToU8(text))
  const chunk = new Uint8Array(FRAME + head.length + packed.length)
  const view = new DataView(chunk.buffer)
  view.setUint32(0, head.length + packed.length)
  chunk.set(strToU8('iTXt', true), 4)
  chunk.set(head, 8)
  chunk.set(packed, 8 + head.length)
  view.setUint32(chunk.length - 4, crc32(chunk.subarray(4, -4)))
  const whole = new Uint8Array(png.length + chunk.length)
  whole.set(png.subarray(0, end))
  whole.set(chunk, end)
  whole.set(png.subarray(end), end + chunk.length)
  return whole
}

/** The text under `keyword`; undefined where there is none that can be read. `most` bytes are unpacked. */
export function textUnder(png: Uint8Array, keyword: string, most: number): string | undefined {
  for (const { type, data } of chunksOf(png)) {
    const end = data.indexOf(0)
    if (end < 0 || strFromU8(data.subarray(0, end), true) !== keyword) continue
    try {
      if (type === 'tEXt') return strFromU8(data.subarray(end + 1), true)
      if (type === 'zTXt') return strFromU8(unpacked(data.subarray(end + 2), most), true)
      if (type === 'iTXt') return internationalText(data, end + 1, most)
    } catch {
      return undefined
    }
  }
  return undefined
}

function internationalText(data: Uint8Array, at: number, most: number): string {
  const language = data.indexOf(0, at + 2)
  const translated = data.indexOf(0, language + 1)
  const body = data.subarray(translated + 1)
  return strFromU8(data[at] === 1 ? unpacked(body, most) : body)
}

/** Throws when it is no zlib stream, or larger than `most` bytes: what it says of its size is not believed. */
export function unpacked(bytes: Uint8Array, most: number): Uint8Array {
  // Room for all that deflate can make of it, up to one byte more than is taken.
  const out = unzlibSync(bytes, { out: new Uint8Array(Math.min(most + 1, bytes.length * 1032 + 64)) })
  if (out.length > most) throw new RangeError('It unpacks to more than can be opened.')
  return out
}
