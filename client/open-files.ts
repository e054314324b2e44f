import type { Vec } from '../shared/geometry/vec.ts'
import { addImages, takeImage } from './add-images.ts'
import type { Notices } from './app/index.ts'
import type { NoticeAction } from './app/model/notices.ts'
import type { BoardImages } from './board-images.ts'
import { openBoardsFiles } from './boards-file.ts'
import type { Device } from './device.ts'
import { fit as fitCamera } from './editor/camera.ts'
import type { Editor } from './editor/editor.ts'
import { outermost } from './editor/frames.ts'
import { DRAWING_KINDS } from './files/accept.ts'
import { isImageFile } from './files/image.ts'
import type { Imported } from './files/imported.ts'
import { takeImages } from './files/imported-images.ts'
import { holdsDrawing, readFile } from './files/index.ts'
import { noticeText } from './files/notices.ts'
import { placeImported } from './files/place.ts'

/**
 * Adds what the files hold to the board, all images as one gesture and each drawing as one: around `at` (world space), or in the middle of
 * the view and then shown whole; whole boards become boards of their own. A file that cannot be opened changes nothing and is told of.
 */
export async function openFiles(
  editor: Editor,
  device: Device,
  images: BoardImages,
  files: readonly File[],
  at: Vec | null,
): Promise<void> {
  const { fontsLoaded, notices } = device
  const onBoard = await openBoardsFiles(device, files)
  if (onBoard.length === 0) return
  if (editor.board.readOnly) {
    notices.error(editor.board.readOnly)
    return
  }
  const drawings: File[] = []
  const pictures: File[] = []
  for (const file of onBoard) {
    const isPicture = isImageFile(file) && !(await holdsDrawing(file))
    ;(isPicture ? pictures : drawings).push(file)
  }
  if (pictures.length > 0) await addImages(editor, images, notices, pictures, at)
  // Labels are measured while a file is read.
  await fontsLoaded
  for (const file of drawings) {
    try {
      await openFile(editor, notices, images, file, at)
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      notices.error(message.includes(file.name) ? message : `${file.name}: ${message}`)
    }
  }
}

async function openFile(
  editor: Editor,
  notices: Notices,
  images: BoardImages,
  file: File,
  at: Vec | null,
): Promise<void> {
  const imported = await readFile(file.name, file, editor.lineWidth)
  const action = file.name.toLowerCase().endsWith(DRAWING_KINDS.excalidrawlib.extension)
    ? keepInLibrary(editor, file)
    : undefined
  await addImported(editor, notices, images, imported, { name: file.name, at, isPasted: false, action })
}

/** What came as a library is on the board; the person may want it for all boards, too. */
const keepInLibrary = ({ library }: Editor, file: File): NoticeAction | undefined =>
  library && {
    label: 'Keep in the library',
    // Where it cannot be opened, the person was told.
    run: () =>
      void library.open().then(
        opened => opened.importFiles([file]),
        () => {},
      ),
  }

interface Origin {
  /** For the person: what it was read from. */
  readonly name: string
  /** World space; null for the middle of the view. */
  readonly at: Vec | null
  /** What was pasted is where the person looks, and needs no word when all of it is there. */
  readonly isPasted: boolean
  /** What the person may do with it besides. */
  readonly action?: NoticeAction | undefined
}

/** Puts what was read on the board as one undo step, selects it, and says what is not as it was. */
export async function addImported(
  editor: Editor,
  notices: Notices,
  images: BoardImages,
  read: Imported,
  { name, at, isPasted, action }: Origin,
): Promise<void> {
  const imported = await takeImages(read, bytes => takeImage(images, bytes))
  const { camera, viewport } = editor.state
  const middle: Vec = [camera.x + viewport.w / camera.zoom / 2, camera.y + viewport.h / camera.zoom / 2]
  const { shapes, bounds } = placeImported(imported, {
    newId: editor.newId,
    below: editor.board.ordered.at(-1)?.z ?? null,
    at: at ?? middle,
  })
  const left = noticeText(imported.notices)
  if (shapes.length === 0) {
    notices.info([`There is nothing in ${name} that can be shown.`, left].filter(Boolean).join(' '))
    return
  }
  editor.commit(
    shapes.map(shape => ({ op: 'create', shape })),
    { isImported: true },
  )
  editor.use('select')
  // What lies on another page, or in a frame, is not taken hold of by itself.
  editor.select(outermost(shapes.filter(({ id }) => editor.board.shapes.has(id))).map(({ id }) => id))
  if (isPasted && left === '') return
  if (bounds && !isPasted) editor.look(fitCamera(bounds, viewport))
  const count = shapes.length === 1 ? 'One shape was' : `${shapes.length.toLocaleString('en')} shapes were`
  notices.info([`${count} added from ${name}.`, left].filter(Boolean).join(' '), action)
}
