import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { fromBase64UrlEncoded, toBase64UrlEncoded } from 'lib0/buffer'
import type { Random } from '../util/random.ts'
import { isAtLeast, ROLES, type Role } from './role.ts'

/**
 * The keys of a board. Who holds one may do what its role may; there is no account. A key is a text: the first letter of
 * its role, a point, and 32 bytes in base64url, such as `e.q0rMm…`. It travels in the fragment of a link, and to the relay
 * in the `Sec-WebSocket-Protocol` or `Authorization` header; the relay keeps only its hash.
 *
 * The device that makes a board makes its owner key at random. Each lower key is derived from the next higher one by
 * HKDF-SHA-256, so that who may edit can also hand out a link to view, and nobody can go up. `epoch` counts the times
 * that the owner replaced the links: it goes into the editor's key, and through it into all below.
 */
export interface BoardKey {
  readonly role: Role
  readonly text: string
}

/** Bytes of a key's secret. */
const SECRET_BYTES = 32

/** The last character holds four bits of the secret: only those that end in two zero bits, so that a key has one text. */
const KEY = /^([oecv])\.[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/

const LETTERS: Readonly<Record<Role, string>> = { owner: 'o', editor: 'e', commenter: 'c', viewer: 'v' }

export const newOwnerKey = (random: Random): BoardKey => keyOf('owner', random.bytes(SECRET_BYTES))

/** The key in a text; null when there is none. */
export function parseKey(text: string): BoardKey | null {
  const letter = KEY.exec(text)?.[1]
  const role = ROLES.find(candidate => LETTERS[candidate] === letter)
  return role ? { role, text } : null
}

/**
 * The key of a lower role, or the key itself for its own role. `epoch` matters only when going down from the owner's.
 * Throws RangeError for a higher role.
 */
export function deriveKey(key: BoardKey, board: string, role: Role, epoch: number): BoardKey {
  if (!isAtLeast(key.role, role)) throw new RangeError(`No ${role} key follows from that of a ${key.role}.`)
  let derived = key
  while (derived.role !== role) derived = nextKey(derived, board, epoch)
  return derived
}

/** What the relay keeps of a key: base64url of the SHA-256 of its text and its board. */
export const keyHash = (key: BoardKey, board: string): string =>
  toBase64UrlEncoded(sha256(utf8(`driftboard key hash\n${board}\n${key.text}`)))

function nextKey(key: BoardKey, board: string, epoch: number): BoardKey {
  const role = ROLES[ROLES.indexOf(key.role) + 1] as Role
  const generation = key.role === 'owner' ? `\n${epoch}` : ''
  const info = utf8(`driftboard key\n${board}\n${role}${generation}`)
  return keyOf(role, hkdf(sha256, secretOf(key), undefined, info, SECRET_BYTES))
}

const keyOf = (role: Role, secret: Uint8Array): BoardKey => ({
  role,
  text: `${LETTERS[role]}.${toBase64UrlEncoded(secret)}`,
})

const secretOf = (key: BoardKey): Uint8Array => fromBase64UrlEncoded(key.text.slice(2))

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
