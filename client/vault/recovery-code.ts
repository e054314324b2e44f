import { sha256 } from '@noble/hashes/sha2.js'
import type { Random } from '../../shared/util/random.ts'
import { derive } from './derive.ts'
import type { LockOf } from './record.ts'
import { VaultError } from './vault-error.ts'

/** Bytes. 160 bits cannot be guessed, so that no slow function has to stand before them. */
const SECRET_BYTES = 20

/** Characters: five bits each. */
const SECRET_CHARACTERS = (SECRET_BYTES * 8) / 5

/** Characters. 20 bits: of a million misreadings one passes for a code. */
const CHECK_CHARACTERS = 4

const SALT_BYTES = 16

/** Crockford's base 32: no I, L, O, which are read as 1, 1 and 0, and no U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

type Fields = Pick<LockOf<'recovery'>, 'salt'>

/** A code such as `7K2M-…`, nine groups of four, to be printed. */
export function newRecovery(random: Random): {
  readonly code: string
  readonly fields: Fields
  readonly wrappingKey: Uint8Array<ArrayBuffer>
} {
  const secret = random.bytes(SECRET_BYTES)
  const fields = { salt: random.bytes(SALT_BYTES) }
  const characters = base32(secret) + checkOf(secret)
  return {
    code: (characters.match(/.{4}/g) ?? []).join('-'),
    fields,
    wrappingKey: derive(secret, 'recovery code', fields.salt),
  }
}

/** The key that a code wraps with. Throws a VaultError for what is no code, as after a slip of the hand. */
export function recoveryKey(code: string, { salt }: Fields): Uint8Array<ArrayBuffer> {
  const characters = code
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  const secret = fromBase32(characters.slice(0, SECRET_CHARACTERS))
  if (!secret || checkOf(secret) !== characters.slice(SECRET_CHARACTERS)) {
    throw new VaultError(
      'wrong',
      'This is not a recovery code: a character is wrong or missing. It has nine groups of four.',
    )
  }
  return derive(secret, 'recovery code', salt)
}

const checkOf = (secret: Uint8Array): string =>
  base32(sha256(new Uint8Array([...new TextEncoder().encode('driftboard recovery'), ...secret]))).slice(
    0,
    CHECK_CHARACTERS,
  )

/** Five bits a character, the first bits first; bits that make no whole character are left out. */
function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, byte => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? []).map(five => ALPHABET[Number.parseInt(five, 2)]).join('')
}

/** The secret in 32 characters; null when they are not that. */
function fromBase32(characters: string): Uint8Array<ArrayBuffer> | null {
  const values = Array.from(characters, character => ALPHABET.indexOf(character))
  if (values.length !== SECRET_CHARACTERS || values.includes(-1)) return null
  const bits = values.map(value => value.toString(2).padStart(5, '0')).join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], byte => Number.parseInt(byte, 2))
}
