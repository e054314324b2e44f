/**
 * Reads LevelDB's write-ahead log as far as to see whether it is whole. LevelDB itself leaves out, without a word, what it
 * cannot read there. The format is in doc/log_format.md of LevelDB: blocks of 32 KB, in them records of a masked CRC-32C of
 * what follows the length, a length of two bytes, a type, and the content.
 */

const BLOCK = 32 * 1024

const HEADER = 7

/** Where in a header the type is. The checksum covers it and the content. */
const TYPE_AT = 6

/** Types of a record: a whole entry, or its first, middle or last part. */
const TYPE = { full: 1, first: 2, middle: 3, last: 4 } as const

/**
 * Where a log stops making sense, in bytes from its start.
 * - `cut`: within the last record. A crash in the middle of a write leaves that, and so does a file that lost its end.
 * - `damaged`: at a record that was whole once, since something that can be read follows, or since its checksum is wrong.
 */
export type LogEnd =
  | { readonly at: 'whole' }
  | { readonly at: 'cut'; readonly offset: number }
  | { readonly at: 'damaged'; readonly offset: number }

/** How a write-ahead log ends, or where it is damaged first. */
export function endOf(log: Uint8Array): LogEnd {
  let offset = 0
  /** Where an entry began that has not ended yet. */
  let begun: number | null = null
  while (offset < log.length) {
    const left = Math.min(endOfBlock(offset), log.length) - offset
    // What is left of a block is too short for a header: filled with zeros, and passed over.
    if (left < HEADER && offset + left < log.length) {
      offset += left
      continue
    }
    if (!isRecord(log, offset)) return brokenAt(log, offset)
    const type = log[offset + TYPE_AT]
    if (type === TYPE.first) begun = offset
    else if (type !== TYPE.middle) begun = null
    offset += HEADER + lengthAt(log, offset)
  }
  return begun === null ? { at: 'whole' } : { at: 'cut', offset: begun }
}

function brokenAt(log: Uint8Array, offset: number): LogEnd {
  const isCut = offset + HEADER > log.length || offset + HEADER + lengthAt(log, offset) > log.length
  const isUnwritten = log.subarray(offset).every(byte => byte === 0)
  if ((isCut || isUnwritten) && !isRecordAfter(log, offset)) return { at: 'cut', offset }
  return { at: 'damaged', offset }
}

/** Whether anything can be read behind a place: anywhere in its block, since lengths are not to be trusted, or in a later one. */
function isRecordAfter(log: Uint8Array, offset: number): boolean {
  const end = Math.min(endOfBlock(offset), log.length)
  for (let at = offset + 1; at < end; at += 1) if (isRecord(log, at)) return true
  for (let at = endOfBlock(offset); at < log.length; at += BLOCK) if (isRecord(log, at)) return true
  return false
}

const endOfBlock = (offset: number): number => offset - (offset % BLOCK) + BLOCK

/** Whether a record that is whole and undamaged starts there. */
function isRecord(log: Uint8Array, offset: number): boolean {
  const end = Math.min(endOfBlock(offset), log.length)
  if (offset + HEADER > end) return false
  const type = log[offset + TYPE_AT] ?? 0
  const last = offset + HEADER + lengthAt(log, offset)
  if (type < TYPE.full || type > TYPE.last || last > end) return false
  const view = new DataView(log.buffer, log.byteOffset, log.byteLength)
  return view.getUint32(offset, true) === masked(crc32c(log.subarray(offset + TYPE_AT, last)))
}

const lengthAt = (log: Uint8Array, offset: number): number =>
  (log[offset + 4] ?? 0) | ((log[offset + 5] ?? 0) << 8)

/** As LevelDB stores it, so that the CRC of data that has CRCs in it is none of those. */
const masked = (crc: number): number => (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0

/** The polynomial of Castagnoli, its bits reversed. Node's zlib has another. */
const CASTAGNOLI = 0x82f63b78

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ CASTAGNOLI : crc >>> 1
  return crc
})

function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 255] ?? 0)
  return (crc ^ 0xffffffff) >>> 0
}
