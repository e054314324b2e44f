import type { Clock } from '../../shared/util/clock.ts'
import type { Random } from '../../shared/util/random.ts'
import { DOCUMENT_HEADER, sealDocument, unsealDocument } from './document-object.ts'
import { boardFolder, nameOf } from './object-key.ts'
import type { ObjectStore } from './object-store.ts'
import type { SnapshotStore, Version } from './snapshot-store.ts'
import { newTimedId, timeOf } from './timed-id.ts'
import { type Retention, versionsToKeep, wantsVersion } from './versions-policy.ts'

export interface SnapshotParts {
  readonly clock: Clock
  readonly random: Random
  readonly retention: Retention
}

const snapshotsOf = (board: string): string => `${boardFolder(board)}snapshots/`
const versionsOf = (board: string): string => `${boardFolder(board)}versions/`

/** Snapshots and versions as objects that are never changed, each under an id that says when it was made. */
export function objectSnapshots(
  store: ObjectStore,
  { clock, random, retention }: SnapshotParts,
): SnapshotStore {
  /** Null also for an id that is none: it may come from a client. */
  async function read(folder: string, id: string): Promise<Uint8Array | null> {
    if (timeOf(id) === null) return null
    const key = folder + id
    const sealed = await store.get(key)
    return sealed && unsealDocument(sealed, key)
  }

  async function write(folder: string, state: Uint8Array): Promise<Version> {
    const id = newTimedId(clock, random)
    await store.put(folder + id, sealDocument(state))
    return { id, at: timeOf(id) ?? 0, bytes: state.length }
  }

  async function versionsIn(folder: string): Promise<Version[]> {
    const objects = await store.list(folder)
    return objects.flatMap(({ key, bytes }) => {
      const id = nameOf(key)
      const at = timeOf(id)
      return at === null ? [] : [{ id, at, bytes: Math.max(0, bytes - DOCUMENT_HEADER) }]
    })
  }

  return {
    async list(board) {
      const objects = await store.list(snapshotsOf(board))
      return objects.map(({ key }) => nameOf(key)).filter(id => timeOf(id) !== null)
    },
    async get(board, id) {
      return read(snapshotsOf(board), id)
    },
    async put(board, state) {
      return (await write(snapshotsOf(board), state)).id
    },
    async remove(board, ids) {
      const folder = snapshotsOf(board)
      await store.remove(ids.map(id => folder + id))
    },
    boards: () => store.folders('boards/'),
    async retain(board, state) {
      const folder = versionsOf(board)
      const versions = await versionsIn(folder)
      const written = wantsVersion(versions, clock.now(), retention) ? [await write(folder, state)] : []
      const kept = versionsToKeep([...versions, ...written], retention)
      // The new one stays in any case: versions of a clock that ran ahead would push it out at once.
      const dropped = versions.filter(version => !kept.has(version))
      await store.remove(dropped.map(({ id }) => folder + id))
    },
    async versions(board) {
      return (await versionsIn(versionsOf(board))).reverse()
    },
    async version(board, id) {
      return read(versionsOf(board), id)
    },
  }
}
