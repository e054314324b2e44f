import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { seededRandom } from '../../shared/testing/seeded-random.ts'
import { systemClock } from '../../shared/util/clock.ts'
import { secureRandom } from '../../shared/util/random.ts'
import { openDirectoryStore } from '../storage/directory-store.ts'
import { openLevelLog } from '../storage/level-log.ts'
import { objectSnapshots } from '../storage/object-snapshots.ts'
import { type TemporaryFolder, temporaryFolder } from '../testing/temporary-folder.ts'
import { until } from '../testing/until.ts'
import { docOf } from './record.ts'
import { type Client, contentOf, joinRoom, NOTHING, roomParts, writer } from './room.testing.ts'
import { Rooms } from './rooms.ts'
import { Topics } from './topics.ts'

const GRANT = { role: 'editor', epoch: null, expiresAt: null } as const
const boards = Array.from({ length: 12 }, (_, at) => `board-on-disk-${at}`)

let folder: TemporaryFolder
beforeEach(async () => {
  folder = await temporaryFolder()
})
afterEach(() => folder.remove())

/** Rooms over the real log and the real store of snapshots, which lies beside the log. */
async function relay() {
  const log = await openLevelLog(join(folder.path, 'updates'))
  const store = await openDirectoryStore(join(folder.path, 'objects'))
  const topics = new Topics()
  const rooms = new Rooms({
    ...roomParts(systemClock, topics),
    log,
    snapshots: objectSnapshots(store, {
      clock: systemClock,
      random: secureRandom,
      retention: { hourly: 2, daily: 2 },
    }),
    random: seededRandom(3),
  })
  return {
    rooms,
    enter: (board: string): Client => joinRoom(rooms, topics, { board, stock: false, grant: GRANT }),
    async stop() {
      await rooms.close()
      await store.close()
      await log.close()
    },
  }
}

test('a relay that stopped leaves every board in the store, and one with an empty disk has them all back', async () => {
  const first = await relay()
  const people = boards.map(board => first.enter(board))
  for (const [at, ann] of people.entries()) ann.say({ type: 'update', update: writer().set('board', at) })
  await until(() => people.every(ann => ann.got('ack').at(-1)?.frames === 1))
  await first.stop()
  await rm(join(folder.path, 'updates'), { recursive: true })

  const second = await relay()
  const readers = boards.map(board => second.enter(board))
  for (const reader of readers) reader.say({ type: 'syncStep1', stateVector: NOTHING })
  await until(() => readers.every(reader => reader.got('syncStep2').length > 0))
  expect(readers.map(contentOf)).toEqual(boards.map((_, board) => ({ board })))
  expect(second.rooms.stats.unsnapshotted).toBe(0)
  await second.stop()
})

test('the log of a board that was snapshotted is one record, opened and written to as before', async () => {
  const first = await relay()
  const ink = writer()
  const ann = first.enter('board-with-a-tail-1')
  for (let at = 0; at < 50; at += 1) ann.say({ type: 'update', update: ink.set(`key${at}`, at) })
  await until(() => ann.got('ack').at(-1)?.frames === 50)
  await first.stop()

  const second = await relay()
  const ben = second.enter('board-with-a-tail-1')
  ben.say({ type: 'syncStep1', stateVector: NOTHING })
  ben.say({ type: 'update', update: writer().set('more', 1) })
  await until(() => ben.got('ack').at(-1)?.frames === 1)
  expect(contentOf(ben)).toEqual(ink.doc.getMap('meta').toJSON())
  await second.stop()

  const log = await openLevelLog(join(folder.path, 'updates'))
  const { records, log: board } = await log.open('board-with-a-tail-1')
  expect([records.length, board.isSettled]).toEqual([1, true])
  expect(docOf('board-with-a-tail-1', records).getMap('meta').size).toBe(51)
  await log.close()
})
