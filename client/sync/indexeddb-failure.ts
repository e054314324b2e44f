import type { LocalFailure } from './local-store.ts'

/** Why this device cannot keep or read something: `reason` for the program, the message for the person. */
export class StorageFailure extends Error {
  override readonly name = 'StorageFailure'
  readonly reason: LocalFailure

  constructor(reason: LocalFailure, message: string = MESSAGES[reason], options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}

/** What went wrong, for the person. `otherwise` is the reason of an error that says nothing better. */
export function failureOf(error: unknown, otherwise: LocalFailure): StorageFailure {
  if (error instanceof StorageFailure) return error
  const reason = (error instanceof Error && REASONS.get(error.name)) || otherwise
  const detail = error instanceof Error && error.message ? ` (${error.message})` : ''
  return new StorageFailure(reason, `${MESSAGES[reason]}${detail}`, { cause: error })
}

/** As `failureOf`, of storage that has worked before in this page: there is some, so a disk that is full or failing is behind it. */
export function disturbed(error: unknown): StorageFailure {
  const failure = failureOf(error, 'unavailable')
  return failure.reason === 'unavailable' ? failureOf(failure.cause ?? failure.message, 'aborted') : failure
}

/** What IndexedDB's own errors mean here, by their names. */
const REASONS: ReadonlyMap<string, LocalFailure> = new Map([
  ['QuotaExceededError', 'quota'],
  ['VersionError', 'newer'],
  // What a disk does to a database that is being read or written.
  ['UnknownError', 'aborted'],
])

const MESSAGES: Readonly<Record<LocalFailure, string>> = {
  quota:
    'This device is out of space for this site. Free some space; your changes are kept in this tab until then.',
  blocked: 'Another tab of this site keeps the storage from opening. Close the other tabs of this site.',
  aborted:
    'The browser could not store the latest changes; the disk may be full. They are kept in this tab, and it is tried again.',
  unavailable:
    'This browser gives the site no storage, as private windows do. Boards are only in this tab: save a copy before you close it.',
  corrupt: 'A part of what this device stored of the board cannot be read. Nothing was removed.',
  evicted:
    'The browser deleted what this site had stored, for want of space or because somebody asked it to. This board is stored anew from this tab.',
  newer:
    'A newer version of Driftboard has changed this device’s storage. Reload to update; until then boards are only in this tab.',
}
