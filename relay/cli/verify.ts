import { createHash } from 'node:crypto'
import * as Y from 'yjs'
import { isBoardId } from '../../shared/util/ids.ts'
import { parseKeyRecord } from '../auth/key-record.ts'
import { readRecords } from '../room/record.ts'
import { parseAssetName } from '../storage/asset-name.ts'
import type { ObjectStore } from '../storage/object-store.ts'
import type { SnapshotStore } from '../storage/snapshot-store.ts'
import { timeOf } from '../storage/timed-id.ts'
import type { UpdateLog } from '../storage/update-log.ts'
import { addStored, checkStored } from './documents.ts'

/** Something that is wrong, in words for the operator. */
export interface Problem {
  readonly where: string
  /** What is wrong, and what to do. */
  readonly what: string
}

export interface Checked {
  boards: number
  snapshots: number
  versions: number
  images: number
  keys: number
}

export interface VerifyParts {
  readonly log: UpdateLog
  readonly objects: ObjectStore
  /** The copy of key records beside an S3 store; else null. */
  readonly keyCopy: ObjectStore | null
  readonly snapshots: SnapshotStore
  /** What was found when the stores were opened, in words. */
  readonly warnings: readonly string[]
  /** Told each problem as it is found. */
  found(problem: Problem): void
}

const FOLDER = 'boards/'

/** Boards looked at together: the time goes by in waiting for a bucket. */
const AT_ONCE = 8

const FOREIGN = 'This is no object that a relay makes. Remove it, or keep other things in another place.'

const NOT_STORED =
  'Snapshots that were stored are gone, or hold less than they did. The log has all of the board, and the relay stores it again when somebody opens it: find out who removed objects.'

const DAMAGED_IMAGE =
  'The image is damaged: its content has another hash than its name says. Restore that object from a backup.'

/**
 * Reads all that is kept of every board, or of one, and tells what is wrong. A few boards at a time are in memory,
 * and nothing is changed. A store that cannot be read at all is a problem too, not an exception.
 */
export async function verify(board: string | null, parts: VerifyParts): Promise<Checked> {
  const checked: Checked = { boards: 0, snapshots: 0, versions: 0, images: 0, keys: 0 }
  for (const what of parts.warnings) parts.found({ where: 'the log', what })
  await reporting(parts, 'the log', async () => {
    const boards = board ? [board] : (await parts.log.boards()).map(logged => logged.board)
    const hasObjects = await isReadable(parts.objects)
    await eachOf(boards, id => verifyLog(id, hasObjects, parts, checked))
  })
  const stores = [
    ['objects', parts.objects],
    ['the copy of the keys', parts.keyCopy],
  ] as const
  for (const [name, store] of stores) {
    if (!store) continue
    await reporting(parts, name, async () => {
      const boards = board ? [board] : await store.folders(FOLDER)
      await eachOf(boards, id => verifyObjects(id, store, parts, checked))
    })
  }
  return checked
}

async function verifyLog(
  board: string,
  hasObjects: boolean,
  parts: VerifyParts,
  checked: Checked,
): Promise<void> {
  const where = `the log of board ${board}`
  await reporting(parts, where, async () => {
    const { records, log } = await parts.log.open(board)
    if (records.length === 0) return
    checked.boards += 1
    const { doc } = readRecords(board, records)
    if (hasObjects && log.isSettled && !(await isStored(doc, board, parts.snapshots)))
      parts.found({ where, what: NOT_STORED })
    doc.destroy()
  })
}

/** Whether the stored snapshots hold all of a board. One that is damaged is told of where it lies. */
async function isStored(doc: Y.Doc, board: string, snapshots: SnapshotStore): Promise<boolean> {
  const stored = new Y.Doc()
  try {
    await addStored(stored, board, snapshots)
  } catch {
    return true
  }
  return Y.decodeUpdate(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(stored))).structs.length === 0
}

async function eachOf(boards: readonly string[], work: (board: string) => Promise<void>): Promise<void> {
  const left = boards.values()
  const worker = async (): Promise<void> => {
    for (const board of left) await work(board)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

/** Told of once, where the objects are gone through, rather than for each board. */
const isReadable = (objects: ObjectStore): Promise<boolean> =>
  objects.folders(FOLDER).then(
    () => true,
    () => false,
  )

async function verifyObjects(
  board: string,
  store: ObjectStore,
  parts: VerifyParts,
  checked: Checked,
): Promise<void> {
  if (!isBoardId(board)) {
    parts.found({ where: FOLDER + board, what: 'This is no id of a board, so no relay made it. Remove it.' })
    return
  }
  for (const { key } of await store.list(`${FOLDER}${board}/`)) {
    await reporting(parts, key, () => verifyObject(board, key, store, parts, checked))
  }
}

async function verifyObject(
  board: string,
  key: string,
  store: ObjectStore,
  { snapshots, found }: VerifyParts,
  checked: Checked,
): Promise<void> {
  const [, , kind, id = ''] = key.split('/')
  switch (kind) {
    case 'snapshots':
      if (timeOf(id) === null) return found({ where: key, what: FOREIGN })
      checked.snapshots += 1
      return checkStored(await snapshots.get(board, id), board, id)
    case 'versions':
      if (timeOf(id) === null) return found({ where: key, what: FOREIGN })
      checked.versions += 1
      return checkStored(await snapshots.version(board, id), board, id)
    case 'assets': {
      const name = parseAssetName(id)
      if (!name) return found({ where: key, what: FOREIGN })
      checked.images += 1
      if ((await hashOf(store, key)) !== name.sha256) found({ where: key, what: DAMAGED_IMAGE })
      return
    }
    case 'keys': {
      checked.keys += 1
      const record = await store.get(key)
      if (record) parseKeyRecord(record)
      return
    }
    default:
      return found({ where: key, what: FOREIGN })
  }
}

async function hashOf(store: ObjectStore, key: string): Promise<string> {
  const hash = createHash('sha256')
  const object = await store.stream(key)
  if (object) for await (const piece of object.content) hash.update(piece)
  return hash.digest('hex')
}

/** Makes a problem of what goes wrong. Our errors say themselves what to do. */
async function reporting({ found }: VerifyParts, where: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    found({ where, what: error instanceof Error ? error.message : String(error) })
  }
}
