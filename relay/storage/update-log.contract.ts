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

    test('closing waits for the appends under way', async () => {
      const { log } = await under.log.open(board)
      const appends = Array.from({ length: 20 }, () => log.append(record('kept')))
      const reopened = await under.reopen()
      await Promise.all(appends)
      expect(await recordsOf(reopened)).toHaveLength(20)
    })
  })
}
