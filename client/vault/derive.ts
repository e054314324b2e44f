import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { KEY_BYTES } from './key-bytes.ts'

/**
 * HKDF-SHA-256 (RFC 5869): the key that follows from `secret` for one use. Keys under two labels or two salts tell
 * nothing of each other.
 */
export const derive = (secret: Uint8Array, label: string, salt?: Uint8Array): Uint8Array<ArrayBuffer> =>
  hkdf(sha256, secret, salt, new TextEncoder().encode(`driftboard vault\n${label}`), KEY_BYTES)

/** What a record keeps of its vault's key, to tell it from any other. */
export const checkOf = (vaultKey: Uint8Array): Uint8Array<ArrayBuffer> => derive(vaultKey, 'check')
