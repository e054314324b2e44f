import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type FakeClock, fakeClock } from '../../shared/testing/fake-clock.ts'
import { secureRandom } from '../../shared/util/random.ts'
import { objectSnapshots } from './object-snapshots.ts'
import type { StoreUnderTest } from './object-store.contract.ts'
import type { SnapshotStore } from './snapshot-store.ts'
import { snapshotAs, storedNumbers } from './testing/snapshot-writer.ts'
import { StorageError } from './update-log.ts'

/** ms. */
const HOUR = 3_600_000

const board = 'board-aaaaaaaaaaaa'
const state = (text: string): Uint8Array => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array | null): string | null => bytes && new TextDecoder().decode(bytes)

/** What every SnapshotStore promises, and what this one makes of its objects. */
export function snapshotStoreContract(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`snapshots in ${name}`, () => {
    let under: StoreUnderTest
    let clock: FakeClock
    let snapshots: SnapshotStore

    beforeEach(async () => {
      under = await make()
      clock = fakeClock(Date.UTC(2026, 5, 1))
      snapshots = objectSnapshots(under.store, {
        clock,
        random: secureRandom,
        retention: { hourly: 2, daily: 2 },
      })
    })
    afterEach(() => under.remove())

    test('a board without a snapshot has none', async () => {
      expect(await snapshots.list(board)).toEqual([])
      expect(await snapshots.versions(board)).toEqual([])
      expect(await snapshots.boards()).toEqual([])
    })

    test('snapshots are listed in the order they were made, read back, and removed', async () => {
      const first = await snapshots.put(board, state('first'))
      clock.advance(1)
      const second = await snapshots.put(board, state('second'))
      expect(await snapshots.list(board)).toEqual([first, second])
      expect(textOf(await snapshots.get(board, first))).toBe('first')
      await snapshots.remove(board, [first])
      expect(await snapshots.get(board, first)).toBeNull()
      expect(await snapshots.list(board)).toEqual([second])
    })

    test('two snapshots of one moment are two', async () => {
      await Promise.all([snapshots.put(board, state('one')), snapshots.put(board, state('two'))])
      expect(await snapshots.list(board)).toHaveLength(2)
    })

    test('boards are apart, also where the id of one begins with that of another', async () => {
      await snapshots.put(board, state('x'))
      await snapshots.put(`${board}-1`, state('y'))
      expect(await snapshots.list(board)).toHaveLength(1)
      expect(await snapshots.boards()).toEqual([board, `${board}-1`])
    })

    test.each(['', '..', '../../keys', 'keys', '0000000000001-short'])(
      '%j is the id of nothing',
      async id => {
        await under.store.put(`boards/${board}/keys`, state('secret'))
        expect(await snapshots.get(board, id)).toBeNull()
        expect(await snapshots.version(board, id)).toBeNull()
      },
    )

    test('an object that is not ours beside the snapshots is left out', async () => {
      const id = await snapshots.put(board, state('x'))
      await under.store.put(`boards/${board}/snapshots/readme.txt`, state('not ours'))
      expect(await snapshots.list(board)).toEqual([id])
    })

    test.each([
      ['a flipped bit', (sealed: Uint8Array) => sealed.with(sealed.length - 1, 0), 'checksum'],
      ['a missing end', (sealed: Uint8Array) => sealed.slice(0, -2), 'checksum'],
      ['a missing middle', (sealed: Uint8Array) => sealed.slice(0, 5), 'does not begin'],
      ['another beginning', (sealed: Uint8Array) => sealed.with(0, 0), 'does not begin'],
      ['no content', () => new Uint8Array(), 'does not begin'],
    ])('a snapshot with %s is not read, and its key is named', async (_how, harm, why) => {
      const id = await snapshots.put(board, state('content'))
      const key = `boards/${board}/snapshots/${id}`
      await under.store.put(key, harm((await under.store.get(key)) ?? new Uint8Array()))
      const reading = snapshots.get(board, id)
      await expect(reading).rejects.toThrow(StorageError)
      await expect(reading).rejects.toThrow(`The object ${key} is damaged`)
      await expect(reading).rejects.toThrow(why)
    })

    test('one version an hour is kept, then one a day, listed the latest first', async () => {
      for (let quarter = 0; quarter < 4 * 24 * 3; quarter += 1) {
        if (quarter > 0) clock.advance(HOUR / 4)
        // Most hours hold nothing new; these are enough, and cheap on a server.
        if (quarter % 22 < 2) await snapshots.retain(board, state(`at ${quarter}`))
      }
      const versions = await snapshots.versions(board)
      const texts = await Promise.all(
        versions.map(async ({ id }) => textOf(await snapshots.version(board, id))),
      )
      expect(texts).toEqual(['at 286', 'at 264', 'at 176'])
      expect(versions.map(({ bytes }) => bytes)).toEqual([6, 6, 6])
      expect(versions[0]?.at).toBe(Date.UTC(2026, 5, 1) + 286 * (HOUR / 4))
    })

    test('a version is a copy of its own: the snapshots go, it stays', async () => {
      const id = await snapshots.put(board, state('kept'))
      await snapshots.retain(board, state('kept'))
      await snapshots.remove(board, [id])
      const [version] = await snapshots.versions(board)
      expect(textOf(await snapshots.version(board, version?.id ?? ''))).toBe('kept')
    })

    test('many writers that snapshot one board at once lose nothing', async () => {
      const rounds = Array.from({ length: 4 }, (_, writer) =>
        (async () => {
          for (let round = 0; round < 4; round += 1) await snapshotAs(snapshots, board, 10 * writer + round)
        })(),
      )
      await Promise.all(rounds)
      const expected = [0, 1, 2, 3].flatMap(writer => [0, 1, 2, 3].map(round => 10 * writer + round))
      expect([...(await storedNumbers(snapshots, board))].sort((one, other) => one - other)).toEqual(expected)
      await snapshotAs(snapshots, board, 99)
      expect(await snapshots.list(board)).toHaveLength(1)
    })
  })
}
