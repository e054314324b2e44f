import { type Unzipped, unzipSync } from 'fflate'
import * as v from 'valibot'
import { crc32 } from '../crc32.ts'
import { FileError } from '../error.ts'
import { checksumIn } from './checksum.ts'
import {
  type ArchivedBoard,
  type ArchivedDrawing,
  type BoardRecord,
  documentPath,
  hashOf,
  headSchema,
  imagePath,
  LIBRARY,
  librarySchema,
  MANIFEST,
  type Manifest,
  MOST,
  manifestSchema,
  VERSION,
} from './format.ts'

const AGAIN = 'Save it anew where it comes from, or take another copy of the file.'

/** The boards of a file, unpacked one at a time. */
export interface Archive {
  /** In the order of the file. */
  readonly boards: readonly { readonly title: string; readonly isOwn: boolean }[]
  /** Unpacks board `i`. Throws a FileError when it is damaged. */
  board(i: number): ArchivedBoard
  /** The shape library that a backup holds; empty for none. Throws a FileError when it is damaged. */
  library(): readonly ArchivedDrawing[]
}

/**
 * Reads what a file says it holds. Throws a FileError, and nothing else, when it is no archive of boards, is cut or damaged, is
 * of a newer version, or would unpack to more than `MOST`. What it says of sizes is not believed: nothing is unpacked beyond.
 */
export function readArchive(name: string, bytes: Uint8Array): Archive {
  if (bytes.length > MOST.bytes) throw tooLarge(name)
  const directory = listed(name, bytes)
  const manifest = manifestOf(name, bytes, directory)
  for (const [i, board] of manifest.boards.entries()) checkListed(name, i, board, directory)
  return {
    boards: manifest.boards.map(({ title, identity }) => ({ title, isOwn: identity !== undefined })),
    board: i => unpackBoard(name, bytes, i, manifest.boards[i] as BoardRecord),
    library: () => (manifest.library ? unpackLibrary(name, bytes, manifest.library.sha256) : []),
  }
}

/** The sizes that the files in the archive claim to have, by their names. */
function listed(name: string, bytes: Uint8Array): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>()
  let total = 0
  unpack(name, bytes, (file, size) => {
    const most = file === MANIFEST ? MOST.manifestBytes : MOST.entryBytes
    total += size
    if (size > most || total > MOST.bytes || sizes.size > MOST.entries) throw tooLarge(name)
    if (sizes.has(file)) throw damaged(name, file)
    sizes.set(file, size)
    return false
  })
  return sizes
}

function manifestOf(name: string, bytes: Uint8Array, directory: ReadonlyMap<string, number>): Manifest {
  if (!directory.has(MANIFEST))
    throw new FileError(
      `"${name}" is an archive, but not of boards.`,
      '',
      'Driftboard opens the .driftboard files that it has saved.',
    )
  const json = parsed(name, unpackOne(name, bytes, MANIFEST, directory.get(MANIFEST) ?? 0))
  const head = v.safeParse(headSchema, json)
  if (!head.success) throw damaged(name, MANIFEST)
  if (head.output.version > VERSION)
    throw new FileError(
      `"${name}" was saved by a newer version of Driftboard.`,
      '',
      'Reload this page to update, then open the file again.',
    )
  const manifest = v.safeParse(manifestSchema, json)
  if (manifest.success) return manifest.output
  const [issue] = manifest.issues
  throw damaged(name, [MANIFEST, v.getDotPath(issue)].filter(Boolean).join(': '))
}

function parsed(name: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw damaged(name, MANIFEST)
  }
}

function checkListed(
  name: string,
  i: number,
  board: BoardRecord,
  directory: ReadonlyMap<string, number>,
): void {
  if (directory.get(documentPath(i)) !== board.document.bytes) throw damaged(name, documentPath(i))
  const missing = board.images.find(hash => !directory.has(imagePath(hash)))
  if (missing !== undefined) throw damaged(name, imagePath(missing))
}

function unpackBoard(name: string, bytes: Uint8Array, i: number, record: BoardRecord): ArchivedBoard {
  const wanted = new Map<string, string>([
    [documentPath(i), record.document.sha256],
    ...record.images.map(hash => [imagePath(hash), hash] as const),
  ])
  const files = unpack(name, bytes, file => wanted.has(file))
  for (const [path, hash] of wanted) {
    const content = files[path]
    if (!content || hashOf(content) !== hash) throw damaged(name, path)
  }
  return {
    title: record.title,
    document: files[documentPath(i)] as Uint8Array,
    images: new Map(record.images.map(hash => [hash, files[imagePath(hash)] as Uint8Array])),
    identity: record.identity ?? null,
  }
}

function unpackLibrary(name: string, bytes: Uint8Array, sha256: string): readonly ArchivedDrawing[] {
  const content = unpack(name, bytes, file => file === LIBRARY)[LIBRARY]
  if (!content || hashOf(content) !== sha256) throw damaged(name, LIBRARY)
  const items = v.safeParse(librarySchema, parsed(name, content))
  if (!items.success) throw damaged(name, [LIBRARY, v.getDotPath(items.issues[0])].filter(Boolean).join(': '))
  const wanted = new Set(items.output.flatMap(({ images }) => images.map(imagePath)))
  const files = unpack(name, bytes, file => wanted.has(file))
  const image = (hash: string): Uint8Array<ArrayBuffer> => {
    const held = files[imagePath(hash)]
    if (!held || hashOf(held) !== hash) throw damaged(name, imagePath(hash))
    return held as Uint8Array<ArrayBuffer>
  }
  return items.output.map(item => ({
    ...item,
    images: Object.fromEntries(item.images.map(hash => [hash, image(hash)])),
  }))
}

/** Documents and images are held against the hashes of the manifest, the manifest itself against its checksum. */
function unpackOne(name: string, bytes: Uint8Array, path: string, size: number): Uint8Array {
  const content = unpack(name, bytes, file => file === path)[path]
  if (content?.length !== size || crc32(content) !== checksumIn(bytes, path)) throw damaged(name, path)
  return content
}

/** Unpacks the files that `filter` chooses, each into no more than the bytes that the archive gives it. */
function unpack(name: string, bytes: Uint8Array, filter: (file: string, size: number) => boolean): Unzipped {
  try {
    return unzipSync(bytes, {
      // A stored file is as long as it is packed, whatever it claims.
      filter: file => filter(file.name, Math.max(file.originalSize, file.compression === 0 ? file.size : 0)),
    })
  } catch (error) {
    throw error instanceof FileError ? error : damaged(name, '')
  }
}

const damaged = (name: string, where: string): FileError =>
  new FileError(`"${name}" is damaged, or cut short.`, where, AGAIN)

const tooLarge = (name: string): FileError =>
  new FileError(
    `"${name}" is larger than what can be opened: at most ${MOST.bytes / 2 ** 20} MB in all.`,
    '',
    'Split what it holds into several files.',
  )
