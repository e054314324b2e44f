import type { Vec } from '../shared/geometry/vec.ts'
import type { Notices } from './app/index.ts'
import type { Device } from './device.ts'
import { fit as fitCamera } from './editor/camera.ts'
import type { Editor } from './editor/editor.ts'
import { readFile } from './files/index.ts'
import { noticeText } from './files/notices.ts'
import { placeImported } from './files/place.ts'

/**
 * Adds what the files hold to the board, each file as one gesture: around `at` (world space), or in the middle of
 * the view and then shown whole. A file that cannot be opened changes nothing and is told of.
 */
export async function openFiles(
  editor: Editor,
  { fontsLoaded, notices }: Pick<Device, 'fontsLoaded' | 'notices'>,
  files: readonly File[],
  at: Vec | null,
): Promise<void> {
  if (editor.board.readOnly) {
    notices.error(editor.board.readOnly)
    return
  }
  // Labels are measured while a file is read.
  await fontsLoaded
  for (const file of files) {
    try {
      await openFile(editor, notices, file, at)
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      notices.error(message.includes(file.name) ? message : `${file.name}: ${message}`)
    }
  }
}

async function openFile(editor: Editor, notices: Notices, file: File, at: Vec | null): Promise<void> {
  const imported = await readFile(file.name, file, editor.lineWidth)
  const { camera, viewport } = editor.state
  const middle: Vec = [camera.x + viewport.w / camera.zoom / 2, camera.y + viewport.h / camera.zoom / 2]
  const { shapes, bounds } = placeImported(imported, {
    newId: editor.newId,
    below: editor.board.ordered.at(-1)?.z ?? null,
    at: at ?? middle,
  })
  const left = noticeText(imported.notices)
  if (shapes.length === 0) {
    notices.info([`There is nothing in ${file.name} that can be shown.`, left].filter(Boolean).join(' '))
    return
  }
  editor.commit(shapes.map(shape => ({ op: 'create', shape })))
  editor.use('select')
  editor.select(shapes.map(shape => shape.id))
  if (bounds) editor.look(fitCamera(bounds, viewport))
  const count = shapes.length === 1 ? 'One shape was' : `${shapes.length.toLocaleString('en')} shapes were`
  notices.info([`${count} added from ${file.name}.`, left].filter(Boolean).join(' '))
}
