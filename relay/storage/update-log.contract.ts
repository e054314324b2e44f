import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { UpdateLog } from './update-log.ts'

export interface LogUnderTest {
  log: UpdateLog
  /** Lets the log go and opens what it stored as a relay that starts would. */
  reopen(): Promise<UpdateLog>
  remove(): Promise<void>
}

const board = 'board-aaaaaaaaaaaa'
const record = (text: string): Uint8Array => new TextEncoder().encode(text)

async function recordsOf(log: UpdateLog, id = board): Promise<string[]> {
  const { records } = await log.open(id)
  return records.map(bytes => new TextDecoder().decode(bytes))
}

/** What every UpdateLog promises. */
export function updateLogContract(name: string, make: () => Promise<LogUnderTest>): void {
  describe(`${name} as an update log`, () => {
    let under: LogUnderTest

    beforeEach(async () => {
      under = await make()
    })
    afterEach(() => under.remove())

    test('a board that was never written is empty', async () => {
      const { records, log } = await under.log.open(board)
      expect(records).toEqual([])
      expect(log.size).toEqual({ tail: 0, tailBytes: 0, mergedBytes: 0 })
    })

    test('what was appended is there in its order after a restart, and can be added to', async () => {
      const { log } = await under.log.open(board)
      await Promise.all(Array.from({ length: 300 }, (_, at) => log.append(record(`r${at}`))))
      const reopened = await under.reopen()
      const again = await reopened.open(board)
      await again.log.append(record('last'))
      expect(await recordsOf(reopened)).toEqual([...Array.from({ length: 300 }, (_, at) => `r${at}`), 'last'])
      expect(again.log.size.tail).toBe(301)
    })

    test('appends resolve in their order', async () => {
      const { log } = await under.log.open(board)
      const resolved: number[] = []
      await Promise.all([0, 1, 2, 3].map(at => log.append(record('x')).then(() => resolved.push(at))))
      expect(resolved).toEqual([0, 1, 2, 3])
    })

    test('the caller may reuse its bytes as soon as append returns', async () => {
      const { log } = await under.log.open(board)
      const bytes = record('before')
      const appended = log.append(bytes)
      bytes.fill(0)
      await appended
      expect(await recordsOf(under.log)).toEqual(['before'])
    })

    test('compaction leaves the merged record and what came after it, also after a restart', async () => {
      const { log } = await under.log.open(board)
      await log.append(record('one'))
      const underWay = log.append(record('two'))
      const compacted = log.compact(record('one+two'))
      const later = log.append(record('three'))
      await Promise.all([underWay, compacted, later])
      expect(await recordsOf(under.log)).toEqual(['one+two', 'three'])
      expect(log.size).toEqual({ tail: 1, tailBytes: 5, mergedBytes: 7 })
      const again = await (await under.reopen()).open(board)
      expect(again.records).toHaveLength(2)
      expect(again.log.size).toEqual(log.size)
    })

    test('a second compaction replaces the first', async () => {
      const { log } = await under.log.open(board)
      await log.append(record('a'))
      await log.compact(record('A'))
      await log.append(record('b'))
      await log.compact(record('AB'))
      expect(await recordsOf(under.log)).toEqual(['AB'])
    })

    test('a board whose id begins with the id of another does not show up in it', async () => {
      const longer = await under.log.open(`${board}-1`)
      const shorter = await under.log.open(board)
      await longer.log.append(record('longer'))
      await shorter.log.append(record('shorter'))
      await longer.log.compact(record('merged'))
      expect(await recordsOf(under.log)).toEqual(['shorter'])
      expect(await recordsOf(under.log, `${board}-1`)).toEqual(['merged'])
    })

    test('a board is settled until the first append, and again from settling until the next append', async () => {
      const { log } = await under.log.open(board)
      expect(log.isSettled).toBe(true)
      await log.append(record('a'))
      expect(log.isSettled).toBe(false)
      await log.compact(record('A'))
      expect(log.isSettled).toBe(false)
      await log.settle(record('A'))
      await log.compact(record('A'))
      expect([log.isSettled, (await under.log.open(board)).log.isSettled]).toEqual([true, true])
      void log.append(record('b'))
      expect(log.isSettled).toBe(false)
    })

    test('every board that holds a record is listed, after a restart too, and no other', async () => {
      await under.log.open('board-never-written')
      const [open, settled, both] = await Promise.all(
        ['board-unsettled-1', 'board-settled-12', 'board-settled-1'].map(id => under.log.open(id)),
      )
      await open?.log.append(record('a'))
      await settled?.log.append(record('a'))
      await Promise.all([settled?.log.settle(record('A')), both?.log.settle(record('A'))])
      await both?.log.append(record('b'))
      const expected = [
        { board: 'board-settled-1', isSettled: false },
        { board: 'board-settled-12', isSettled: true },
        { board: 'board-unsettled-1', isSettled: false },
      ]
      const boards = async (log: UpdateLog) =>
        (await log.boards()).sort((a, b) => (a.board < b.board ? -1 : 1))
      expect(await boards(under.log)).toEqual(expected)
      const reopened = await under.reopen()
      expect(await boards(reopened)).toEqual(expected)
      expect((await reopened.open('board-settled-12')).log.isSettled).toBe(true)
      expect((await reopened.open('board-settled-1')).log.isSettled).toBe(false)
    })

    test('settling keeps one record, and what came after it', async () => {
      const { log } = await under.log.open(board)
      void log.append(record('a'))
      void log.settle(record('A'))
      await log.append(record('b'))
      expect(await recordsOf(under.log)).toEqual(['A', 'b'])
      expect(log.size).toEqual({ tail: 1, tailBytes: 1, mergedBytes: 1 })
    })

    test('a probe is of no board, and ends no handle', async () => {
      const { log } = await under.log.open(board)
      await under.log.probe()
      expect(await under.log.boards()).toEqual([])
      await log.append(record('a'))
      expect(await recordsOf(under.log)).toEqual(['a'])
    })

    test('closing waits for the appends under way', async () => {
      const { log } = await under.log.open(board)
      const appends = Array.from({ length: 20 }, () => log.append(record('kept')))
      const reopened = await under.reopen()
      await Promise.all(appends)
      expect(await recordsOf(reopened)).toHaveLength(20)
    })
  })
}
