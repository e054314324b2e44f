import { timingSafeEqual } from 'node:crypto'
import * as v from 'valibot'
import { type BoardKey, deriveKey, keyHash } from '../../shared/protocol/keys.ts'

/** The form of the record. A later one gets the next number, and a relay that does not know it refuses to guess. */
const VERSION = 1

/** Base64url of a SHA-256. */
const hash = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))

const recordSchema = v.object({
  v: v.literal(VERSION),
  owner: hash,
  editor: hash,
  commenter: hash,
  viewer: hash,
  /** How often the owner has replaced the links. */
  epoch: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  /** ms since the epoch. */
  claimedAt: v.number(),
})

/** Whose keys open a board: hashes only, so that who reads the store cannot open anything. */
export type KeyRecord = v.InferOutput<typeof recordSchema>

/** Where the record of a board lies in a store. */
export const keyRecordName = (board: string): string => `boards/${board}/keys`

/** The record of a board whose owner holds `owner`, with the links of `epoch`. */
export function keyRecordOf(owner: BoardKey, board: string, epoch: number, claimedAt: number): KeyRecord {
  const editor = deriveKey(owner, board, 'editor', epoch)
  const commenter = deriveKey(editor, board, 'commenter', epoch)
  const viewer = deriveKey(commenter, board, 'viewer', epoch)
  return {
    v: VERSION,
    owner: keyHash(owner, board),
    editor: keyHash(editor, board),
    commenter: keyHash(commenter, board),
    viewer: keyHash(viewer, board),
    epoch,
    claimedAt,
  }
}

/** Whether the key opens the board of the record with the role it claims. Takes as long whatever it is compared with. */
export const opens = (key: BoardKey, board: string, record: KeyRecord): boolean =>
  timingSafeEqual(Buffer.from(keyHash(key, board)), Buffer.from(record[key.role]))

export const encodeKeyRecord = (record: KeyRecord): Uint8Array => Buffer.from(JSON.stringify(record))

/** Throws Error, in words for the operator, on what is no record or one of a later form. */
export function parseKeyRecord(bytes: Uint8Array): KeyRecord {
  const result = v.safeParse(recordSchema, parseJson(bytes))
  if (result.success) return result.output
  throw new Error(
    'The key record of a board (boards/<id>/keys) is damaged, or was written by a newer relay. Nobody is let into that board. Restore the object from a backup, or run the newer relay.',
  )
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString())
  } catch {
    return null
  }
}
