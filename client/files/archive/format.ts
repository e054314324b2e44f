import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import * as v from 'valibot'
import { parseKey } from '../../../shared/protocol/keys.ts'
import { LIMITS } from '../../../shared/schema/limits.ts'
import { isBoardId } from '../../../shared/util/ids.ts'

/*
 * A `.driftboard` file is a ZIP archive. `manifest.json` lists the boards; each document is a file of its own, and so is
 * each image, under the SHA-256 of its bytes, once however many boards show it. A backup also holds the shape library, where there
 * is one; files from before have none, and older versions pass over it.
 */

export const MIME = 'application/vnd.driftboard+zip'

/** The version of the format that this code writes. */
export const VERSION = 1

export const MANIFEST = 'manifest.json'
export const LIBRARY = 'library.json'
export const documentPath = (i: number): string => `boards/${i}.ydoc`
export const imagePath = (hash: string): string => `images/${hash}`

/** What one file may hold: what is beyond could fill the memory of a tab before anything is known of it. */
export const MOST = {
  /** Bytes of the file, and of all that it unpacks to. */
  bytes: 2 ** 30,
  manifestBytes: 8 * 2 ** 20,
  /** Bytes of one document or image. A relay takes documents of 64 MiB. */
  entryBytes: 128 * 2 ** 20,
  boards: 2_000,
  /** Documents and images. */
  entries: 20_000,
} as const

export const hashOf = (bytes: Uint8Array): string => bytesToHex(sha256(bytes))

/** What makes it the same board on another device. */
export interface BoardIdentity {
  readonly id: string
  /** The texts of the keys that open it, in the order in which they are tried. Whoever has them can open the board. */
  readonly keys: readonly string[]
  /** How often the owner had replaced the links. */
  readonly epoch: number
  /** ms since the epoch. */
  readonly openedAt: number
}

export interface ArchivedBoard {
  /** Empty while the board is untitled. */
  readonly title: string
  /** The whole document, as an update of Yjs in V2. */
  readonly document: Uint8Array
  /** By the SHA-256 of their bytes, in hex. */
  readonly images: ReadonlyMap<string, Uint8Array>
  /** Null in a copy, which becomes a board of its own wherever it is opened. */
  readonly identity: BoardIdentity | null
}

/** A drawing of the person's library. */
export interface ArchivedDrawing {
  readonly id: string
  readonly name: string
  /** Larger for what was added later. */
  readonly order: number
  /** Its shapes, as text for the clipboard. */
  readonly text: string
  /** The bytes of its images, by their SHA-256 in hex. */
  readonly images: Readonly<Record<string, Uint8Array<ArrayBuffer>>>
}

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'It is not a SHA-256.'))
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

const boardSchema = v.object({
  title: v.pipe(v.string(), v.maxLength(LIMITS.titleLength)),
  document: v.object({ bytes: count, sha256: hash }),
  images: v.pipe(v.array(hash), v.maxLength(MOST.entries)),
  identity: v.optional(
    v.object({
      id: v.pipe(v.string(), v.check(isBoardId, 'It is not the id of a board.')),
      keys: v.pipe(
        v.array(
          v.pipe(
            v.string(),
            v.check(text => parseKey(text) !== null, 'It is not a key.'),
          ),
        ),
        v.maxLength(16),
      ),
      epoch: count,
      openedAt: v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15)),
    }),
  ),
})

/** What `library.json` holds; its images lie with the others. */
export const librarySchema = v.array(
  v.object({
    id: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, 'It is not the id of an item.')),
    name: v.string(),
    order: v.pipe(v.number(), v.finite()),
    text: v.string(),
    images: v.array(hash),
  }),
)

/** Read first: of a newer version the rest may look otherwise. */
export const headSchema = v.object({ format: v.literal('driftboard'), version: v.pipe(count, v.minValue(1)) })

export const manifestSchema = v.object({
  ...headSchema.entries,
  boards: v.pipe(v.array(boardSchema), v.minLength(1, 'There is no board.'), v.maxLength(MOST.boards)),
  library: v.optional(v.object({ bytes: count, sha256: hash })),
})

export type Manifest = v.InferOutput<typeof manifestSchema>
export type BoardRecord = Manifest['boards'][number]
