import { crc32 } from 'node:zlib'
import { StorageError } from './update-log.ts'

/** The first bytes of a stored document: what it is, and in which form. */
const MAGIC = Buffer.from('DBD1')

/** Bytes before the document: the magic, then the CRC-32 of the document, big-endian. */
export const DOCUMENT_HEADER = MAGIC.length + 4

/** A document as it is stored: so that one which a disk or a transfer damaged is never merged into a board. */
export function sealDocument(state: Uint8Array): Uint8Array {
  const sealed = Buffer.allocUnsafe(DOCUMENT_HEADER + state.length)
  MAGIC.copy(sealed)
  sealed.writeUInt32BE(crc32(state), MAGIC.length)
  sealed.set(state, DOCUMENT_HEADER)
  return sealed
}

/** A view into `sealed`, never a Buffer. Throws StorageError, which names the object's key, when it is damaged. */
export function unsealDocument(sealed: Uint8Array, key: string): Uint8Array {
  const header = Buffer.from(sealed.buffer, sealed.byteOffset, Math.min(sealed.length, DOCUMENT_HEADER))
  if (header.length < DOCUMENT_HEADER || !header.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw damaged(key, 'it does not begin as a document does')
  }
  const state = new Uint8Array(
    sealed.buffer,
    sealed.byteOffset + DOCUMENT_HEADER,
    sealed.length - DOCUMENT_HEADER,
  )
  if (crc32(state) !== header.readUInt32BE(MAGIC.length)) throw damaged(key, 'its checksum does not match')
  return state
}

const damaged = (key: string, how: string): StorageError =>
  new StorageError(
    `The object ${key} is damaged: ${how}. Restore it from a backup or an earlier version of the bucket. If there is none, move it away: what only it held is lost then, unless a device still has the board.`,
  )
