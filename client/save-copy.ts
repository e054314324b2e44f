import { type BoardPage, listen, type Notices, withPart } from './app/index.ts'
import type { ReadImage, Saved } from './archive-save.ts'
import type { DocBoard } from './board/doc-board.ts'
import type { newDocument } from './board/document.ts'
import { download } from './download.ts'
import { archiveName } from './files/archive/kind.ts'

export interface SaveCopyParts {
  readonly doc: ReturnType<typeof newDocument>
  readonly board: DocBoard
  readonly notices: Notices
  readonly element: BoardPage
  readonly readImage: ReadImage
}

/** Saves the open board as a file whenever the person asks: out of memory, so that it works where storage does not. */
export function followSaveCopy({ doc, board, notices, element, readImage }: SaveCopyParts): () => void {
  return listen(
    element,
    'save-copy',
    () =>
      void withPart(notices, {
        name: 'What saves boards',
        load: () => import('./archive-save.ts'),
        use: ({ saveCopyOf }) => deliver(notices, board.title, () => saveCopyOf(doc, readImage)),
      }),
  )
}

/** Saves what `make` makes under the title of a board, and says what went wrong or is missing. */
export async function deliver(notices: Notices, title: string, make: () => Promise<Saved>): Promise<void> {
  try {
    const saved = await make()
    download(saved.file, archiveName(title))
    tellMissing(notices, saved)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    notices.error(`The file could not be made. ${message}`)
  }
}

/** Says what is not in a file, if anything. */
export function tellMissing(notices: Notices, { images, shapes }: Saved): void {
  const missing = [
    images > 0
      ? counted(images, 'image that is not on this device yet', 'images that are not on this device yet')
      : '',
    shapes > 0
      ? counted(shapes, 'shape that this version cannot read', 'shapes that this version cannot read')
      : '',
  ].filter(Boolean)
  if (missing.length > 0) notices.info(`The file was saved without ${missing.join(' and ')}.`)
}

const counted = (count: number, one: string, many: string): string =>
  count === 1 ? `one ${one}` : `${count.toLocaleString('en')} ${many}`
