import { CLOSE } from '../../shared/protocol/close.ts'
import { type BoardKey, parseKey } from '../../shared/protocol/keys.ts'
import type { Clock } from '../../shared/util/clock.ts'
import type { ObjectStore } from '../storage/object-store.ts'
import type { Admission, Authorizer, Grant, Refusal } from './authorizer.ts'
import { type KeyRecord, keyRecordOf, opens } from './key-record.ts'
import { KeyRecords } from './key-records.ts'

export interface LinksParts {
  /** Where key records are kept, and what decides of several claims. */
  readonly store: ObjectStore
  /** A copy of them on this machine, read when the store cannot be reached; null when the store is on this machine. */
  readonly copy: ObjectStore | null
  readonly clock: Clock
  /** The owner has replaced the links, here or through another relay: the grants of earlier epochs have ended. */
  readonly onRotated: (board: string, epoch: number) => void
}

/**
 * AUTH=links: a board belongs to the first who shows an owner key for it, and opens with the keys that follow from that one.
 * An owner key claims; no other key can, so that who has only a link never becomes the owner of a board.
 */
export function linksAuthorizer({ store, copy, clock, onRotated }: LinksParts): Authorizer {
  const records = new KeyRecords({ store, copy, clock, onNewEpoch: onRotated })
  return {
    authorize: admission => authorize(records, clock, admission),
    rotate: (board, credential) => rotate(records, board, credential),
  }
}

async function authorize(
  records: KeyRecords,
  clock: Clock,
  { board, credential }: Admission,
): Promise<Grant | Refusal> {
  const key = parseKey(credential ?? '')
  if (!key) return NO_KEY
  const stored = await records.read(board)
  if (!stored && key.role !== 'owner') return UNCLAIMED
  const record = stored ?? (await records.claim(board, keyRecordOf(key, board, 0, clock.now())))
  if (!opens(key, board, record)) return refusalOf(key, record)
  return { role: key.role, epoch: record.epoch, expiresAt: null }
}

async function rotate(records: KeyRecords, board: string, credential: string): Promise<number | Refusal> {
  const key = parseKey(credential)
  if (key?.role !== 'owner') return ONLY_THE_OWNER
  const before = await records.load(board)
  if (!before) return UNCLAIMED
  if (!opens(key, board, before.record)) return NOT_THE_OWNER
  const { epoch, claimedAt } = before.record
  return records.replace(board, before, keyRecordOf(key, board, epoch + 1, claimedAt))
}

/** Keys that were replaced are not kept, so that an old link and a wrong one look the same once there have been others. */
function refusalOf(key: BoardKey, record: KeyRecord): Refusal {
  if (key.role === 'owner') return NOT_THE_OWNER
  return record.epoch > 0 ? REPLACED : WRONG_KEY
}

const NO_KEY: Refusal = {
  code: CLOSE.refused,
  refused: 'This board opens only with its whole link, not with the address alone. Ask for one, from Share.',
}

const WRONG_KEY: Refusal = {
  code: CLOSE.refused,
  refused: 'This link does not open this board. Ask for it again.',
}

const REPLACED: Refusal = {
  code: CLOSE.revoked,
  refused: 'The owner has replaced the links of this board. Ask for the new one.',
}

const NOT_THE_OWNER: Refusal = {
  code: CLOSE.refused,
  refused: 'This board has another owner here. Ask them for a link.',
}

const ONLY_THE_OWNER: Refusal = {
  code: CLOSE.refused,
  refused: 'Only the owner of this board can replace its links.',
}

const UNCLAIMED: Refusal = {
  code: CLOSE.unclaimed,
  refused: "The owner's device has not connected to this relay yet. Try again once it has.",
}
