import { fromBase64, toBase64 } from 'lib0/buffer'
import * as v from 'valibot'
import type { Random } from '../../shared/util/random.ts'
import { SealError, type Sealer } from '../../shared/util/sealer.ts'
import { KEY_BYTES } from './key-bytes.ts'
import { keychainOf } from './keychain.ts'
import { ARGON2_COST, newPassphrase, passphraseKey, type Stretch } from './passphrase.ts'
import type { Argon2Cost } from './record.ts'

/*
 * A file that a passphrase locks: MAGIC, the length of the header (uint32, little-endian), the header as JSON, then the parts,
 * each its length and its ciphertext. Every part is sealed with the header and its own number, so that none can be left out, put
 * elsewhere, or taken from another file.
 */

const MAGIC = new TextEncoder().encode('DRIFTBOARD LOCKED\n')
const VERSION = 1
/** Bytes of plaintext in one part: what is in memory at once beside the file. */
const PART = 4 * 2 ** 20
const MOST_HEADER = 4096
const LENGTH_BYTES = 4

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
const base64 = v.pipe(v.string(), v.base64())
const Header = v.object({
  version: v.literal(VERSION),
  salt: base64,
  /** What the file says is done in a worker, for seconds at most: memory in KiB up to 1 GiB. */
  cost: v.object({
    memoryKiB: v.pipe(count, v.minValue(8), v.maxValue(2 ** 20)),
    passes: v.pipe(count, v.maxValue(16)),
    lanes: v.pipe(count, v.maxValue(16)),
  }),
  /** A sealed nothing: tells a wrong passphrase from a damaged file. */
  check: base64,
  parts: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(2 ** 20)),
})

export type Opened =
  | { readonly at: 'open'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly at: 'wrong' }
  | { readonly at: 'damaged' }
  /** A newer version of the app locked it. */
  | { readonly at: 'newer' }

export interface FileLockOptions {
  readonly random: Random
  readonly stretch: Stretch
  readonly cost?: Argon2Cost
}

/** Whether a file is locked, by its first bytes. */
export const isSealedFile = (start: Uint8Array): boolean => MAGIC.every((byte, i) => start[i] === byte)

/** Locks a file. Rejects with a VaultError when the passphrase is too short, or this browser cannot. */
export async function sealFile(file: Blob, passphrase: string, options: FileLockOptions): Promise<Blob> {
  const { random, stretch, cost = ARGON2_COST } = options
  const { fields, wrappingKey } = await newPassphrase(passphrase, { cost, random, stretch })
  const sealer = sealerOf(wrappingKey, random)
  const parts = Math.ceil(file.size / PART)
  const header = JSON.stringify({
    version: VERSION,
    salt: toBase64(fields.salt),
    cost: fields.cost,
    check: toBase64(sealer.seal(new Uint8Array(), CHECK)),
    parts,
  } satisfies v.InferOutput<typeof Header>)
  const text = new TextEncoder().encode(header)
  const out: Blob[] = [new Blob([MAGIC, lengthOf(text), text])]
  for (let i = 0; i < parts; i++) {
    const plain = new Uint8Array(await file.slice(i * PART, (i + 1) * PART).arrayBuffer())
    const sealed = await sealer.sealLarge(plain, contextOf(header, i))
    out.push(new Blob([lengthOf(sealed), sealed]))
  }
  return new Blob(out, { type: 'application/octet-stream' })
}

/** Opens what `sealFile` made. Rejects with a VaultError when this browser cannot. */
export async function openSealedFile(
  file: Uint8Array,
  passphrase: string,
  { random, stretch }: FileLockOptions,
): Promise<Opened> {
  const read = headerOf(file)
  if (read.at !== 'read') return read
  const { header, text, end } = read
  const salt = new Uint8Array(fromBase64(header.salt))
  const sealer = sealerOf(await passphraseKey(passphrase, { salt, cost: header.cost }, stretch), random)
  if (!opens(sealer, fromBase64(header.check))) return { at: 'wrong' }
  const sealed = partsOf(file.subarray(end))
  if (sealed?.length !== header.parts) return { at: 'damaged' }
  try {
    const plain: Uint8Array<ArrayBuffer>[] = []
    for (const [i, part] of sealed.entries()) plain.push(await sealer.openLarge(part, contextOf(text, i)))
    return { at: 'open', bytes: new Uint8Array(await new Blob(plain).arrayBuffer()) }
  } catch (error) {
    if (error instanceof SealError) return { at: 'damaged' }
    throw error
  }
}

const CHECK = 'passphrase of a file'

const contextOf = (header: string, i: number): string => `part ${i} of a file\n${header}`

/** The key is used for nothing else, and overwritten. */
function sealerOf(key: Uint8Array<ArrayBuffer>, random: Random): Sealer {
  const { sealer } = keychainOf(key.slice(0, KEY_BYTES), random)
  key.fill(0)
  return sealer
}

function opens(sealer: Sealer, check: Uint8Array): boolean {
  try {
    return sealer.open(check, CHECK).length === 0
  } catch (error) {
    if (error instanceof SealError) return false
    throw error
  }
}

type Read =
  | {
      readonly at: 'read'
      readonly header: v.InferOutput<typeof Header>
      readonly text: string
      readonly end: number
    }
  | Extract<Opened, { readonly at: 'damaged' | 'newer' }>

function headerOf(file: Uint8Array): Read {
  const start = MAGIC.length + LENGTH_BYTES
  const length = isSealedFile(file) ? readLength(file, MAGIC.length) : undefined
  if (length === undefined || length > MOST_HEADER) return { at: 'damaged' }
  const text = new TextDecoder().decode(file.subarray(start, start + length))
  try {
    const json: unknown = JSON.parse(text)
    const version = v.safeParse(v.object({ version: v.pipe(count, v.minValue(VERSION + 1)) }), json)
    if (version.success) return { at: 'newer' }
    return { at: 'read', header: v.parse(Header, json), text, end: start + length }
  } catch {
    return { at: 'damaged' }
  }
}

/** Null when the file ends within a part. */
function partsOf(bytes: Uint8Array): readonly Uint8Array[] | null {
  const parts: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const length = readLength(bytes, at)
    at += LENGTH_BYTES
    if (length === undefined || at + length > bytes.length) return null
    parts.push(bytes.subarray(at, at + length))
    at += length
  }
  return parts
}

function lengthOf({ length }: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(LENGTH_BYTES)
  new DataView(bytes.buffer).setUint32(0, length, true)
  return bytes
}

function readLength(bytes: Uint8Array, at: number): number | undefined {
  if (at + LENGTH_BYTES > bytes.length) return undefined
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true)
}
