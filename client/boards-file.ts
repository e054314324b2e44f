import { type BoardPage, fire, withPart } from './app/index.ts'
import type { OpenedBoards } from './archive-open.ts'
import type { Device } from './device.ts'
import { ARCHIVE_EXTENSION, isArchive } from './files/archive/kind.ts'

/** Adds the boards among these files to those of this device. Resolves to the files that hold none. */
export async function openBoardsFiles(device: Device, files: readonly File[]): Promise<readonly File[]> {
  const others: File[] = []
  for (const file of files) {
    if (await isBoardsFile(file)) await openBoardsFile(device, file)
    else others.push(file)
  }
  return others
}

/** Opens the files that were meant for a board before its page was there. */
export function openArrived({ arriving }: Device, id: string, page: BoardPage, loaded: Promise<void>): void {
  const files = arriving.get(id)
  if (!files) return
  arriving.delete(id)
  void loaded.then(() => fire(page, 'open-files', { files, at: null }))
}

/** Whether a file holds whole boards: by its first bytes, or by its name where a passphrase locks it. */
async function isBoardsFile(file: File): Promise<boolean> {
  if (file.name.toLowerCase().endsWith(ARCHIVE_EXTENSION)) return true
  return isArchive(
    new Uint8Array(
      await file
        .slice(0, 4)
        .arrayBuffer()
        .catch(() => new ArrayBuffer(0)),
    ),
  )
}

/** Adds the boards of a file to those of this device, and says what came of it. */
const openBoardsFile = (device: Device, file: File): Promise<void> =>
  withPart(device.notices, {
    name: 'What opens boards',
    load: () => import('./archive-dialog.ts'),
    use: ({ openArchiveFile }) => openWith(openArchiveFile, device, file),
  })

async function openWith(
  openArchiveFile: typeof import('./archive-dialog.ts').openArchiveFile,
  device: Device,
  file: File,
): Promise<void> {
  const { notices } = device
  try {
    const opened = await openArchiveFile(device, file)
    if (opened) tell(device, opened)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    notices.error(message.includes(file.name) ? message : `${file.name}: ${message}`)
  }
}

function tell({ library, notices }: Device, { added, merged, drawings }: OpenedBoards): void {
  const [only] = [...added, ...merged]
  const more = libraryText(drawings)
  if (only === undefined || added.length + merged.length > 1) {
    notices.info(`${countText(added.length, merged.length)}${more}`)
    return
  }
  const title = library.entry(only)?.title || 'Untitled board'
  const what = merged.length > 0 ? 'was merged into the board that was here' : 'is one of your boards now'
  const open = () => fire(document.body, 'open-board', { id: only, fragment: '' })
  notices.info(`“${title}” ${what}.${more}`, { label: 'Open', run: open })
}

function libraryText(drawings: number): string {
  if (drawings === 0) return ''
  return drawings === 1
    ? ' Your library has one item more.'
    : ` Your library has ${drawings.toLocaleString('en')} items more.`
}

/** Of more than one board. */
function countText(added: number, merged: number): string {
  const news = added === 1 ? '1 board was added' : `${added.toLocaleString('en')} boards were added`
  const old =
    merged === 1
      ? '1 was here already and is merged'
      : `${merged.toLocaleString('en')} were here already and are merged`
  if (merged === 0) return `${news}.`
  return added === 0
    ? `All ${merged.toLocaleString('en')} boards were here already. What the file has is merged into them.`
    : `${news}. ${old}.`
}
