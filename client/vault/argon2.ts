import { argon2id } from 'hash-wasm'
import { KEY_BYTES } from './key-bytes.ts'
import type { Argon2Cost } from './record.ts'

export interface StretchRequest {
  /** UTF-8. */
  readonly passphrase: Uint8Array<ArrayBuffer>
  readonly salt: Uint8Array<ArrayBuffer>
  readonly cost: Argon2Cost
}

/** Argon2id (RFC 9106) of a passphrase. Takes the processor for its whole time: for a worker. */
export const argon2Key = ({ passphrase, salt, cost }: StretchRequest): Promise<Uint8Array> =>
  argon2id({
    password: passphrase,
    salt,
    memorySize: cost.memoryKiB,
    iterations: cost.passes,
    parallelism: cost.lanes,
    hashLength: KEY_BYTES,
    outputType: 'binary',
  })
