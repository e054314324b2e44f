import { type BoardPage, listen, withPart } from './app/index.ts'
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
  const { notices } = device
  const stops = [
    listen(element, 'open-files', ({ files, at }) => {
      // The files wait until what opens them is there.
      void withPart(notices, {
        name: 'What opens files',
        load: () => import('./open-files.ts'),
        use: ({ openFiles }) => openFiles(editor, device, images, files, at),
      })
    }),
    listen(element, 'replace-image', ({ id, file }) => {
      void withPart(notices, {
        name: 'What opens images',
        load: () => import('./add-images.ts'),
        use: ({ replaceImage }) => replaceImage(editor, images, notices, id, file),
      })
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
