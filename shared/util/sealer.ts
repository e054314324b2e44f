/** Bytes that this key did not seal in this context, or that were changed since. */
export class SealError extends Error {
  override readonly name = 'SealError'
}

/** The key was forgotten, since the vault was locked. What it was to seal or open is not at fault. */
export class LockedError extends Error {
  override readonly name = 'LockedError'

  constructor() {
    super('The vault is locked: unlock it to go on.')
  }
}

/**
 * Authenticated encryption under one key. `context` says what the bytes are, such as the name of their place: what was
 * sealed in one context opens in no other. All throw or reject with a LockedError once the vault was locked.
 */
export interface Sealer {
  /** Seals at once, for what has to be written before the page may go. Blocks: for small things. */
  seal(plain: Uint8Array, context: string): Uint8Array<ArrayBuffer>
  /** Undoes `seal` and `sealLarge`. Throws a SealError. */
  open(sealed: Uint8Array, context: string): Uint8Array<ArrayBuffer>
  /** As `seal`, beside the main thread where the browser can: for whole boards and images. */
  sealLarge(plain: Uint8Array, context: string): Promise<Uint8Array<ArrayBuffer>>
  /** As `open`, beside the main thread where the browser can. Rejects with a SealError. */
  openLarge(sealed: Uint8Array, context: string): Promise<Uint8Array<ArrayBuffer>>
}

/** The keys of what this device holds: one for each board, all wrapped by the vault's. In memory only. */
export interface Keychain {
  /** The name under which the storage of `name` lies: it tells nothing, and is the same each time. */
  storageName(name: string): string
  /** A new data key. `wrapped` is what to keep of it, beside what it seals. */
  newKey(): { readonly sealer: Sealer; readonly wrapped: Uint8Array<ArrayBuffer> }
  /** The data key that was kept as `wrapped`. Throws a SealError. */
  openKey(wrapped: Uint8Array): Sealer
  /** For what belongs to no one board. */
  readonly sealer: Sealer
}
