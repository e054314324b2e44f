import { newOwnerKey, parseKey } from '../shared/protocol/keys.ts'
import { newId } from '../shared/util/ids.ts'
import { imageTypeOf } from '../shared/util/image-type.ts'
import { type Keyring, withOlder } from './board/keyring.ts'
import { KeptDrawings } from './board/shape-library.ts'
import { DocumentError, documentOf, mergeDocument } from './board/whole-document.ts'
import type { Device } from './device.ts'
import {
  type ArchivedBoard,
  type ArchivedDrawing,
  type BoardIdentity,
  readArchive,
} from './files/archive/index.ts'
import { FileError } from './files/error.ts'
import { LIBRARY_NAME, missingDrawings } from './library-items.ts'
import { type PreviewHome, previewStored } from './previews.ts'
import { changeStored } from './stored-board.ts'
import { ImageFiles } from './sync/assets/image-files.ts'

type Home = PreviewHome & Pick<Device, 'clock' | 'libraryLoaded' | 'random'>

/** What opening a file has brought: ids, in the order of the file. */
export interface OpenedBoards {
  readonly added: readonly string[]
  /** They were here already, and have now what the file has, too. */
  readonly merged: readonly string[]
  /** How many items the shape library has now that it lacked. */
  readonly drawings: number
}

/**
 * Takes in the boards of a file. `progress` hears how many of them are done. Rejects with a FileError, and has then changed nothing,
 * when any of it cannot be read; when this device cannot store a board, those before it are in.
 */
export async function openArchive(
  device: Home,
  name: string,
  bytes: Uint8Array,
  progress: (done: number, of: number) => void,
): Promise<OpenedBoards> {
  const archive = readArchive(name, bytes)
  // All of it is looked at before any of it is taken: half a backup helps nobody.
  for (const i of archive.boards.keys()) check(name, i, archive.board(i))
  const drawings = archive.library()
  await device.libraryLoaded
  const added: string[] = []
  const merged: string[] = []
  for (const i of archive.boards.keys()) {
    progress(i, archive.boards.length)
    const board = archive.board(i)
    const id = board.identity?.id ?? newId(device.random)
    const isKnown = device.library.entry(id) !== undefined
    // Before its data is there: what was put off the list is deleted at a start, as one that opens this file is.
    if (isKnown) device.library.restore(id)
    await store(device, id, board)
    list(device, id, board)
    ;(isKnown ? merged : added).push(id)
    // What the list shows of a new board it finds out by itself.
    if (isKnown) await previewStored(device, id, device.clock.now())
  }
  return { added, merged, drawings: await keep(device, drawings) }
}

/** Takes what the library lacks. Resolves to how many that are. */
async function keep({ store }: Home, drawings: readonly ArchivedDrawing[]): Promise<number> {
  if (drawings.length === 0) return 0
  return await changeStored(store, LIBRARY_NAME, doc => {
    const kept = new KeptDrawings(doc)
    const missing = missingDrawings(drawings, kept.all, bytes => imageTypeOf(bytes) !== undefined)
    kept.add(missing)
    return missing.length
  })
}

function check(name: string, i: number, { title, document }: ArchivedBoard): void {
  try {
    documentOf(document).destroy()
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    const which = `board ${i + 1}${title ? `, "${title}"` : ''}`
    throw new FileError(
      `"${name}" holds a board that cannot be opened. ${error.message}`,
      error.where === '' ? which : `${which}, ${error.where}`,
      'Nothing of the file was taken.',
    )
  }
}

/** The images first: a board that names an image nobody has would show a gap. */
async function store(device: Home, id: string, { document, images }: ArchivedBoard): Promise<void> {
  const files = new ImageFiles(device.store.files(id))
  for (const [hash, bytes] of images) if (imageTypeOf(bytes)) await files.putUnsent(hash, bytes)
  await changeStored(device.store, id, doc => mergeDocument(doc, document))
}

function list({ clock, library, random }: Home, id: string, { title, identity }: ArchivedBoard): void {
  const known = library.entry(id)
  library.opened(id, known?.openedAt ?? identity?.openedAt ?? clock.now())
  const keys = identity ? keysOf(identity) : [newOwnerKey(random)]
  library.keep(id, withOlder(known?.keys ?? [], keys), Math.max(known?.epoch ?? 0, identity?.epoch ?? 0))
  if (title !== '' && !known?.title) library.rename(id, title)
}

const keysOf = ({ keys }: BoardIdentity): Keyring => keys.flatMap(text => parseKey(text) ?? [])
