import { parseRoute } from './app/model/routes.ts'
import type { LocalFailure, LocalState } from './sync/local-store.ts'

/** What belongs into the address of a board besides its id; `as it is` while that cannot be told. */
export type AddressKey = 'no key' | 'the key' | 'as it is'

/** After these, what is opened here is nowhere on the device for as long as the page is open. */
const KEEPS_NOTHING: ReadonlySet<LocalFailure> = new Set(['unavailable', 'quota', 'newer'])

/**
 * Keys are kept out of the address, since the browser writes it into its history: as soon as the list of boards, which holds
 * them, is on this device. Only where that will not be does a reload need the key; other failures pass, and a key that was
 * in the address for a moment stays in the history. `isInMemory`: the page began without storage, and goes on so to its end.
 */
export function addressKey(library: LocalState, isInMemory: boolean): AddressKey {
  if (library.at === 'saved') return 'no key'
  if (library.at !== 'failed') return 'as it is'
  return isInMemory || KEEPS_NOTHING.has(library.reason) ? 'the key' : 'as it is'
}

/** Whether the address is that of the board `id`. */
export function isAddressOf(id: string, address: string = location.href): boolean {
  const route = parseRoute(new URL(address))
  return route.at === 'board' && route.id === id
}
