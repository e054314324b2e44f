import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { toBase64UrlEncoded } from 'lib0/buffer'
import type { Random } from '../../shared/util/random.ts'
import { type Keychain, LockedError, type Sealer } from '../../shared/util/sealer.ts'
import { hasSubtle, importKey, openBeside, openNow, sealBeside, sealNow } from './aes-gcm.ts'
import { derive } from './derive.ts'
import { KEY_BYTES } from './key-bytes.ts'

/** Bytes. Below, handing the work to the browser takes longer than doing it. */
const LARGE = 16_384

/** Bytes of a storage name: 22 characters, and never the same for two boards. */
const NAME_BYTES = 16

/** What a wrapped data key is sealed as. */
const DATA_KEY = 'data key'

/** A keychain and what it made, which its owner makes forget at once. */
export interface OwnedKeychain extends Keychain {
  /** Overwrites all keys: from now on every use throws a LockedError. */
  forget(): void
}

/** A new keychain in memory alone, for a device that cannot keep one: what it seals opens only as long as it lives. */
export const memoryKeychain = (random: Random): Keychain => keychainOf(random.bytes(KEY_BYTES), random)

/** The keychain under a vault's key, of which it keeps nothing but what it derives. */
export function keychainOf(vaultKey: Uint8Array, random: Random): OwnedKeychain {
  const nameKey = derive(vaultKey, 'storage names')
  const wrapping = new AesSealer(derive(vaultKey, 'wrapping data keys'), random)
  const sealer = new AesSealer(derive(vaultKey, 'sealing of the vault'), random)
  /** By the wrapped key, so that a board that is opened again and again has one. */
  const dataSealers = new Map<string, AesSealer>()
  const keep = (wrapped: Uint8Array, key: Uint8Array<ArrayBuffer>): AesSealer => {
    const dataSealer = new AesSealer(key, random)
    dataSealers.set(toBase64UrlEncoded(wrapped), dataSealer)
    return dataSealer
  }
  let isForgotten = false
  return {
    sealer,
    storageName(name) {
      if (isForgotten) throw new LockedError()
      const mac = hmac(sha256, nameKey, new TextEncoder().encode(name))
      return toBase64UrlEncoded(mac.subarray(0, NAME_BYTES))
    },
    newKey() {
      const key = random.bytes(KEY_BYTES)
      const wrapped = wrapping.seal(key, DATA_KEY)
      return { sealer: keep(wrapped, key), wrapped }
    },
    openKey: wrapped =>
      dataSealers.get(toBase64UrlEncoded(wrapped)) ?? keep(wrapped, wrapping.open(wrapped, DATA_KEY)),
    forget() {
      isForgotten = true
      nameKey.fill(0)
      for (const forgotten of [wrapping, sealer, ...dataSealers.values()]) forgotten.forget()
      dataSealers.clear()
    },
  }
}

/** AES-256-GCM under one key, which it owns. */
class AesSealer implements Sealer {
  readonly #random: Random
  #key: Uint8Array<ArrayBuffer> | null
  #browserKey: Promise<CryptoKey> | null = null

  constructor(key: Uint8Array<ArrayBuffer>, random: Random) {
    this.#key = key
    this.#random = random
  }

  seal(plain: Uint8Array, context: string): Uint8Array<ArrayBuffer> {
    return sealNow(this.#held(), this.#random, plain, context)
  }

  open(sealed: Uint8Array, context: string): Uint8Array<ArrayBuffer> {
    return openNow(this.#held(), sealed, context)
  }

  async sealLarge(plain: Uint8Array, context: string): Promise<Uint8Array<ArrayBuffer>> {
    if (plain.length < LARGE || !hasSubtle()) return this.seal(plain, context)
    // The caller may write to its bytes again while the browser takes the key in.
    const copy = plain.slice()
    return sealBeside(await this.#beside(), this.#random, copy, context)
  }

  async openLarge(sealed: Uint8Array, context: string): Promise<Uint8Array<ArrayBuffer>> {
    if (sealed.length < LARGE || !hasSubtle()) return this.open(sealed, context)
    return openBeside(await this.#beside(), sealed, context)
  }

  forget(): void {
    this.#key?.fill(0)
    this.#key = null
    this.#browserKey = null
  }

  #held(): Uint8Array<ArrayBuffer> {
    if (!this.#key) throw new LockedError()
    return this.#key
  }

  #beside(): Promise<CryptoKey> {
    this.#browserKey ??= importKey(this.#held())
    return this.#browserKey
  }
}
