import { newOwnerKey } from '../shared/protocol/keys.ts'
import { DocBoard } from './board/doc-board.ts'
import { newDocument } from './board/document.ts'
import { imageHashes } from './board/image-hashes.ts'
import type { BoardEntry } from './board/library.ts'
import { KeptDrawings } from './board/shape-library.ts'
import { copyContent, isSound, wholeDocument } from './board/whole-document.ts'
import type { Device } from './device.ts'
import { type ArchivedBoard, ArchiveWriter, type BoardIdentity } from './files/archive/index.ts'
import { LIBRARY_NAME } from './library-items.ts'
import { withStored } from './stored-board.ts'
import { ImageFiles } from './sync/assets/image-files.ts'

type Doc = Parameters<typeof wholeDocument>[0]

type Home = Pick<Device, 'library' | 'random' | 'store'>

/** A file, and what of its boards is not in it. */
export interface Saved {
  readonly file: Blob
  /** Images that this device does not have. */
  readonly images: number
  /** Shapes that this version cannot read. */
  readonly shapes: number
}

/** Resolves to the bytes of an image, or to null for one that this device does not have. */
export type ReadImage = (hash: string) => Promise<Uint8Array | null>

/** A file that holds a copy of a board: without its id and its keys. */
export async function saveCopyOf(doc: Doc, read: ReadImage): Promise<Saved> {
  const writer = new ArchiveWriter()
  const { board, ...missing } = await archived(doc, read, null)
  writer.add(board)
  return { file: writer.finish(), ...missing }
}

/** A file that holds a copy of a board that need not be open. Rejects when the board cannot be read. */
export const saveStoredCopy = ({ store }: Pick<Device, 'store'>, id: string): Promise<Saved> =>
  withStored(store, id, doc => saveCopyOf(doc, readFrom(store, id)))

/**
 * A file with all boards of this device, their ids and their keys, and the shape library. `progress` hears how many are done, and says whether to go on.
 * Resolves to null when it was stopped. Rejects when a board cannot be read: a backup that lacks one would be none.
 */
export async function saveAll(device: Home, progress: (done: number) => boolean): Promise<Saved | null> {
  const { library, store } = device
  const writer = new ArchiveWriter()
  let images = 0
  let shapes = 0
  const { entries } = library
  for (const [i, entry] of entries.entries()) {
    if (!progress(i)) return null
    const identity = identityOf(device, entry)
    const packed = await withStored(store, entry.id, doc =>
      archived(doc, readFrom(store, entry.id), identity),
    ).catch((error: unknown) => {
      throw new Error(`“${entry.title || 'Untitled board'}” cannot be read: ${messageOf(error)}`)
    })
    writer.add({ ...packed.board, title: packed.board.title || entry.title })
    images += packed.images
    shapes += packed.shapes
  }
  const drawings = await withStored(store, LIBRARY_NAME, doc => new KeptDrawings(doc).all).catch(
    (error: unknown) => {
      throw new Error(`The shape library cannot be read: ${messageOf(error)}`)
    },
  )
  if (drawings.length > 0) writer.addLibrary(drawings)
  return { file: writer.finish(), images, shapes }
}

/** A board from before there were keys gets its owner's now, so that the file holds it. */
function identityOf({ library, random }: Home, { id, keys, epoch, openedAt }: BoardEntry): BoardIdentity {
  const held = keys ?? [newOwnerKey(random)]
  if (!keys) library.keep(id, held, epoch)
  return { id, keys: held.map(key => key.text), epoch, openedAt }
}

const readFrom = (store: Device['store'], id: string): ReadImage => {
  const files = new ImageFiles(store.files(id))
  return hash => files.get(hash)
}

interface Archived {
  readonly board: ArchivedBoard
  /** What is not in it, as of `Saved`. */
  readonly images: number
  readonly shapes: number
}

async function archived(doc: Doc, read: ReadImage, identity: BoardIdentity | null): Promise<Archived> {
  const view = new DocBoard(doc)
  const { title, isNewer } = view
  const hashes = imageHashes(view.ordered)
  view.destroy()
  const images = new Map<string, Uint8Array>()
  for (const hash of hashes) {
    const bytes = await read(hash).catch(() => null)
    if (bytes) images.set(hash, bytes)
  }
  const missing = hashes.size - images.size
  const whole = wholeDocument(doc)
  if (isNewer || isSound(whole))
    return { board: { title, document: whole, images, identity }, images: missing, shapes: 0 }
  // What no relay takes would not open again. Written anew it can be no part of the same board any more.
  const created = doc.getMap('meta').get('created')
  const copy = newDocument()
  const shapes = copyContent(doc, copy, title, typeof created === 'number' ? created : 0)
  return {
    board: { title, document: wholeDocument(copy), images, identity: null },
    images: missing,
    shapes,
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
