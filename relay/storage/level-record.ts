import { crc32 } from 'node:zlib'
import { StorageError } from './update-log.ts'

/** Bytes before a record's content: its CRC-32 (of all that follows), then its flags. */
const HEADER = 5

/** Set on a record that a compaction wrote. */
const MERGED = 1

/** Bytes of a sequence number in a key: big-endian, so that keys sort as numbers do. */
const SEQUENCE_BYTES = 8

export interface LevelRecord {
  content: Uint8Array
  merged: boolean
}

/** `board`, a zero byte, the sequence number. No board id holds a zero byte, so no board's keys lie among another's. */
export function recordKey(board: string, sequence: number): Uint8Array {
  // Of the block that small buffers share, as the record below: LevelDB keeps copies of its own.
  const key = Buffer.allocUnsafe(board.length + 1 + SEQUENCE_BYTES)
  key.write(board, 'latin1')
  key[board.length] = 0
  key.writeBigUInt64BE(BigInt(sequence), board.length + 1)
  return key
}

export function sequenceOf(key: Uint8Array): number {
  const view = new DataView(key.buffer, key.byteOffset, key.byteLength)
  return Number(view.getBigUint64(key.byteLength - SEQUENCE_BYTES))
}

export const boardOf = (key: Uint8Array): string =>
  Buffer.from(key).toString('latin1', 0, key.length - SEQUENCE_BYTES - 1)

export function encodeRecord({ content, merged }: LevelRecord): Uint8Array {
  const value = Buffer.allocUnsafe(HEADER + content.length)
  value[4] = merged ? MERGED : 0
  value.set(content, HEADER)
  value.writeUInt32BE(crc32(value.subarray(4)))
  return value
}

/** The content is a plain view, never a Buffer, whose `slice` would not copy. `where` names the record for the operator. */
export function decodeRecord(value: Uint8Array, where: string): LevelRecord {
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength)
  if (value.length < HEADER || view.getUint32(0) !== crc32(value.subarray(4))) {
    throw new StorageError(`${where} is damaged: its checksum does not match.`)
  }
  const content = new Uint8Array(value.buffer, value.byteOffset + HEADER, value.length - HEADER)
  return { content, merged: value[4] === MERGED }
}
