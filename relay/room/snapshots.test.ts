import { describe, expect, test } from 'vitest'
import { CLOSE } from '../../shared/protocol/close.ts'
import { fakeClock } from '../../shared/testing/fake-clock.ts'
import { MemoryLog } from '../storage/memory-log.ts'
import { docOf } from './record.ts'
import { BOARD, contentOf, NOTHING, testRelay, watchedLog, writer } from './room.testing.ts'
import { LIMITS, start, stateOf, storedIn } from './snapshots.testing.ts'

describe('when a board is snapshotted', () => {
  test('it is some time after its last change, once, and the log keeps one record of the same state', async () => {
    const { relay, clock, snapshots, log } = start()
    const ann = relay.join()
    await relay.settle()
    const ink = writer()
    for (let at = 0; at < 5; at += 1) {
      ann.say({ type: 'update', update: ink.set(`key${at}`, at) })
      await clock.settle(4_000)
    }
    expect(snapshots.count('put')).toBe(0)
    await clock.settle(6_500)
    expect(await storedIn(snapshots.memory)).toEqual(ink.doc.getMap('meta').toJSON())
    const { records, log: board } = await log.open(BOARD)
    expect([records.length, board.isSettled]).toEqual([1, true])
    expect(docOf(BOARD, records).getMap('meta').toJSON()).toEqual(ink.doc.getMap('meta').toJSON())
    await clock.settle(120_000)
    expect(snapshots.count('put')).toBe(1)
    expect(await snapshots.versions(BOARD)).toHaveLength(1)
    expect(relay.rooms.stats).toMatchObject({ unsnapshotted: 0, snapshotLagSeconds: 0 })
  })

  test('it is within the longest time though it never rests', async () => {
    const { relay, clock, snapshots } = start()
    const ann = relay.join()
    await relay.settle()
    const ink = writer()
    for (let second = 0; second < 130; second += 1) {
      ann.say({ type: 'update', update: ink.set('second', second) })
      await clock.settle(1_000)
      expect(relay.rooms.stats.snapshotLagSeconds).toBeLessThan(61)
    }
    expect(snapshots.count('put')).toBe(2)
    expect((await snapshots.memory.list(BOARD)).length).toBe(1)
  })

  test('it is at once after many bytes', async () => {
    const { relay, clock, snapshots } = start()
    const ann = relay.join()
    await relay.settle()
    ann.say({ type: 'update', update: writer().set('page', 'x'.repeat(120_000)) })
    await clock.settle(200)
    expect(snapshots.count('put')).toBe(1)
  })

  test('it is before it leaves memory, and one that was only looked at is not', async () => {
    const { relay, clock, snapshots } = start({ limits: { idleEvictMs: 1_000 } })
    const ann = relay.join()
    ann.say({ type: 'update', update: writer().set('title', 'Plan') })
    relay.join({ board: 'board-looked-at-1' }).leave()
    await relay.settle()
    ann.leave()
    await clock.settle(3_000)
    expect(relay.rooms.count).toBe(0)
    expect(await storedIn(snapshots.memory)).toEqual({ title: 'Plan' })
    expect(await snapshots.memory.boards()).toEqual([BOARD])
    expect(clock.waiting).toBe(0)
  })

  test('opening one that is snapshotted asks the store once, and puts nothing', async () => {
    const { relay, clock, snapshots } = start({ limits: { idleEvictMs: 1_000 } })
    const ann = relay.join()
    ann.say({ type: 'update', update: writer().set('title', 'Plan') })
    await relay.settle()
    ann.leave()
    await clock.settle(3_000)
    snapshots.calls.length = 0
    relay.join()
    await clock.settle(100_000)
    expect(snapshots.calls).toEqual([{ call: 'list', board: BOARD }])
  })

  test('many that are left at once are snapshotted a few at a time, and do not wait for it in memory', async () => {
    const { relay, clock, snapshots } = start({ limits: { idleEvictMs: 1_000 } })
    for (let board = 0; board < 200; board += 1) {
      const ann = relay.join({ board: `board-number-${board}` })
      ann.say({ type: 'update', update: writer().set('board', board) })
      await clock.settle(1)
      ann.leave()
    }
    snapshots.delay = 100
    await clock.settle(1_500)
    expect(snapshots.most).toBe(4)
    expect(relay.rooms.count).toBeLessThan(10)
    expect(relay.rooms.stats.unsnapshotted).toBeGreaterThan(100)
    await clock.settle(60_000)
    expect(await snapshots.memory.boards()).toHaveLength(200)
    expect(snapshots.most).toBe(4)
    expect([relay.rooms.count, clock.waiting]).toEqual([0, 0])
  })
})

describe('opening a board (rules 18 and 28)', () => {
  test('that the log has needs no store: one that never answers holds up neither reading nor writing', async () => {
    const { relay, clock, snapshots, log } = start({ limits: { idleEvictMs: 1_000 } })
    const before = relay.join()
    before.say({ type: 'update', update: writer().set('title', 'Plan') })
    await relay.settle()
    relay.crash()
    snapshots.delay = Number.POSITIVE_INFINITY
    const after = testRelay({ clock, log, snapshots, limits: LIMITS })
    const ann = after.join()
    ann.say({ type: 'syncStep1', stateVector: NOTHING })
    ann.say({ type: 'update', update: writer().set('more', 1) })
    await after.settle()
    expect(contentOf(ann)).toEqual({ title: 'Plan' })
    expect(ann.got('ack').at(-1)?.frames).toBe(1)
  })

  test('that the log lacks takes all its snapshots, durable in the log before anybody is told anything', async () => {
    const clock = fakeClock()
    const log = new MemoryLog(clock, 1_000)
    const { relay, snapshots } = start({ clock, log })
    await snapshots.memory.put(BOARD, stateOf({ one: 1 }))
    await snapshots.memory.put(BOARD, stateOf({ two: 2 }))
    const ann = relay.join()
    ann.say({ type: 'syncStep1', stateVector: NOTHING })
    await clock.settle(900)
    expect(ann.frames).toEqual([])
    await clock.settle(200)
    expect(contentOf(ann)).toEqual({ one: 1, two: 2 })
    const { records } = await log.open(BOARD)
    expect(docOf(BOARD, records).getMap('meta').toJSON()).toEqual({ one: 1, two: 2 })
    ann.say({ type: 'update', update: writer().set('three', 3) })
    await clock.settle(30_000)
    expect(await snapshots.memory.list(BOARD)).toHaveLength(1)
    expect(await storedIn(snapshots.memory)).toEqual({ one: 1, two: 2, three: 3 })
  })

  test.each(['list', 'get'])(
    'that the log lacks is refused with 4503 while the store cannot %s, and nothing is written',
    async call => {
      const { log, watch } = watchedLog()
      const { relay, snapshots, clock } = start({ clock: watch.clock, log })
      await snapshots.memory.put(BOARD, stateOf({ title: 'Plan' }))
      snapshots.fails = made => made === call
      const ann = relay.join()
      ann.say({ type: 'update', update: writer().set('mine', 1) })
      await relay.settle()
      expect(ann.closeCode).toBe(CLOSE.unavailable)
      expect([watch.appended.length, watch.settled, relay.rooms.count]).toEqual([0, 0, 0])
      snapshots.fails = () => false
      const again = relay.join()
      again.say({ type: 'syncStep1', stateVector: NOTHING })
      await clock.settle(100)
      expect(contentOf(again)).toEqual({ title: 'Plan' })
    },
  )

  test('what another relay snapshotted of it meanwhile is logged, shown to everybody, and kept', async () => {
    const { relay, clock, snapshots, log } = start()
    const ann = relay.join()
    ann.say({ type: 'syncStep1', stateVector: NOTHING })
    ann.say({ type: 'update', update: writer().set('here', 1) })
    await relay.settle()
    await snapshots.memory.put(BOARD, stateOf({ there: 1 }))
    await clock.settle(15_000)
    expect(contentOf(ann)).toEqual({ there: 1 })
    const stored = docOf(BOARD, (await log.open(BOARD)).records)
    expect(stored.getMap('meta').toJSON()).toEqual({ here: 1, there: 1 })
    expect(await storedIn(snapshots.memory)).toEqual({ here: 1, there: 1 })
    expect(await snapshots.memory.list(BOARD)).toHaveLength(1)
  })

  test('a snapshot that another relay replaces while it is read is looked for again', async () => {
    const { relay, snapshots } = start()
    const first = await snapshots.memory.put(BOARD, stateOf({ one: 1 }))
    snapshots.fails = call => {
      if (call !== 'get') return false
      snapshots.fails = () => false
      void snapshots.memory.put(BOARD, stateOf({ one: 1, two: 2 }))
      void snapshots.memory.remove(BOARD, [first])
      return false
    }
    const ann = relay.join()
    ann.say({ type: 'syncStep1', stateVector: NOTHING })
    await relay.settle()
    expect(contentOf(ann)).toEqual({ one: 1, two: 2 })
  })
})
