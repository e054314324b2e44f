import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

/** The SHA-256 of `bytes` in lower-case hex: the name of an image. */
export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // Plain http on a network address has no subtle.
  const { subtle } = globalThis.crypto as { readonly subtle?: SubtleCrypto }
  return bytesToHex(subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : sha256(bytes))
}
