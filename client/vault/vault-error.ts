import type { VaultFailure } from './seams.ts'

/** Why the vault did not do what it was asked for. `message` is for the person: what happened and what to do. */
export class VaultError extends Error {
  override readonly name = 'VaultError'
  readonly why: VaultFailure

  constructor(why: VaultFailure, message: string, options?: ErrorOptions) {
    super(message, options)
    this.why = why
  }
}
