import { newOwnerKey } from '../shared/protocol/keys.ts'
import { type Clock, systemClock } from '../shared/util/clock.ts'
import { newId } from '../shared/util/ids.ts'
import { type Random, secureRandom } from '../shared/util/random.ts'
import { Notices, ThemeStore } from './app/index.ts'
import { guest } from './app/model/guest.ts'
import { DocBoard } from './board/doc-board.ts'
import { newDocument } from './board/document.ts'
import { type Identity, Library } from './board/library.ts'
import { loadFonts } from './render/fonts.ts'
import { indexedDbStore } from './sync/indexeddb-store.ts'
import type { LocalStore } from './sync/local-store.ts'

/** The name of the library's database; too short to be the id of a board. */
const LIBRARY = 'library'

/** What every page of the app shares: this device's storage, its boards, its owner. */
export interface Device {
  readonly clock: Clock
  readonly random: Random
  readonly store: LocalStore
  readonly library: Library
  /** The owner until a name was chosen, or while the library is still being read. */
  readonly stranger: Identity
  /** Resolves once the library holds what the device has; also when that failed. */
  readonly libraryLoaded: Promise<void>
  /** Settles once the bundled fonts are ready, or could not be had. */
  readonly fontsLoaded: Promise<void>
  readonly notices: Notices
  readonly themes: ThemeStore
}

export function openDevice(): Device {
  const clock = systemClock
  const random = secureRandom
  const notices = new Notices(clock)
  const store = indexedDbStore({ clock, random, indexedDB: globalThis.indexedDB })
  const doc = newDocument()
  const stored = store.open(doc, LIBRARY)
  stored.subscribe(state => {
    if (state.at === 'failed') notices.error(`The list of boards is not saved. ${state.message}`)
  })
  const library = new Library(doc)
  const stranger = guest(random)
  const libraryLoaded = stored.loaded.then(() => {
    // Kept from now on, so that others meet the same otter tomorrow.
    library.identity ??= stranger
  })
  return {
    clock,
    random,
    store,
    library,
    stranger,
    libraryLoaded,
    fontsLoaded: loadFonts(),
    notices,
    themes: new ThemeStore(),
  }
}

/** Who the owner is to others. */
export const identityOf = ({ library, stranger }: Device): Identity => library.identity ?? stranger

/** Lists a new board, which is this device's own: it holds the owner key. Returns its id. */
export function makeBoard({ clock, library, random }: Device): string {
  const id = newId(random)
  library.opened(id, clock.now())
  library.keep(id, [newOwnerKey(random)], 0)
  return id
}

/** Writes the title into a board that is not open. */
export async function renameStored({ clock, store }: Device, id: string, title: string): Promise<void> {
  const doc = newDocument()
  const stored = store.open(doc, id)
  await stored.loaded
  const board = new DocBoard(doc, clock.now)
  if (!board.readOnly) board.transact([{ op: 'title', title }])
  board.destroy()
  await stored.close()
}

/** Deletes the data of boards whose removal was not taken back. */
export async function purgeRemoved({ library, store, notices }: Device): Promise<void> {
  for (const id of library.removed) {
    try {
      await store.delete(id)
      library.forget(id)
    } catch (error) {
      notices.error(`A deleted board could not be removed from this device. ${String(error)}`)
    }
  }
}
