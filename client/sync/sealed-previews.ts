import { createDecoder, readVarString, readVarUint8Array } from 'lib0/decoding'
import { createEncoder, toUint8Array, writeVarString, writeVarUint8Array } from 'lib0/encoding'
import { type Keychain, LockedError } from '../../shared/util/sealer.ts'
import type { Rows } from './device-database.ts'
import { failureOf } from './indexeddb-failure.ts'
import type { PreviewTable } from './local-store.ts'

export interface SealedPreviews extends PreviewTable {
  delete(board: string): Promise<void>
  /** Bytes that the preview of a board takes; 0 for none. */
  usage(board: string): Promise<number>
}

/** The previews of all boards, each sealed with the id of its board inside. */
export function sealedPreviews(rows: Rows, keychain: Keychain): SealedPreviews {
  const { sealer } = keychain
  const rowOf = (board: string) => keychain.storageName(`preview of ${board}`)
  const contextOf = (row: string) => `preview ${row}`

  /** Null for one that cannot be read: it is only a picture, and is made anew. */
  async function open(row: string, sealed: unknown): Promise<[string, Uint8Array<ArrayBuffer>] | null> {
    try {
      if (!(sealed instanceof Uint8Array)) return null
      const decoder = createDecoder(await sealer.openLarge(sealed, contextOf(row)))
      return [readVarString(decoder), readVarUint8Array(decoder).slice()]
    } catch (error) {
      if (error instanceof LockedError) throw error
      return null
    }
  }

  return {
    async put(board, bytes) {
      const row = rowOf(board)
      const encoder = createEncoder()
      writeVarString(encoder, board)
      writeVarUint8Array(encoder, bytes)
      try {
        await rows.put(row, await sealer.sealLarge(toUint8Array(encoder), contextOf(row)))
      } catch (error) {
        throw failureOf(error, 'aborted')
      }
    },
    async all() {
      try {
        const opened = await Promise.all([...(await rows.all())].map(entry => open(...entry)))
        return new Map(opened.filter(entry => entry !== null))
      } catch (error) {
        throw failureOf(error, 'unavailable')
      }
    },
    delete: board => rows.delete(rowOf(board)),
    async usage(board) {
      const row = await rows.get(rowOf(board))
      return row instanceof Uint8Array ? row.length : 0
    },
  }
}
