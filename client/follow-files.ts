import { type BoardPage, listen } from './app/index.ts'
import type { BoardImages } from './board-images.ts'
import type { Device } from './device.ts'
import type { Editor } from './editor/editor.ts'

/** Opens the files that the person gives to the board, with what reads them loaded by then. Returns its own undo. */
export function followFiles(
  element: BoardPage,
  editor: Editor,
  device: Device,
  images: BoardImages,
): () => void {
  const stops = [
    listen(element, 'open-files', ({ files, at }) => {
      void import('./open-files.ts').then(({ openFiles }) => openFiles(editor, device, images, files, at))
    }),
    listen(element, 'replace-image', ({ id, file }) => {
      void import('./add-images.ts').then(({ replaceImage }) =>
        replaceImage(editor, images, device.notices, id, file),
      )
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
