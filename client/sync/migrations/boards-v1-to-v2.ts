import * as Y from 'yjs'
import { isBoardId } from '../../../shared/util/ids.ts'
import { deleteDatabase } from '../indexeddb-database.ts'
import { failureOf, StorageFailure } from '../indexeddb-failure.ts'
import type { LeftBehind, MigrationOptions } from './device-step.ts'
import { type PlainBoard, readPlainBoard } from './plain-board.ts'

/** The database of the list of boards. */
const LIBRARY = 'library'

/** How often a board is read again because an old tab goes on writing to it. */
const MOST_ROUNDS = 5

/**
 * Version 1 kept each board, and the list of them, unsealed in a database of its own: its id as the name, y-indexeddb's
 * updates of the document as the content. Each is merged into the sealed board of the same name, so doing it twice does no
 * harm; and deleted only after the sealed one is confirmed to be stored. The list goes last: it may be all that names the others.
 */
export async function boardsV1ToV2(options: MigrationOptions): Promise<readonly LeftBehind[]> {
  const left: LeftBehind[] = []
  const names = await plainNames(options)
  const boards = names.filter(isBoardId)
  const move = async (name: string, isLast: boolean) => {
    const failure = await moved(options, name, isLast)
    if (failure) left.push({ name, failure })
  }
  const total = names.length
  for (const [done, name] of boards.entries()) {
    options.onProgress?.({ done, total })
    await move(name, true)
  }
  if (names.includes(LIBRARY)) await move(LIBRARY, left.length === 0)
  if (total > 0) options.onProgress?.({ done: total, total })
  return left
}

/** The databases that may be of version 1. */
async function plainNames({ indexedDB, clock }: MigrationOptions): Promise<readonly string[]> {
  try {
    const infos = await indexedDB?.databases?.()
    if (infos) {
      const names = infos.flatMap(({ name }) => (name === undefined ? [] : [name]))
      return names.filter(name => name === LIBRARY || isBoardId(name))
    }
    // An older Firefox does not tell which databases there are.
    const doc = new Y.Doc()
    const library = await readPlainBoard(indexedDB, LIBRARY, clock)
    if (!library) return []
    library.applyTo(doc)
    return [...[...doc.getMap('boards').keys()].filter(isBoardId), LIBRARY]
  } catch {
    return [LIBRARY]
  }
}

/** Moves one database; null when nothing of it is left. `canDelete`: whether it may go. */
async function moved(
  options: MigrationOptions,
  name: string,
  canDelete: boolean,
): Promise<StorageFailure | null> {
  const { indexedDB, clock } = options
  try {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const plain = await readPlainBoard(indexedDB, name, clock)
      if (!plain) return null
      const unreadable = await seal(options, name, plain)
      if (unreadable > 0) return new StorageFailure('corrupt')
      if (!canDelete) return null
      if (await isUnchanged(options, name, plain)) {
        await deleteDatabase(indexedDB, name, clock)
        return null
      }
    }
    return new StorageFailure('blocked')
  } catch (error) {
    // Another tab may have been faster.
    return (await isGone(options, name)) ? null : failureOf(error, 'unavailable')
  }
}

async function isGone({ indexedDB, clock }: MigrationOptions, name: string): Promise<boolean> {
  try {
    return (await readPlainBoard(indexedDB, name, clock)) === null
  } catch {
    return false
  }
}

/** Merges what was read into the sealed board, and resolves when that is stored. Returns how many records were unreadable. */
async function seal({ store }: MigrationOptions, name: string, plain: PlainBoard): Promise<number> {
  const doc = new Y.Doc()
  const board = store.open(doc, name)
  await board.loaded
  const unreadable = plain.applyTo(doc)
  await board.close()
  doc.destroy()
  const { state } = board
  if (state.at !== 'saved') {
    throw state.at === 'failed'
      ? new StorageFailure(state.reason, state.message)
      : new StorageFailure('aborted')
  }
  return unreadable
}

async function isUnchanged(
  { indexedDB, clock }: MigrationOptions,
  name: string,
  { lastKey }: PlainBoard,
): Promise<boolean> {
  const now = await readPlainBoard(indexedDB, name, clock)
  return now === null || now.lastKey === lastKey
}
