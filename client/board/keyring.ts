import type { BoardKey } from '../../shared/protocol/keys.ts'
import { isAtLeast } from '../../shared/protocol/role.ts'

/** The keys of one board, in the order in which they are to be presented to the relay. */
export type Keyring = readonly BoardKey[]

/** Keys kept of one board: whoever is sent more links than this has no use for the oldest ones. */
const MOST = 4

/**
 * The keyring after a link was opened. Keys of a higher role go first; of one role the latest opened, since links get
 * replaced, but for an owner's: whoever sends a made-up link must not take the board from its owner.
 */
export function withOpened(keys: Keyring, opened: BoardKey): Keyring {
  if (opened.role === 'owner' && keys.some(key => key.text === opened.text)) return keys
  const others = without(keys, opened)
  const at = others.findIndex(({ role }) => role !== 'owner' && isAtLeast(opened.role, role))
  return trimmed(others.toSpliced(at < 0 ? others.length : at, 0, opened), opened)
}

/** The keyring after the relay let somebody in with one of its keys: that one goes first. */
export const withAccepted = (keys: Keyring, accepted: BoardKey): Keyring =>
  trimmed([accepted, ...without(keys, accepted)], accepted)

/**
 * The keyring with keys out of an older copy of it, or of a file that somebody sent: of one role, those that are here go first.
 */
export function withOlder(keys: Keyring, older: Keyring): Keyring {
  return older.reduce((joined: Keyring, key) => {
    if (joined.some(({ text }) => text === key.text)) return joined
    const at = joined.findIndex(({ role }) => !isAtLeast(role, key.role))
    return trimmed(joined.toSpliced(at < 0 ? joined.length : at, 0, key), joined[0] ?? key)
  }, keys)
}

/** Whether the keys let their holder look at the board and not change it, as far as they tell. */
export const mayOnlyLook = ([first]: Keyring): boolean =>
  first !== undefined && !isAtLeast(first.role, 'editor')

const without = (keys: Keyring, key: BoardKey): BoardKey[] => keys.filter(other => other.text !== key.text)

/** Drops the last keys that are neither `kept` nor an owner's: those can be asked for again, ownership cannot. */
function trimmed(keys: Keyring, kept: BoardKey): Keyring {
  if (keys.length <= MOST) return keys
  const last = keys.findLast(key => key !== kept && key.role !== 'owner')
  return last ? trimmed(without(keys, last), kept) : keys
}
