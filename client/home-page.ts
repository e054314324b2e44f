import { Home } from './app/home/home.ts'
import { type BoardLink, listen } from './app/index.ts'
import { followInstall } from './app-install.ts'
import { openBoardsFiles } from './boards-file.ts'
import { type Device, makeBoard, renameStored } from './device.ts'
import { openDialogAccept } from './files/accept.ts'
import { followBoards } from './home-boards.ts'
import { openLaunched } from './launched-files.ts'
import type { Page } from './page.ts'
import { removeBoard } from './removed-boards.ts'
import { deliver } from './save-copy.ts'
import { followLock } from './vault-guard.ts'

/** The list of this device's boards. */
export function openHomePage(device: Device, openBoard: (link: BoardLink) => void): Page {
  const { library, notices, themes } = device
  const element = new Home()
  Object.assign(element, { notices, themes, accept: openDialogAccept })
  const stops: (() => void)[] = [
    followLock(device.vault, element),
    followInstall(device.installOffer, element),
    followBoards(device, element),
    listen(element, 'new-board', () => openBoard({ id: makeBoard(device), fragment: '' })),
    listen(element, 'delete-board', ({ id }) => {
      stops.push(removeBoard(device, id, navigator.locks))
    }),
    listen(element, 'restore-board', ({ id }) => library.restore(id)),
    listen(element, 'rename-board', ({ id, title }) => {
      library.rename(id, title)
      void renameStored(device, id, title)
    }),
    listen(element, 'duplicate-board', ({ id }) => void duplicate(device, id)),
    listen(element, 'export-board', ({ id }) => {
      const title = library.entry(id)?.title ?? ''
      void deliver(notices, title, async () => (await import('./archive-save.ts')).saveStoredCopy(device, id))
    }),
    listen(element, 'show-backup', () => void showBackup(device)),
    listen(element, 'open-files', ({ files }) => void openAll(device, files, openBoard)),
  ]
  openLaunched(files => void openAll(device, files, openBoard))
  return {
    element,
    close() {
      for (const stop of stops) stop()
    },
  }
}

async function duplicate(device: Device, id: string): Promise<void> {
  try {
    const { duplicateBoard } = await import('./duplicate-board.ts')
    await duplicateBoard(device, id)
  } catch {
    device.notices.error('What duplicates boards could not be loaded. Reload the page once you are online.')
  }
}

async function showBackup(device: Device): Promise<void> {
  try {
    const { backUp } = await import('./archive-dialog.ts')
    await backUp(device)
  } catch {
    device.notices.error('The backup could not be loaded. Reload the page once you are online.')
  }
}

/** Boards go to the boards; drawings and images onto a new one. */
async function openAll(
  device: Device,
  files: readonly File[],
  openBoard: (link: BoardLink) => void,
): Promise<void> {
  const others = await openBoardsFiles(device, files)
  if (others.length === 0) return
  const id = makeBoard(device)
  device.arriving.set(id, others)
  openBoard({ id, fragment: '' })
}
