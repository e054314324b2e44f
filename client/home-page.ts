import { Home } from './app/home/home.ts'
import { type BoardLink, listen, withPart } from './app/index.ts'
import { followInstall } from './app-install.ts'
import { openBoardsFiles } from './boards-file.ts'
import { type Device, makeBoard, retitle } from './device.ts'
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
    listen(element, 'rename-board', ({ id, title }) => retitle(device, id, title)),
    listen(element, 'duplicate-board', ({ id }) => void duplicate(device, id)),
    listen(element, 'export-board', ({ id }) => {
      const title = library.entry(id)?.title ?? ''
      void withPart(notices, {
        name: 'What saves boards',
        load: () => import('./archive-save.ts'),
        use: ({ saveStoredCopy }) => deliver(notices, title, () => saveStoredCopy(device, id)),
      })
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

const duplicate = (device: Device, id: string): Promise<void> =>
  withPart(device.notices, {
    name: 'What duplicates boards',
    load: () => import('./duplicate-board.ts'),
    use: ({ duplicateBoard }) => duplicateBoard(device, id),
  })

const showBackup = (device: Device): Promise<void> =>
  withPart(device.notices, {
    name: 'The backup',
    load: () => import('./archive-dialog.ts'),
    use: ({ backUp }) => backUp(device),
  })

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
