import * as v from 'valibot'
import { KEY_BYTES } from './key-bytes.ts'
import type { LockInfo, LockKind } from './seams.ts'

/** The format that this version writes. */
const FORMAT = 1

/** KiB. More memory than any lock of ours asks for is a broken record, which must not take the machine down. */
const MOST_MEMORY = 1_048_576

/** Passes of Argon2, with the same reason. */
const MOST_PASSES = 64

const bytes = v.pipe(
  v.instance(Uint8Array),
  v.check(value => value.buffer instanceof ArrayBuffer),
  v.transform(value => value as Uint8Array<ArrayBuffer>),
)
const secret = v.pipe(
  bytes,
  v.check(value => value.length === KEY_BYTES),
)
const count = v.pipe(v.number(), v.integer(), v.minValue(1))
const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/))

/** `CryptoKey` is not there on plain http, where no record holds one. */
const cryptoKey = v.custom<CryptoKey>(
  value => typeof CryptoKey !== 'undefined' && value instanceof CryptoKey,
  'a CryptoKey',
)

const common = { id, addedAt: v.number(), wrapped: bytes }

const Argon2Cost = v.object({
  memoryKiB: v.pipe(count, v.minValue(8), v.maxValue(MOST_MEMORY)),
  passes: v.pipe(count, v.maxValue(MOST_PASSES)),
  lanes: v.pipe(count, v.maxValue(MOST_PASSES)),
})

const Lock = v.variant('kind', [
  v.object({
    ...common,
    kind: v.literal('passkey'),
    credentialId: bytes,
    transports: v.array(v.string()),
    salt: bytes,
  }),
  v.object({ ...common, kind: v.literal('passphrase'), salt: bytes, cost: Argon2Cost }),
  v.object({ ...common, kind: v.literal('device'), key: v.union([cryptoKey, secret]) }),
  v.object({ ...common, kind: v.literal('recovery'), salt: bytes }),
])

const Stored = v.object({
  format: v.literal(FORMAT),
  revision: count,
  id,
  /** What follows from the vault's key, to tell it from any other. */
  check: secret,
  idleMinutes: v.nullable(v.pipe(v.number(), v.minValue(1))),
  locks: v.pipe(v.array(Lock), v.minLength(1)),
})

export type Argon2Cost = v.InferOutput<typeof Argon2Cost>

/** One lock, with the vault's key as it wrapped it. */
export type Lock = v.InferOutput<typeof Lock>

export type LockOf<K extends LockKind> = Extract<Lock, { kind: K }>

/** What the device keeps of the vault. */
export type VaultRecord = v.InferOutput<typeof Stored>

/** Minutes. Long enough to listen in a meeting without drawing, short against an evening at a shared desk. */
const FIRST_IDLE_MINUTES = 60

export const firstRecord = (id: string, check: Uint8Array<ArrayBuffer>, lock: Lock): VaultRecord => ({
  format: FORMAT,
  revision: 1,
  id,
  check,
  idleMinutes: FIRST_IDLE_MINUTES,
  locks: [lock],
})

export type StoredVault =
  | { readonly is: 'missing' }
  | { readonly is: 'record'; readonly record: VaultRecord }
  /** `message` is for the person. */
  | { readonly is: 'unreadable'; readonly message: string }

export function parseStored(stored: unknown): StoredVault {
  if (stored === undefined) return { is: 'missing' }
  const parsed = v.safeParse(Stored, stored)
  if (parsed.success) return { is: 'record', record: parsed.output }
  if (v.is(v.object({ format: v.pipe(v.number(), v.minValue(FORMAT + 1)) }), stored)) {
    return {
      is: 'unreadable',
      message:
        'A newer version of Driftboard has written the keys of this device. Reload the page to get that version. Nothing was changed.',
    }
  }
  return {
    is: 'unreadable',
    message:
      'The keys of this device are damaged, so its boards cannot be opened. Nothing was removed: a copy of this browser profile from before can bring them back.',
  }
}

export const lockInfos = (record: VaultRecord): readonly LockInfo[] =>
  record.locks.map(({ id, kind, addedAt }) => ({ id, kind, addedAt }))

/** Whether the vault asks for anything before it opens. */
export const hasRealLock = (record: VaultRecord): boolean => record.locks.some(isReal)

/** The lock of one kind; the first passkey. */
export const lockOf = <K extends LockKind>(record: VaultRecord, kind: K): LockOf<K> | undefined =>
  record.locks.find((lock): lock is LockOf<K> => lock.kind === kind)

const isReal = (lock: Lock): boolean => lock.kind === 'passkey' || lock.kind === 'passphrase'

/**
 * The locks after `added` is there: beside passkeys a passkey only joins, everything else replaces its own kind. The
 * device lock and the others exclude each other.
 */
export function locksWith(locks: readonly Lock[], added: Lock): Lock[] {
  if (added.kind === 'device') return [added]
  const kept = locks.filter(
    lock => lock.kind !== 'device' && (lock.kind !== added.kind || added.kind === 'passkey'),
  )
  return [...kept, added]
}

/** The locks without the one of this id; null when what is left would open nothing, or by the recovery code alone. */
export function locksWithout(locks: readonly Lock[], id: string): Lock[] | null {
  const kept = locks.filter(lock => lock.id !== id)
  return kept.some(isReal) ? kept : null
}
