import { gcm } from '@noble/ciphers/aes.js'
import type { Random } from '../../shared/util/random.ts'
import { SealError } from '../../shared/util/sealer.ts'
import { KEY_BYTES } from './key-bytes.ts'

/** The first byte of all that is sealed, so that a later format can be told from this one. */
const FORMAT = 1

/** Bytes. What AES-GCM takes as it is; at random, one key may seal 2^32 times. */
const NONCE_BYTES = 12

/** Bytes of the authentication tag. */
const TAG_BYTES = 16

const HEADER_BYTES = 1 + NONCE_BYTES

/** Format byte, nonce, ciphertext, tag. */
type Sealed = Uint8Array<ArrayBuffer>

/** Seals on this thread, at once. */
export function sealNow(key: Uint8Array, random: Random, plain: Uint8Array, context: string): Sealed {
  const nonce = random.bytes(NONCE_BYTES)
  return assemble(nonce, gcm(key, nonce, associated(context)).encrypt(plain))
}

/** Opens on this thread, at once. Throws a SealError. */
export function openNow(key: Uint8Array, sealed: Uint8Array, context: string): Uint8Array<ArrayBuffer> {
  const { nonce, body } = parts(sealed)
  try {
    return gcm(key, nonce, associated(context)).decrypt(body)
  } catch {
    throw notSealedHere()
  }
}

/** As `sealNow`, by the browser and off this thread. */
export async function sealBeside(
  key: CryptoKey,
  random: Random,
  plain: Uint8Array,
  context: string,
): Promise<Sealed> {
  const nonce = random.bytes(NONCE_BYTES)
  return assemble(
    nonce,
    new Uint8Array(await crypto.subtle.encrypt(algorithm(nonce, context), key, inPlace(plain))),
  )
}

/** As `openNow`, by the browser and off this thread. Rejects with a SealError. */
export async function openBeside(
  key: CryptoKey,
  sealed: Uint8Array,
  context: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const { nonce, body } = parts(sealed)
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm(nonce, context), key, inPlace(body)))
  } catch {
    throw notSealedHere()
  }
}

/** Whether the browser has its own cryptography here: it has none on plain http from another machine. */
export const hasSubtle = (): boolean => globalThis.crypto?.subtle !== undefined

export const importKey = (raw: Uint8Array): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', inPlace(raw), 'AES-GCM', false, ['encrypt', 'decrypt'])

/** A key whose bytes no script can read, though this browser can use it. */
export const unreadableKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: KEY_BYTES * 8 }, false, ['encrypt', 'decrypt'])

function assemble(nonce: Uint8Array, body: Uint8Array): Sealed {
  const sealed = new Uint8Array(HEADER_BYTES + body.length)
  sealed[0] = FORMAT
  sealed.set(nonce, 1)
  sealed.set(body, HEADER_BYTES)
  return sealed
}

function parts(sealed: Uint8Array): { readonly nonce: Uint8Array<ArrayBuffer>; readonly body: Uint8Array } {
  if (sealed[0] !== FORMAT || sealed.length < HEADER_BYTES + TAG_BYTES) throw notSealedHere()
  return { nonce: sealed.slice(1, HEADER_BYTES), body: sealed.subarray(HEADER_BYTES) }
}

/** What the tag vouches for beside the content. */
function associated(context: string): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(context)
  const bytes = new Uint8Array(1 + text.length)
  bytes[0] = FORMAT
  bytes.set(text, 1)
  return bytes
}

const algorithm = (iv: Uint8Array<ArrayBuffer>, context: string): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: associated(context),
})

/** WebCrypto takes no shared memory, which bytes may lie in as far as their type tells. */
const inPlace = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : bytes.slice()

const notSealedHere = (): SealError =>
  new SealError('This was not sealed by this key for this place, or was changed since.')
