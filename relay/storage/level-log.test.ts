import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LevelLog, openLevelLog } from './level-log.ts'
import { encodeRecord, recordKey } from './level-record.ts'
import { updateLogContract } from './update-log.contract.ts'
import { StorageError } from './update-log.ts'

const newDirectory = (): Promise<string> => mkdtemp(join(tmpdir(), 'driftboard-log-'))
const encodings = { keyEncoding: 'view', valueEncoding: 'view' } as const

updateLogContract('the LevelDB log', async () => {
  const directory = await newDirectory()
  let log = await openLevelLog(directory)
  return {
    log,
    reopen: async () => {
      await log.close()
      log = await openLevelLog(directory)
      return log
    },
    remove: async () => {
      await log.close()
      await rm(directory, { recursive: true })
    },
  }
})

let directory: string
beforeEach(async () => {
  directory = await newDirectory()
})
afterEach(() => rm(directory, { recursive: true }))

/** Writes `count` records to a board, closes the log, and lets `harm` at the database. */
async function damaged(count: number, harm: (db: ClassicLevel<Uint8Array, Uint8Array>) => Promise<void>) {
  const log = await openLevelLog(directory)
  for (const board of ['board-of-the-harm', 'board-of-the-rest']) {
    const opened = await log.open(board)
    for (let at = 0; at < count; at += 1) await opened.log.append(Uint8Array.of(at))
  }
  await log.close()
  const db = new ClassicLevel<Uint8Array, Uint8Array>(directory, encodings)
  await harm(db)
  await db.close()
  return openLevelLog(directory)
}

test('a record with a flipped bit names its board and says what to do, and other boards load', async () => {
  const log = await damaged(3, async db => {
    const key = recordKey('board-of-the-harm', 1)
    const value = await db.get(key)
    if (!value) throw new Error('The record to harm is missing.')
    value[value.length - 1] = (value[value.length - 1] ?? 0) ^ 1
    await db.put(key, value)
  })
  await expect(log.open('board-of-the-harm')).rejects.toThrow(
    /Record 1 of board board-of-the-harm is damaged.*backup/,
  )
  expect((await log.open('board-of-the-rest')).records).toHaveLength(3)
  await log.close()
})

test('a record that is gone from the middle is noticed', async () => {
  const log = await damaged(3, db => db.del(recordKey('board-of-the-harm', 1)))
  await expect(log.open('board-of-the-harm')).rejects.toThrow(
    /Record 1 of board board-of-the-harm is missing/,
  )
  await log.close()
})

test('a record that is gone from the beginning is noticed', async () => {
  const log = await damaged(3, db => db.del(recordKey('board-of-the-harm', 0)))
  await expect(log.open('board-of-the-harm')).rejects.toThrow(/Record 0 of board .* is missing/)
  await log.close()
})

test('a merged record stands for all before it, whatever of that is still there, and the next replaces both', async () => {
  const before = await openLevelLog(directory)
  const { log } = await before.open('board-of-the-harm')
  for (let at = 0; at < 4; at += 1) await log.append(Uint8Array.of(at))
  await log.compact(Uint8Array.of(99))
  await before.close()
  const db = new ClassicLevel<Uint8Array, Uint8Array>(directory, encodings)
  // What a merge removed is back, but for the last: the file of changes that had the removal was damaged.
  for (let at = 0; at < 3; at += 1) {
    await db.put(
      recordKey('board-of-the-harm', at),
      encodeRecord({ content: Uint8Array.of(at), merged: false }),
    )
  }
  await db.close()
  const after = await openLevelLog(directory)
  const again = await after.open('board-of-the-harm')
  expect(again.records).toEqual([Uint8Array.of(99)])
  await again.log.compact(Uint8Array.of(100))
  await after.close()
  const raw = new ClassicLevel<Uint8Array, Uint8Array>(directory, encodings)
  expect(await raw.keys({ gte: recordKey('board-of-the-harm', 0) }).all()).toHaveLength(1)
  await raw.close()
})

test('the boards of a log from before there was an index are listed, as not settled', async () => {
  const log = await damaged(3, db => db.clear({ lt: Uint8Array.of(2) }))
  const expected = ['board-of-the-harm', 'board-of-the-rest'].map(board => ({ board, isSettled: false }))
  expect((await log.open('board-of-the-rest')).log.isSettled).toBe(false)
  expect(await log.boards()).toEqual(expected)
  await (await log.open('board-of-the-rest')).log.settle(Uint8Array.of(9))
  expect((await log.boards()).map(({ isSettled }) => isSettled)).toEqual([false, true])
  await log.close()
})

test('a second relay on the same DATA_DIR is told to use its own', async () => {
  const log = await openLevelLog(directory)
  await expect(openLevelLog(directory)).rejects.toThrow(/in use by another relay/)
  await log.close()
})

test('a DATA_DIR that cannot be made is named with what to do', async () => {
  const file = join(directory, 'file')
  await writeFile(file, '')
  await expect(openLevelLog(join(file, 'log'))).rejects.toThrow(/cannot be written .*Set DATA_DIR/)
})

test('a damaged database is named with what to do', async () => {
  await (await openLevelLog(directory)).close()
  await writeFile(join(directory, 'CURRENT'), 'nonsense')
  await expect(openLevelLog(directory)).rejects.toThrow(/damaged .*restore the directory from a backup/)
})

test('after a failed write every waiting append rejects, the handle is dead, and a new one works', async () => {
  const db = new ClassicLevel<Uint8Array, Uint8Array>(directory, encodings)
  const batch = db.batch.bind(db)
  const noSpace = () => Promise.reject(new Error('No space left on device'))
  let full = false
  const failing = Object.assign(db, {
    batch: () => (full ? Object.assign(batch(), { write: noSpace }) : batch()),
  }) as typeof db
  const log = new LevelLog(failing)
  const first = await log.open('board-on-full-disk')
  await first.log.append(Uint8Array.of(1))
  full = true
  const lost = await Promise.allSettled([2, 3].map(byte => first.log.append(Uint8Array.of(byte))))
  full = false
  expect(lost.map(result => result.status)).toEqual(['rejected', 'rejected'])
  await expect(first.log.append(Uint8Array.of(4))).rejects.toThrow(StorageError)
  const second = await log.open('board-on-full-disk')
  expect(second.records).toEqual([Uint8Array.of(1)])
  await second.log.append(Uint8Array.of(5))
  await log.probe()
  full = true
  await expect(log.probe()).rejects.toThrow('No space left on device')
  full = false
  await log.probe()
  expect((await log.open('board-on-full-disk')).records).toEqual([Uint8Array.of(1), Uint8Array.of(5)])
  await log.close()
})

test('a log that could not be closed after a failed write takes writes again once the disk has room', async () => {
  const db = new ClassicLevel<Uint8Array, Uint8Array>(directory, encodings)
  const [batch, close] = [db.batch.bind(db), db.close.bind(db)]
  let full = false
  const noSpace = () => Promise.reject(new Error('No space left on device'))
  const log = new LevelLog(
    Object.assign(db, {
      batch: () => (full ? Object.assign(batch(), { write: noSpace }) : batch()),
      close: () => (full ? noSpace() : close()),
    }) as typeof db,
  )
  const first = await log.open('board-on-full-disk')
  full = true
  await expect(first.log.append(Uint8Array.of(1))).rejects.toThrow(StorageError)
  await expect(log.probe()).rejects.toThrow('No space left on device')
  full = false
  const second = await log.open('board-on-full-disk')
  await second.log.append(Uint8Array.of(2))
  await log.close()
  expect(db.status).toBe('closed')
  const reopened = await openLevelLog(directory)
  expect((await reopened.open('board-on-full-disk')).records).toEqual([Uint8Array.of(2)])
  await reopened.close()
})

test('a disk that is too full to open the log is called full, not damaged', async () => {
  const db = new ClassicLevel<Uint8Array, Uint8Array>(directory, encodings)
  const cause = Object.assign(new Error('IO error: 000007.ldb: No space left on device'), {
    code: 'LEVEL_IO_ERROR',
  })
  const log = new LevelLog(
    Object.assign(db, { open: () => Promise.reject(new Error('Database failed to open', { cause })) }),
  )
  await db.close()
  await expect(log.open('board-on-full-disk')).rejects.toThrow(/is full .*Free some space/)
})

test('what is appended while the log rests between two batches is kept when it is closed then', async () => {
  const log = await openLevelLog(directory)
  const one = await log.open('board-one')
  const two = await log.open('board-two')
  const append = (at: number) =>
    Promise.all([one.log.append(Uint8Array.of(at)), two.log.append(Uint8Array.of(at))])
  // The first goes alone; those that gather meanwhile are a batch after which it rests.
  const first = one.log.append(Uint8Array.of(0))
  const gathered = append(1)
  await Promise.all([first, gathered])
  const late = append(2)
  const closed = log.close()
  await expect(one.log.append(Uint8Array.of(3))).rejects.toThrow(StorageError)
  await Promise.all([late, closed])
  const reopened = await openLevelLog(directory)
  expect((await reopened.open('board-one')).records).toEqual([0, 1, 2].map(at => Uint8Array.of(at)))
  expect((await reopened.open('board-two')).records).toEqual([1, 2].map(at => Uint8Array.of(at)))
  await reopened.close()
})
