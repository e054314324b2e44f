import type { Clock } from '../../shared/util/clock.ts'
import { newId } from '../../shared/util/ids.ts'
import { SealError } from '../../shared/util/sealer.ts'
import { unreachable } from '../../shared/util/unreachable.ts'
import { hasSubtle, openBeside, openNow, sealBeside, sealNow, unreadableKey } from './aes-gcm.ts'
import { KEY_BYTES } from './key-bytes.ts'
import type { PasskeyHost } from './passkey-host.ts'
import type { PassphraseParts } from './passphrase.ts'
import { type Lock, type LockOf, lockOf, type VaultRecord } from './record.ts'
import type { NewLock, Proof } from './seams.ts'
import { VaultError } from './vault-error.ts'

/** What locks are made with. */
export interface LockParts extends PassphraseParts {
  readonly clock: Clock
  readonly passkeys: PasskeyHost | null
}

/** The vault that a lock is made for. */
export interface LockedThing {
  readonly id: string
  /** Asked for when everything else is there, since the person may lock the vault meanwhile. Throws a VaultError then. */
  key(): Uint8Array<ArrayBuffer>
}

type Common = Pick<Lock, 'id' | 'addedAt'>

/** A passkey or a passphrase for a vault. Rejects with a VaultError. */
export async function makeLock(
  wanted: Exclude<NewLock, { kind: 'device' }>,
  vault: LockedThing,
  locks: readonly Lock[],
  parts: LockParts,
  signal: AbortSignal,
): Promise<Lock> {
  const common = newCommon(parts)
  const { random } = parts
  const wrapped = (wrappingKey: Uint8Array) =>
    sealNow(wrappingKey, random, vault.key(), placeOf(vault.id, common.id))
  if (wanted.kind === 'passphrase') {
    const { newPassphrase } = await loaded(import('./passphrase.ts'))
    const { fields, wrappingKey } = await newPassphrase(wanted.passphrase, parts)
    return { ...common, kind: 'passphrase', ...fields, wrapped: wrapped(wrappingKey) }
  }
  const { newPasskey } = await loaded(import('./passkey.ts'))
  const known = locks.filter(lock => lock.kind === 'passkey')
  const { fields, wrappingKey } = await newPasskey(hostOf(parts), known, random, signal)
  return { ...common, kind: 'passkey', ...fields, wrapped: wrapped(wrappingKey) }
}

/**
 * Writes a lock that this browser opens by itself: with a key that scripts cannot read, or, where there are no such keys
 * or none can be stored, as in some private windows, with one of plain bytes.
 */
export async function withDeviceLock(
  vault: LockedThing,
  parts: LockParts,
  write: (lock: LockOf<'device'>) => Promise<void>,
): Promise<void> {
  const common = newCommon(parts)
  const { random } = parts
  const place = placeOf(vault.id, common.id)
  if (hasSubtle()) {
    const key = await unreadableKey()
    const wrapped = await sealBeside(key, random, vault.key(), place)
    try {
      return await write({ ...common, kind: 'device', key, wrapped })
    } catch (error) {
      if (!isNotCloned(error)) throw error
    }
  }
  const key = random.bytes(KEY_BYTES)
  await write({ ...common, kind: 'device', key, wrapped: sealNow(key, random, vault.key(), place) })
}

/** Whether the browser refused to store an object of this kind; any other failure may be over the next time. */
const isNotCloned = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'DataCloneError' || isNotCloned(error.cause))

export async function makeRecoveryLock(
  vault: LockedThing,
  parts: LockParts,
): Promise<{ readonly code: string; readonly lock: Lock }> {
  const { newRecovery } = await loaded(import('./recovery-code.ts'))
  const common = newCommon(parts)
  const { code, fields, wrappingKey } = newRecovery(parts.random)
  const wrapped = sealNow(wrappingKey, parts.random, vault.key(), placeOf(vault.id, common.id))
  return { code, lock: { ...common, kind: 'recovery', ...fields, wrapped } }
}

/** The vault's key by what the person shows. Rejects with a VaultError, `wrong` for what opens nothing. */
export async function openedBy(
  proof: Proof,
  record: VaultRecord,
  parts: LockParts,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  switch (proof.kind) {
    case 'passphrase': {
      const lock = theLock(record, 'passphrase', 'passphrase')
      const { passphraseKey } = await loaded(import('./passphrase.ts'))
      const key = await passphraseKey(proof.passphrase, lock, parts.stretch)
      return unwrapped(record, lock, key, 'This passphrase is wrong.')
    }
    case 'recovery': {
      const lock = theLock(record, 'recovery', 'recovery code')
      const { recoveryKey } = await loaded(import('./recovery-code.ts'))
      const key = recoveryKey(proof.code, lock)
      return unwrapped(
        record,
        lock,
        key,
        'This recovery code belongs to other boards, or was replaced by a newer one.',
      )
    }
    case 'passkey': {
      const known = record.locks.filter(lock => lock.kind === 'passkey')
      if (known.length === 0) theLock(record, 'passkey', 'passkey')
      const { isOfCredential, openedByPasskey } = await loaded(import('./passkey.ts'))
      const opened = await openedByPasskey(hostOf(parts), known, parts.random, signal)
      const lock = known.find(candidate => isOfCredential(candidate, opened.credentialId))
      const wrong = 'This passkey does not open these boards. Use another one.'
      if (!lock) throw new VaultError('wrong', wrong)
      return unwrapped(record, lock, opened.wrappingKey, wrong)
    }
    default:
      return unreachable(proof)
  }
}

/** The vault's key by the device lock. Rejects with a SealError. */
export const openedByDevice = async (
  { id }: VaultRecord,
  { id: lockId, key, wrapped }: LockOf<'device'>,
): Promise<Uint8Array<ArrayBuffer>> =>
  key instanceof Uint8Array
    ? openNow(key, wrapped, placeOf(id, lockId))
    : openBeside(key, wrapped, placeOf(id, lockId))

/** What a wrapped key is sealed as: a lock that is moved to another record, or takes another's place, opens nothing. */
const placeOf = (vaultId: string, lockId: string): string => `vault key\n${vaultId}\n${lockId}`

const newCommon = ({ clock, random }: LockParts): Common => ({ id: newId(random), addedAt: clock.now() })

function theLock<K extends Lock['kind']>(record: VaultRecord, kind: K, name: string): LockOf<K> {
  const lock = lockOf(record, kind)
  if (!lock) throw new VaultError('refused', `These boards have no ${name}.`)
  return lock
}

function unwrapped(
  record: VaultRecord,
  lock: Lock,
  wrappingKey: Uint8Array,
  wrong: string,
): Uint8Array<ArrayBuffer> {
  try {
    return openNow(wrappingKey, lock.wrapped, placeOf(record.id, lock.id))
  } catch (error) {
    if (error instanceof SealError) throw new VaultError('wrong', wrong)
    throw error
  }
}

function hostOf({ passkeys }: LockParts): PasskeyHost {
  if (!passkeys) throw new VaultError('unsupported', 'This browser cannot use passkeys on this address.')
  return passkeys
}

/** A part of the app that is fetched when it is needed, from the network when it is not kept yet. */
async function loaded<T>(part: Promise<T>): Promise<T> {
  try {
    return await part
  } catch {
    throw new VaultError(
      'unsupported',
      'A part of the app could not be loaded. Check the connection, then try again.',
    )
  }
}
