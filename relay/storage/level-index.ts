import type { ClassicLevel } from 'classic-level'
import { boardOf } from './level-record.ts'
import type { LoggedBoard } from './update-log.ts'

type Database = ClassicLevel<Uint8Array, Uint8Array>

/** First byte of an index key, the board's id following. No id starts with it, so all entries lie before all records. */
const ENTRY = 1

/** Its presence says that every board that has a record has an entry: a log of before there was an index has none. */
const COMPLETE = Uint8Array.of(0)

/** A write that changes nothing, to see whether one can be made. */
export const PROBE_PUT = { type: 'put' as const, key: Uint8Array.of(0, 0), value: Uint8Array.of(0) }

const SETTLED = Uint8Array.of(1)
const UNSETTLED = Uint8Array.of(0)

/** The write that says of a board whether it is settled. */
export const entryPut = (board: string, isSettled: boolean) => ({
  type: 'put' as const,
  key: entryKey(board),
  value: isSettled ? SETTLED : UNSETTLED,
})

/** Whether a board is settled; null when it has no entry. */
export async function entryOf(db: Database, board: string): Promise<boolean | null> {
  const value = await db.get(entryKey(board))
  return value === undefined ? null : isSettled(value)
}

/** Every board that has a record. Reads only the index, but for the first time on a log of before there was one. */
export async function listEntries(db: Database): Promise<LoggedBoard[]> {
  if ((await db.get(COMPLETE)) === undefined) await complete(db)
  const boards: LoggedBoard[] = []
  for await (const [key, value] of db.iterator({ gte: Uint8Array.of(ENTRY), lt: Uint8Array.of(ENTRY + 1) })) {
    boards.push({ board: Buffer.from(key).toString('latin1', 1), isSettled: isSettled(value) })
  }
  return boards
}

async function complete(db: Database): Promise<void> {
  let last = ''
  for await (const key of db.keys({ gte: Uint8Array.of(ENTRY + 1) })) {
    const board = boardOf(key)
    if (board === last) continue
    last = board
    if ((await entryOf(db, board)) === null) await db.put(entryKey(board), UNSETTLED)
  }
  await db.batch([{ type: 'put', key: COMPLETE, value: COMPLETE }], { sync: true })
}

function entryKey(board: string): Uint8Array {
  const key = Buffer.alloc(1 + board.length)
  key[0] = ENTRY
  key.write(board, 1, 'latin1')
  return key
}

const isSettled = (value: Uint8Array): boolean => value[0] === SETTLED[0]
