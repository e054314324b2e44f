import { newOwnerKey } from '../shared/protocol/keys.ts'
import { type Clock, systemClock } from '../shared/util/clock.ts'
import { newId } from '../shared/util/ids.ts'
import { type Random, secureRandom } from '../shared/util/random.ts'
import type { Readable } from '../shared/util/readable.ts'
import type { Sealer } from '../shared/util/sealer.ts'
import { Notices, ThemeStore } from './app/index.ts'
import { guest } from './app/model/guest.ts'
import { awaitInstallOffer } from './app-install.ts'
import { DocBoard } from './board/doc-board.ts'
import { newDocument } from './board/document.ts'
import { type Identity, Library } from './board/library.ts'
import { followLibrary } from './board-under-way.ts'
import { keepKeys } from './keep-keys.ts'
import { tellListTrouble } from './list-trouble.ts'
import { loadFonts } from './render/fonts.ts'
import { changeStored } from './stored-board.ts'
import type { LocalState, LocalStore } from './sync/local-store.ts'
import { linkTabs } from './sync/tab-link.ts'
import { UnderWay } from './under-way.ts'
import type { Vault } from './vault/seams.ts'

/** The name of the library's database; too short to be the id of a board. */
const LIBRARY = 'library'

/** What there is before anything stored can be read. */
export interface Ground {
  readonly clock: Clock
  readonly random: Random
  /** Settles once the bundled fonts are ready, or could not be had. */
  readonly fontsLoaded: Promise<void>
  readonly notices: Notices
  readonly themes: ThemeStore
  readonly underWay: UnderWay
  /** The browser's offer to install the app; null for none. */
  readonly installOffer: Readable<(() => void) | null>
}

/** What every page of the app shares: this device's storage, its boards, its owner. */
export interface Device extends Ground {
  readonly store: LocalStore
  /** Null: boards are in memory alone, since this device keeps nothing. */
  readonly vault: Vault | null
  readonly library: Library
  /** The owner until a name was chosen, or while the library is still being read. */
  readonly stranger: Identity
  /** Resolves once the library holds what the device has; also when that failed. */
  readonly libraryLoaded: Promise<void>
  /** Whether the library, and the keys in it, are on this device. */
  readonly libraryState: Readable<LocalState>
  /** Files that are to be opened on a board, by its id, once its page is there. */
  readonly arriving: Map<string, readonly File[]>
  /** Resolves when every write of the library under way has ended. */
  close(): Promise<void>
}

export function layGround(): Ground {
  const clock = systemClock
  return {
    clock,
    random: secureRandom,
    fontsLoaded: loadFonts(),
    notices: new Notices(clock),
    themes: new ThemeStore(),
    underWay: new UnderWay(),
    installOffer: awaitInstallOffer(),
  }
}

export function openDevice(ground: Ground, store: LocalStore, vault: Vault | null): Device {
  const { notices, random } = ground
  const doc = newDocument()
  const stored = store.open(doc, LIBRARY)
  stored.subscribe(state => {
    if (vault && state.at === 'failed' && state.reason === 'evicted') void keepKeys(vault, ground)
  })
  if (vault) tellListTrouble(stored, notices)
  const library = new Library(doc)
  const stranger = guest(random)
  const libraryLoaded = stored.loaded.then(() => {
    // Kept from now on, so that others meet the same otter tomorrow.
    library.identity ??= stranger
    // The last page was closed before they were on their boards.
    for (const { id, title } of library.retitled) void writeTitle({ ...ground, library, store }, id, title)
  })
  followLibrary(ground.underWay, stored, library)
  ground.underWay.follow(
    () => (store.unsaved.state > 0 ? 'unsaved' : null),
    look => store.unsaved.subscribe(look),
  )
  const link = linkTabs(doc, LIBRARY)
  return {
    ...ground,
    store,
    vault,
    library,
    stranger,
    libraryLoaded,
    libraryState: stored,
    arriving: new Map(),
    async close() {
      link()
      await stored.close()
    },
  }
}

/** What seals small things that belong to no board; null where nothing can be kept. */
export const sealerOf = ({ vault }: Device): Sealer | null =>
  vault?.state.at === 'open' ? vault.state.keychain.sealer : null

/** Who the owner is to others. */
export const identityOf = ({ library, stranger }: Device): Identity => library.identity ?? stranger

/** Lists a new board, which is this device's own: it holds the owner key. Returns its id. */
export function makeBoard({ clock, library, random }: Device, id: string = newId(random)): string {
  library.opened(id, clock.now())
  library.keep(id, [newOwnerKey(random)], 0)
  return id
}

/** Gives a board a title, in the list and on the board, wherever it is open. */
export function retitle(device: Device, id: string, title: string): void {
  device.library.retitle(id, title)
  void writeTitle(device, id, title)
}

async function writeTitle(
  { clock, library, notices, store }: Pick<Device, 'clock' | 'library' | 'notices' | 'store'>,
  id: string,
  title: string,
): Promise<void> {
  try {
    await changeStored(store, id, doc => {
      const board = new DocBoard(doc, clock.now)
      if (!board.readOnly) board.transact([{ op: 'title', title }])
      board.destroy()
    })
    library.hasTitle(id, title)
  } catch (error) {
    notices.error(
      `The new title could not be saved. ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}
