import { type BoardLink, Home, listen } from './app/index.ts'
import { mayOnlyLook } from './board/keyring.ts'
import { type Device, makeBoard, renameStored } from './device.ts'
import type { Page } from './page.ts'

/** The list of this device's boards. */
export function openHomePage(device: Device, openBoard: (link: BoardLink) => void): Page {
  const { clock, library, notices, themes } = device
  const element = new Home()
  Object.assign(element, { notices, themes })
  let isOpen = true
  const show = () => {
    element.boards = library.entries.map(({ id, title, openedAt, keys = [] }) => {
      return { id, title, openedAt, viewOnly: mayOnlyLook(keys) }
    })
    element.now = clock.now()
  }
  void device.libraryLoaded.then(() => {
    if (!isOpen) return
    show()
    stops.push(library.subscribe(show))
  })
  const stops = [
    listen(element, 'new-board', () => openBoard({ id: makeBoard(device), fragment: '' })),
    listen(element, 'open-board', openBoard),
    listen(element, 'delete-board', ({ id }) => library.remove(id)),
    listen(element, 'restore-board', ({ id }) => library.restore(id)),
    listen(element, 'rename-board', ({ id, title }) => {
      library.rename(id, title)
      void renameStored(device, id, title)
    }),
  ]
  return {
    element,
    close() {
      isOpen = false
      for (const stop of stops) stop()
    },
  }
}
