import type { BoardKey } from '../shared/protocol/keys.ts'
import { isAtLeast } from '../shared/protocol/role.ts'
import { addressKey, isAddressOf } from './address-key.ts'
import {
  type BoardPage,
  boardPath,
  listen,
  type Replacing,
  type RoleLink,
  refusalText,
  type Sharing,
  VIEW_ONLY,
} from './app/index.ts'
import type { BoardAccess } from './board/board-access.ts'
import { keysToShare, safeKey } from './board/board-links.ts'
import type { DocBoard } from './board/doc-board.ts'
import type { Device } from './device.ts'
import type { BoardSync } from './sync/board-sync.ts'
import { replaceLinks } from './sync/relay-api.ts'

export interface EntranceParts {
  readonly device: Pick<Device, 'notices' | 'libraryState' | 'vault'>
  readonly id: string
  readonly access: BoardAccess
  readonly sync: BoardSync<unknown>
  readonly board: DocBoard
  readonly element: BoardPage
}

/**
 * Who may do what on an open board: what the relay says goes to the access, and what follows from it to the board, the
 * address and the share dialog. Returns its own undo.
 */
export function followAccess(parts: EntranceParts): () => void {
  const { access, sync, board, device, element } = parts
  const links = new LinkTexts(parts)
  let replacing: Replacing | null = null
  /** What the link held is among this device's keys by now. */
  let isKept = false
  let isOpen = true
  const show = () => {
    board.lock(mayEdit(access) ? undefined : VIEW_ONLY)
    if (isKept) links.showAddress()
    element.sharing = links.sharing(replacing)
  }
  const set = (next: Replacing | null) => {
    replacing = next
    show()
  }
  const replace = async () => {
    set({ at: 'running' })
    const outcome = await replaceAll(parts)
    // What is told in the dialog is told nobody who has closed it.
    if (replacing) set(outcome)
    else if (outcome.at === 'failed') device.notices.error(outcome.why)
  }
  show()
  void access.ready.then(() => {
    isKept = true
    if (isOpen) show()
  })
  const stops = [
    device.libraryState.subscribe(show),
    access.subscribe(isAnotherKey => {
      if (isAnotherKey && sync.leads) sync.relay.reopen()
      show()
    }),
    sync.hello.subscribe(hello => {
      if (hello && sync.leads) access.welcomed(hello)
      else if (hello) access.sharedWelcome(hello)
    }),
    followRefusals(parts),
    sync.relay.subscribe(show),
    listen(element, 'replace-links', () => void replace()),
    listen(element, 'close-share', () => set(null)),
    () => access.destroy(),
  ]
  return () => {
    isOpen = false
    for (const stop of stops) stop()
  }
}

export const mayEdit = (access: BoardAccess): boolean => isAtLeast(access.role, 'editor')

/** Tries the next key when the relay refuses one, and says so when there is none. */
function followRefusals({ access, device, sync }: EntranceParts): () => void {
  let dismiss = () => {}
  const stop = sync.relay.subscribe(state => {
    dismiss()
    if (state.at !== 'refused') return
    // What another tab presented was refused to that tab, which tries its next key itself.
    // Not within the close: y-websocket lets go of its socket after telling of that, and would let go of the new one.
    if (sync.leads && access.refused(state.code)) queueMicrotask(() => sync.relay.reopen())
    else dismiss = device.notices.error(refusalText(state))
  })
  return () => {
    dismiss()
    stop()
  }
}

async function replaceAll({ access, id, sync }: EntranceParts): Promise<Done | Failed> {
  try {
    const ownerKey = access.ownerKey?.text
    if (ownerKey === undefined) throw new Error('Only the owner of this board can replace its links.')
    access.rotated(await replaceLinks({ origin: location.origin, boardId: id, ownerKey, fetch }))
    return { at: 'done' }
  } catch (error) {
    // It may have happened all the same, with the answer lost: the next hello tells.
    sync.relay.reopen()
    return { at: 'failed', why: error instanceof Error ? error.message : String(error) }
  }
}

type Done = Extract<Replacing, { readonly at: 'done' }>
type Failed = Extract<Replacing, { readonly at: 'failed' }>

/** The links to one board as texts. Keys are derived again only when something changed. */
class LinkTexts {
  readonly #parts: EntranceParts
  #shown = ''
  #sharing: Sharing | undefined

  constructor(parts: EntranceParts) {
    this.#parts = parts
  }

  /** With a key, the address is one that may be copied: never with an owner's key, nor with a token. */
  showAddress(): void {
    const { access, device, id } = this.#parts
    const { shareable } = access
    const holds = addressKey(device.libraryState.state, device.vault === null)
    // The page that comes next has its address already while its code is still loading.
    if (holds === 'as it is' || !isAddressOf(id)) return
    const key = holds === 'no key' || shareable.by === 'nothing' ? '' : textOf(shareable, id)
    const path = boardPath(id, key)
    if (location.pathname + location.hash !== path) history.replaceState(history.state, '', path)
  }

  /** `outcome` is that of an attempt to replace the links, or that one runs. */
  sharing(outcome: Replacing | null): Sharing | undefined {
    const { access, sync } = this.#parts
    const isReachable = sync.relay.state.at === 'synced' || sync.relay.state.at === 'syncing'
    const replacing = outcome ?? (isReachable ? POSSIBLE : OUT_OF_REACH)
    const shown = JSON.stringify([access.shareable, replacing])
    if (shown === this.#shown) return this.#sharing
    this.#shown = shown
    this.#sharing = this.#read(replacing)
    return this.#sharing
  }

  #read(replacing: Replacing): Sharing {
    const { access, id } = this.#parts
    const url = (fragment = '') => location.origin + boardPath(id, fragment)
    const { shareable } = access
    switch (shareable.by) {
      case 'nothing':
        return { by: 'address', url: url(), note: 'Who can open this link is decided where people sign in.' }
      case 'address':
        return {
          by: 'address',
          url: url(textOf(shareable, id)),
          note: 'Anyone with this link can draw here.',
        }
      case 'key': {
        const links = keysToShare(shareable.key, id, shareable.epoch).map(({ role, text }) => {
          return { role: role as RoleLink['role'], url: url(text) }
        })
        const owner = access.ownerKey && { url: url(access.ownerKey.text), replacing }
        return { by: 'links', links, owner }
      }
    }
  }
}

/** What of a key may be in an address; empty for none. */
const textOf = ({ key, epoch }: { key: BoardKey | null; epoch: number }, board: string): string =>
  key ? safeKey(key, board, epoch).text : ''

const POSSIBLE = { at: 'possible' } as const
const OUT_OF_REACH = {
  at: 'impossible',
  why: 'Links can be replaced once the relay can be reached.',
} as const
