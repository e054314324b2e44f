import { newId } from '../shared/util/ids.ts'
import { Home, listen } from './app/index.ts'
import { type Device, renameStored } from './device.ts'
import type { Page } from './page.ts'

/** The list of this device's boards. */
export function openHomePage(device: Device, openBoard: (id: string) => void): Page {
  const { clock, library, notices, random, themes } = device
  const element = new Home()
  Object.assign(element, { notices, themes })
  let isOpen = true
  const show = () => {
    element.boards = library.entries
    element.now = clock.now()
  }
  void device.libraryLoaded.then(() => {
    if (!isOpen) return
    show()
    stops.push(library.subscribe(show))
  })
  const stops = [
    listen(element, 'new-board', () => openBoard(newId(random))),
    listen(element, 'open-board', ({ id }) => openBoard(id)),
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
