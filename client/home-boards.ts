import type { Home } from './app/index.ts'
import type { ListedBoard } from './app/model/listed-board.ts'
import { mayOnlyLook } from './board/keyring.ts'
import type { Device } from './device.ts'
import { onPreview, previewStored, readPreviews } from './previews.ts'
import type { Preview } from './previews-record.ts'
import { storageRoom } from './sync/storage-room.ts'

/** ms. What was just left or made is drawn by the page that had it; and typing a name must not open boards. */
const FILL_AFTER = 1_500
/** ms. Previews that come one after the other are read together. */
const READ_AFTER = 100

/** Shows the boards, what is on them, and how much room they take. Returns its own undo. */
export function followBoards(device: Device, element: Home): () => void {
  const { clock, library } = device
  const tried = new Set<string>()
  let previews: ReadonlyMap<string, Preview> = new Map()
  let isOpen = true
  let stopReading = () => {}
  let stopFilling = () => {}
  const show = () => {
    element.boards = library.entries.map(({ id, title, openedAt, keys = [] }): ListedBoard => {
      return { id, title, openedAt, viewOnly: mayOnlyLook(keys), content: previews.get(id) }
    })
    element.now = clock.now()
  }
  const read = async () => {
    const [news, room] = await Promise.all([readPreviews(device), storageRoom(navigator.storage).estimate()])
    if (!isOpen) return
    previews = new Map([...news].map(([id, preview]) => [id, sameOr(previews.get(id), preview)]))
    element.storage = room ?? undefined
    show()
  }
  const readSoon = () => {
    stopReading()
    stopReading = clock.after(READ_AFTER, () => void read())
  }
  /** Finds out what is on a board that was not open since there are previews, or came from a file; then on the next. */
  const fill = async () => {
    const missing = library.entries.find(({ id }) => !previews.has(id) && !tried.has(id))
    if (!missing) return
    tried.add(missing.id)
    await previewStored(device, missing.id, 0)
    if (isOpen) fillAfter(0)
  }
  const fillAfter = (ms: number) => {
    stopFilling()
    stopFilling = clock.after(ms, () => void fill())
  }
  const follow = () => {
    show()
    fillAfter(FILL_AFTER)
  }
  const onVisible = () => {
    if (document.visibilityState === 'visible') readSoon()
  }
  document.addEventListener('visibilitychange', onVisible)
  const stops = [onPreview(readSoon), () => document.removeEventListener('visibilitychange', onVisible)]
  void Promise.all([device.libraryLoaded, read()]).then(() => {
    if (!isOpen) return
    follow()
    stops.push(library.subscribe(follow))
  })
  return () => {
    isOpen = false
    stopReading()
    stopFilling()
    for (const stop of stops) stop()
  }
}

/** The preview that was there, when nothing has changed: its picture need not be decoded again. */
const sameOr = (before: Preview | undefined, now: Preview): Preview =>
  before && before.changedAt === now.changedAt && before.shapes === now.shapes && before.bytes === now.bytes
    ? before
    : now
