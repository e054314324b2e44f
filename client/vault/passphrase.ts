import type { Random } from '../../shared/util/random.ts'
import type { StretchRequest } from './argon2.ts'
import { derive } from './derive.ts'
import type { Argon2Cost, LockOf } from './record.ts'
import { VaultError } from './vault-error.ts'

/** Characters. Below, an attacker with a copy of the disk needs no luck even against Argon2. */
const LEAST_CHARACTERS = 8

const SALT_BYTES = 16

/**
 * RFC 9106's second recommendation in memory and passes, with one lane, since a worker has one thread: 0.3 s on a laptop.
 */
export const ARGON2_COST: Argon2Cost = { memoryKiB: 65_536, passes: 3, lanes: 1 }

/** Turns a passphrase into key bytes, slowly. */
export type Stretch = (request: StretchRequest) => Promise<Uint8Array>

export interface PassphraseParts {
  readonly random: Random
  readonly stretch: Stretch
  /** ARGON2_COST, when nothing else is said. */
  readonly cost?: Argon2Cost
}

type Fields = Pick<LockOf<'passphrase'>, 'salt' | 'cost'>

export async function newPassphrase(
  passphrase: string,
  { cost = ARGON2_COST, random, stretch }: PassphraseParts,
): Promise<{ readonly fields: Fields; readonly wrappingKey: Uint8Array<ArrayBuffer> }> {
  if ([...passphrase.normalize('NFKC')].length < LEAST_CHARACTERS) {
    throw new VaultError('refused', `Choose a passphrase of at least ${LEAST_CHARACTERS} characters.`)
  }
  const fields = { salt: random.bytes(SALT_BYTES), cost }
  return { fields, wrappingKey: await passphraseKey(passphrase, fields, stretch) }
}

/** The key that a passphrase wraps with. The same text typed on another keyboard, in other code points, gives the same. */
export async function passphraseKey(
  passphrase: string,
  { salt, cost }: Fields,
  stretch: Stretch,
): Promise<Uint8Array<ArrayBuffer>> {
  const text = new TextEncoder().encode(passphrase.normalize('NFKC'))
  const stretched = await stretch({ passphrase: text, salt, cost })
  text.fill(0)
  const key = derive(stretched, 'passphrase')
  stretched.fill(0)
  return key
}

/** Argon2 in a worker of its own, which takes its 64 MiB along when it ends. */
export function stretchInWorker(request: StretchRequest): Promise<Uint8Array> {
  const worker = new Worker(new URL('./argon2-worker.ts', import.meta.url), { type: 'module' })
  const stretched = new Promise<Uint8Array>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Uint8Array | null>) => {
      if (data) resolve(data)
      else reject(new VaultError('unsupported', TOO_LITTLE_MEMORY))
    }
    worker.onerror = () => reject(new VaultError('unsupported', NO_WORKER))
    worker.postMessage(request)
  })
  return stretched.finally(() => worker.terminate())
}

const TOO_LITTLE_MEMORY =
  'There is not enough memory to check the passphrase. Close other tabs and programs, then try again.'

const NO_WORKER =
  'The part of the app that checks passphrases could not be loaded. Check the connection, then reload the page.'
