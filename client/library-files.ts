import type { LineWidth } from '../shared/geometry/text.ts'
import type { KnownShape } from '../shared/shapes/index.ts'
import { DRAWING_KINDS } from './files/accept.ts'
import { archiveName } from './files/archive/kind.ts'
import { textOf } from './files/content.ts'
import { FileError } from './files/error.ts'
import { writeExcalidrawlib } from './files/excalidraw/write.ts'
import { excalidrawlib, readLibrary } from './files/excalidrawlib.ts'
import { parseJson } from './files/json.ts'
import { noticeText } from './files/notices.ts'

/** For a file chooser. */
export const LIBRARY_ACCEPT = [...Object.values(DRAWING_KINDS.excalidrawlib), '.json'].join(',')

interface NamedShapes {
  readonly name: string
  readonly shapes: readonly KnownShape[]
}

/** The items of a library of Excalidraw, and in words what could not be read. Throws a FileError for any other file. */
export async function readLibraryFile(
  file: File,
  lineWidth: LineWidth,
): Promise<{ readonly items: readonly NamedShapes[]; readonly left: string }> {
  const json = parseJson(await textOf(file.name, file))
  if (!excalidrawlib.recognises(json)) {
    throw new FileError(
      `"${file.name}" is no library.`,
      '',
      'Choose an .excalidrawlib file. A drawing opens on the board, where you can add parts of it.',
    )
  }
  const { items, notices } = readLibrary(json, lineWidth)
  return { items, left: noticeText(notices) }
}

/** A library of Excalidraw with these items, its name, and in words what it cannot hold. */
export function libraryFile(
  items: readonly (NamedShapes & { readonly id: string })[],
  created: number,
  lineWidth: LineWidth,
): { readonly file: Blob; readonly name: string; readonly left: string } {
  // These files hold no images.
  const drawn = items.map(item => ({ ...item, shapes: item.shapes.filter(({ type }) => type !== 'image') }))
  const count = (all: readonly NamedShapes[]) => all.reduce((sum, { shapes }) => sum + shapes.length, 0)
  const images = count(items) - count(drawn)
  const text = writeExcalidrawlib(
    drawn.filter(({ shapes }) => shapes.length > 0),
    created,
    { lineWidth },
  )
  const { extension, mime } = DRAWING_KINDS.excalidrawlib
  const [only] = items
  const title = items.length === 1 && only ? only.name : 'Library'
  return {
    file: new Blob([text], { type: mime }),
    name: archiveName(title || 'Library').replace(/\.driftboard$/, extension),
    left:
      images === 0
        ? ''
        : `${images === 1 ? 'An image was' : `${images} images were`} left out: these files hold none.`,
  }
}
